// Puts the chosen saved reply into the note at once, where the cursor stands. Without JavaScript the button
// asks the portal to do it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=sisip]");
  const form = button?.form;
  const text = form?.elements.balasan.selectedOptions[0]?.dataset.text;
  if (!form) return;
  event.preventDefault();
  const note = form.elements.reason;
  if (!text) return form.elements.balasan.focus();
  const isMiddle = note.selectionStart < note.value.length;
  const before = note.value && !isMiddle && !note.value.endsWith("\n") ? "\n" : "";
  note.setRangeText(before + text, note.selectionStart, note.selectionEnd, "end");
  note.dispatchEvent(new Event("input", { bubbles: true }));
  note.focus();
});
