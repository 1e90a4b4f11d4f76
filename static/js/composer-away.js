// Without a line: the service worker keeps this page and its files.
import { isSparing } from "./composer-line.js";

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

// The rich field comes when the page is usable, not on a slow or dear line.
const SLOW = 5000;

async function begin() {
  const isKept = worker && !("offline" in document.documentElement.dataset);
  const isPlain = isSparing() || performance.now() > SLOW;
  if (isKept) await keepPage().catch(() => {});
  if (!isPlain) await import("./composer-rich.js").catch(() => {});
  if (isKept) await keepFiles({ tidy: true }).catch(() => {});
}

if (document.readyState === "complete") begin();
else addEventListener("load", begin);
