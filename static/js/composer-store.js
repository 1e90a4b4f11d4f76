// What is written, on this device: one record a form in IndexedDB, its photos as files.
// Pages and a service worker may both use it: it touches no document.
const NAME = "tulisan", STORE = "naskah";

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opened;
function open() {
  if (opened) return opened;
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
  return opened = done(request);
}

async function store(mode = "readonly") {
  return (await open()).transaction(STORE, mode).objectStore(STORE);
}

export const put = async (record) => done((await store("readwrite")).put(record));
export const drop = async (key) => done((await store("readwrite")).delete(key));
// Of one account only: others may use the same device.
export const all = async (owner) => (await done((await store()).getAll()))
  .filter((record) => record.owner === owner)
  .sort((one, other) => other.at - one.at);
