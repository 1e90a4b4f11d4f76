"""What a published article says, part by part: its words, and those of its photos; see docs/adr/0047."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Article, Photo

# The words of an article that an amendment may change; the photos' words beside them.
WORDS = ("title", "lead", "body", "category", "dateline", "source", "place", "byline")
# The part that is no field: the region of what happened, by its name.
WHERE = "where"
PHOTO_WORDS = ("caption", "credit", "alternative", "place", "taken_on")


def words_of(article: Article) -> dict[str, str]:
    """What an article says, part by part, with the name of its region and the words of its photos."""
    own = {name: getattr(article, name) for name in WORDS}
    return {**own, WHERE: article.region.label, "photos": photos_text(article, {})}


def base_of(article: Article) -> dict[str, str]:
    """The same for an amendment that begins here; its region by its code, too: names repeat."""
    return {**words_of(article), "region": article.region_id}


def photos_text(article: Article, changed: dict[str, dict[str, object]], new: Sequence[Photo] = ()) -> str:
    """What would be said about the photos of an article with these changes and new ones."""
    return "\n".join(photo.words for photo in described(article, changed, new))


def described(
    article: Article, changed: dict[str, dict[str, object]], new: Sequence[Photo] = ()
) -> list[Photo]:
    """The photos of an article with these changes: with other words, without those that go, with new ones.

    Not stored.
    """
    photos = [(photo, changed.get(str(photo.pk), {})) for photo in article.shown_photos]
    return [*(with_words(photo, words) for photo, words in photos if not words.get("remove")), *new]


def with_words(photo: Photo, words: dict[str, object]) -> Photo:
    """A copy of the photo with these words instead of its own; not stored."""
    changed = copy(photo)
    for name in PHOTO_WORDS:
        if name in words:
            field = changed._meta.get_field(name)
            setattr(changed, name, field.to_python(words[name]))  # type: ignore[union-attr]
    return changed
