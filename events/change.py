"""Changes of published events: what people act on is true at once, words wait for the office.

See docs/adr/0054.
"""

from __future__ import annotations

from copy import copy
from datetime import UTC
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities import handing, publishing_first
from communities.models import Community, Membership
from communities.publishing_first import ReviewedAfter, ReviewedAfterQuerySet
from moderation.models import Moderated
from moderation.states import EDITABLE, Move, Status
from moderation.versions import Change, changes
from regions.models import Region
from regions.templatetags.region_time import local_time

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from events.models import Event

# What people only read; time, place, and whether it takes place are what they act on.
WORDS = ("title", "text")
OPEN = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)


class Nature(models.TextChoices):
    """What became of an event."""

    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    RESUMED = "resumed", _("Takes place after all")
    REWORDED = "reworded", _("Reworded")


class EventChangeQuerySet(ReviewedAfterQuerySet):
    """Changes of events. Those that came true are read on the page of their event, none has a public page."""

    def public_q(self) -> Q:
        """None of them is public; the event is."""
        return Q(pk__in=[])

    def authored_parts(self, user: User) -> list[Q]:
        """Who may change the event."""
        mine = Membership.objects.current().filter(user=user)
        return [
            Q(event__created_by=user, community__in=mine.values("community")),
            Q(community__in=mine.managers().values("community")),
        ]

    def open(self) -> Self:
        """Words that are not published yet."""
        return self.filter(status__in=OPEN)

    def true(self) -> Self:
        """What came true, for everybody to read."""
        return self.filter(status=Status.APPROVED)


