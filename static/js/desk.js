import { place } from "./desk-remarks.js";
import { allYes, turn } from "./desk-sheet.js";

// The desk by keyboard, while something on it has the focus: J and K move along the list, B opens, A takes,
// S goes to the decision, C to the internal note, X ticks a row, / goes to the search. Y says yes to what the sheet
// still asks, a number turns the answer of that question; N and P go from paragraph to paragraph. Never in a text field; pressing the decision stays with Enter.
const titles = () => [...document.querySelectorAll(".desk__queue .desk__name > a")];
const chosen = () => titles().findIndex((title) => title.closest(".chosen"));
const isBox = (thing) => thing?.matches?.(".desk__tick input, [type=radio]");
const titleOf = (thing) => thing?.closest?.("tr")?.querySelector(".desk__name > a");

function move(step) {
  const all = titles();
  const here = all.indexOf(titleOf(document.activeElement) ?? document.activeElement);
  const from = here < 0 ? chosen() : here;
  all[Math.min(Math.max(from + step, 0), all.length - 1)]?.focus();
}

function note() {
  const box = document.querySelector(".desk__notes");
  if (box) box.open = true;
  box?.querySelector("textarea")?.focus();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  b: () => titleOf(document.activeElement)?.click(),
  a: () => document.getElementById("ambil")?.click(),
  s: () => document.querySelector(".desk__item .btn--main, #bersama .btn--main, #bersama .actions .btn")?.focus(),
  c: note,
  x: () => document.activeElement.closest("tr")?.querySelector(".desk__tick input")?.click(),
  n: () => place(1),
  p: () => place(-1),
  y: allYes,
  "/": () => document.getElementById("saring_q")?.focus(),
};

document.querySelector(".split--desk")?.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select") && !isBox(event.target);
  const does = /^[1-9]$/.test(event.key) ? () => turn(event.key) : keys[event.key];
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !does) return;
  event.preventDefault();
  does();
});

// Who comes to an item reads it and decides with the keys at once: nothing has to be pressed first.
const item = document.querySelector(".desk__item");
if (item && document.activeElement === document.body && !location.hash) item.focus({ preventScroll: true });
