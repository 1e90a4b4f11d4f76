// Part of the service worker: shows what the portal pushes, and leads to it.
const RENEWAL = "/pemberitahuan/perangkat/ganti/";

function contentOf(event) {
  try {
    return event.data?.json() ?? {};
  } catch {
    return {};
  }
}

// Never to another site, whatever a message says.
function ownAddress(path) {
  const address = new URL(path || "/", self.location.origin);
  return address.origin === self.location.origin ? address.href : self.location.origin;
}

self.addEventListener("push", (event) => {
  const { title, body, url, tag, language } = contentOf(event);
  event.waitUntil(self.registration.showNotification(title || "Portal KIM", {
    body: body || "",
    tag: tag || "portal",
    lang: language || "id",
    icon: "/static/img/kim-192.png",
    badge: "/static/img/kim-192.png",
    data: { url: ownAddress(url) },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? ownAddress("/")));
});

async function open(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => each.url === url);
  return page ? page.focus() : self.clients.openWindow(url);
}

// The push service gives the browser another endpoint: the portal has to know it.
self.addEventListener("pushsubscriptionchange", (event) => {
  if (event.oldSubscription) event.waitUntil(renew(event.oldSubscription, event.newSubscription));
});

async function renew(old, given) {
  const fresh = given ?? await self.registration.pushManager.subscribe(old.options);
  await fetch(RENEWAL, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ old: old.endpoint, ...fresh.toJSON() }),
  });
}
