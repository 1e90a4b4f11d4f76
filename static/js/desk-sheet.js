// The sheet of questions: the button says yes to the rest at once. Without JavaScript the portal does it.
const rows = () => [...document.querySelectorAll(".sheet__row")];
const answers = (row) => [...row.querySelectorAll("[type=radio]")];

function choose(radio) {
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
}

// Yes to every question that has no answer yet.
export function allYes() {
  for (const row of rows()) {
    if (!answers(row).some((radio) => radio.checked)) choose(answers(row)[0]);
    row.classList.remove("sheet__row--missing");
  }
}

// The next answer of one question: yes, no, not applicable, and round again.
export function turn(number) {
  const row = rows()[number - 1];
  if (!row) return;
  const all = answers(row);
  choose(all[(all.findIndex((radio) => radio.checked) + 1) % all.length]);
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("button[name=semua]")) return;
  event.preventDefault();
  allYes();
});
