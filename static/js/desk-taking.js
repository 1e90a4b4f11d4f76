// Who begins to work on an item takes it: with the first touch of the decision, or after a while of reading.
// While there are signs of work it stays taken. Without JavaScript the button does the same.
const box = document.querySelector(".desk__claim");
const decisions = document.querySelectorAll(".desk__decision, .sheet, .desk__text");
const READING = 10_000;
const AGAIN = 60_000;
let last = 0;
let isLost = false;

const show = (name, words) => {
  const line = box.querySelector(`[data-${name}]`);
  if (!line) return;
  if (words) line.textContent = words;
  line.hidden = false;
};

async function take() {
  if (isLost || Date.now() - last < AGAIN || document.hidden) return;
  last = Date.now();
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ diam: "1" });
  try {
    const answer = await fetch(box.dataset.take, { method: "POST", headers: { "X-CSRFToken": token }, body });
    if (answer.status === 409) {
      isLost = true;
      show("gone", await answer.text());
    } else if (answer.ok && !box.dataset.mine) {
      box.querySelector("[data-free]")?.setAttribute("hidden", "");
      show("taken");
    }
  } catch {
    // Without a signal nothing is taken; the decision itself still asks the portal.
  }
}

if (box?.dataset.take) {
  for (const decision of decisions) {
    decision.addEventListener("focusin", take);
    decision.addEventListener("input", take);
  }
  const begun = setTimeout(take, READING);
  addEventListener("pagehide", () => clearTimeout(begun));
  for (const sign of ["keydown", "pointerdown", "scroll"]) {
    addEventListener(sign, () => (last || box.dataset.mine) && take(), { passive: true, capture: true });
  }
}
