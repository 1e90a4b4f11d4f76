"""Where managers read first: a member hands in, a manager sends on or gives back; see docs/adr/0053.

It is no status: what is handed in is a draft, or a text under repair, that waits for the managers. Changes of
published events are not handed in: there a manager sends what a member has saved.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
import moderation.actions
from activity.models import Activity
from communities import trusting
from communities.living import pair
from communities.models import Membership
from moderation.appeals import person_beside
from moderation.errors import TransitionRefused
from moderation.kinds import kinds
from moderation.models import Moderated
from moderation.states import EDITABLE, MOVES, Move, Status

if TYPE_CHECKING:
    from accounts.models import User
    from communities.models import Community

HAND_IN, HAND_BACK, TAKE_BACK = "hand_in", "hand_back", "take_back"
# The button of the composer, and of a manager who sends on: where it leads is decided then.
SEND = "send"
SENDING = (SEND, "submit", "publish_first")
FIELDS = ["handed_in_at", "handed_in_by"]


class HandedIn(Moderated):
    """An item of a community that its members hand in to their managers, where these read first.

    What an office writes itself has no community, and is handed in to nobody.
    """

    handed_in_at = models.DateTimeField(null=True, editable=False)
    handed_in_by = person_beside()

    class Meta(Moderated.Meta):
        abstract = True
        constraints = [
            pair("handed_in"),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(status__in=sorted(EDITABLE)),
                name="%(class)s_handed_in_is_editable",
            ),
        ]
        indexes = [
            models.Index(
                fields=["community"], condition=Q(handed_in_at__isnull=False), name="%(class)s_handed_in"
            ),
        ]

    if TYPE_CHECKING:
        community: models.ForeignKey[Any, Any]
        community_id: Any

    @classmethod
    def state_fields(cls) -> list[str]:
        """Whether it waits for a manager too."""
        return [*super().state_fields(), *FIELDS]

    @classmethod
    def handed_in_to(cls, user: User) -> models.QuerySet:
        """What waits for this person to read it before the office does, as a manager."""
        managed = Membership.objects.current().managers().filter(user=user)
        waiting = Q(handed_in_at__isnull=False, community__in=managed.values("community"))
        return cls._default_manager.filter(waiting)

    @property
    def is_handed_in(self) -> bool:
        """Whether it waits for a manager."""
        return self.handed_in_at is not None

    def goes_to_managers(self, user: User) -> bool:
        """Whether what this person sends is read by the managers first.

        What managers write themselves is not; where nobody manages the community, nobody is waited for.
        """
        found: Community | None = self.community
        return found is not None and reads_first(found) and not found.has_manager(user)

    def require_read(self, *, by: User) -> None:
        """TransitionRefused for a member who would pass the managers by."""
        if self.goes_to_managers(by):
            raise TransitionRefused(_("The managers of your KIM read it first: hand it in to them."))

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """What goes to the office has been read, and waits for no manager any more."""
        if move.sources <= EDITABLE:
            self.require_read(by=by)
            self.handed_in_at = self.handed_in_by = None
            return [*super().on_move(move, by=by, at=at), *FIELDS]
        changed: list[str] = super().on_move(move, by=by, at=at)
        return changed


Item = TypeVar("Item", bound=HandedIn)


def models_handed_in() -> list[type[HandedIn]]:
    """The kinds that are handed in."""
    return [model for model in kinds().values() if issubclass(model, HandedIn)]


def reads_first(community: Community) -> bool:
    """Whether its managers read first, and there is one."""
    managers = community.memberships.current().managers().filter(user__is_active=True)
    return community.is_read_first and managers.exists()


def require_manager(community: Community, *, by: User) -> None:
    """Of what is not handed in: where managers read first, one of them sends it. TransitionRefused else."""
    if reads_first(community) and not community.has_manager(by):
        raise TransitionRefused(
            _("The managers of your KIM read it first. It stays saved: one of them sends it to the office.")
        )


def send(item: Item, *, by: User, seen: datetime | None = None, is_first: bool = True) -> Item:
    """Send it where it goes now: to the managers, to everybody, or to the office. Twice does nothing twice.

    seen: the version that a manager has read. is_first: public at once, where the community may. Raises as
    moderation.actions.move does.
    """
    way = way_of(item, by)
    if way == HAND_IN:
        return hand_in(item, by=by)
    if is_first and way == "publish_first":
        try:
            return _sent(item, way, by=by, seen=seen)
        except TransitionRefused:
            if trusting.is_trusted_still(item.community):
                raise
    return _sent(item, "submit", by=by, seen=seen)


def way_of(item: HandedIn, user: User) -> str:
    """Where it goes when this person sends it: HAND_IN, or the move that is made then."""
    if item.goes_to_managers(user):
        return HAND_IN
    first = MOVES["publish_first"]
    is_first = item.status == Status.DRAFT and first in item.moves() and item.is_open_to(first)
    return first.name if is_first else "submit"


def _sent(item: Item, name: str, *, by: User, seen: datetime | None) -> Item:
    with transaction.atomic():
        require_seen(_lock(item), seen)
        return moderation.actions.move(item, name, by=by)


def hand_in(item: Item, *, by: User) -> Item:
    """Give it to the managers to read; what was handed in already stays so.

    PermissionDenied for who is no author of it; TransitionRefused where something is missing, or it is no
    draft any more.
    """
    with transaction.atomic():
        # The setting is asked under its lock: switched off at this moment, it is sent with the others.
        still = _locked_community(item).is_read_first
        locked = _lock(item)
        if not locked.is_authored_by(by):
            raise PermissionDenied
        if not still:
            return moderation.actions.move(item, "submit", by=by)
        if locked.is_handed_in:
            return locked
        _require_ready(locked)
        locked.handed_in_at, locked.handed_in_by = timezone.now(), by
        locked.save(update_fields=FIELDS)
        _record(HAND_IN, locked, by=by)
    return locked


def hand_back(item: Item, *, by: User, words: str) -> Item:
    """Give it back to who wrote it, with words.

    PermissionDenied for who does not manage its community; TransitionRefused without words, or where it does
    not wait any more.
    """
    with transaction.atomic():
        locked = _lock(item)
        if locked.community is None or not locked.community.has_manager(by):
            raise PermissionDenied
        if not words.strip():
            raise TransitionRefused(_("Write what should be changed: the writer reads it."))
        return _end(HAND_BACK, locked, by=by, words=words.strip())


def take_back(item: Item, *, by: User, words: str = "") -> Item:
    """Take it back before a manager has read it. PermissionDenied for who is no author of it."""
    with transaction.atomic():
        locked = _lock(item)
        if not locked.is_authored_by(by):
            raise PermissionDenied
        return _end(TAKE_BACK, locked, by=by, words=words.strip())


STEPS: dict[str, Callable[..., HandedIn]] = {HAND_BACK: hand_back, TAKE_BACK: take_back}


def send_waiting(community: Community, *, by: User) -> tuple[int, int]:
    """When its managers read no longer first: what waits for them goes to the office, each by itself.

    Answers how many went, and how many could not and wait on.
    """
    sent = stayed = 0
    for model in models_handed_in():
        waiting = model._base_manager.filter(handed_in_at__isnull=False, community=community)  # type: ignore[misc]
        for item in waiting:
            try:
                moderation.actions.move(item, "submit", by=by)
                sent += 1
            except TransitionRefused:
                stayed += 1
    return sent, stayed


def given_back(item: Moderated) -> Activity | None:
    """What a manager said who gave it back, until it is sent again."""
    verbs = [f"{item.KIND}.{name}" for name in (HAND_IN, HAND_BACK, TAKE_BACK, "submit")]
    last = Activity.objects.of(item).filter(verb__in=verbs).select_related("actor").order_by("pk").last()
    return last if last and last.verb == f"{item.KIND}.{HAND_BACK}" else None


def _lock(item: Item) -> Item:
    rows = type(item)._base_manager.select_for_update(of=("self",)).select_related("region", "community")
    locked: Item = rows.get(pk=item.pk)
    return locked


def _locked_community(item: HandedIn) -> Community:
    rows = type(item.community)._base_manager.select_for_update(no_key=True)
    return rows.get(pk=item.community.pk)


def require_seen(item: HandedIn, seen: datetime | None) -> None:
    """TransitionRefused where the item became another one since a manager has read this version."""
    if seen is not None and seen != item.changed_at:
        raise TransitionRefused(_("It was changed in the meantime. Read it once more, then send it on."))


def _require_ready(item: HandedIn) -> None:
    if not item.is_editable:
        raise TransitionRefused(_("It was sent in the meantime. Reload the page to see where it stands."))
    problems = item.problems_before_submitting()
    if problems:
        raise TransitionRefused(_("Something is still missing. It stays saved as a draft."), problems)


def _end(name: str, locked: Item, *, by: User, words: str = "") -> Item:
    if not locked.is_handed_in:
        raise TransitionRefused(_("It does not wait for the managers any more. Reload the page."))
    locked.handed_in_at = locked.handed_in_by = None
    locked.save(update_fields=FIELDS)
    _record(name, locked, by=by, words=words)
    return locked


def _record(name: str, item: HandedIn, *, by: User, words: str = "") -> None:
    verb = f"{item.KIND}.{name}"
    activity.actions.record(verb, item, by=by, region=item.region, reason=words)
