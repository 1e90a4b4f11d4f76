// What is written, on this device: `texts` a page (two tabs of one draft are two), `photos` a form.
export const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opened;
function open() {
  if (opened) return opened;
  const request = indexedDB.open("tulisan", 2);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("texts", { keyPath: "key" });
    request.result.createObjectStore("photos", { keyPath: "id" }).createIndex("key", "key");
  };
  return opened = done(request);
}

export const store = async (name, mode = "readonly") => (await open()).transaction(name, mode).objectStore(name);

export const put = async (record) => done((await store("texts", "readwrite")).put(record));
export async function drop({ key, form }) {
  await done((await store("texts", "readwrite")).delete(key));
  const photos = await store("photos", "readwrite");
  for (const id of await done(photos.index("key").getAllKeys(form))) photos.delete(id);
}
export function rowOf(pattern, { title, at }) {
  const row = pattern.content.firstElementChild.cloneNode(true);
  row.querySelector("[data-title]").textContent = title || "…";
  row.querySelector("[data-time]").textContent = new Date(at).toLocaleString(document.documentElement.lang);
  return row;
}

// Of one account. Unsent: words or photos that the portal has not got.
export async function all(owner) {
  const photos = new Set((await done((await store("photos")).getAll())).map(({ key }) => key));
  const mine = (await done((await store("texts")).getAll())).filter((record) => record.owner === owner);
  for (const each of mine) {
    each.hasPhotos = photos.has(each.form);
    each.isUnsent = !each.isSafe || each.hasPhotos;
  }
  return mine.sort((one, other) => other.at - one.at);
}
