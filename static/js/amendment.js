// A change of what is published: its photos are shrunk here and go piece by piece before the words; the rich text
// field comes once the page is usable, and not where the device asks to save data.
import { isSparing } from "./composer-line.js";
import "./composer-photo.js";
import { drop } from "./composer-store.js";

const form = document.querySelector("form[data-keep]");
const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 200));
let isThrough = false;

if (!isSparing()) idle(() => import("./composer-rich.js").catch(() => {}));

form.addEventListener("submit", async (event) => {
  if (isThrough) return;
  event.preventDefault();
  const waits = [];
  form.dispatchEvent(new CustomEvent("composer:send", { detail: { waits } }));
  await Promise.allSettled(waits);
  await drop({ key: "", form: form.elements.form_key.value }).catch(() => {});
  isThrough = true;
  form.requestSubmit(event.submitter);
});
addEventListener("pageshow", () => { isThrough = false; });
