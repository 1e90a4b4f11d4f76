"""Rich text on its way in and out: the only door for HTML that people write or paste."""

import re

import nh3

from common.rich_text import (
    BOUNDARIES,
    CELLS,
    CONTAINERS,
    HEADINGS,
    INLINE,
    Container,
    DocumentReader,
    to_html,
    to_text,
)

ALLOWED_TAGS = {"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a"}
URL_SCHEMES = {"http", "https", "mailto"}
LINK_REL = "nofollow ugc noopener"
# Elements whose content is not something to read.
DROPPED = {"script", "style", "title", "template", "iframe", "noembed", "noframes", "svg", "math", "object"}
# Parsing time grows with the square of the nesting; nobody writes this many tags, so it is shown as typed.
MAX_TAGS = 20_000

READ_TAGS = ALLOWED_TAGS | CONTAINERS | INLINE | CELLS | BOUNDARIES | set(HEADINGS)
# Known, but only to be taken off; anything else between < and > is what somebody typed.
OTHER_TAGS = (
    "html head body meta link base img video audio source picture input button select option textarea label "
    "font u s strike del ins sub sup small big code kbd samp var tt mark abbr cite q time wbr marquee blink "
    "embed param canvas map area frame frameset noscript colgroup col legend dialog menu applet"
)
MARKUP = re.compile(
    r"<!--|<!doctype|<\?xml|</?(?:o:p|"
    + "|".join(sorted(READ_TAGS | DROPPED | set(OTHER_TAGS.split())))
    + r")(?=[\s/>])",
    re.IGNORECASE,
)
BLOCK_MARKUP = re.compile(
    r"<(?:br|" + "|".join(sorted(CONTAINERS | BOUNDARIES | set(HEADINGS))) + r")(?=[\s/>])", re.IGNORECASE
)
# Control characters, the zero-width space and the byte order mark; the joiners of emoji stay.
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff]")

_READ = nh3.Cleaner(
    tags=READ_TAGS,
    clean_content_tags=DROPPED,
    attributes={"a": {"href"}, "b": {"style"}, "strong": {"style"}, "span": {"style"}},
    filter_style_properties={"font-weight", "font-style"},
    url_schemes=URL_SCHEMES,
    url_relative="deny",
    link_rel=None,
)
_WRITE = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes={"a": {"href"}},
    url_schemes=URL_SCHEMES,
    url_relative="deny",
    link_rel=LINK_REL,
)


def clean_html(text: str) -> str:
    """Safe, canonical HTML of what somebody typed or pasted; cleaning it again changes nothing."""
    return _WRITE.clean(to_html(_document(text)))


def plain_text(html: str) -> str:
    """The words of rich text, for mail and search: a blank line between paragraphs, a dash before items."""
    return to_text(_document(html))


def excerpt(html: str, words: int = 30) -> str:
    """The first words of rich text on one line, with an ellipsis where more follows."""
    found = [word for word in plain_text(html).split() if word != "-"]
    if len(found) <= words:
        return " ".join(found)
    return " ".join(found[:words]).rstrip(".,;:!?-–— ") + "…"


def _document(text: str) -> Container:
    text = (
        INVISIBLE.sub("", text.encode("utf-8", "ignore").decode()).replace("\r\n", "\n").replace("\r", "\n")
    )
    if not MARKUP.search(text) or text.count("<") > MAX_TAGS:
        reader = DocumentReader(newline_breaks=True)
        reader.handle_data(text)
        return reader.document()
    # Somebody who types a <b> between typed lines still means the lines.
    reader = DocumentReader(newline_breaks=not BLOCK_MARKUP.search(text))
    reader.feed(_READ.clean(text))
    return reader.document()
