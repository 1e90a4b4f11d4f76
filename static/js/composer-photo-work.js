// A photo on the device: drawn anew, so that it is small and tells no place; kept; sent piece by piece until it is through.
import { isSparing, tokenOf, wait } from "./composer-line.js";
import { done, store } from "./composer-store.js";

const form = document.querySelector("form[data-keep]"), fields = form.elements, { owner, upload } = form.dataset;
const LONGEST = 1600, MOST = 300_000, PIECE = 65_536, PATIENCE = 60_000;
const words = document.querySelector("[data-brush]").dataset;
// By place of the form what stands there; by photo the promise that it is on the portal.
const here = new Map(), sent = new Map();
let line = Promise.resolve(), busy = line;

const part = (slot, name) => slot.querySelector(`[data-${name}]`);
const of = (slot, name) => fields[`${slot.dataset.photo}-${name}`];
const say = (slot, said) => { part(slot, "said").textContent = said; };
const draw = (blob) => createImageBitmap(blob).catch(() => null);
const photos = async () => store("photos", "readwrite");
const forget = async (id) => done((await photos()).delete(id)).catch(() => {});

async function encoded(picture) {
  let scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  for (let quality = 0.85; ; quality -= 0.1) {
    const canvas = document.createElement("canvas"), brush = canvas.getContext("2d");
    [canvas.width, canvas.height] = [picture.width, picture.height].map((size) => Math.round(size * scale) || 1);
    brush.imageSmoothingQuality = "high";
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", quality); });
    if (blob.size <= MOST) return blob;
    if (quality < 0.5) [scale, quality] = [scale * 0.8, 0.95];
  }
}

// What stood there before: the portal forgets it, too, if it has it already.
async function leave(slot) {
  const before = of(slot, "upload");
  await forget(before.value);
  if (before.value) of(slot, "replaced_keys").value += ` ${before.value}`;
  before.value = of(slot, "stored").value = "";
  return before;
}

async function keep(slot, blob) {
  const key = fields.form_key.value, id = crypto.randomUUID();
  const record = { id, key, owner, slot: slot.dataset.photo, blob, at: Date.now() };
  // A device without room: then it is in this page alone.
  await photos().then((all) => done(all.put(record))).catch(() => {});
  const field = await leave(slot);
  field.value = id;
  slot.querySelector("[type=file]").value = "";
  await show(slot, record);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function choose(input) {
  const slot = input.closest("[data-photo]"), file = input.files[0];
  // What this browser cannot draw (HEIC) goes as it is: the portal reads it.
  return file && replace(slot, async () => await draw(file) ?? file);
}

// From now on what stood there before does not leave any more; whoever sends waits for the new one.
function replace(slot, drawn) {
  say(slot, words.shrinking);
  here.delete(slot);
  return busy = busy.then(async () => {
    const picture = await drawn();
    await keep(slot, picture instanceof Blob ? picture : await encoded(picture));
  }).catch(() => say(slot, ""));
}

export async function restore(records) {
  for (const record of records) {
    const slot = form.querySelector(`[data-photo="${record.slot}"]`);
    if (record.owner !== owner || !slot || here.has(slot)) continue;
    of(slot, "upload").value = record.id;
    slot.open = true;
    if (!moved(slot)) await show(slot, record);
  }
  for (const slot of form.querySelectorAll("[data-photo]")) {
    if (here.has(slot) || moved(slot) || !of(slot, "stored").value) continue;
    slot.open = true;
    say(slot, words.through);
  }
}

// On a page that shows it among those that the portal has, its words belong there.
function moved(slot) {
  const { value } = of(slot, "upload"), there = value && form.querySelector(`[data-stored="${value}"]`);
  if (!there) return false;
  forget(value);
  for (const field of slot.querySelectorAll("input:not([type=file], [type=hidden])")) {
    const name = field.name.replace(slot.dataset.photo, there.dataset.prefix);
    if (field.value) [fields[name].value, fields[`initial-${name}`].value] = [field.value, ""];
    field.value = "";
  }
  of(slot, "upload").value = of(slot, "stored").value = "";
  return true;
}

// Its article has it: the device need not keep it any longer.
export async function stored(photos) {
  for (const [slot, { id }] of here) {
    if (!photos[id]) continue;
    of(slot, "stored").value = photos[id];
    await forget(id);
  }
}

async function show(slot, record) {
  const picture = await draw(record.blob), canvas = slot.querySelector("canvas");
  here.set(slot, record);
  part(slot, "device").hidden = part(slot, "go").hidden = false;
  say(slot, words[isSparing() ? "here" : "ahead"].replace("0", Math.ceil(record.blob.size / 1000)));
  slot.querySelector("progress").value = 0;
  canvas.hidden = part(slot, "cover").hidden = !picture;
  if (picture) {
    [canvas.width, canvas.height] = [320, (320 * picture.height) / picture.width];
    canvas.getContext("2d").drawImage(picture, 0, 0, 320, canvas.height);
  }
  part(slot, "cover").onclick = async () => {
    const covered = await (await import("./composer-photo-brush.js")).cover(picture);
    if (covered) replace(slot, () => covered);
  };
  // Pressed while it is drawn anew, it goes as soon as it is.
  part(slot, "go").onclick = () => busy.then(() => go(slot));
  part(slot, "off").onclick = async () => {
    here.delete(slot);
    (await leave(slot)).dispatchEvent(new Event("input", { bubbles: true }));
    part(slot, "device").hidden = true;
    say(slot, "");
  };
}

// One by one: on a bad line the first is through before the second begins.
function go(slot) {
  const id = here.get(slot)?.id;
  if (id && !sent.has(id)) sent.set(id, line = line.then(() => here.get(slot)?.id === id && send(slot, here.get(slot))));
  return sent.get(id);
}

// An empty piece asks how much is there.
async function send(slot, { id, blob }) {
  let at = 0, piece = "", again = 1000;
  while (here.get(slot)?.id === id) {
    const answer = await fetch(`${upload.replace(/0{8}-[-0]+/, id)}?dari=${at}&ukuran=${blob.size}`, {
      method: "POST", body: piece, signal: AbortSignal.timeout(PATIENCE),
      headers: { "X-CSRFToken": fields.csrfmiddlewaretoken.value, "Content-Type": "application/octet-stream" },
    }).catch(() => null);
    const data = await answer?.json().catch(() => null);
    if (data?.error) {
      sent.delete(id);
      return say(slot, data.error);
    }
    if (data?.received >= 0) {
      at = data.received;
      slot.querySelector("progress").value = at / blob.size;
      say(slot, at < blob.size ? words.sending : words.through);
      if (at >= blob.size) {
        part(slot, "go").hidden = true;
        // From now on it is saved with the words.
        return form.dispatchEvent(new Event("input"));
      }
      piece = blob.slice(at, at + PIECE);
      again = 1000;
    } else {
      say(slot, words.waiting);
      await wait(again);
      again = Math.min(again * 2, 30_000);
      const token = answer && await tokenOf(owner, location.pathname).catch(() => null);
      if (token) fields.csrfmiddlewaretoken.value = token;
    }
  }
}

export const sendAll = () => busy.then(() => Promise.all([...here.keys()].map(go)));

// By itself once it has a caption: whoever wants to cover a face has done so. Not where data are dear.
function ahead() {
  if (navigator.onLine && !isSparing()) for (const slot of here.keys()) if (of(slot, "caption").value.trim()) go(slot);
}
form.addEventListener("change", ahead);
addEventListener("online", ahead);
