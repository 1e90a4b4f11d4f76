"""The shape of what people write: a small tree of blocks, and its two renderings.

Whatever was pasted becomes one canonical form, so that reading the result again gives the same tree.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple, cast

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LISTS = frozenset({"ul", "ol"})
CONTAINERS = LISTS | {"li", "blockquote"}
INLINE = frozenset({"a", "b", "strong", "i", "em", "span"})
CELLS = frozenset({"td", "th"})
# Elements that only mark where one block ends and the next begins.
_BOUNDARIES = (
    "p div section article header footer main aside nav figure figcaption address center pre hr dl dt dd "
    "table caption thead tbody tfoot tr form fieldset details summary"
)
BOUNDARIES = frozenset(_BOUNDARIES.split())
MAX_LIST_DEPTH = 5
MAX_HREF = 2000
SPACE = re.compile(r"\s+")
BOLD = re.compile(r"font-weight:\s*(bold|[6-9]00)", re.IGNORECASE)
NOT_BOLD = re.compile(r"font-weight:\s*(normal|[1-4]00)", re.IGNORECASE)
ITALIC = re.compile(r"font-style:\s*italic", re.IGNORECASE)


class Run(NamedTuple):
    """A stretch of text with one set of marks; the text `\\n` alone is a line break."""

    text: str
    href: str = ""
    strong: bool = False
    em: bool = False


BREAK = Run("\n")
Line = list[Run]


@dataclass
class Block:
    """A paragraph or a heading."""

    tag: str
    lines: list[Line]


@dataclass
class Container:
    """The document, a quotation, a list or an item of one."""

    tag: str
    children: list["Block | Container"] = field(default_factory=list)


class DocumentReader(HTMLParser):
    """Reads well-formed HTML (or plain text through handle_data) into a tree of blocks."""

    def __init__(self, *, newline_breaks: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.newline_breaks = newline_breaks
        self.open = [Container("document")]
        self.headings: list[str] = []
        self.marks: list[tuple[str, Run]] = []
        self.runs: list[Run] = []

    def document(self) -> Container:
        """The finished tree."""
        self.close()
        self.end_block()
        return self.open[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a mark or a break."""
        if tag == "br":
            self.runs.append(BREAK)
        elif tag in CELLS:
            self.runs.append(self.mark._replace(text=" "))
        elif tag in INLINE:
            self.marks.append((tag, _marked(self.mark, tag, dict(attrs))))
        else:
            self.end_block()
            self.start_block(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what it opened."""
        if tag in INLINE:
            if self.marks and self.marks[-1][0] == tag:
                self.marks.pop()
        elif tag not in CELLS:
            self.end_block()
            if tag in HEADINGS and self.headings:
                self.headings.pop()
            if tag in CONTAINERS and len(self.open) > 1:
                self.open.pop()

    def handle_data(self, data: str) -> None:
        """Take words in."""
        if not self.newline_breaks:
            self.runs.append(self.mark._replace(text=data))
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self.runs.append(BREAK)
            self.runs.append(self.mark._replace(text=line))

    @property
    def mark(self) -> Run:
        """The marks that hold here, as a run without text."""
        return self.marks[-1][1] if self.marks else Run("")

    def start_block(self, tag: str) -> None:
        """Remember what the coming words stand in."""
        if tag in HEADINGS:
            self.headings.append(HEADINGS[tag])
        if tag in CONTAINERS:
            self.open.append(self.container(tag))

    def container(self, tag: str) -> Container:
        """A new container where the grammar allows one, else the one we are in."""
        here = self.open[-1]
        if tag == "blockquote" and here.tag != "document":
            return here
        if tag == "li" and here.tag not in LISTS:
            return here
        if tag in LISTS:
            if len({id(c) for c in self.open if c.tag in LISTS}) == MAX_LIST_DEPTH:
                return here
            here = self.item_of(here)
        new = Container(tag)
        here.children.append(new)
        return new

    def item_of(self, here: Container) -> Container:
        """Inside a list only items may stand: its last one, or a new one."""
        if here.tag not in LISTS:
            return here
        if not here.children:
            here.children.append(Container("li"))
        # A list holds nothing but items.
        return cast(Container, here.children[-1])

    def end_block(self) -> None:
        """Put the words so far where they belong, as paragraphs."""
        tag = self.headings[-1] if self.headings else "p"
        runs = (
            [run._replace(text=" ") if run is BREAK else run for run in self.runs]
            if tag != "p"
            else self.runs
        )
        self.runs = []
        for lines in _paragraphs(runs):
            if self.open[-1].tag in LISTS:
                self.open[-1].children.append(Container("li", [Block(tag, lines)]))
            else:
                self.open[-1].children.append(Block(tag, lines))


def _marked(mark: Run, tag: str, attrs: dict[str, str | None]) -> Run:
    """The mark that holds inside this element: Google Docs says bold by style, and not-bold by <b>."""
    style = attrs.get("style") or ""
    if tag == "a":
        href = attrs.get("href") or ""
        return mark._replace(href=href if len(href) <= MAX_HREF else "")
    if (tag in {"b", "strong"} and not NOT_BOLD.search(style)) or BOLD.search(style):
        mark = mark._replace(strong=True)
    if tag in {"i", "em"} or ITALIC.search(style):
        mark = mark._replace(em=True)
    return mark


def _paragraphs(runs: Iterable[Run]) -> Iterator[list[Line]]:
    """Lines, parted into paragraphs where a line is empty."""
    lines: list[Line] = [[]]
    for run in runs:
        if run is BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    for has_text, paragraph in groupby(map(_tidy, lines), key=bool):
        if has_text:
            yield list(paragraph)


def _tidy(line: Line) -> Line:
    """One space between words, none at the ends, no mark on a space alone."""
    tidy: Line = []
    for run in line:
        text = SPACE.sub(" ", run.text)
        if text.startswith(" ") and (not tidy or tidy[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            tidy.append(run._replace(text=text))
    while tidy and not tidy[-1].text.strip():
        tidy.pop()
    if tidy:
        tidy[-1] = tidy[-1]._replace(text=tidy[-1].text.rstrip())
    return [
        _plain_space(run, tidy[n - 1], tidy[n + 1]) if run.text == " " else run for n, run in enumerate(tidy)
    ]


def _plain_space(space: Run, before: Run, after: Run) -> Run:
    same_link = before.href if before.href == after.href else ""
    return Run(space.text, same_link, before.strong and after.strong, before.em and after.em)


def to_html(node: Container | Block) -> str:
    """Canonical HTML of a tree; what is empty says nothing."""
    if isinstance(node, Block):
        return f"<{node.tag}>{_lines_html(node)}</{node.tag}>"
    inner = _item_html(node) if node.tag == "li" else "".join(map(to_html, node.children))
    return inner if node.tag == "document" or not inner else f"<{node.tag}>{inner}</{node.tag}>"


def _item_html(item: Container) -> str:
    """Paragraphs of an item become lines: a list stays a list, not a page."""
    parts = groupby(item.children, key=lambda child: isinstance(child, Block))
    return "".join(
        "<br>".join(_lines_html(child) for child in group if isinstance(child, Block))
        if are_blocks
        else "".join(map(to_html, group))
        for are_blocks, group in parts
    )


def _lines_html(block: Block) -> str:
    return "<br>".join(map(_line_html, block.lines))


def _line_html(line: Line) -> str:
    return "".join(
        _wrap(_strong_html(list(runs)), f'a href="{html.escape(href)}"' if href else "")
        for href, runs in groupby(line, key=lambda run: run.href)
    )


def _strong_html(line: Line) -> str:
    return "".join(
        _wrap(_em_html(runs), "strong" if strong else "")
        for strong, runs in groupby(line, key=lambda run: run.strong)
    )


def _em_html(line: Iterable[Run]) -> str:
    return "".join(
        _wrap("".join(html.escape(run.text, quote=False) for run in runs), "em" if em else "")
        for em, runs in groupby(line, key=lambda run: run.em)
    )


def _wrap(inner: str, tag: str) -> str:
    return f"<{tag}>{inner}</{tag.split(maxsplit=1)[0]}>" if tag else inner


def to_text(node: Container | Block) -> str:
    """The words alone: a blank line between blocks, a dash before items."""
    if isinstance(node, Block):
        return "\n".join("".join(run.text for run in line) for line in node.lines)
    between = "\n" if node.tag in LISTS | {"li"} else "\n\n"
    inner = between.join(filter(None, map(to_text, node.children)))
    return f"- {inner}".replace("\n", "\n  ") if node.tag == "li" and inner else inner
