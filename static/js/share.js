// <button hidden data-copy="text" data-done="Copied"> copies its text; shown only where that works.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const place = button.querySelector("span") ?? button;
  const words = place.textContent;
  place.textContent = button.dataset.done || "✓";
  setTimeout(() => { place.textContent = words; }, 2500);
});

// A menu that is open closes at Escape and at a press elsewhere.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
