"""Notes at places in the text: an officer leaves them, the author answers or repairs; see docs/adr/0044.

Until the office decides, a note is the officers' own and can be taken back; with the decision its author is
told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import claims, versions
from moderation.differences import MOST_WORDS, Piece, changed, matcher
from moderation.errors import TransitionRefused
from moderation.reviewing import BesideQuerySet, Remark
from moderation.states import EDITABLE, Status

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from moderation.models import Moderated

# From here on a changed paragraph counts as the same one.
ALIKE = 0.5


class Place(NamedTuple):
    """A paragraph of a part of an item, counted from zero."""

    part: str
    number: int


class Answer(NamedTuple):
    """What an author says to a note."""

    text: str
    is_repaired: bool


@dataclass
class Margin:
    """An item's remarks by the place where they stand now, for one reader."""

    item: Moderated
    here: dict[Place, list[Remark]] = field(default_factory=dict)
    # Those whose paragraph is gone, and those of parts that the page does not show.
    lost: list[Remark] = field(default_factory=list)
    # Whether the reader may leave notes and correct slips.
    may_write: bool = False

    @property
    def all(self) -> list[Remark]:
        """Every one, oldest first."""
        found = [remark for remarks in self.here.values() for remark in remarks]
        return sorted([*found, *self.lost], key=lambda remark: remark.pk)

    @property
    def notes(self) -> list[Remark]:
        """Those that are still to be answered, or looked at."""
        return [remark for remark in self.all if remark.is_open]


def may_write(user: User, item: Moderated) -> bool:
    """Whether this officer may leave remarks now: the item waits, and is theirs to decide.

    What is public before its review has no remarks: its words change in the open (docs/adr/0047).
    """
    is_unpublished = item.status == Status.SUBMITTED
    return bool(item.PLACES) and is_unpublished and claims.may_take(user, item)


def write(
    item: Moderated, place: Place, *, by: User, text: str, quote: str = "", seen: datetime | None = None
) -> Remark:
    """Leave a note at a place; the same note of a second click is the first one.

    seen: when the version was sent that the officer has read.
    PermissionDenied for who may not decide the item now; TransitionRefused while another officer has it, or
    where there is no such place or another version.
    """
    with transaction.atomic():
        locked = lock(item)
        require_turn(locked, by=by)
        versions.require_seen(locked, seen)
        passage = passage_at(locked, place)
        quote = quote.strip() if quote.strip() in passage else ""
        mine = about(locked).filter(is_told=False, written_by=by, part=place.part, number=place.number)
        return mine.filter(text=text.strip(), quote=quote).first() or Remark.objects.create(
            target=locked, part=place.part, number=place.number, passage=passage, quote=quote,
            text=text.strip(), written_by=by,
        )  # fmt: skip


def take_back(remark: Remark, *, by: User) -> None:
    """Delete a note that its author has not seen. PermissionDenied for others than who wrote it."""
    with transaction.atomic():
        locked = Remark.objects.select_for_update().get(pk=remark.pk)
        if locked.written_by_id != by.pk or locked.is_told:
            raise PermissionDenied
        locked.delete()


def settle(remark: Remark, *, by: User) -> None:
    """What the note asked for is done, an officer says. PermissionDenied for who may not decide the item."""
    with transaction.atomic():
        require_turn(lock(cast("Moderated", remark.target)), by=by)
        open_one = Remark.objects.filter(pk=remark.pk, settled_at=None, kind=Remark.Kind.NOTE)
        open_one.update(settled_at=timezone.now(), settled_by=by)


def answer(item: Moderated, answers: Mapping[int, Answer], *, by: User) -> None:
    """Keep what an author says to the notes they were told of, by number of the note.

    PermissionDenied for who is not its author. Nothing happens once it was sent or decided.
    """
    if not answers:
        return
    with transaction.atomic():
        locked = lock(item)
        if not locked.is_authored_by(by):
            raise PermissionDenied
        if locked.status not in EDITABLE:
            return
        for remark in told(locked).filter(pk__in=answers, settled_at=None, kind=Remark.Kind.NOTE):
            _keep_answer(remark, answers[remark.pk], by=by)


