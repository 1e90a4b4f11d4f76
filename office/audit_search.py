"""What a search of the audit finds, and what it says it has left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Posting, User
from activity.models import Activity, ActivityQuerySet, parts_of
from common.pagination import first_of
from office import audit_things, audit_words
from regions.querysets import within_q

if TYPE_CHECKING:
    from office.audit_asked import Asked
    from regions.models import Region

ORDER = ("-happened_at", "-pk")
# The most people whose name one search follows.
MANY = 100


@dataclass
class Found:
    """The acts in no order yet, the parts of the history they lie in, and in words what was left out."""

    acts: ActivityQuerySet
    parts: list[Q]
    cuts: list[str] = field(default_factory=list)

    def first(self, number: int, beyond: Q | None = None) -> list[Activity]:
        """The newest acts, beyond those that came before."""
        ordered = self.acts.order_by(*ORDER).filter(beyond or Q())
        return list(first_of(ordered, number, self.parts))

    def is_more_than(self, number: int) -> bool:
        """Whether there are more acts than that; no more of them are counted."""
        return self.acts.at(self.parts).order_by().values("pk")[: number + 1].count() > number


def find(asked: Asked) -> Found:
    """What is asked for."""
    # The parts are read one by one; here only the columns by which they are told apart are named.
    found = Found(Activity.objects.at([Q()]).filter(_when(asked)), parts_of(asked.region))
    if asked.group:
        found.acts = found.acts.filter(verb__in=audit_words.verbs_in(asked.group))
    if asked.actor:
        found.acts = found.acts.filter(actor=asked.actor)
    if asked.person:
        found.acts = found.acts.filter(actor__in=_people(asked, found))
    if asked.about:
        found.acts = found.acts.filter(_what(asked, found))
    return found


def _people(asked: Asked, found: Found) -> list[int]:
    """Who has a posting in the region, beneath or above it, and who has done something there."""
    if "@" in asked.person:
        return list(User.objects.filter(email=asked.person.lower()).values_list("pk", flat=True))
    named = User.objects.filter(name__icontains=asked.person).order_by("name", "pk").values_list("name", "pk")
    posted = named.filter(pk__in=_postings(asked.region).order_by().values("user"))
    acting = named.filter(Exists(Activity.objects.at(found.parts).filter(actor=OuterRef("pk"))))
    people = sorted({*posted[: MANY + 1], *acting[: MANY + 1]})
    if len(people) > MANY:
        found.cuts.append(
            _(
                "More than %(number)s people are called so: the first of them by name were followed. "
                "Write more of the name, or the e-mail address."
            )
            % {"number": MANY}
        )
    return [pk for _name, pk in people[:MANY]]


def _postings(region: Region | None) -> QuerySet[Posting]:
    if region is None:
        return Posting.objects.all()
    above = Q(region=None) | Q(region__in=region.ancestor_codes)
    return Posting.objects.filter(within_q("region", region) | above)


def _what(asked: Asked, found: Found) -> Q:
    about = audit_things.keys_about(asked.about, asked.region)
    if about.are_communities_cut:
        found.cuts.append(
            _("More than %(number)s KIM are called so: the first of them by name were followed.")
            % {"number": audit_things.FEW}
        )
    if about.are_things_cut:
        found.cuts.append(
            _("More than %(number)s things of one kind have these words: the newest were followed.")
            % {"number": audit_things.MOST}
        )
    what = Q(pk=None)
    for number, keys in about.keys.items():
        what |= Q(target_type=number, target_id__in=keys)
    return what


def _when(asked: Asked) -> Q:
    zone = asked.region.zone if asked.region else ZoneInfo(settings.TIME_ZONE)
    when = Q()
    if asked.first:
        when &= Q(happened_at__gte=_midnight(asked.first, zone))
    if asked.last:
        when &= Q(happened_at__lt=_midnight(asked.last + timedelta(days=1), zone))
    return when


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
