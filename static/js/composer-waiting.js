// What is written on this device and not on the portal yet: on every page of its writer. What was sent, and did not
// get through, is sent again from here; what needs its writer is shown.
import { ask, tokenOf } from "./composer-line.js";
import { all, drop, put } from "./composer-store.js";

const bar = document.querySelector("[data-unsent-bar]"), list = document.querySelector("[data-waiting]");
const { owner } = bar.dataset;
const LONG = 14 * 86_400_000;

// Who signed in after somebody else on this device: the other's pages go.
async function forgetOthers() {
  for (const name of await caches.keys()) if (name.startsWith("tulisan-") && name !== `tulisan-${owner}`) await caches.delete(name);
}

function rowOf(each) {
  const row = list.querySelector("template").content.firstElementChild.cloneNode(true), link = row.querySelector("a");
  link.textContent = each.title || "…";
  link.href = each.path;
  row.querySelector("[data-time]").textContent = new Date(each.at).toLocaleString(document.documentElement.lang);
  row.querySelector("[data-unsent]").hidden = !each.then;
  row.querySelector("[data-drop]").onclick = async () => {
    await drop(each.key);
    await show();
  };
  return row;
}

async function show() {
  const kept = await all(owner), found = kept.filter(({ isUnsent }) => isUnsent);
  for (const { key, at, isUnsent } of kept) if (!isUnsent && at < Date.now() - LONG) await drop(key);
  list?.querySelector("ul").replaceChildren(...found.map(rowOf));
  if (list) list.hidden = !found.length;
  bar.hidden = Boolean(list) || !found.length;
  bar.querySelector("b").textContent = found.length;
  return found;
}

// Photos go from the composer, one by one; without them it is not complete.
async function sendAgain(each) {
  const token = await tokenOf(owner, each.path);
  if (!token) return;
  const body = new FormData();
  for (const [name, value] of [...each.texts, ...each.files]) body.append(name, value);
  body.set("csrfmiddlewaretoken", token);
  body.set("then", each.then);
  const { status, data } = await ask(each.path, body);
  if (status === 200 && data) {
    await drop(each.key);
    if (list) location.reload();
  } else if (data) await put({ ...each, then: null });
}

async function sendAll() {
  if (!navigator.onLine) return;
  for (const each of await all(owner)) {
    if (!each.then || each.hasPhotos) continue;
    await navigator.locks?.request(each.key, { ifAvailable: true }, (lock) => lock && sendAgain(each)).catch(() => {});
  }
  await show();
}

forgetOthers().catch(() => {});
show().then(sendAll).catch(() => {});
addEventListener("online", () => sendAll().catch(() => {}));
