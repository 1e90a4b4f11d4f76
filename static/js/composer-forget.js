// What lies on this device of somebody who has gone, or was here long ago: taken away.
import { done, store } from "./composer-store.js";

export async function forget(goes) {
  for (const name of ["texts", "photos"]) {
    const kept = await store(name, "readwrite");
    for (const each of await done(kept.getAll())) if (goes(each)) kept.delete(each[kept.keyPath]);
  }
}

const { erased } = document.querySelector("[data-erased]")?.dataset ?? {};
if (erased) {
  forget(({ owner }) => owner === erased).catch(() => {});
  caches.delete(`tulisan-${erased}`).catch(() => {});
}
