// What the portal found wrong with what was sent: said, and the first of it opened.
export function show(form, state, errors) {
  const fields = form.elements, list = document.createElement("ul");
  list.className = "field__errors";
  for (const [name, words] of Object.entries(errors)) {
    const label = fields[name]?.labels?.[0]?.firstChild?.textContent.trim();
    const textContent = [label, ...words].filter(Boolean).join(": ");
    list.append(Object.assign(document.createElement("li"), { textContent }));
  }
  state.replaceChildren(list);
  const first = fields[Object.keys(errors)[0]];
  first?.closest("details")?.setAttribute("open", "");
  first?.focus?.();
}
