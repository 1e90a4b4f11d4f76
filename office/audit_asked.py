"""What is searched for in the audit: by whom, which kind of act, about what, where, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import Posting, User
from accounts.roles import Duty
from activity.models import Activity, ActivityQuerySet
from communities.item_forms import DateInput
from office import audit_things, audit_words
from office.scope import NATION, code_of
from regions.codes import is_code
from regions.models import Level, Region
from regions.querysets import within_q

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

# The most officers whose name one search follows.
MANY = 100
NAMES = ("wilayah", "orang", "oleh", "tindakan", "tentang", "dari", "sampai")


class AuditForm(forms.Form):
    """The search as controls."""

    wilayah = forms.ChoiceField(label=_("Region"), required=False)
    orang = forms.CharField(
        label=_("By whom"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Officer, or e-mail address")}),
    )
    tindakan = forms.ChoiceField(label=_("What was done"), required=False)
    tentang = forms.CharField(
        label=_("About"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("KIM, number, or title")}),
    )
    dari = forms.DateField(label=_("From"), required=False, widget=DateInput())
    sampai = forms.DateField(label=_("To"), required=False, widget=DateInput())

    def __init__(self, data: Mapping[str, Any], *, regions: list[tuple[str, StrOrPromise]]) -> None:
        super().__init__({name: data.get(name, "") for name in NAMES}, auto_id="jejak_%s")
        self.fields["wilayah"].choices = regions  # type: ignore[attr-defined]
        self.fields["tindakan"].choices = audit_words.kinds_of_act()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Asked:
    """One search. What cannot be understood is left out; a region that is not theirs is not there."""

    region: Region | None
    person: str = ""
    actor: int | None = None
    group: str = ""
    about: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def query(self) -> str:
        """The same search as an address has it, without the question mark."""
        given = {
            "wilayah": code_of(self.region),
            "orang": self.person,
            "oleh": self.actor,
            "tindakan": self.group,
            "tentang": self.about,
            "dari": self.first,
            "sampai": self.last,
        }
        return urlencode({name: str(value) for name, value in given.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the region is asked for."""
        return any((self.person, self.actor, self.group, self.about, self.first, self.last))

    def found(self) -> ActivityQuerySet:
        """The acts, in no order yet."""
        acts = Activity.objects.all().within(self.region).filter(self._when())
        if self.group:
            acts = acts.filter(verb__in=audit_words.verbs_in(self.group))
        if self.actor:
            acts = acts.filter(actor=self.actor)
        if self.person:
            acts = acts.filter(actor__in=self._people())
        return acts.filter(self._what()) if self.about else acts

    def _when(self) -> Q:
        zone = self.region.zone if self.region else ZoneInfo(settings.TIME_ZONE)
        when = Q()
        if self.first:
            when &= Q(happened_at__gte=_midnight(self.first, zone))
        if self.last:
            when &= Q(happened_at__lt=_midnight(self.last + timedelta(days=1), zone))
        return when

    def _people(self) -> list[int]:
        if "@" in self.person:
            return list(User.objects.filter(email=self.person.lower()).values_list("pk", flat=True))
        posted = Posting.objects.filter(within_q("region", self.region), user__name__icontains=self.person)
        return list(posted.order_by().values_list("user", flat=True).distinct()[:MANY])

    def _what(self) -> Q:
        what = Q(pk=None)
        for number, keys in audit_things.keys_about(self.about, self.region).items():
            what |= Q(target_type=number, target_id__in=keys)
        return what


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def read(data: Mapping[str, str], user: User) -> Asked:
    """The search that an address asks for. Http404 for a region beyond the offices that the person heads."""
    group, actor = data.get("tindakan", ""), data.get("oleh", "")
    return Asked(
        region=_region(data.get("wilayah", ""), user),
        person=_cleaned(data.get("orang", "")),
        actor=int(actor) if actor.isascii() and actor.isdigit() and len(actor) < 18 else None,
        group=group if group in audit_words.groups() else "",
        about=_cleaned(data.get("tentang", "")),
        first=_day(data.get("dari", "")),
        last=_day(data.get("sampai", "")),
    )


def headed(user: User) -> list[Posting]:
    """The postings by which the person searches the audit, the widest first."""
    return [posting for posting in user.current_postings if posting.may(Duty.AUDIT)]


def regions_to_choose(user: User, chosen: Region | None) -> list[tuple[str, StrOrPromise]]:
    """The own regions, what lies directly beneath them, and beside and beneath the chosen one."""
    own = [posting.region for posting in headed(user)]
    near = Q(pk__in=[region.pk for region in own if region])
    for region in [*own, chosen]:
        near |= Q(parent=region)
    if chosen and chosen not in own:
        near |= Q(parent=chosen.parent_id) | Q(pk=chosen.pk)
    found = Region.objects.filter(near, level__lte=Level.DISTRICT).order_by("code")
    nation = [(NATION, _("All of Indonesia"))] if None in own else []
    inside = [region for region in found if any(posting.covers(region) for posting in headed(user))]
    return [*nation, *((region.code, region.label) for region in inside)]


def _region(code: str, user: User) -> Region | None:
    if not code:
        return headed(user)[0].region
    region = Region.objects.filter(pk=code).first() if is_code(code) else None
    if region is None and code != NATION:
        raise Http404
    if not any(posting.covers(region) for posting in headed(user)):
        raise Http404
    return region


def _cleaned(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())[:100]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2999 else None
