// The desk by keyboard, while something on it has the focus: J and K move along the list, B opens,
// S goes to the decision. Never in a text field; pressing the decision stays with Enter.
const titles = () => [...document.querySelectorAll(".desk__queue tbody td:first-child a")];
const chosen = () => titles().findIndex((title) => title.closest(".chosen"));

function move(step) {
  const all = titles();
  const here = all.indexOf(document.activeElement);
  const from = here < 0 ? chosen() : here;
  all[Math.min(Math.max(from + step, 0), all.length - 1)]?.focus();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  b: () => titles().includes(document.activeElement) && document.activeElement.click(),
  s: () => document.querySelector(".desk__item .btn--main")?.focus(),
};

document.querySelector(".split--desk")?.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});
