"""Rich text cut into its blocks, between which notes of an office stand."""

import html
import re

# Clean HTML (common.html) is well formed; an attribute may hold a bracket.
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^>"])*>')
ANY_TAG = re.compile(r'(<(?:"[^"]*"|[^>"])*>)')
VOID = frozenset({"br"})


def blocks(clean: str) -> list[str]:
    """The paragraphs, headings, lists and quotations of clean HTML in order; joined they are the text."""
    found, start, depth = [], 0, 0
    for tag in TAG.finditer(clean):
        is_end, name = bool(tag[1]), tag[2]
        if name in VOID:
            continue
        if not depth and not is_end and clean[start : tag.start()].strip():
            found.append(clean[start : tag.start()])
            start = tag.start()
        depth += -1 if is_end else 1
        if not depth:
            found.append(clean[start : tag.end()])
            start = tag.end()
    return [*found, clean[start:]] if clean[start:] else found


def replaced(block: str, old: str, new: str) -> str | None:
    """The block with some of its words replaced; None where they do not stand there exactly once.

    Words that a mark or a link cuts in two do not stand there: nothing is taken off but the words.
    """
    parts = ANY_TAG.split(block)
    texts = [html.unescape(text) for text in parts[::2]]
    if sum(text.count(old) for text in texts) != 1:
        return None
    parts[::2] = [html.escape(text.replace(old, new), quote=False) for text in texts]
    return "".join(parts)


def marked(block: str, words: str) -> str:
    """The block with some of its words marked where they first stand; as it was where a link cuts them."""
    parts = ANY_TAG.split(block)
    found = html.escape(words, quote=False)
    for number in range(0, len(parts), 2):
        if found and found in parts[number]:
            parts[number] = parts[number].replace(found, f"<mark>{found}</mark>", 1)
            break
    return "".join(parts)
