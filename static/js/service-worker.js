// The portal's service worker, served at /sw.js with its parts behind it (home/service_worker.py).
// A new one takes over at once: it keeps nothing that an older page might need.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
