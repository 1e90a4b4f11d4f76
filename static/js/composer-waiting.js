// What is written on this device and not on the portal yet: on every page of its writer. What was sent, and did not
// get through, is sent again from here; what needs its writer is shown.
import { forget } from "./composer-forget.js";
import { ask, tokenOf } from "./composer-line.js";
import { all, drop, put, rowOf } from "./composer-store.js";

const bar = document.querySelector("[data-unsent-bar]"), list = document.querySelector("[data-waiting]");
const { owner } = bar.dataset;
const DAY = 86_400_000, LONG = 14 * DAY, OLD = 90 * DAY, AGAIN = 30_000;

// Who signed in after somebody else on this device: the other's pages go, and what the other left here long ago.
async function forgetOthers() {
  const texts = new Set((await all(owner)).map(({ form }) => form));
  const isLeft = (each) => each.owner !== owner || (each.blob && !texts.has(each.key));
  await forget((each) => each.at < Date.now() - OLD && isLeft(each));
  for (const name of await caches.keys()) if (name.startsWith("tulisan-") && name !== `tulisan-${owner}`) await caches.delete(name);
}

function lineOf(each) {
  const row = rowOf(list.querySelector("template"), each);
  row.querySelector("a").href = each.path;
  row.querySelector("[data-unsent]").hidden = !each.then;
  row.querySelector("[data-drop]").onclick = async () => {
    await drop(each);
    await show();
  };
  return row;
}

async function show() {
  const kept = await all(owner), found = kept.filter(({ isUnsent }) => isUnsent);
  for (const each of kept) if (!each.isUnsent && each.at < Date.now() - LONG) await drop(each);
  list?.querySelector("ul").replaceChildren(...found.map(lineOf));
  if (list) list.hidden = !found.length;
  bar.hidden = Boolean(list) || !found.length;
  bar.querySelector("b").textContent = found.length;
  return found;
}

// Photos go from the composer, one by one; without them it is not complete.
const mayGo = ({ then, hasPhotos }) => then && !hasPhotos;

async function sendAgain(key) {
  const each = (await all(owner)).find((record) => record.key === key && mayGo(record));
  const token = each && await tokenOf(owner, each.path);
  if (!token) return;
  const body = new FormData();
  for (const [name, value] of [...each.texts, ...each.files]) body.append(name, value);
  body.set("csrfmiddlewaretoken", token);
  body.set("then", each.then);
  const { status, data } = await ask(each.path, body);
  if (status === 200 && data && !data.lacking) {
    await drop(each);
    if (list) location.reload();
  } else if (data) await put({ ...each, then: null });
  await show();
}

// One page at a time sends a text: whoever has its lock. The others wait, and find it gone.
async function sendAll() {
  if (!navigator.onLine) return;
  const { locks } = navigator, left = (await all(owner)).filter(mayGo);
  const sent = left.map(({ key }) => locks ? locks.request(key, () => sendAgain(key)) : sendAgain(key));
  if ((await Promise.allSettled(sent)).some(({ reason }) => reason)) setTimeout(sendAll, AGAIN);
}

forgetOthers().catch(() => {});
show().then(sendAll).catch(() => {});
addEventListener("online", () => sendAll().catch(() => {}));
