// Never lost: what is written is on the device within a second, on the portal when there is a line, and what is sent
// is sent until it is through.
import { ask, tokenOf } from "./composer-line.js";
import { all, drop, put } from "./composer-store.js";

const form = document.querySelector("form[data-send]");
const state = form.querySelector("[data-state]");
const isComposer = "keep" in form.dataset;
const { owner } = form.dataset;
const fields = form.elements;
const SECRET = new Set(["csrfmiddlewaretoken", "then"]);
const PAUSE = 500, EVERY = 20_000;
// The page as it was last seen: its token and keys are used up.
const isAway = "offline" in document.documentElement.dataset;
// `sending`: as what, until it is through.
let isStale = isAway, isDirty = false, isConflict = false, sending, timer, last = 0, changes = 0;

const key = () => fields.form_key.value;
const say = (name, words = state.dataset[name]) => { state.textContent = words; };
const wait = (time) => new Promise((resolve) => {
  setTimeout(resolve, time);
  addEventListener("online", resolve, { once: true });
});

function record() {
  const texts = [], files = [];
  for (const [name, value] of new FormData(form)) {
    if (value instanceof File) value.size && files.push([name, value]);
    else if (!SECRET.has(name)) texts.push([name, value]);
  }
  return { key: key(), owner, path: location.pathname, title: fields.title.value, at: Date.now(), texts, files, then: sending };
}

async function keep() {
  clearTimeout(timer);
  timer = null;
  last = Date.now();
  try {
    await put(record());
    if (!sending) say("device");
  } catch {
    // Without room, or in private mode: the portal is left.
  }
}

function touched() {
  isDirty = true;
  changes += 1;
  timer ??= setTimeout(keep, Math.max(0, PAUSE - (Date.now() - last)));
}

// Who signed in again has another token; somebody else gets none, and it waits.
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

// With a line, what changed goes to the portal: the words, not the photos.
async function save() {
  if (!isDirty || sending || isConflict || !navigator.onLine) return;
  try {
    if (!await hasToken()) return say("away");
    const body = new FormData(form), before = changes;
    for (const name of [...body.keys()]) if (name.startsWith("foto-")) body.delete(name);
    body.set("then", "keep");
    const { status, data } = await tell(body);
    if (sending) return;
    if (status === 200 && data) {
      fields.version.value = data.version;
      isDirty = before !== changes;
      const mine = record();
      // It stays here, too, to be there without a line.
      await put({ ...mine, isSafe: !isDirty && !mine.files.length });
      say("portal");
    } else if (status === 409) {
      isConflict = true;
      say("conflict", data?.said);
    } else {
      say(data ? "title" : "away");
    }
  } catch {
    say("device");
  }
}

function show(errors) {
  const list = document.createElement("ul");
  list.className = "field__errors";
  for (const [name, words] of Object.entries(errors)) {
    const item = document.createElement("li");
    const label = fields[name]?.labels?.[0]?.firstChild?.textContent.trim();
    item.textContent = [label, words.join(" ")].filter(Boolean).join(": ");
    list.append(item);
  }
  state.replaceChildren(list);
  const first = fields[Object.keys(errors)[0]];
  first?.closest("details")?.setAttribute("open", "");
  first?.focus?.();
}

async function send(then) {
  sending = then;
  let refused = 0;
  await keep();
  // No other page sends the same meanwhile (composer-waiting.js).
  navigator.locks?.request(key(), () => new Promise(() => {}));
  for (let again = 1000; ; again = Math.min(again * 2, 30_000)) {
    say("sending");
    try {
      if (!await hasToken()) throw new Error("away");
      await Promise.all(others("composer:send")).catch((fault) => {
        isStale = true;
        throw fault;
      });
      const body = new FormData(form);
      body.set("then", then);
      const { status, data } = await tell(body);
      if (status === 200 && data) {
        await drop(key()).catch(() => {});
        await Promise.allSettled(others("composer:sent"));
        isDirty = false;
        return location.assign(data.url);
      }
      if (status === 409) return plainly(then);
      if (data?.errors) {
        sending = null;
        await keep();
        return show(data.errors);
      }
      // Signed out, or an old token; whatever else it is, its page says.
      refused += status === 403;
      if (refused > 2 || ![200, 403].includes(status)) return plainly(then);
      say("away");
    } catch ({ message }) {
      say(message === "away" ? message : "waiting");
    }
    await wait(again);
  }
}

// Other modules have their part: photos go before the words.
function others(event) {
  const waits = [];
  form.dispatchEvent(new CustomEvent(event, { detail: { waits } }));
  return waits;
}

// The portal answers with both texts, as a page.
function plainly(then) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "then", value: then });
  form.append(field);
  form.submit();
}

function restore(found) {
  const texts = new Map(found.texts);
  for (const field of form.elements) {
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
  const same = isAway && found.find((each) => each.key === key());
  if (same) return restore(same);
  for (const each of found) {
    const row = pattern.content.firstElementChild.cloneNode(true);
    row.querySelector("[data-title]").textContent = each.title || "…";
    row.querySelector("[data-time]").textContent = new Date(each.at).toLocaleString(document.documentElement.lang);
    row.querySelector("[data-restore]").onclick = () => {
      if (!isHere(each)) return location.assign(each.path);
      place.hidden = true;
      restore(each);
    };
    row.querySelector("[data-drop]").onclick = async () => {
      await drop(each.key);
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
  document.addEventListener("visibilitychange", () => timer && keep());
  setInterval(save, EVERY);
  addEventListener("online", save);
  offer().catch(() => {});
}
