"""Two devices at one article: what was saved elsewhere meanwhile is shown beside, and its writer chooses.

The form says on which version it builds, and which opened page it is. What comes from the page that saved
last overwrites nothing that it has not seen, so that a repeated send is no conflict.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from articles import photos_on_page
from articles.forms import ArticleForm
from articles.models import Article
from articles.parts import PHOTO_WORDS
from common import chat
from common.html import clean_html

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from articles.photo_forms import PhotoForms

FIELDS = ("title", "lead", "body", "category", "dateline", "source", "region", "place", "byline",
          "publish_at")  # fmt: skip
# Of these both texts may be kept, one after the other.
TEXTS = frozenset({"lead", "body"})
CHOICE = "ambil-{}"
THEIRS, BOTH = "sana", "keduanya"
OF_PHOTO = re.compile(
    CHOICE.format(rf"(foto-(?:baru-\d|\d{{1,18}}))-({'|'.join((*PHOTO_WORDS, photos_on_page.REMOVE))})")
)


class Overtaken(Exception):
    """The article was saved elsewhere since this page read it; nothing was stored."""

    def __init__(self, stored: Article, sides: list[Sides]) -> None:
        super().__init__(str(stored))
        self.stored, self.sides = stored, sides


class Sides(NamedTuple):
    """One field that differs: what stands on the portal, and what this page wants."""

    name: str
    choice: str
    label: StrOrPromise
    theirs: str
    mine: str
    is_text: bool = False
    # The photo that it is about, by its place on the page; gone: taken off elsewhere, nothing to choose.
    place: str = ""
    is_gone: bool = False


def locked(article: Article) -> Article:
    """The article as it is stored, held until the transaction ends."""
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("region", "community")
        .get(pk=article.pk)
    )


def require_seen(stored: Article, form: ArticleForm, photos: PhotoForms) -> None:
    """Overtaken where the form builds on something else than what is stored, and says something else."""
    version, page = form.cleaned_data["version"], form.cleaned_data["page_key"]
    is_seen = version == stored.changed_at.isoformat() or (page and page == stored.saved_by_page)
    if is_seen or not (version or page):
        return
    if sides := [*differing(stored, form.instance), *_of_photos(stored, photos)]:
        raise Overtaken(stored, sides)


def _of_photos(stored: Article, photos: PhotoForms) -> list[Sides]:
    return [
        Sides(
            f"{each.prefix}-{each.field}",
            CHOICE.format(f"{each.prefix}-{each.field}"),
            each.label,
            each.theirs,
            each.mine,
            place=each.prefix,
            is_gone=each.is_gone,
        )
        for each in photos_on_page.differing(stored, photos)
    ]


def differing(stored: Article, typed: Article) -> list[Sides]:
    """The fields in which both differ, in words."""
    theirs, mine = stored.content(), typed.content()
    return [
        Sides(
            name,
            CHOICE.format(name),
            stored.content_label(name),
            stored.content_words(name, theirs[name]),
            stored.content_words(name, mine[name]),
            name in TEXTS,
        )
        for name in FIELDS
        if theirs[name] != mine[name]
    ]


def chosen(data: QueryDict, article: Article, user: User) -> QueryDict:
    """What was sent, with the fields of the other side where its writer chose them."""
    if not article.pk or data.get("version") != article.changed_at.isoformat():
        return data
    theirs, mixed = ArticleForm(instance=article, user=user), data.copy()
    for name in FIELDS:
        choice = data.get(CHOICE.format(name))
        if choice == THEIRS:
            mixed[name] = _as_sent(theirs[name].value())
        elif choice == BOTH and name in TEXTS:
            texts = (_as_sent(theirs[name].value()), data.get(name, ""))
            # As HTML, for one side may have a toolbar and the other none.
            mixed[name] = "".join(map(_as_html, texts)) if name == "body" else "\n\n".join(texts)
    for name in data:
        of_photo = OF_PHOTO.fullmatch(name)
        if of_photo and data[name] == THEIRS:
            photos_on_page.take_theirs(mixed, article, *of_photo.groups())
    return mixed


def _as_html(typed: str) -> str:
    return clean_html(chat.marked(typed))


def _as_sent(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    return "" if value is None else str(value)
