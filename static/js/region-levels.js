/* Which levels a region picker takes follows another field of its form: another kind, and the picking begins anew. */
function start(root) {
  const data = root.dataset, input = root.querySelector("[type=text]"), scopes = JSON.parse(data.levels);
  root.closest("form").addEventListener("change", ({ target }) => {
    if (target.name !== data.by) return;
    const [shallowest, level] = scopes[target.value] ?? scopes[""];
    if (shallowest == data.shallowest && level == data.level) return;
    Object.assign(data, { shallowest, level });
    input.value = "";
    input.dispatchEvent(new Event("input"));
  });
}

for (const root of document.querySelectorAll("[data-region-picker][data-by]")) start(root);
