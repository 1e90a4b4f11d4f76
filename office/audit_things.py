"""What the entries of the audit are about: their names in one query, and a way to those that may be seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, F, Model, QuerySet, Value, When
from django.db.models import Case as Choice
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _now

from accounts.models import Office, Posting
from announcements.models import Announcement
from articles.models import Amendment, Article
from aspirations.models import Aspiration
from communities.models import (
    ChangeRequest,
    Community,
    Document,
    ForumMembership,
    Invitation,
    Membership,
)
from complaints.models import Case
from events.models import Event, EventChange
from factchecks.models import FactCheck
from figures.models import Report
from imports.models import Import
from moderation.states import Status
from office.names import NATION
from regions.codes import codes_upwards
from regions.models import RegionSuccession
from regions.querysets import within_q
from regions.search import names_that_begin_like, with_name, with_name_in_order
from replies.models import Reply

if TYPE_CHECKING:
    from accounts.models import User
    from activity.models import Activity
    from regions.models import Region

Key = tuple[int, int]
# The most rows of a kind that one search for a KIM or a title follows.
MOST = 500
# The most communities that one search for a name follows.
FEW = 20


@dataclass(frozen=True)
class Thing:
    """What an entry is about, as it is called today."""

    model: type[Model]
    pk: int
    text: str
    region: str
    ref: int
    status: str


@dataclass(frozen=True)
class Look:
    """How one kind of thing is found and shown: its name, its region, and where it is seen.

    status: its own, or that of the community it hangs on. A draft has no name and no page here: it is its
    author's alone.
    """

    text: Any
    region: str
    url: Callable[[Thing], str]
    ref: str = "pk"
    status: str = ""
    # Only the very office sees it, not those above.
    of_office_alone: bool = False


def _item(kind: str) -> Callable[[Thing], str]:
    return lambda thing: reverse("office:item", args=[kind, thing.pk])


def _community(thing: Thing) -> str:
    return reverse("office:community", args=[thing.ref])


def _in_register(thing: Thing) -> str:
    if thing.status in (Status.APPROVED, Status.SUSPENDED):
        return _community(thing)
    return _item("community")(thing)


def _of_member(thing: Thing) -> str:
    return _community(thing)


_MEMBER = Concat(F("user__name"), Value(" · "), F("community__name"))
LOOKS: dict[type[Model], Look] = {
    Community: Look(F("name"), "region_id", _in_register, status="status"),
    Article: Look(F("title"), "region_id", _item("article"), status="status"),
    Amendment: Look(F("title"), "region_id", _item("amendment"), status="status"),
    Event: Look(F("title"), "region_id", _item("event"), status="status"),
    EventChange: Look(F("title"), "region_id", _item("eventchange"), status="status"),
    FactCheck: Look(F("title"), "region_id", _item("factcheck"), status="status"),
    Reply: Look(
        Concat(F("name"), Value(" · "), F("article__title")), "region_id", _item("reply"), status="status"
    ),
    ChangeRequest: Look(F("community__name"), "region_id", _item("change"), status="status"),
    Membership: Look(
        _MEMBER, "community__region_id", _of_member, ref="community_id", status="community__status"
    ),
    Invitation: Look(
        F("community__name"), "community__region_id", _of_member, ref="community_id",
        status="community__status",
    ),
    ForumMembership: Look(
        Concat(F("community__name"), Value(" · "), F("forum__name")), "community__region_id", _of_member,
        ref="community_id", status="community__status",
    ),
    Document: Look(
        F("community__name"), "community__region_id",
        lambda thing: reverse("office:item", args=["community", thing.ref]), ref="community_id",
        status="community__status",
    ),
    Posting: Look(F("user__name"), "region_id", lambda _thing: reverse("office:postings")),
    Office: Look(
        F("name"), "region_id",
        lambda thing: reverse("office:settings", args=[thing.region or NATION]), of_office_alone=True,
    ),
    RegionSuccession: Look(
        Concat(F("old__name"), Value(" · "), F("new__full_name")), "new_id",
        lambda thing: reverse("home:region", args=[thing.region]),
    ),
    Announcement: Look(
        F("title"), "region_id", lambda thing: reverse("office:announcement", args=[thing.pk])
    ),
    Aspiration: Look(F("title"), "region_id", lambda thing: reverse("office:aspiration", args=[thing.pk])),
    Case: Look(
        Concat(Value("#"), Cast(F("pk"), CharField())), "region_id",
        lambda thing: reverse("office:case", args=[thing.pk]),
    ),
    Report: Look(F("period"), "region_id", lambda thing: reverse("office:report", args=[thing.pk])),
    Import: Look(
        F("original_name"), "region_id",
        lambda thing: reverse("office:import", args=[thing.pk]), of_office_alone=True,
    ),
}  # fmt: skip


def things_of(activities: Iterable[Activity]) -> dict[Key, Thing]:
    """The things of these entries by type and key, with one query. What is gone is missing."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for activity in activities:
        wanted[activity.target_type_id].add(activity.target_id)
    types = {found.pk: model for model, found in ContentType.objects.get_for_models(*LOOKS).items()}
    parts = [_rows(types[number], number, keys) for number, keys in wanted.items() if number in types]
    if not parts:
        return {}
    return {(row[0], row[1]): Thing(types[row[0]], *row[1:]) for row in parts[0].union(*parts[1:], all=True)}


