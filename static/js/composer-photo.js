// Photos: what shrinks, keeps and sends them is loaded when one is chosen, or waits here.
import { done, store } from "./composer-store.js";

const form = document.querySelector("form[data-keep]");
let work, busy = Promise.resolve();
const load = () => work ??= import("./composer-photo-work.js").catch(() => work = null);
// Where it cannot be loaded, the file goes along with the form.
const choose = (input) => input.files[0] && (busy = busy.then(load).then((found) => found?.choose(input)));

form.addEventListener("change", ({ target }) => target.matches("[data-photo] [type=file]") && choose(target));
form.addEventListener("click", ({ target: { dataset: { place } } }) => {
  const { body } = form.elements, detail = place;
  if (!place || !body.dispatchEvent(new CustomEvent("composer:place", { detail, bubbles: true, cancelable: true }))) return;
  const end = `${body.value}\n\n`.indexOf("\n\n", body.selectionEnd);
  body.setRangeText(`\n\n${place}\n\n`, end, end, "end");
  body.dispatchEvent(new Event("input", { bubbles: true }));
  body.focus();
});

async function back() {
  const found = await done((await store("photos")).index("key").getAll(form.elements.form_key.value));
  const isSent = [...form.querySelectorAll("[data-upload] > :first-child")].some(({ value }) => value);
  if (found.length || isSent) await (await load())?.restore(found);
  for (const input of form.querySelectorAll("[data-photo] [type=file]")) choose(input);
}

form.addEventListener("composer:send", ({ detail }) => detail.waits.push(busy.then(() => work).then((found) => found?.sendAll())));
form.addEventListener("composer:stored", ({ detail: { waits, photos } }) => waits.push(work?.then((found) => found?.stored(photos))));
form.addEventListener("composer:restored", back);
back();
