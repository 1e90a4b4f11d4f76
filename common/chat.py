"""Text as it is typed in a chat: *bold* and _italic_ by their signs, for fields without a toolbar.

static/js/composer-paste.js reads the same signs where the rich text field is there.
"""

from __future__ import annotations

import html
import re

from common.html import MARKUP, clean_html

# What a chat puts before a message when several are copied: it may hold a telephone number.
SENDER = re.compile(r"^\[[\d/.,: ]{8,24}(?:[AP]M)?\] [^:\n]{1,60}: ?", re.IGNORECASE | re.MULTILINE)
SIGNS = (("*", r"\1<b>\2</b>"), ("_", r"\1<i>\2</i>"), ("~", r"\1\2"))
PARAGRAPHS = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def _signed(sign: str) -> re.Pattern[str]:
    """Words between two signs, on one line, not inside a word."""
    inner = rf"\S(?:[^{sign}\n]*\S)?"
    return re.compile(rf"(^|[\s(\[\"“'*_~>])\{sign}({inner})\{sign}(?![\w{sign}])", re.MULTILINE)


PATTERNS = tuple((_signed(sign), mark) for sign, mark in SIGNS)


def marked(text: str) -> str:
    """The text with its signs as tags, ready to be cleaned; what holds tags already is left as it is."""
    if MARKUP.search(text):
        return text
    said = html.escape(SENDER.sub("", text.replace("\r\n", "\n")), quote=False)
    for pattern, mark in PATTERNS:
        said = pattern.sub(mark, said)
    return said if MARKUP.search(said) else html.unescape(said)


def as_typed(body: str) -> str:
    """Stored HTML as somebody would type it, where that says it all; else the HTML."""
    paragraphs = PARAGRAPHS.findall(body)
    typed = "\n\n".join(paragraphs).replace("<br>", "\n")
    for tag, sign in (("strong", "*"), ("em", "_")):
        typed = typed.replace(f"<{tag}>", sign).replace(f"</{tag}>", sign)
    typed = html.unescape(typed)
    return typed if clean_html(marked(typed)) == body else body