def _rows(model: type[Model], number: int, keys: set[int]) -> QuerySet:
    look = LOOKS[model]
    return (
        model._base_manager.filter(pk__in=keys)
        .annotate(
            a_type=Value(number, BigIntegerField()),
            a_key=Cast("pk", BigIntegerField()),
            a_text=_text(look),
            a_region=Cast(F(look.region), CharField()),
            a_ref=Cast(F(look.ref), BigIntegerField()),
            a_status=Cast(F(look.status), CharField()) if look.status else Value("", CharField()),
        )
        .order_by()
        .values_list("a_type", "a_key", "a_text", "a_region", "a_ref", "a_status")
    )


def _text(look: Look) -> Any:
    text = Cast(look.text, CharField())
    if not look.status:
        return text
    return Choice(When(**{look.status: Status.DRAFT}, then=Value("")), default=text, output_field=CharField())


def name_of(thing: Thing | None, activity: Activity) -> str:
    """What an entry is about, in words."""
    if thing is None and activity.target_type.model_class() not in LOOKS:
        return _kind_name(activity)
    if thing is None:
        return _now("%(kind)s, not there any more") % {"kind": _kind_name(activity)}
    return thing.text.strip(" ·") or _kind_name(activity)


def _kind_name(activity: Activity) -> str:
    model = activity.target_type.model_class()
    return str(model._meta.verbose_name) if model else ""


def url_of(thing: Thing | None, user: User) -> str:
    """Where the person sees it; empty where they may not."""
    if thing is None or thing.status == Status.DRAFT:
        return ""
    look = LOOKS[thing.model]
    own = {posting.region_id for posting in user.current_postings}
    above = {None, *codes_upwards(thing.region)} if thing.region else {None}
    if not own & ({thing.region or None} if look.of_office_alone else above):
        return ""
    return look.url(thing)


@dataclass(frozen=True)
class About:
    """The keys of what was asked for, by type, and whether there was more than a search follows."""

    keys: dict[int, set[int]]
    are_communities_cut: bool
    are_things_cut: bool


def keys_about(words: str, region: Region | None) -> About:
    """Communities of that name or number with all that hangs on them, and items of that title; no drafts."""
    named = _communities(words, region)
    communities = named[:FEW]
    hanging: tuple[type[Model], ...] = (Membership, ForumMembership, Invitation, Document)
    items: tuple[type[Model], ...] = (Article, Event, ChangeRequest)
    parts = [
        _keys(Community, Community._base_manager.filter(pk__in=communities)),
        *(_keys(model, model._base_manager.filter(community__in=communities)) for model in hanging),
        *(_keys(model, _sent(model._base_manager.filter(community__in=communities))) for model in items),
        *_titled(words, region),
    ]
    found: dict[int, set[int]] = defaultdict(set)
    counted: Counter[int] = Counter()
    for part, number, key in _numbered(parts):
        counted[part] += 1
        if counted[part] <= MOST:
            found[number].add(key)
    return About(found, len(named) > FEW, any(number > MOST for number in counted.values()))


def _numbered(parts: list[QuerySet]) -> Iterable[tuple[int, int, int]]:
    """The rows of all parts with one query, the newest of each part first."""
    marked = [
        part.annotate(a_part=Value(number, BigIntegerField())).values_list("a_part", "a_type", "a_key")
        for number, part in enumerate(parts)
    ]
    return sorted(marked[0].union(*marked[1:], all=True), key=lambda row: (row[0], -row[2]))


def _sent(items: QuerySet) -> QuerySet:
    """Without drafts: what an author has not sent, or has taken back, is nobody else's."""
    return items.exclude(status=Status.DRAFT)


def _communities(words: str, region: Region | None) -> list[int]:
    """Their keys by their names; one more than are followed, where there are more."""
    names = names_that_begin_like(words)
    if names is None:
        return []
    inside = _sent(Community._base_manager.filter(within_q("region", region)))
    numbered = list(inside.filter(registry_number=words).values_list("pk", flat=True)[:1])
    named = with_name_in_order(inside, "name", names).order_by("name", "pk").values_list("pk", flat=True)
    return numbered or list(named[: FEW + 1])


def _titled(words: str, region: Region | None) -> list[QuerySet]:
    names = names_that_begin_like(words)
    articles = _sent(Article.objects.within(region).search(words))
    if names is None:
        return [_keys(Article, articles)]
    events = _sent(Event.objects.within(region))
    return [_keys(Article, articles), _keys(Event, with_name(events, "title", names))]


def _keys(model: type[Model], found: QuerySet) -> QuerySet:
    """The newest keys of one kind, to be united with others; one more than are followed."""
    number = ContentType.objects.get_for_model(model).pk
    return (
        found.order_by("-pk")
        .annotate(a_type=Value(number, BigIntegerField()), a_key=Cast("pk", BigIntegerField()))
        .values_list("a_type", "a_key")[: MOST + 1]
    )
