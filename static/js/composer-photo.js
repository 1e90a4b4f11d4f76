// Photos of the composer; what shrinks, keeps and sends them is loaded when one is chosen, or waits on this device.
import { done, store } from "./composer-store.js";

const form = document.querySelector("form[data-keep]");
const choose = async (input) => input.files[0] && (await import("./composer-photo-work.js")).choose(input);

form.addEventListener("change", ({ target }) => target.matches("[data-photo] [type=file]") && choose(target));
form.addEventListener("click", ({ target: { dataset: { place } } }) => {
  const { body } = form.elements, detail = place;
  if (!place || !body.dispatchEvent(new CustomEvent("composer:place", { detail, bubbles: true, cancelable: true }))) return;
  body.setRangeText(`\n\n${place}\n\n`, body.selectionEnd, body.selectionEnd, "end");
  body.dispatchEvent(new Event("input", { bubbles: true }));
  body.focus();
});

async function back() {
  const found = await done((await store("photos")).index("key").getAll(form.elements.form_key.value));
  if (found.length) await (await import("./composer-photo-work.js")).restore(found);
  for (const input of form.querySelectorAll("[data-photo] [type=file]")) await choose(input);
}

form.addEventListener("composer:restored", back);
back();
