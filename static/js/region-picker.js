/* The region picker: suggestions while typing (an ARIA combobox) and a cascade, over inputs that work without it. */
const mark = (node, name, value) => node.setAttribute(`aria-${name}`, value);

function start(root) {
  const data = root.dataset, seen = {};
  const find = (selector) => root.querySelector(selector);
  const [input, code, list, status] = ["[type=text]", "[disabled]", "ul", "[role=status]"].map(find);
  const selects = [...root.querySelectorAll("select")];
  let rows = [], active = -1, timer, request, again;

  const say = (text) => { status.textContent = text; };
  const set = (value = "") => {
    const level = value && value.split(".").length;
    code.value = level >= data.shallowest && level <= data.level ? value : "";
    code.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Nothing when a newer question overtook this one, or without a signal.
  async function load(url, params, retry) {
    const address = `${url}?${new URLSearchParams(params)}`;
    request?.abort();
    const mine = request = new AbortController();
    const patience = setTimeout(() => mine.abort(), 15000);
    again = null;
    try {
      seen[address] ||= (await (await fetch(address, { signal: mine.signal })).json()).regions;
      return mine === request && seen[address];
    } catch {
      if (mine !== request) return;
      say(data.offline);
      again = retry;
    } finally {
      clearTimeout(patience);
    }
  }

  function open(yes) {
    list.hidden = !yes;
    active = -1;
    mark(input, "expanded", yes);
    mark(input, "activedescendant", "");
  }

  function move(to) {
    if (active >= 0) mark(list.children[active], "selected", false);
    active = (to + rows.length) % rows.length;
    const option = list.children[active];
    mark(option, "selected", true);
    mark(input, "activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function option(row, index) {
    const item = document.createElement("li"), place = document.createElement("small");
    item.id = `${list.id}_${index}`;
    item.setAttribute("role", "option");
    mark(item, "selected", false);
    place.textContent = row.place;
    item.append(row.label, " ", place);
    return item;
  }

  async function suggest() {
    const q = input.value.trim(), { level, shallowest, within } = data;
    open(false);
    if (q.length < 2) return;
    say(data.searching);
    const found = await load(data.search, { q, level, shallowest, within }, suggest);
    if (!found) return;
    rows = found;
    list.replaceChildren(...rows.map(option));
    open(rows.length > 0 && document.activeElement === input);
    say(rows.length ? `${data.found} ${rows.length}` : data.nothing);
  }

  function choose(row) {
    input.value = row.place ? `${row.label}, ${row.place}` : row.label;
    open(false);
    say("");
    forget(0);
    set(row.code);
  }

  function forget(from) {
    selects.slice(from).forEach((select) => {
      select.value = "";
      select.parentElement.hidden = select !== selects[0];
    });
  }

  async function step(select) {
    const next = selects[selects.indexOf(select) + 1];
    if (next) forget(selects.indexOf(next));
    const chosen = selects.filter((each) => each.value).reverse();
    set(chosen[0]?.value);
    input.value = code.value && chosen.map((each) => each.selectedOptions[0].text).join(", ");
    say("");
    const found = next && select.value && await load(data.children, { of: select.value }, () => step(select));
    if (!found) return;
    next.replaceChildren(next.options[0], ...found.map((row) => new Option(row.label, row.code)));
    next.parentElement.hidden = false;
  }

  const keys = {
    Escape: () => open(false),
    ArrowDown: () => list.hidden ? suggest() : move(active + 1),
    ArrowUp: () => list.hidden || move(Math.max(active, 0) - 1),
    Enter: () => choose(rows[active]),
  };
  input.onkeydown = (event) => {
    if (event.key === "Tab" && active >= 0) choose(rows[active]);
    if ((event.key === "Enter" && active < 0) || (event.key === "Escape" && list.hidden)) return;
    if (keys[event.key]) event.preventDefault();
    keys[event.key]?.();
  };
  input.oninput = () => {
    find("fieldset")?.remove();
    forget(0);
    set();
    clearTimeout(timer);
    timer = setTimeout(suggest, 200);
  };
  input.onblur = () => open(false);
  list.onpointerdown = (event) => event.preventDefault();
  list.onclick = ({ target }) => target !== list && choose(rows[[...list.children].indexOf(target.closest("li"))]);
  root.onchange = ({ target }) => {
    if (target.type === "radio") set(target.value);
    else if (selects.includes(target)) step(target);
  };
  addEventListener("online", () => again?.());

  code.disabled = false;
  input.value ||= data.text;
  input.setAttribute("role", "combobox");
  mark(input, "autocomplete", "list");
  open(false);
  find("button")?.remove();
  if (data.text) find("details").open = find(".region-picker__chosen").hidden = false;
}

for (const root of document.querySelectorAll("[data-region-picker]")) start(root);
