// Never lost: on the device within a second, on the portal when there is a line, and sent until it is through.
import { ask, tokenOf, wait } from "./composer-line.js";
import { all, drop, put, rowOf } from "./composer-store.js";

const form = document.querySelector("form[data-send]");
const state = form.querySelector("[data-state]");
const isComposer = "keep" in form.dataset;
const { owner } = form.dataset;
const fields = form.elements;
const SECRET = new Set(["csrfmiddlewaretoken", "then"]);
const PAUSE = 500, EVERY = 20_000;
// Its token and keys are used up.
const isAway = "offline" in document.documentElement.dataset;
let isStale = isAway, isKept = true, isDirty = false, isConflict = false, sending, timer, last = 0, changes = 0;

const key = () => fields.page_key.value;
const say = (name, words = state.dataset[name]) => { state.textContent = words; };
const sayKept = () => say(isKept ? "device" : "full");

function record() {
  const texts = [], files = [];
  for (const [name, value] of new FormData(form)) {
    if (value instanceof File) value.size && files.push([name, value]);
    else if (!SECRET.has(name)) texts.push([name, value]);
  }
  const id = isComposer ? fields.form_key.value : "", title = fields.title.value, path = location.pathname;
  return { key: key(), form: id, owner, path, title, at: Date.now(), texts, files, then: sending };
}

async function keep() {
  timer = clearTimeout(timer);
  last = Date.now();
  isKept = await put(record()).then(() => true, () => false);
  if (!sending) sayKept();
}

function touched() {
  isDirty = true;
  changes += 1;
  timer ??= setTimeout(keep, Math.max(0, PAUSE - (Date.now() - last)));
}

async function hasToken() {
  const token = isStale ? await tokenOf(owner, location.pathname) : fields.csrfmiddlewaretoken.value;
  if (token) fields.csrfmiddlewaretoken.value = token;
  isStale = !token;
  return !isStale;
}

async function tell(body) {
  const answer = await ask(location.pathname, body);
  isStale = !answer.data && answer.status < 409;
  return answer;
}

// The words, and photos that have gone piece by piece; no files.
async function save() {
  if (!isDirty || sending || isConflict || !navigator.onLine) return;
  try {
    if (!await hasToken()) return say("away");
    const body = new FormData(form), before = changes;
    for (const [name] of record().files) body.delete(name);
    body.set("then", "keep");
    const { status, data } = await tell(body);
    if (sending) return;
    if (status === 200 && data) {
      fields.version.value = data.version;
      await Promise.allSettled(others("composer:stored", data.photos));
      isDirty = before !== changes;
      const mine = record();
      // Here, too, to be there without a line.
      await put({ ...mine, isSafe: !isDirty && !mine.files.length }).catch(() => {});
      say("portal", data.said);
    } else if (status === 409) {
      isConflict = true;
      say("conflict", data?.said);
    } else {
      say(data ? "title" : "away", data?.errors[""]?.[0]);
    }
  } catch {
    sayKept();
  }
}

async function send(then) {
  sending = then;
  let refused = 0;
  await keep();
  // composer-waiting.js sends it no more.
  navigator.locks?.request(key(), () => new Promise(() => {}));
  for (let again = 1000; ; again = Math.min(again * 2, 30_000)) {
    say("sending");
    try {
      if (!await hasToken()) throw new Error("away");
      await Promise.all(others("composer:send"));
      const body = new FormData(form), before = changes;
      body.set("then", then);
      const { status, data } = await tell(body);
      if (status === 200 && data) {
        fields.version.value = data.version;
        // What was typed meanwhile, too.
        if (before !== changes) continue;
        sending = null;
        timer = clearTimeout(timer);
        const mine = record();
        await (data.lacking ? put({ ...mine, path: data.url }) : drop(mine)).catch(() => {});
        isDirty = false;
        return location.assign(data.url);
      }
      if (status === 409) return plainly(then);
      if (data?.errors) {
        const { show } = await import("./composer-faults.js");
        sending = null;
        await keep();
        return show(form, state, data.errors);
      }
      // Signed out, or an old token; all else its page says.
      refused += status === 403;
      if (refused > 2 || ![200, 403].includes(status)) return plainly(then);
      say("away");
    } catch ({ message }) {
      say(message === "away" ? message : "waiting");
    }
    await wait(again);
  }
}

// Photos go before the words.
function others(event, photos) {
  const waits = [];
  form.dispatchEvent(new CustomEvent(event, { detail: { waits, photos } }));
  return waits;
}

function plainly(then) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "then", value: then });
  form.append(field);
  form.submit();
}

function restore(found) {
  const texts = new Map(found.texts);
  for (const field of fields) {
    if (SECRET.has(field.name) || !field.name) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = texts.get(field.name) === field.value;
    else if (field.type !== "file" && texts.has(field.name)) field.value = texts.get(field.name);
  }
  for (const [name, file] of found.files) {
    if (!fields[name]) continue;
    const chosen = new DataTransfer();
    chosen.items.add(file);
    fields[name].files = chosen.files;
    fields[name].closest("details")?.setAttribute("open", "");
  }
  others("composer:restored");
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

async function offer() {
  const place = document.querySelector("[data-kept]"), pattern = place.querySelector("template");
  const isHere = ({ path }) => path === location.pathname;
  const found = (await all(owner)).filter((each) => isAway || (isHere(each) && each.isUnsent));
  const same = isAway && found.find((each) => each.form === fields.form_key.value);
  if (same) return restore(same);
  for (const each of found) {
    const row = rowOf(pattern, each);
    row.querySelector("[data-restore]").onclick = () => {
      if (!isHere(each)) return location.assign(each.path);
      place.hidden = true;
      restore(each);
    };
    row.querySelector("[data-drop]").onclick = async () => {
      await drop(each);
      row.remove();
    };
    place.append(row);
  }
  place.hidden = !found.length;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!sending) send(event.submitter?.value ?? "draft");
});
if (isComposer) {
  if (isAway) {
    fields.page_key.value = crypto.randomUUID();
    if (!fields.version.value) fields.form_key.value = crypto.randomUUID();
    say("offline");
  }
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  addEventListener("visibilitychange", () => timer && keep());
  setInterval(save, EVERY);
  addEventListener("online", save);
  offer().catch(() => {});
}
