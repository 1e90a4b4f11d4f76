"""Once a day offices are told how much waits too long: one line, not item by item.

The office whose turn it is hears of what lies on its own desk; the next office above it that has somebody
for this kind of item, the one that may decide now as well, of what lies beneath it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Coalesce, Left
from django.utils import timezone

from accounts.models import Posting
from accounts.roles import DECISIONS, Duty
from activity.models import Activity
from aspirations.models import Aspiration
from complaints.models import Case
from moderation.kinds import kinds
from office.verbs import DESK_OVERDUE

# The day of the ministry; every office of Indonesia is at work when it begins to be told.
DAY = ZoneInfo("Asia/Jakarta")
LOCK = 73_001
REGENCY = 5


@transaction.atomic
def tell() -> int:
    """Tell who has not been told today; answers how many. Called again it tells nobody twice a day."""
    if not _has_lock():
        return 0
    postings = list(Posting.objects.current().filter(user__is_active=True).select_related("region"))
    late = late_items(postings)
    kind = ContentType.objects.get_for_model(Posting)
    done = _told_today(kind, list(late))
    told = [
        Activity(
            verb=DESK_OVERDUE,
            target_type=kind,
            target_id=posting.pk,
            region=posting.region,
            details=late[posting.pk].details,
        )
        for posting in postings
        if posting.pk in late and posting.pk not in done
    ]
    Activity.objects.bulk_create(told)  # the sweep fans them out, within a minute
    return len(told)


@dataclass
class Late:
    """How many overdue items of each duty concern one posting."""

    own: Counter[Duty] = field(default_factory=Counter)
    beneath: Counter[Duty] = field(default_factory=Counter)

    @property
    def details(self) -> dict[str, int]:
        """What the history keeps: what lies beneath, on the own desk, and how much of both is aspirations."""
        aspirations = self.own[Aspiration.DUTY] + self.beneath[Aspiration.DUTY]
        return {"number": self.beneath.total(), "own": self.own.total(), "aspirations": aspirations}


def late_items(postings: list[Posting]) -> dict[int, Late]:
    """What is overdue at the office of each posting, and beneath it as the level above; by its number."""
    offices = {duty: _offices(postings, duty) for duty in DECISIONS | {Aspiration.DUTY}}
    late: dict[int, Late] = defaultdict(Late)
    for duty, place, number in _overdue():
        upwards = [code for code in dict.fromkeys((place, place[:2], "")) if code in offices[duty]]
        for code, where in zip(upwards, ("own", "beneath"), strict=False):
            for posting in offices[duty][code]:
                getattr(late[posting], where)[duty] += number
    return late


def _overdue() -> list[tuple[Duty, str, int]]:
    """Overdue items of every kind by duty and regency (or province, for what belongs to one); one query."""
    parts = [
        model.objects.waiting()  # type: ignore[attr-defined]
        .filter(due_at__lt=timezone.now())
        .annotate(item_kind=Value(kind, CharField()), office_code=Left("region_id", REGENCY))
        .values("item_kind", "office_code")
        .annotate(number=Count("pk"))
        .values_list("item_kind", "office_code", "number")
        for kind, model in kinds().items()
    ]
    parts += [_overdue_aspirations(), *(_reported(kind) for kind in kinds())]
    duties = {Aspiration.KIND: Aspiration.DUTY, **{kind: model.DUTY for kind, model in kinds().items()}}
    return [(duties[kind], place, number) for kind, place, number in parts[0].union(*parts[1:], all=True)]


def _overdue_aspirations() -> QuerySet:
    """The same columns; of each counts the office that has it, which may be another than its region's."""
    place = Left(Coalesce("desk_id", Value("")), REGENCY, output_field=CharField())
    return (
        Aspiration.objects.overdue()
        .annotate(item_kind=Value(Aspiration.KIND, CharField()), office_code=place)
        .values("item_kind", "office_code")
        .annotate(number=Count("pk"))
        .values_list("item_kind", "office_code", "number")
    )


def _reported(kind: str) -> QuerySet:
    """The same of what readers have reported."""
    late = Case.objects.overdue().filter(target_type=ContentType.objects.get_for_model(kinds()[kind]))
    return (
        late.annotate(item_kind=Value(kind, CharField()), office_code=Left("region_id", REGENCY))
        .values("item_kind", "office_code")
        .annotate(number=Count("pk"))
        .values_list("item_kind", "office_code", "number")
    )


def _offices(postings: list[Posting], duty: Duty) -> dict[str, list[int]]:
    """The postings that have the duty, by the code of their office ("" is the ministry)."""
    found: dict[str, list[int]] = defaultdict(list)
    for posting in postings:
        if posting.may(duty):
            found[posting.region_id or ""].append(posting.pk)
    return found


def _told_today(kind: ContentType, postings: list[int]) -> set[int]:
    midnight = timezone.now().astimezone(DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    told = Activity.objects.filter(target_type=kind, target_id__in=postings, verb=DESK_OVERDUE)
    return set(told.filter(happened_at__gte=midnight).values_list("target_id", flat=True))


def _has_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
