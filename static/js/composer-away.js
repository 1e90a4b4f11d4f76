// The composer without a line: asks the service worker to keep this page, and keeps the files that it needs.
const worker = navigator.serviceWorker;
const { later = "" } = document.querySelector("form[data-keep]").dataset;
const wasServed = worker?.controller;

export async function keepFiles() {
  const cache = await caches.open("berkas-tulisan"), ours = new URL("/static/", location).href;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(ours));
  const wanted = new Set([...loaded, ...later.split(" ").filter(Boolean).map((path) => new URL(path, location).href)]);
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  await Promise.allSettled([...wanted].map((url) => cache.add(url)));
}

async function start() {
  await worker.register("/sw.js");
  const { active } = await worker.ready;
  if (!wasServed) active.postMessage({ keep: location.pathname });
  await keepFiles();
}

if (worker && !("offline" in document.documentElement.dataset)) {
  if (document.readyState === "complete") start().catch(() => {});
  else addEventListener("load", () => start().catch(() => {}));
}
