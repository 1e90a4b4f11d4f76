// The rich text field of the body, over a textarea that stays the truth: for keeping, for hints, for two devices.
// What is pasted becomes what readers may get, and nothing else; the portal cleans again on the way in.
import { fromChat, fromPage } from "./composer-paste.js";

const area = document.querySelector("[name=body]"), form = area.form;
const pattern = document.querySelector("template[data-rich]");
const KIT = "Document Paragraph Text HardBreak History Bold Italic Blockquote BulletList OrderedList ListItem".split(" ");
const kit = await import(pattern.dataset.rich);
const html = () => /<[a-z]/i.test(area.value) ? area.value : fromChat(area.value);

function askLink(editor) {
  const typed = prompt(pattern.dataset.ask, editor.getAttributes("link").href ?? "https://")?.trim();
  if (typed === undefined) return;
  const href = /^(https?:\/\/|mailto:)./i.test(typed) ? typed : typed && typed !== "https://" && `https://${typed}`;
  const chain = editor.chain().focus().extendMarkRange("link");
  (href ? chain.setLink({ href }) : chain.unsetLink()).run();
}

const deeds = {
  h2: ["heading", (chain) => chain.toggleHeading({ level: 2 }), { level: 2 }],
  h3: ["heading", (chain) => chain.toggleHeading({ level: 3 }), { level: 3 }],
  bold: ["bold", (chain) => chain.toggleBold()],
  italic: ["italic", (chain) => chain.toggleItalic()],
  ul: ["bulletList", (chain) => chain.toggleBulletList()],
  ol: ["orderedList", (chain) => chain.toggleOrderedList()],
  quote: ["blockquote", (chain) => chain.toggleBlockquote()],
};

function start() {
  const place = pattern.content.firstElementChild.cloneNode(true), buttons = [...place.querySelectorAll("[data-do]")];
  const label = area.labels[0];
  label.id ||= "label-body";
  area.before(place);
  const show = () => {
    for (const button of buttons) {
      const [name, , attrs] = deeds[button.dataset.do] ?? ["link"];
      button.setAttribute("aria-pressed", editor.isActive(name, attrs));
    }
  };
  const { Editor, Heading, Link } = kit;
  const editor = new Editor({
    element: place.querySelector("[data-paper]"),
    injectCSS: false,
    content: html(),
    extensions: [
      ...KIT.map((name) => kit[name]),
      Heading.configure({ levels: [2, 3] }), Link.configure({ openOnClick: false, enableTarget: false }),
    ],
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id, class: "prose" },
      transformPastedHTML: fromPage,
      handlePaste: (_view, { clipboardData }) => {
        const text = clipboardData?.getData("text/plain");
        if (!text || clipboardData.types.includes("text/html")) return false;
        return editor.commands.insertContent(fromChat(text));
      },
    },
    onUpdate: () => {
      area.value = editor.isEmpty ? "" : editor.getHTML();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    onTransaction: show,
  });
  place.addEventListener("click", ({ target }) => {
    const name = target.closest("[data-do]")?.dataset.do;
    if (name === "link") askLink(editor);
    else if (name) deeds[name][1](editor.chain().focus()).run();
  });
  form.addEventListener("composer:restored", () => editor.commands.setContent(html(), { emitUpdate: false }));
  area.addEventListener("composer:place", (event) => {
    event.preventDefault();
    // After the paragraph, list or quotation in which one was: never within a sentence.
    const { $to } = editor.state.selection, end = $to.depth ? $to.after(1) : $to.pos;
    editor.chain().insertContentAt(end, { type: "paragraph", content: [{ type: "text", text: event.detail }] }).focus().run();
  });
  // A press on the bar takes nothing from the text: the place of writing stays.
  place.querySelector("[role=toolbar]").addEventListener("mousedown", (event) => event.preventDefault());
  label.addEventListener("click", () => editor.commands.focus());
  area.focus = () => editor.commands.focus();
  area.hidden = true;
}

// Never under the fingers of somebody who is writing.
if (document.activeElement === area) area.addEventListener("blur", start, { once: true });
else start();
