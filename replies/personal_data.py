"""What replies keep about a person: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

import moderation.actions
from moderation.models import Version
from moderation.states import Status
from replies.models import Reply, Request

if TYPE_CHECKING:
    from accounts.models import User

PUBLISHED = [Status.APPROVED, Status.SUSPENDED]


def export(user: User) -> dict[str, Any]:
    """What the person replied, and what waits for its confirmation, ready for JSON."""
    words = ("article__title", "name", "relation", "passage", "text")
    return {
        "replies": list(
            Reply.objects.filter(created_by=user)
            .order_by("pk")
            .values(*words, "status", "submitted_at", "published_at")
        ),
        "replies_to_be_confirmed": list(
            Request.objects.filter(email=user.email).order_by("pk").values(*words, "created_at")
        ),
    }


def erase(user: User) -> None:
    """Published ones stay without a name; what was never public is taken back and loses its words."""
    Request.objects.filter(email=user.email).delete()
    own = Reply.objects.filter(created_by=user)
    for waiting in own.filter(status=Status.SUBMITTED):
        moderation.actions.move(waiting, "withdraw", by=user)
    _forget_versions(own)
    gone = _("Erased by its author")
    own.exclude(status__in=PUBLISHED).update(name="", relation="", passage="", text=gone)
    own.filter(status__in=PUBLISHED).update(name="", relation="")


def _forget_versions(own: Any) -> None:
    kind = ContentType.objects.get_for_model(Reply)
    keys = list(own.values_list("pk", flat=True))
    Version.objects.filter(target_type=kind, target_id__in=keys).delete()
