"""What lies on a desk: items of every kind in one list, each kind cut by its own index before they meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django.utils import timezone

from complaints.models import Case
from moderation import claims
from moderation.kinds import kinds
from moderation.querysets import ModeratedQuerySet
from moderation.reviewing import Claim
from moderation.states import Status
from office.narrowing import BY_DEADLINE, MY_TURN, NEWEST, TAKEN, Narrowing
from regions.querysets import within_q

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from moderation.models import Moderated

PER_PAGE = 30


@dataclass
class Row:
    """One line of the list. `claim` says who has the item."""

    item_kind: str
    pk: int
    heading_text: str
    community_text: str
    region__name: str
    status: str
    submitted_at: datetime
    due_at: datetime
    decided_at: datetime | None
    is_my_turn: int
    is_on_appeal: bool = False
    is_public_first: bool = False
    claim: Claim | None = None

    @property
    def name(self) -> tuple[str, int]:
        """What distinguishes it from every other item."""
        return self.item_kind, self.pk

    @property
    def goes_together(self) -> bool:
        """Whether it may be decided together with others of its kind."""
        waits = self.status == Status.SUBMITTED and not self.is_on_appeal
        return waits and bool(kinds()[self.item_kind].MOVES_TOGETHER)

    @property
    def value(self) -> str:
        """What a ticked box sends: the item, and the version that is on the screen."""
        return f"{self.item_kind}:{self.pk}:{self.submitted_at.isoformat()}"


# Beside the kinds of item: what readers have reported.
REPORTS = "report"


@dataclass(frozen=True)
class Waiting:
    """How many items of a kind wait, and how many of them wait too long."""

    number: int = 0
    late: int = 0


def waiting(user: User) -> dict[str, Waiting]:
    """How many items of each kind wait in the person's regions, and how many reports, in one query."""
    late = Count("pk", filter=Q(due_at__lt=timezone.now()))
    parts = [
        model.objects.on_desks_of(user)  # type: ignore[attr-defined]
        .waiting()
        .annotate(item_kind=Value(kind, CharField()))
        .values("item_kind")
        .annotate(number=Count("pk"), late=late)
        .values_list("item_kind", "number", "late")
        for kind, model in kinds().items()
    ]
    parts.append(
        Case.objects.open()
        .on_desks_of(user)
        .annotate(item_kind=Value(REPORTS, CharField()))
        .values("item_kind")
        .annotate(number=Count("pk"), late=late)
        .values_list("item_kind", "number", "late")
    )
    found = {kind: Waiting(number, late) for kind, number, late in parts[0].union(*parts[1:], all=True)}
    return {kind: found.get(kind, Waiting()) for kind in (*kinds(), REPORTS)}


def rows(user: User, look: Narrowing | None = None, *, opened: Moderated | None = None) -> list[Row]:
    """One page of rows, and one more row if there is a next page.

    opened: an item beside the list, which learns with the same question who has it (`item.claim`).

    Waiting items come by deadline, decided ones by the latest decision, unless the look says otherwise.
    """
    look = look or Narrowing()
    end = look.page * PER_PAGE + 1
    found = _cut([_narrowed(user, kind, look) for kind in _kinds(look)], _order(look), end)
    return _with_claims(found[end - PER_PAGE - 1 :], opened)


def following(user: User, look: Narrowing, item: Moderated) -> list[Row]:
    """The next few items of the list that this officer can take: those behind the item, then from the top."""
    column = _order(look).lstrip("-")
    beyond = "lte" if _order(look).startswith("-") else "gte"
    free = [_free_for(user, _narrowed(user, kind, look)) for kind in _kinds(look)]
    behind = [items.filter(**{f"{column}__{beyond}": getattr(item, column)}) for items in free]
    few = 5
    return _cut(behind, _order(look), few) + _cut(free, _order(look), few)


def first_free(user: User, look: Narrowing) -> list[Row]:
    """The first few items of the list that this officer can take."""
    return _cut([_free_for(user, _narrowed(user, kind, look)) for kind in _kinds(look)], _order(look), 5)


def _kinds(look: Narrowing) -> list[str]:
    return [look.kind] if look.kind else list(kinds())


def _order(look: Narrowing) -> str:
    if look.order == BY_DEADLINE:
        return "due_at" if look.is_waiting else "-decided_at"
    return "-submitted_at" if look.order == NEWEST else "submitted_at"


def _narrowed(user: User, kind: str, look: Narrowing) -> ModeratedQuerySet:
    model = kinds()[kind]
    items: ModeratedQuerySet = model.objects.on_desks_of(user)  # type: ignore[attr-defined]
    items = items.waiting() if look.is_waiting else items.filter(status=look.status)
    items = items.with_turn_of(user)
    if look.order == BY_DEADLINE and not look.is_waiting:
        # Known of every decided item; said so, the index of decisions begins behind those without one.
        items = items.filter(decided_at__isnull=False)
    items = _about(items, look)
    now = timezone.now()
    if look.days:
        items = items.filter(submitted_at__lte=now - timedelta(days=look.days))
    if look.is_overdue:
        items = items.waiting().filter(due_at__lt=now)
    if look.mine == MY_TURN:
        items = items.filter(is_my_turn=1)
    elif look.mine == TAKEN:
        items = items.filter(_claimed(model, taken_by=user))
    return items


def _about(items: ModeratedQuerySet, look: Narrowing) -> ModeratedQuerySet:
    """Those of the region, the words and the community that are asked for."""
    title, community = f"{items.model.TITLE_FIELD}__icontains", f"{items.model.COMMUNITY_NAME}__icontains"
    if look.region:
        items = items.filter(within_q("region", look.region))
    if look.words:
        items = items.filter(Q(**{title: look.words}) | Q(**{community: look.words}))
    return items.filter(**{community: look.community}) if look.community else items


def _free_for(user: User, items: ModeratedQuerySet) -> ModeratedQuerySet:
    """What waits, is this officer's turn, and nobody else has."""
    theirs = _claimed(items.model) & ~_claimed(items.model, taken_by=user)
    return items.waiting().filter(is_my_turn=1).exclude(theirs)


def _claimed(model: type[Moderated], **by: Any) -> Q:
    kind = ContentType.objects.get_for_model(model)
    return Q(Exists(Claim.objects.live().filter(target_type=kind, target_id=OuterRef("pk"), **by)))


def _cut(parts: list[ModeratedQuerySet], order: str, end: int) -> list[Row]:
    ordered = [items.desk_rows().order_by(order, "pk")[:end] for items in parts]
    merged = ordered[0]
    if len(ordered) > 1:
        merged = merged.union(*ordered[1:], all=True).order_by(order, "item_kind", "pk")[:end]
    return [Row(**row._asdict()) for row in merged]


def _with_claims(found: list[Row], opened: Moderated | None) -> list[Row]:
    names = [row.name for row in found if row.status == Status.SUBMITTED or row.is_public_first]
    if opened is not None and opened.waits_for_office:
        names.append((opened.KIND, opened.pk))
    taken = claims.of_rows(names)
    for row in found:
        row.claim = taken.get(row.name)
    if opened is not None:
        opened.claim = taken.get((opened.KIND, opened.pk))  # type: ignore[attr-defined]
    return found
