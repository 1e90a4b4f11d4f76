"""What becomes of a published event: moved, cancelled and called in again at once, reworded by the office."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import activity.actions
import moderation.actions
from communities import handing
from communities.publishing_first import PUBLISH_FIRST
from events.change import WORDS, EventChange, Nature, facts, put_into, said_by
from events.models import Event
from moderation.errors import TransitionRefused
from moderation.states import Status

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User

MOVE, CANCEL, RESUME, REWORD = "event.move", "event.cancel", "event.resume", "event.reword"
VERBS = {
    Nature.MOVED: MOVE,
    Nature.CANCELLED: CANCEL,
    Nature.RESUMED: RESUME,
    Nature.REWORDED: REWORD,
}
LABELS = {
    MOVE: gettext_lazy("Event moved"),
    CANCEL: gettext_lazy("Event cancelled"),
    RESUME: gettext_lazy("Event takes place after all"),
    REWORD: gettext_lazy("Words of an event changed"),
}
# How often in a day an event is moved or called in again: all who follow it are told each time.
MOST_A_DAY = 5
A_DAY = timedelta(hours=24)


class Overtaken(Exception):
    """Somebody else has changed it since the page read it; nothing was stored."""

    def __init__(self, stored: Event) -> None:
        super().__init__(str(stored))
        self.stored = stored


class OtherWords(Exception):
    """Somebody else has begun or saved other words since the page read them; nothing was stored."""

    def __init__(self, stored: EventChange) -> None:
        super().__init__(str(stored))
        self.stored = stored


def move(
    event: Event, *, by: User, starts_at: datetime, ends_at: datetime, place: str, seen: int, reason: str = ""
) -> EventChange | None:
    """Give it another time or place; the new one is true at once. None where it says so already.

    seen: Event.sequence as the page read it.
    PermissionDenied for who may not change it; Overtaken where somebody else was faster; TransitionRefused.
    """
    with transaction.atomic():
        locked = _locked(event)
        _require_author(locked, by)
        require_changeable(locked, by=by)
        if locked.cancelled_at:
            raise TransitionRefused(_("It is cancelled. First say that it takes place after all."))
        now = said_by(locked)
        said = {**now, **facts(starts_at, ends_at, place)}
        if said == now:
            return None
        _require_seen(locked, seen)
        if ends_at < timezone.now():
            raise TransitionRefused(_("This lies in the past. Set a time that is still to come."))
        _require_calm(locked)
        return _come_true(locked, Nature.MOVED, said, by=by, reason=reason.strip())


def cancel(event: Event, *, by: User, seen: int, reason: str) -> EventChange | None:
    """Say that it does not take place, and why; it stays readable. None where it is cancelled already.

    Raises as move() does. Also of a dissolved community: people must not come in vain.
    """
    with transaction.atomic():
        locked = _locked(event)
        _require_author(locked, by)
        require_changeable(locked, by=by, also_dissolved=True)
        if locked.cancelled_at:
            return None
        _require_seen(locked, seen)
        if not reason.strip():
            raise TransitionRefused(_("Write why: everybody who wanted to come reads it."))
        said = said_by(locked)
        return _come_true(locked, Nature.CANCELLED, said, by=by, reason=reason.strip())


def resume(event: Event, *, by: User) -> EventChange | None:
    """Say that it takes place after all. None where it is not cancelled. Raises as move() does."""
    with transaction.atomic():
        locked = _locked(event)
        _require_author(locked, by)
        require_changeable(locked, by=by)
        if not locked.cancelled_at:
            return None
        _require_calm(locked)
        return _come_true(locked, Nature.RESUMED, said_by(locked), by=by, reason="")


def open_one(event: Event) -> EventChange | None:
    """The words that wait to be published, if any."""
    return event.changes.open().select_related("event__region", "community", "region", "created_by").first()


def begin(event: Event) -> EventChange:
    """Words that say what the event says; not stored."""
    own = {name: getattr(event, name) for name in WORDS}
    return EventChange(
        event=event, community=event.community, region=event.region, before=said_by(event), **own
    )  # fmt: skip


def save(change: EventChange, *, by: User, seen: str = "") -> EventChange:
    """Store the words that an author typed. `seen`: which version of them the page had read; "" for new ones.

    PermissionDenied for who may not change the event; OtherWords where somebody else has begun or saved some
    meanwhile; TransitionRefused once they are with the office.
    """
    with transaction.atomic():
        event = _locked(change.event)
        _require_author(event, by)
        stored = open_one(event)
        if stored is None:
            _require_published(event)
            if change.pk:
                raise TransitionRefused(_("This was decided or thrown away meanwhile. Nothing was changed."))
            change.created_by, change.region = by, event.region
            change.save(force_insert=True)
            return change
        is_same = (stored.content(), stored.before) == (change.content(), change.before)
        if stored.pk != change.pk and not is_same:
            raise OtherWords(stored)
        if is_same:
            return stored
        if seen != stored.changed_at.isoformat():
            raise OtherWords(stored)
        return moderation.actions.save_changes(change, by=by)


def send(change: EventChange, *, by: User) -> None:
    """Send the words to the office; sent already, nothing happens. Raises as moderation.actions.move does."""
    try:
        moderation.actions.move(change, "submit", by=by)
    except TransitionRefused:
        if not EventChange.objects.filter(pk=change.pk, status=Status.SUBMITTED, submitted_by=by).exists():
            raise


def discard(change: EventChange, *, by: User) -> None:
    """Throw away words that are not with the office. The event stays as it is."""
    with transaction.atomic():
        rows = EventChange.objects.select_for_update(of=("self",)).select_related("event__community")
        locked = rows.filter(pk=change.pk).first()
        if locked is None:
            return
        _require_author(locked.event, by)
        if not locked.is_editable:
            raise TransitionRefused(_("It is with the office. Take it back first."))
        locked.delete()


def apply(change: EventChange, *, by: User, at: datetime) -> None:
    """Let the event say it; runs in the transaction of the step that makes it true."""
    event = change.event = _locked(change.event)
    if not change.is_of_facts:
        found = _cannot_now(change)
        if found:
            raise TransitionRefused(found[0])
        change.after = {**said_by(event), **change.own_words}
    change.before = said_by(event)
    changed = put_into(event, change.after)
    change.title, change.text = event.title, event.text
    if change.nature in (Nature.CANCELLED, Nature.RESUMED):
        event.cancelled_at, event.cancelled_by = (at, by) if change.is_cancellation else (None, None)
    event.set_slug()
    event.sequence += 1
    event.amended_at = event.changed_at = at
    changed += ["slug", "sequence", "amended_at", "changed_at", "cancelled_at", "cancelled_by"]
    event.save(update_fields=changed)
    activity.actions.record(
        VERBS[Nature(change.nature)],
        event,
        by=by,
        region=event.region,
        details={"change": change.pk},
        happened_at=at,
    )


def problems(change: EventChange) -> list[StrOrPromise]:
    """What is missing or in the way before words may be sent, a sentence each."""
    if change.is_of_facts:
        return []
    found = _cannot_now(change)
    for name in WORDS:
        if not getattr(change, name).strip():
            found.append(_("“%(part)s” is still empty.") % {"part": change.content_label(name)})
    if not change.own_words:
        found.append(_("Nothing would change. Change the words first."))
    if not change.reason.strip():
        found.append(_("Say why it changes: everybody can read it."))
    return found


def require_changeable(event: Event, *, by: User, also_dissolved: bool = False) -> None:
    """TransitionRefused, in words, where this person can say nothing else of its time and place any more."""
    _require_published(event, also_dissolved=also_dissolved)
    if event.is_over:
        raise TransitionRefused(_("It is over: its time and place stay as they were."))
    if handing.reads_first(event.community) and not event.community.has_manager(by):
        raise TransitionRefused(_("In your KIM the managers read first: ask one of them to change this."))


def _come_true(event: Event, nature: Nature, said: dict[str, str], *, by: User, reason: str) -> EventChange:
    """A fact, public at once; the office has until its deadline to look at it."""
    change = begin(event)
    change.nature, change.reason, change.after, change.created_by = nature, reason, said, by
    change.save(force_insert=True)
    return moderation.actions.move(change, PUBLISH_FIRST, by=by)


def _cannot_now(change: EventChange) -> list[StrOrPromise]:
    """What became of the event or its community meanwhile."""
    if change.event.status != Status.APPROVED:
        return [_("Only what is published can be changed like this.")]
    if not change.event.community.takes_writing:
        return [_("Its community is dissolved or suspended: nothing of it can be changed.")]
    if change.clashes:
        return [_("What is published changed in the same part: its authors look at both and send it again.")]
    return []


def _require_author(event: Event, by: User) -> None:
    if not event.is_authored_by(by):
        raise PermissionDenied


def _require_published(event: Event, *, also_dissolved: bool = False) -> None:
    if event.status != Status.APPROVED:
        raise TransitionRefused(_("Only what is published can be changed like this."))
    community = event.community
    if not (community.takes_writing or (also_dissolved and community.status == Status.APPROVED)):
        raise TransitionRefused(_("Its community is dissolved or suspended: nothing of it can be changed."))


def _require_seen(event: Event, seen: int) -> None:
    if event.sequence != seen:
        raise Overtaken(event)


def _require_calm(event: Event) -> None:
    """Everybody who follows it is told each time; a cancellation is never too much."""
    lately = event.changes.filter(
        nature__in=(Nature.MOVED, Nature.RESUMED), submitted_at__gt=timezone.now() - A_DAY
    )
    if lately.count() >= MOST_A_DAY:
        raise TransitionRefused(
            _("It was changed %(number)d times in one day. Try again tomorrow, or cancel it.")
            % {"number": MOST_A_DAY}
        )


def _locked(event: Event) -> Event:
    rows = Event.objects.select_for_update(of=("self",)).select_related("community__region", "region")
    return rows.get(pk=event.pk)
