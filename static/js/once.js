// A button pressed twice sends once: the second press is swallowed, and the words say what is going on.
// A form that answers with a file says data-many.
const waiting = new Map();
const place = (button) => button.querySelector("span") ?? button;

function busy(form, button) {
  if (!button) return;
  waiting.set(form, { button, words: place(button).textContent });
  if (button.matches(".btn")) place(button).textContent = button.dataset.busy ?? document.documentElement.dataset.busy;
  button.disabled = true;
}

function free() {
  for (const { button, words } of waiting.values()) {
    place(button).textContent = words;
    button.disabled = false;
  }
  waiting.clear();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "many" in form.dataset) return;
  if (waiting.has(form)) return event.preventDefault();
  const button = event.submitter ?? form.querySelector("button:not([type=button])");
  waiting.set(form, { button, words: button && place(button).textContent });
  // After the browser has gathered the values: a disabled button would not send its own.
  setTimeout(() => busy(form, button));
  // On a signal that died, the press may be repeated; the portal knows the form again and stores it once.
  setTimeout(free, 30000);
});

// Back to this page from the browser's memory: everything can be pressed again.
addEventListener("pageshow", (event) => event.persisted && free());
