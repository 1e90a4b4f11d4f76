// The composer without a line: asks the service worker to keep this page, and keeps the files that it needs.
const worker = navigator.serviceWorker;
const { later = "" } = document.querySelector("form[data-keep]").dataset;
const wasServed = worker?.controller;

async function keepFiles({ tidy = false } = {}) {
  const cache = await caches.open("berkas-tulisan"), ours = new URL("/static/", location).href;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(ours));
  const wanted = new Set([...loaded, ...later.split(" ").filter(Boolean).map((path) => new URL(path, location).href)]);
  if (tidy) for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  await Promise.allSettled([...wanted].map((url) => cache.add(url)));
}

async function keepPage() {
  await worker.register("/sw.js");
  const { active } = await worker.ready;
  if (!wasServed) active.postMessage({ keep: location.pathname });
  await keepFiles();
}

// The rich text field comes when the page is usable, and not at all where data is to be spared.
const line = navigator.connection;
const isSparing = line?.saveData || /2g/.test(line?.effectiveType) || matchMedia("(prefers-reduced-data: reduce)").matches;

async function begin() {
  const isKept = worker && !("offline" in document.documentElement.dataset);
  if (isKept) await keepPage().catch(() => {});
  if (!isSparing) await import("./composer-rich.js").catch(() => {});
  if (isKept) await keepFiles({ tidy: true }).catch(() => {});
}

if (document.readyState === "complete") begin();
else addEventListener("load", begin);
