// What is written, on this device. `texts` has a record a form, `photos` what belongs to it.
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
export const drop = async (key) => done((await store("texts", "readwrite")).delete(key));
// Of one account only. Unsent is what the portal has not got, words or photos.
export async function all(owner) {
  const photos = new Set((await done((await store("photos")).getAll())).map(({ key }) => key));
  return (await done((await store("texts")).getAll()))
    .filter((record) => record.owner === owner)
    .map((record) => ({ ...record, hasPhotos: photos.has(record.key), isUnsent: !record.isSafe || photos.has(record.key) }))
    .sort((one, other) => other.at - one.at);
}
