/* A combobox and a cascade, over inputs that work without. */
const mark = (node, name, value) => node.setAttribute(`aria-${name}`, value);

function start(root) {
  const data = root.dataset;
  const find = (selector) => root.querySelector(selector);
  const [input, code, list, status] = ["[type=text]", "[disabled]", "ul", "p"].map(find);
  const selects = [...root.querySelectorAll("select")];
  let rows = [], active = -1, timer, request, again;

  const say = (text, look = "status") => {
    status.textContent = text;
    status.className = `region-picker__${look}`;
  };
  const set = (value = "", text = "") => {
    const level = value && value.split(".").length;
    code.value = level >= data.shallowest && level <= data.level ? value : "";
    if (!code.value) return say("");
    input.value = text;
    say(`${data.chosen} ${text}`, "chosen");
  };

  // Nothing when overtaken, or offline.
  async function load(url, params, retry) {
    request?.abort();
    const mine = request = new AbortController();
    setTimeout(() => mine.abort(), 15e3);
    again = null;
    try {
      const { regions } = await (await fetch(`${url}?${new URLSearchParams(params)}`, { signal: mine.signal })).json();
      return mine === request && regions;
    } catch {
      if (mine !== request) return;
      say(data.offline);
      again = retry;
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
    const [item, place] = ["li", "small"].map((name) => document.createElement(name));
    item.id = `${list.id}_${index}`;
    item.setAttribute("role", "option");
    mark(item, "selected", false);
    place.textContent = row.place;
    item.append(row.label, " ", place);
    return item;
  }

  async function suggest() {
    const q = input.value.trim(), { level, shallowest, within } = data;
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
    open(false);
    forget(0);
    set(row.code, row.place ? `${row.label}, ${row.place}` : row.label);
    root.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function forget(from) {
    selects.slice(from).forEach((select) => {
      select.value = "";
      select.parentElement.hidden = select !== selects[0];
    });
  }

  async function step(select) {
    const next = selects.filter(({ name }) => name.at(-1) <= data.level)[selects.indexOf(select) + 1];
    if (next) forget(selects.indexOf(next));
    const chosen = selects.filter((each) => each.value).reverse();
    input.value = "";
    set(chosen[0]?.value, chosen.map((each) => each.selectedOptions[0].text).join(", "));
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
    Tab: () => choose(rows[active]),
  };
  input.onkeydown = (event) => {
    const { key } = event;
    if (key === "Escape" ? list.hidden : active < 0 && !key.startsWith("Arrow")) return;
    if (key in keys && key !== "Tab") event.preventDefault();
    keys[key]?.();
  };
  input.oninput = () => {
    find("fieldset")?.remove();
    request?.abort();
    request = null;
    open(false);
    forget(0);
    set();
    clearTimeout(timer);
    timer = setTimeout(suggest, 200);
  };
  input.onblur = () => open(false);
  list.onpointerdown = (event) => event.preventDefault();
  list.onclick = ({ target }) => target !== list && choose(rows[[...list.children].indexOf(target.closest("li"))]);
  root.onchange = ({ target }) => {
    if (target.type === "radio") code.value = target.value;
    else if (selects.includes(target)) step(target);
  };
  addEventListener("online", () => again?.());

  code.disabled = false;
  input.setAttribute("role", "combobox");
  mark(input, "autocomplete", "list");
  open(false);
  find("button")?.remove();
  find(".region-picker__chosen")?.remove();
  if (data.text) {
    find("details").open = false;
    set(code.value, data.text);
  }
}

for (const root of document.querySelectorAll("[data-region-picker]")) start(root);
