// What is pasted, made plain: from Word, Google Docs and the web by its marks; from WhatsApp by its signs.
const escape = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const SENDER = /^\[[\d/.,: ]{8,24}(?:[AP]M)?\] [^:\n]{1,60}: ?/gmi;
const signed = (sign) => new RegExp(`(^|[\\s(\\["“'*_~>])\\${sign}(\\S(?:[^${sign}\\n]*\\S)?)\\${sign}(?![\\w${sign}])`, "gm");
const SIGNS = [[signed("*"), "$1<b>$2</b>"], [signed("_"), "$1<i>$2</i>"], [signed("~"), "$1$2"]];

export function fromChat(text) {
  let marked = escape(text.replace(/\r\n?/g, "\n").replace(SENDER, ""));
  for (const [pattern, mark] of SIGNS) marked = marked.replace(pattern, mark);
  const parts = marked.split(/\n\s*\n/).map((part) => part.trim()).filter(Boolean);
  return parts.map((part) => `<p>${part.replaceAll("\n", "<br>")}</p>`).join("");
}

// Styles would be refused by the page's policy, even here; those of elements are read under another name.
const renamed = (html) => html.replace(/<style[^]*?<\/style>/gi, "")
  .replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle=/gi, " data-style="));

function wrap(node, tag) {
  const mark = node.ownerDocument.createElement(tag);
  mark.append(...node.childNodes);
  node.append(mark);
}

function rename(node, tag) {
  const other = node.ownerDocument.createElement(tag);
  other.append(...node.childNodes);
  node.replaceWith(other);
}

// Word writes its lists as paragraphs with a sign in front.
function listed(paragraph) {
  const sign = paragraph.querySelector("[data-style*='mso-list:Ignore']");
  const tag = /^\s*\w{1,4}[.)]/.test(sign?.textContent ?? "") ? "ol" : "ul", before = paragraph.previousElementSibling;
  sign?.remove();
  const list = before?.matches(`${tag}[data-word]`) ? before : paragraph.ownerDocument.createElement(tag);
  if (list !== before) paragraph.before(list);
  list.dataset.word = "";
  const item = paragraph.ownerDocument.createElement("li");
  item.append(...paragraph.childNodes);
  list.append(item);
  paragraph.remove();
}

export function fromPage(html) {
  const { body } = new DOMParser().parseFromString(renamed(html), "text/html");
  for (const each of body.querySelectorAll("script, title, xml, template, svg, [data-style*='display:none']")) each.remove();
  for (const each of body.querySelectorAll("p[data-style*='mso-list:l']")) listed(each);
  for (const each of body.querySelectorAll("b[data-style*='font-weight:normal']")) each.replaceWith(...each.childNodes);
  for (const each of body.querySelectorAll("[data-style]")) {
    const { style } = each.dataset;
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style) && !each.closest("h1, h2, h3, h4, b, strong")) wrap(each, "b");
    if (/font-style:\s*italic/i.test(style)) wrap(each, "i");
  }
  for (const each of body.querySelectorAll("h1")) rename(each, "h2");
  for (const each of body.querySelectorAll("h4, h5, h6")) rename(each, "h3");
  for (const each of [...body.querySelectorAll("p")]) if (!each.textContent.trim()) each.remove();
  return body.innerHTML;
}
