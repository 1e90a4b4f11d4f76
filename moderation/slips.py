"""Small slips that an officer corrects while reviewing: a few letters of a few words, seen by the author.

What says something else is no slip: that is asked of the author, with a note at the place.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from common.blocks import blocks, replaced
from common.html import clean_html
from moderation import remarks, versions
from moderation.errors import TransitionRefused
from moderation.remarks import Place
from moderation.reviewing import Remark

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from moderation.models import Moderated

MOST_WORDS = 8
MOST_CHARACTERS = 120
# Below this, the words are others and not the same ones spelled right.
ALIKE = 0.7
NUMBERS = re.compile(r"\d+")
# Words that turn a sentence round.
TURNING = frozenset({"tidak", "tak", "bukan", "belum", "jangan", "tanpa"})


def correct(
    item: Moderated, place: Place, *, by: User, wrong: str, right: str, seen: datetime | None = None
) -> Remark:
    """Put the right words where the wrong ones stand, note it in the history, show its author what changed.

    seen: when the version was sent that the officer has read.
    PermissionDenied for who may not decide the item now; TransitionRefused while another officer has it,
    where there is another version, where the words do not stand there once, or where it is more than a slip.
    """
    wrong, right = wrong.strip(), right.strip()
    with transaction.atomic():
        locked = remarks.lock(item)
        remarks.require_turn(locked, by=by)
        versions.require_seen(locked, seen)
        passage = remarks.passage_at(locked, place)
        _require_slip(locked, place, wrong, right)
        _put(locked, place, wrong, right)
        now = timezone.now()
        locked.changed_at = now
        locked.save(update_fields=[place.part, "changed_at", *locked.on_slip(place.part, by=by)])
        versions.keep_corrected(locked)
        activity.actions.record(
            locked.verb_of_slip(), locked, by=by, region=locked.region, details={"part": place.part}
        )
        return Remark.objects.create(
            target=locked, kind=Remark.Kind.SLIP, part=place.part, number=place.number, passage=passage,
            quote=wrong, text=right, written_by=by, written_at=now, is_told=True,
        )  # fmt: skip


def can_be_corrected(item: Moderated, part: str) -> bool:
    """Whether the part is text of the item itself; captions of photos are asked of the author."""
    texts = (models.CharField, models.TextField)
    return (
        item.HAS_SLIPS
        and part in item.PLACES
        and any(field.name == part and isinstance(field, texts) for field in item._meta.concrete_fields)
    )


def _require_slip(item: Moderated, place: Place, wrong: str, right: str) -> None:
    if not wrong or not right or wrong == right:
        raise TransitionRefused(_("Write the wrong words as they stand there, and the right ones."))
    is_text = can_be_corrected(item, place.part)
    most = getattr(item._meta.get_field(place.part), "max_length", None) if is_text else None
    if most and len(getattr(item, place.part)) - len(wrong) + len(right) > most:
        raise TransitionRefused(
            _("With the right words it is longer than %(most)d letters.") % {"most": most}
        )
    is_long = max(len(wrong), len(right)) > MOST_CHARACTERS
    is_long = is_long or max(len(wrong.split()), len(right.split())) > MOST_WORDS
    if is_long or not can_be_corrected(item, place.part) or _says_something_else(wrong, right):
        raise TransitionRefused(
            _("This is more than a slip. Leave a note there, so that its author decides.")
        )


def _says_something_else(wrong: str, right: str) -> bool:
    if NUMBERS.findall(wrong) != NUMBERS.findall(right):
        return True
    if _turning(wrong) != _turning(right):
        return True
    return SequenceMatcher(None, wrong.lower(), right.lower(), autojunk=False).ratio() < ALIKE


def _turning(words: str) -> list[str]:
    return [word for word in re.findall(r"\w+", words.lower()) if word in TURNING]


def _put(item: Moderated, place: Place, wrong: str, right: str) -> None:
    """Replace the words in the one paragraph; TransitionRefused where they do not stand there once."""
    text = cast(str, getattr(item, place.part))
    if place.part in item.RICH_FIELDS:
        parts = blocks(text)
        corrected = replaced(parts[place.number], wrong, right)
    else:
        parts = re.split(r"(\n{2,})", text.replace("\r\n", "\n").strip())
        # Every second one is the space between two paragraphs.
        number = [index for index in range(0, len(parts), 2) if parts[index].strip()][place.number]
        corrected = parts[number].replace(wrong, right) if parts[number].count(wrong) == 1 else None
    if corrected is None:
        raise TransitionRefused(
            _("“%(words)s” does not stand there exactly once. Take more or fewer words.") % {"words": wrong}
        )
    if place.part in item.RICH_FIELDS:
        parts[place.number] = corrected
        setattr(item, place.part, clean_html("".join(parts)))
    else:
        parts[number] = corrected
        setattr(item, place.part, "".join(parts))
