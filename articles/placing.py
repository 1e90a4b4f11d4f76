"""Photos between paragraphs: a paragraph of exactly `[foto 2]` is where photo 2 stands.

The marker is typed, or put in by the composer; what the office decides on and versions keep is the text with
its markers, and nobody who reads sees one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from articles.photographs import Photo

# In the canonical HTML of common.html, where a paragraph has no attributes.
MARKER = re.compile(r"<p>\[foto (\d{1,3})\]</p>")
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
TYPED = re.compile(r"\[\s*foto\s*(\d{1,3})\s*\]", re.IGNORECASE)


class Part(NamedTuple):
    """A stretch of the text, or the photo that stands there."""

    html: str
    photo: Photo | None = None


def own_paragraphs(html: str) -> str:
    """Each line that is only a marker as a paragraph of its own, written in one way."""
    return PARAGRAPH.sub(lambda found: _parted(found[1]), html)


def without_markers(html: str) -> str:
    """The text without the places of photos, for whatever shows it without them."""
    return MARKER.sub("", html)


def parts(html: str, photos: Iterable[Photo]) -> Iterator[Part]:
    """The text with each photo where it belongs, once; a marker whose photo is not there leaves nothing."""
    by_number = {photo.number: photo for photo in photos}
    end = 0
    for found in MARKER.finditer(html):
        yield Part(html[end : found.start()])
        end = found.end()
        photo = by_number.pop(int(found[1]), None)
        if photo is not None:
            yield Part("", photo)
    yield Part(html[end:])


def unplaced(html: str, photos: Iterable[Photo]) -> list[Photo]:
    """The photos for which the text has no place."""
    placed = {int(number) for number in MARKER.findall(html)}
    return [photo for photo in photos if photo.number not in placed]


def _parted(inner: str) -> str:
    """The lines of a paragraph, parted where one of them is a marker."""
    paragraphs: list[list[str]] = [[]]
    for line in inner.split("<br>"):
        marker = TYPED.fullmatch(line.strip())
        if marker is None:
            paragraphs[-1].append(line)
        else:
            paragraphs += [[f"[foto {int(marker[1])}]"], []]
    return "".join(f"<p>{'<br>'.join(lines)}</p>" for lines in paragraphs if lines)
