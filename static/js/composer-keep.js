// Never lost: what is written is on the device within a second, on the portal when there is a line, and what is sent
// is sent until it is through. The form's key makes a repeated send the same article.
import { all, drop, put } from "./composer-store.js";

const form = document.querySelector("form[data-send]");
const state = form.querySelector("[data-state]");
const isComposer = "keep" in form.dataset;
const { owner } = form.dataset;
const fields = form.elements;
const SECRET = new Set(["csrfmiddlewaretoken", "then"]);
const PAUSE = 500, EVERY = 20_000, PATIENCE = 60_000;
let isDirty = false, isSending = false, isConflict = false, timer, last = 0, changes = 0;

const key = () => fields.form_key.value;
const say = (name, words = state.dataset[name]) => { state.textContent = words; };
const wait = (time) => new Promise((resolve) => {
  setTimeout(resolve, time);
  addEventListener("online", resolve, { once: true });
});

function record(then) {
  const texts = [], files = [];
  for (const [name, value] of new FormData(form)) {
    if (value instanceof File) value.size && files.push([name, value]);
    else if (!SECRET.has(name)) texts.push([name, value]);
  }
  return { key: key(), owner, path: location.pathname, title: fields.title.value, at: Date.now(), texts, files, then };
}

async function keep(then) {
  clearTimeout(timer);
  timer = null;
  last = Date.now();
  try {
    await put(record(then));
    if (!isSending) say("device");
  } catch {
    // A device without room or in private mode: the portal is left.
  }
}

function touched() {
  isDirty = true;
  changes += 1;
  timer ??= setTimeout(keep, Math.max(0, PAUSE - (Date.now() - last)));
}

async function ask(body) {
  const answer = await fetch(location.pathname, {
    method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
  });
  const isData = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.status >= 500 || answer.status === 429) throw new Error("later");
  return { status: answer.status, data: isData ? await answer.json() : null };
}

// Who signed in again elsewhere has another token; the page of the form tells it.
async function takeToken() {
  const found = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await (await fetch(location.pathname)).text());
  if (found) fields.csrfmiddlewaretoken.value = found[1];
}

// With a line, what changed goes to the portal as a draft: the words, not the photos.
async function save() {
  if (!isDirty || isSending || isConflict || !navigator.onLine) return;
  const body = new FormData(form), before = changes;
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  for (const name of [...body.keys()]) if (name.startsWith("foto-")) body.delete(name);
  body.set("then", "keep");
  try {
    const { status, data } = await ask(body);
    if (isSending) return;
    if (status === 200 && data) {
      fields.version.value = data.version;
      isDirty = before !== changes;
      const mine = record();
      await (isDirty || mine.files.length ? put(mine) : drop(key()));
      say("portal");
    } else if (status === 409) {
      isConflict = true;
      say("conflict");
    } else {
      say(data ? "title" : "away");
      if (!data) await takeToken();
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
  isSending = true;
  let refused = 0;
  await keep(then);
  for (let again = 1000; ; again = Math.min(again * 2, 30_000)) {
    say("sending");
    const body = new FormData(form);
    body.set("then", then);
    try {
      const { status, data } = await ask(body);
      if (status === 200 && data) {
        await drop(key()).catch(() => {});
        isDirty = false;
        return location.assign(data.url);
      }
      if (status === 409) return plainly(then);
      if (data?.errors) {
        isSending = false;
        return show(data.errors);
      }
      // Signed out, or a token that is no longer good; whatever else it is, its page says.
      refused += status === 403;
      if (refused > 2 || ![200, 403].includes(status)) return plainly(then);
      say("away");
      await takeToken();
    } catch {
      say("waiting");
    }
    await wait(again);
  }
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
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

async function offer() {
  const place = document.querySelector("[data-kept]"), pattern = place.querySelector("template");
  const found = (await all(owner)).filter(({ path }) => path === location.pathname);
  for (const each of found) {
    const row = pattern.content.firstElementChild.cloneNode(true);
    row.querySelector("[data-title]").textContent = each.title || "…";
    row.querySelector("[data-time]").textContent = new Date(each.at).toLocaleString(document.documentElement.lang);
    row.querySelector("[data-restore]").onclick = () => {
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
  if (!isSending) send(event.submitter?.value ?? "draft");
});
if (isComposer) {
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  document.addEventListener("visibilitychange", () => timer && keep());
  setInterval(save, EVERY);
  addEventListener("online", save);
  offer().catch(() => {});
}
