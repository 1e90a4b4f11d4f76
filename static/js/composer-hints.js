// Hints while writing: the rules of articles/hints.py, which the page carries.
const box = document.querySelector("[data-hints]");
const form = box?.closest("form");
const plain = (text) => text.replace(/<[^>]*>/g, " ");
const words = (text) => text.split(/\s+/).filter(Boolean).length;
const isShouted = (text, least) => (text.match(/\p{L}/gu) ?? []).length >= least && text === text.toUpperCase();

// A photo is there when it is stored, or when its file is chosen.
const ofPhotos = (name) => [...form.querySelectorAll(`[name^="foto-"][name$="-${name}"]`)]
  .filter(({ name: own }) => form.elements[own.replace(name, "upload")]?.value || (form.elements[own.replace(name, "file")]?.files.length ?? true))
  .map(({ value }) => value.trim());

const read = {
  captions: () => ofPhotos("caption"),
  alternatives: () => ofPhotos("alternative"),
};
const texts = (name) => read[name]?.() ?? [plain(form.elements[name]?.value ?? "")];

const looks = {
  longer: (said, { limit }) => said.some((text) => text.length > limit),
  wordy: (said, { limit }) => said.some((text) => words(text) > limit),
  capitals: (said, { limit }) => said.some((text) => isShouted(text, limit)),
  holds: (said, { pattern }) => new RegExp(pattern, "i").test(said.join(" ")),
  lacks: (said, { pattern }) => words(said.join(" ")) >= box.dataset.begun && !new RegExp(pattern, "i").test(said.join(" ")),
  unsaid: (said) => said.some((text) => !text),
};

function look() {
  for (const hint of box.querySelectorAll("[data-look]")) {
    const rule = hint.dataset, said = rule.fields.split(" ").flatMap(texts);
    hint.hidden = !looks[rule.look](said, rule) || Boolean(rule.unless && texts(rule.unless)[0].trim());
  }
  box.hidden = !box.querySelector("[data-look]:not([hidden])");
}

if (box) {
  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, 600);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  look();
}
