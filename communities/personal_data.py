"""What the portal keeps about a person as a member and a writer: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from communities.models import Document, ForumMembership, Membership, Picture
from communities.pictures import forget_originals
from moderation.kinds import kinds
from moderation.states import Status

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated


def export(user: User) -> dict[str, Any]:
    """Memberships, and everything that the person wrote or applied for, ready for JSON."""
    memberships = Membership.objects.filter(user=user).order_by("pk")
    return {
        "memberships": list(
            memberships.values("community__name", "role", "asked_at", "accepted_at", "ended_at")
        ),
        "forum_memberships": _forum_memberships(user),
        "written": {
            kind: list(
                model._base_manager.filter(created_by=user)
                .order_by("pk")
                .values(model.TITLE_FIELD, "status", "created_at", "submitted_at")
            )
            for kind, model in kinds().items()
        },
    }


def _forum_memberships(user: User) -> list[dict[str, Any]]:
    """What the person asked, accepted or ended between a forum and a KIM; of others' steps nothing."""
    own = {step: Q(**{f"{step}_by": user}) for step in ("asked", "accepted", "ended")}
    found = ForumMembership.objects.filter(own["asked"] | own["accepted"] | own["ended"]).order_by("pk")
    return [
        {
            "forum": each.forum.name,
            "community": each.community.name,
            **{f"{step}_at": getattr(each, f"{step}_at") for step in own if _is_by(each, step, user)},
        }
        for each in found.select_related("forum", "community")
    ]


def _is_by(membership: ForumMembership, step: str, user: User) -> bool:
    return bool(getattr(membership, f"{step}_by_id") == user.pk)


def erase(user: User) -> None:
    """The memberships end, and what nobody but the person has seen goes: drafts that were never sent, and
    pictures as they came.
    """
    now = timezone.now()
    Membership.objects.filter(user=user, ended_at=None).update(ended_at=now, ended_by=user)
    for model in kinds().values():
        for draft in model._base_manager.filter(created_by=user, status=Status.DRAFT, submitted_at=None):
            _delete_with_files(draft)
    forget_originals(Picture.objects.all(), user)


def _delete_with_files(draft: Moderated) -> None:
    for relation in ("photos", "pictures"):
        if hasattr(draft, relation):
            for picture in getattr(draft, relation).all():
                picture.discard()
    if hasattr(draft, "documents"):
        for document in draft.documents.all():
            transaction.on_commit(_deleting(document))
    draft.delete()


def _deleting(document: Document) -> Any:
    storage, name = document.file.storage, str(document.file.name)
    return lambda: storage.delete(name)