def _keep_answer(remark: Remark, said: Answer, *, by: User) -> None:
    if (said.text, said.is_repaired) == (remark.answer, remark.is_repaired):
        return
    is_said = bool(said.text or said.is_repaired)
    remark.answer, remark.is_repaired = said
    remark.answered_at, remark.answered_by = (timezone.now(), by) if is_said else (None, None)
    remark.save(update_fields=["answer", "is_repaired", "answered_at", "answered_by"])


def tell(item: Moderated) -> None:
    """With a decision its author sees every remark. In the transaction of the decision."""
    if item.PLACES:
        about(item).filter(is_told=False).update(is_told=True)


def about(item: Moderated) -> BesideQuerySet:
    """The remarks about an item, oldest first: for officers."""
    return Remark.objects.of(item).select_related("written_by", "answered_by").order_by("pk")


def told(item: Moderated) -> BesideQuerySet:
    """Those that its author sees."""
    return about(item).filter(is_told=True)


def margin(item: Moderated, found: Iterable[Remark], *, may_write: bool = False) -> Margin:
    """The remarks found, each at its place in the text of now, with what has changed there since."""
    page = Margin(item, may_write=may_write)
    here: dict[Place, list[Remark]] = defaultdict(list)
    passages: dict[str, list[str]] = {}
    for remark in found:
        texts = passages.setdefault(remark.part, item.passages(remark.part))
        number = located(remark, texts)
        remark.changes = [] if number is None else changes_at(remark, texts[number])
        remark.part_label = item.content_label(remark.part)
        if number is None:
            page.lost.append(remark)
        else:
            here[Place(remark.part, number)].append(remark)
    page.here = dict(here)
    return page


def located(remark: Remark, texts: list[str]) -> int | None:
    """Which paragraph it is about now: the same words, else those that hold its quote, else the likest."""
    nearest = sorted(range(len(texts)), key=lambda number: abs(number - remark.number))
    for is_it in (_says_the_same, _holds_its_words):
        number = next((number for number in nearest if is_it(remark, texts[number])), None)
        if number is not None:
            return number
    likest = [(_likeness(remark.passage, texts[number]), -index) for index, number in enumerate(nearest)]
    best, index = max(likest, default=(0.0, 0))
    return nearest[-index] if best >= ALIKE else None


def changes_at(remark: Remark, text: str) -> list[Piece]:
    """What went and what came at its place; empty where nothing did, and of a slip, which says it itself."""
    return [] if remark.is_slip or text == remark.passage else changed(remark.passage, text)


def _says_the_same(remark: Remark, text: str) -> bool:
    return text == remark.passage


def _holds_its_words(remark: Remark, text: str) -> bool:
    words = remark.text if remark.is_slip else remark.quote
    return bool(words) and words in text and _likeness(remark.passage, text) >= ALIKE / 2


def _likeness(one: str, other: str) -> float:
    old, new = one.split(), other.split()
    compared = matcher(old, new)
    most = compared.quick_ratio()
    # Of very long ones it is enough to know which words stand in both.
    return compared.ratio() if most >= ALIKE / 2 and len(old) + len(new) <= MOST_WORDS else most


def lock(item: Moderated) -> Moderated:
    """The row of the item, locked as by a decision."""
    rows = type(item)._base_manager.select_for_update(of=("self",))
    locked: Moderated = rows.select_related("region").get(pk=item.pk)  # type: ignore[misc]
    return locked


def require_turn(item: Moderated, *, by: User) -> None:
    """PermissionDenied for who may not decide it now; TransitionRefused while another officer has it."""
    if not may_write(by, item):
        raise PermissionDenied
    claims.require_free(item, by=by)


def passage_at(item: Moderated, place: Place) -> str:
    """The words at a place. TransitionRefused where there is none: the text has changed meanwhile."""
    if place.part in item.PLACES:
        texts = item.passages(place.part)
        if 0 <= place.number < len(texts):
            return texts[place.number]
    raise TransitionRefused(_no_place())


def _no_place() -> StrOrPromise:
    return _("This paragraph is not there any more. Reload the page, then try again.")
