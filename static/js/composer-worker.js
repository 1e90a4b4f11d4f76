// Part of the service worker: the composer opens without a line, as it was last seen. Its pages are kept for one
// account only; they go at sign-out or erasure, and when somebody else signs in.
const WRITING = /^\/berita\/(tulis|\d+\/[^/]+\/ubah)\/$/, LEAVING = ["/akun/keluar/", "/akun/hapus/"];
const PAGES = "tulisan-", FILES = "berkas-tulisan", MOST = 12, SLOW = 6000;

const ownCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PAGES));
const forget = async (but) => Promise.all((await ownCaches()).filter((name) => name !== but).map((name) => caches.delete(name)));

async function keepPage(path, answer) {
  const owner = answer.ok && !answer.redirected && /data-keep data-owner="(\d+)"/.exec(await answer.clone().text())?.[1];
  if (!owner) return;
  await forget(PAGES + owner);
  const cache = await caches.open(PAGES + owner);
  await cache.put(path, answer);
  const older = (await cache.keys()).filter(({ url }) => !url.endsWith("/tulis/")).slice(0, -MOST);
  await Promise.all(older.map((each) => cache.delete(each)));
}

async function keptPage(path) {
  for (const name of await ownCaches()) {
    const kept = await (await caches.open(name)).match(path);
    if (!kept) continue;
    const headers = new Headers(kept.headers);
    for (const each of ["Content-Encoding", "Content-Length"]) headers.delete(each);
    return new Response((await kept.text()).replace("<html ", "<html data-offline "), { headers });
  }
}

// The portal first; the kept page when there is no line, or an answer takes too long.
async function openPage(event, path) {
  const fresh = fetch(event.request);
  event.waitUntil(fresh.then((answer) => keepPage(path, answer.clone())).catch(() => {}));
  const first = await Promise.race([fresh, new Promise((resolve) => { setTimeout(resolve, SLOW); })]).catch(() => {});
  return first && first.status < 500 ? first : await keptPage(path) ?? fresh;
}

self.addEventListener("fetch", (event) => {
  const { request } = event, { pathname, origin } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && LEAVING.includes(pathname)) event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && WRITING.test(pathname)) event.respondWith(openPage(event, pathname));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(async (fault) => await (await caches.open(FILES)).match(request) ?? Promise.reject(fault)));
  }
});

// A page that was opened before the worker was there asks to be kept.
self.addEventListener("message", (event) => {
  const path = event.data?.keep;
  if (WRITING.test(path)) event.waitUntil(fetch(path).then((answer) => keepPage(path, answer)).catch(() => {}));
});
