// A button pressed twice sends once: the second press is swallowed, and the words say what is going on.
const waiting = new WeakSet();

function busy(form, submitter) {
  const button = submitter ?? form.querySelector("button:not([type=button])");
  if (!button) return;
  const words = button.dataset.busy ?? document.documentElement.dataset.busy;
  const place = button.querySelector("span") ?? button;
  button.dataset.words = place.textContent;
  if (button.matches(".btn")) place.textContent = words;
  button.disabled = true;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (waiting.has(form)) return event.preventDefault();
  waiting.add(form);
  // After the browser has gathered the values: a disabled button would not send its own.
  setTimeout(() => busy(form, event.submitter));
});

// Back to this page from the browser's memory: everything can be pressed again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("button[data-words]")) {
    waiting.delete(button.form);
    (button.querySelector("span") ?? button).textContent = button.dataset.words;
    delete button.dataset.words;
    button.disabled = false;
  }
});