class EventChange(ReviewedAfter):
    """Another time, place or other words of an event that is published; or that it is cancelled, or not."""

    KIND = "eventchange"
    KIND_LABEL = _("Change of an event")
    # Words that cannot stay are sent back; what is true is changed again by another change.
    UNUSED_MOVES: ClassVar[frozenset[str]] = frozenset({"reject", "suspend", "restore"})
    MOVE_LABELS = {"approve": _("Publish the change")}
    MOVES_CHOSEN = publishing_first.MOVES
    SHEET = ("children", "hate", "advertising")
    PLACES = WORDS
    UNREVIEWED_AT_DESK = _(
        "It is true already: people act on it. Look it over; if it must not stand, withdraw the event."
    )
    UNREVIEWED_TO_AUTHORS = _("It is true already. The office looks at it after.")

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="event_changes", editable=False
    )
    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="changes", editable=False
    )
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+", editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    nature = models.CharField(
        _("kind of change"), max_length=10, choices=Nature, default=Nature.REWORDED, editable=False
    )
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("description"), max_length=10000)
    reason = models.TextField(
        _("why"), max_length=500, blank=True, help_text=_("One sentence; everybody can read it.")
    )
    is_before_hidden = models.BooleanField(
        _("Do not show readers the old words"), default=False,
        help_text=_("When they name a child or a victim, or show somebody's private data."),
    )  # fmt: skip
    # What the event said when its authors looked at it, and what it says with the change.
    before = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)

    # A later change hides what this one shows; events.trace says so to those that are shown.
    is_of_hidden_words = False

    objects = EventChangeQuerySet.as_manager()

    class Meta(ReviewedAfter.Meta):
        verbose_name = _("change of an event")
        verbose_name_plural = _("changes of events")
        constraints = [
            *ReviewedAfter.Meta.constraints,
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="eventchange_nature_known"),
            models.CheckConstraint(
                condition=~Q(nature=Nature.CANCELLED) | ~Q(reason=""), name="eventchange_cancelled_says_why"
            ),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(status__in=OPEN, nature=Nature.REWORDED),
                name="eventchange_one_open",
            ),
        ]
        indexes = [
            *Moderated.Meta.indexes,
            *ReviewedAfter.Meta.indexes,
            models.Index(fields=["decided_at"], name="eventchange_decided"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the change, for the authors and the office."""
        return reverse("events:change", args=[self.pk])

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Whoever may change the event."""
        return self.event.is_authored_by(user)

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """What is missing or in the way."""
        from events import change_actions

        return change_actions.problems(self)

    def is_open_to(self, move: Move) -> bool:
        """Facts are true at once, words wait for the office."""
        if move.sources <= EDITABLE:
            wanted = publishing_first.PUBLISH_FIRST if self.is_of_facts else "submit"
            return move.name == wanted and super().is_open_to(move)
        return super().is_open_to(move)

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """When it comes true the event says it, in the same transaction."""
        from events import change_actions

        changed = super().on_move(move, by=by, at=at)
        if move.name == "submit":
            handing.require_manager(self.community, by=by)
        if move.name in ("approve", publishing_first.PUBLISH_FIRST):
            change_actions.apply(self, by=by, at=at)
            changed += ["before", "after", "title"]
        return changed

    @property
    def is_of_facts(self) -> bool:
        """Whether people act on it: not only words."""
        return self.nature != Nature.REWORDED

    @property
    def is_cancellation(self) -> bool:
        """Whether it says that the event does not take place."""
        return self.nature == Nature.CANCELLED

    @property
    def true_at(self) -> datetime | None:
        """Since when it is true."""
        if self.status != Status.APPROVED:
            return None
        return self.submitted_at if self.is_of_facts else self.decided_at

    @property
    def are_words_hidden(self) -> bool:
        """Whether readers see neither what it took away nor what it put there."""
        return self.is_before_hidden or self.is_of_hidden_words

    @property
    def shown_changes(self) -> list[Change]:
        """What went and what came, as readers see it."""
        return [] if self.are_words_hidden else self.changes

    @property
    def shown_reason(self) -> str:
        """Why, as readers see it."""
        return "" if self.is_of_hidden_words else self.reason

    @property
    def sentence(self) -> str:
        """What readers without its page are told: why, and of a move where and when it was to be."""
        if self.nature != Nature.MOVED or self.is_of_hidden_words:
            return self.shown_reason
        when, place = (
            local_time(parse_datetime(self.before["starts_at"]), self.event.region),
            self.before["place"],
        )
        was = _now("It was to be %(time)s, %(place)s.") % {"time": when, "place": place}
        return f"{was} {self.reason}".strip()

    @property
    def changes(self) -> list[Change]:
        """What went and what came; before it is true, beside what the event says now."""
        before, after = self.before, self.after
        if self.status != Status.APPROVED:
            before = said_by(self.event)
            after = {**before, **self.own_words}
        return changes(self.event, in_order(before), in_order(after))

    @property
    def own_words(self) -> dict[str, str]:
        """The words that it changes: what it does not change may become other words meanwhile."""
        return {name: getattr(self, name) for name in WORDS if getattr(self, name) != self.before.get(name)}

    @property
    def clashes(self) -> list[str]:
        """The words that it changes, and that became something else since its authors looked."""
        now = said_by(self.event)
        return [name for name, word in self.own_words.items() if now[name] not in (self.before[name], word)]

    def catch_up(self) -> None:
        """Take over what was published meanwhile where it changes nothing; not stored."""
        now, own = said_by(self.event), self.own_words
        for name in WORDS:
            if name not in own:
                setattr(self, name, now[name])
                self.before[name] = now[name]

    @property
    def would_be(self) -> Event:
        """The event with its words; not stored."""
        event = copy(self.event)
        for name, words in self.own_words.items():
            setattr(event, name, words)
        return event


def said_by(event: Event) -> dict[str, str]:
    """What an event says, part by part, as text."""
    return {"title": event.title, "text": event.text, **facts(event.starts_at, event.ends_at, event.place)}


def facts(starts_at: datetime, ends_at: datetime, place: str) -> dict[str, str]:
    """When and where, as text; the same moment is the same text in every zone."""
    moments = {"starts_at": starts_at, "ends_at": ends_at}
    return {**{name: at.astimezone(UTC).isoformat() for name, at in moments.items()}, "place": place}


def in_order(said: dict[str, str]) -> dict[str, str]:
    """The same parts as the page of an event has them: the database keeps no order."""
    return {name: said[name] for name in ("title", "starts_at", "ends_at", "place", "text")}


def put_into(event: Event, said: dict[str, str]) -> list[str]:
    """Let the event say these parts; answers their names. Not stored."""
    for name, value in said.items():
        setattr(event, name, parse_datetime(value) if name.endswith("_at") else value)
    return list(said)
