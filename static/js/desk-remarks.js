// Notes at places in the text, and internal ones. The words that are selected go into the note; what is sent stays
// on the page, so that nothing typed for the decision is lost. Without JavaScript the forms lead back to the place.
const text = () => document.querySelector(".desk__text");
const ways = () => [...(text()?.querySelectorAll(".margin__new > summary") ?? [])];
let selected = "";

// To the next or the previous place where a note can stand; Enter opens it.
export function place(step) {
  const all = ways();
  const here = all.indexOf(document.activeElement.closest?.(".margin__new")?.querySelector("summary"));
  const to = here < 0 && step < 0 ? all.length - 1 : Math.min(Math.max(here + step, 0), all.length - 1);
  all[to]?.focus();
}

document.addEventListener("selectionchange", () => {
  const now = getSelection();
  if (now.isCollapsed || !text()?.contains(now.anchorNode)) return;
  selected = now.toString().replace(/\s+/g, " ").trim().slice(0, 300);
});

document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.(".margin__new[open]")) return;
  const form = target.querySelector("form");
  if (selected && !form.elements.quote.value) form.elements.quote.value = selected;
  selected = "";
  form.elements.text.focus();
}, true);

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest(".margin__new[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// The answer is the same page: its part and its messages take the place of ours.
function show(page, part, anchor) {
  const [ours, theirs] = [document, page].map((each) => each.querySelector(part));
  if (!theirs) return location.reload();
  ours.replaceWith(theirs);
  document.querySelector(".messages")?.remove();
  const said = page.querySelector(".messages");
  if (said) theirs.before(said);
  (document.getElementById(anchor)?.querySelector("summary") ?? document.getElementById("butir"))?.focus();
}

// What is refused stays as it was typed, with the words why.
function refuse(form, said) {
  form.querySelector(".messages")?.remove();
  form.prepend(said);
  delete form.dataset.sent;
  form.elements.text?.focus();
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest(".desk__item form[data-in-place]");
  if (!form || form.dataset.plain) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  const part = form.closest(".desk__notes") ? ".desk__notes" : ".desk__text";
  const place = form.closest(".margin, .desk__notes")?.id;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector(".messages:has(.alert--error)");
    if (said && form.elements.text) return refuse(form, said);
    show(page, part, place);
  } catch {
    // As without JavaScript: the browser says what is wrong, and the way back leads to what was typed.
    form.dataset.plain = "1";
    form.requestSubmit(event.submitter);
  }
}, true);
