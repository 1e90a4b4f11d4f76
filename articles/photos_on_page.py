"""What an opened page says of photos: compared with what stands on the portal, stored, chosen between.

A page knows a photo by its row, or by the key under which it sent it from the device: what came by itself
while one wrote still has its place among the new ones of that page.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from articles import actions, uploads
from articles.models import Photo
from articles.parts import PHOTO_WORDS
from articles.photo_forms import PhotoForm
from common.photos import PhotoRefused
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from articles.models import Article
    from articles.photo_forms import NewPhotoForm, PhotoForms
    from articles.photographs import Holder

REMOVE = "remove"
NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class Told(NamedTuple):
    """What a page says of one photo."""

    prefix: str
    # None: it was taken off elsewhere.
    photo: Photo | None
    # Those that were changed on the page, and what it had read of all; where it had read nothing, None.
    words: dict[str, Any]
    read: dict[str, Any] | None
    takes_off: bool = False


class Difference(NamedTuple):
    """One thing that was changed on the page and elsewhere too. field: a word of PHOTO_WORDS, or REMOVE."""

    prefix: str
    field: str
    label: StrOrPromise
    theirs: str
    mine: str
    is_gone: bool = False


class Added(NamedTuple):
    """What became of new photos: by the key under which each came its row, and what was refused, in words."""

    rows: dict[str, int]
    problems: list[str]


def told(holder: Holder, photos: PhotoForms) -> list[Told]:
    """What the page says of each photo of the article, and of those that were taken off since."""
    rows = list(Photo.objects.filter(**{holder.KIND: holder.pk}))
    by_pk, by_key = {row.pk: row for row in rows}, {row.key: row for row in rows}
    found = [
        Told(
            form.prefix or "", by_pk.get(form.instance.pk), form.changed_words(), form.read(), form.takes_off
        )
        for form in photos.stored
    ]
    found += [Told(prefix, None, words, None) for prefix, words in photos.gone().items()]
    for new in photos.new:
        prefix, words = new.prefix or "", new.words()
        found += [
            Told(prefix, by_key[key], {}, words, takes_off=True) for key in new.replaced() if key in by_key
        ]
        data = new.cleaned_data
        key = data.get("upload") or UUID(int=0)
        row = by_pk.get(data.get("stored") or 0) or by_key.get(key)
        # The same file in two places is one photo, with the words of the first.
        is_its_own = row is None or row.key == key
        if row or data.get("stored"):
            found.append(Told(prefix, row, words if is_its_own else {}, None))
    return found


def differing(holder: Holder, photos: PhotoForms) -> list[Difference]:
    """What of the photos' words and removals was changed elsewhere, too, and says something else there."""
    return [difference for each in told(holder, photos) for difference in _of(each)]


def swallows(holder: Holder, photos: PhotoForms) -> bool:
    """Whether the page says anything of the photos that is not stored."""
    return any(
        each.takes_off or _otherwise(each.photo, each.words) for each in told(holder, photos) if each.photo
    )


def store(holder: Holder, photos: PhotoForms, *, by: User, is_quiet: bool) -> None:
    """Store what the page changed of its photos. What is saved as one writes takes none off by a tick.

    TransitionRefused once the article was sent; PermissionDenied for who is no author.
    """
    for each in told(holder, photos):
        if each.photo is None:
            continue
        is_tick = each.prefix == f"foto-{each.photo.pk}"
        if each.takes_off and not (is_quiet and is_tick):
            actions.remove_photo(each.photo, by=by)
        elif words := _otherwise(each.photo, each.words):
            actions.describe_photo(each.photo, by=by, words=words)
    uploads.forget([key for new in photos.new for key in new.replaced()], by=by)


def add_new(holder: Holder, photos: PhotoForms, *, by: User, is_quiet: bool) -> Added:
    """Add the new ones; what is refused is said, and the rest is kept.

    What is saved as one writes takes what has arrived of them, and waits for what is on its way.
    """
    rows: dict[str, int] = {}
    problems: list[str] = []
    taken = {each.prefix: each.photo for each in told(holder, photos) if not each.takes_off}
    for new in photos.new:
        place, key = new.prefix or "", str(new.cleaned_data.get("upload") or "")
        try:
            is_there = place in taken
            photo = taken[place] if is_there else _added(holder, new, by=by, is_quiet=is_quiet)
        except actions.NotArrived as late:
            problems += [] if is_quiet else [str(late.message)]
        except (PhotoRefused, TransitionRefused) as refusal:
            problems.append(str(refusal.message))
        else:
            rows |= {key: photo.pk} if key and photo else {}
    return Added(rows, problems)


def _added(holder: Holder, new: NewPhotoForm, *, by: User, is_quiet: bool) -> Photo | None:
    """The photo of one place: it came piece by piece before, or comes along; or there is none."""
    data, number = new.cleaned_data, new.cleaned_data["number"]
    if data.get("upload"):
        return actions.add_arrived_photo(
            holder, data["upload"], by=by, forgets_refused=not is_quiet, number=number, **new.words()
        )
    if data.get("file"):
        return actions.add_photo(holder, data["file"], by=by, number=number, **new.words())
    return None


def take_theirs(data: QueryDict, article: Article, prefix: str, field: str) -> None:
    """Put into what a page sent what stands on the portal."""
    photo = _meant(data, article, prefix)
    if photo is None:
        return
    if field == REMOVE:
        for name in (REMOVE, "replaced_keys"):
            data.pop(f"{prefix}-{name}", None)
    for name in PHOTO_WORDS if field == REMOVE else (field,):
        data[f"{prefix}-{name}"] = data[f"initial-{prefix}-{name}"] = _said(getattr(photo, name))


def _meant(data: QueryDict, article: Article, prefix: str) -> Photo | None:
    numbers = (prefix.removeprefix("foto-"), data.get(f"{prefix}-stored", ""))
    same = Q(pk__in=[int(number) for number in numbers if NUMBER.fullmatch(number)])
    with suppress(ValueError):
        same |= Q(key=UUID(data.get(f"{prefix}-upload", "")))
    return Photo.objects.filter(same, article=article).first()


def _of(each: Told) -> Iterator[Difference]:
    photo = each.photo
    if photo is None:
        if any(each.words.values()):
            mine = " · ".join(_said(value) for value in each.words.values() if value)
            yield Difference(each.prefix, REMOVE, "", "", mine, is_gone=True)
    elif each.takes_off:
        if each.read and _otherwise(photo, each.read):
            label = _("Photo %(number)s") % {"number": photo.number}
            yield Difference(each.prefix, REMOVE, label, photo.words, _("Take this photo off"))
    else:
        for name, value in _otherwise(photo, each.words).items():
            theirs = getattr(photo, name)
            if each.read is None or each.read[name] != theirs:
                label = _label(photo, name)
                yield Difference(each.prefix, name, label, _said(theirs), _said(value))


def _otherwise(photo: Photo, words: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in words.items() if getattr(photo, name) != value}


def _label(photo: Photo, name: str) -> str:
    word = PhotoForm.base_fields[name].label
    return _("Photo %(number)s: %(word)s") % {"number": photo.number, "word": word}


def _said(value: Any) -> str:
    return "" if value is None else str(value)
