"""Things people do with communities, beyond the moves that every item has."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

import activity.actions
import moderation.actions
from common import broker
from communities import tasks
from communities.items import CommunityItem
from communities.models import ChangeRequest, Community, Document, FormerSlug, Membership, Picture
from communities.pictures import fingerprint, looked_at
from communities.verbs import (
    DOCUMENT_VIEW,
    MEMBERSHIP_ACCEPT,
    MEMBERSHIP_ASK,
    MEMBERSHIP_DECLINE,
    MEMBERSHIP_END,
    MEMBERSHIP_PROMOTE,
)
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet

    from accounts.models import User

Item = TypeVar("Item", bound=CommunityItem)

# Words of the address that are pages of their own.
RESERVED_SLUGS = {"daftar", "dibaca", "saya", "dokumen", "gambar", "rss", "undangan"}
# How often an address is looked for anew when others take it at the same moment.
SLUG_ATTEMPTS = 5


def save_application(
    community: Community, *, by: User, decree: UploadedFile | None = None, only: Collection[str] | None = None
) -> Community:
    """Store an application as far as it is filled in, with the scan of its SK if one came along.

    Of one that exists, `only` names the fields of the step that is saved: two steps open side by side leave
    each other's alone. A second click of the same form finds what the first one made.
    Raises as moderation.actions does.
    """
    with transaction.atomic():
        if community._state.adding:
            community.created_by = by
            community = _create_under_free_slug(community)
        else:
            community = moderation.actions.save_changes(community, by=by, only=only)
        if decree is not None:
            attach_decree(community, decree, by=by)
    return community


def _create_under_free_slug(community: Community) -> Community:
    """Store it; where somebody took the address at the same moment, under the next that is free."""
    for attempts_left in reversed(range(SLUG_ATTEMPTS)):
        community.slug = free_slug(community)
        try:
            return moderation.actions.create_once(community)[0]
        except IntegrityError:
            if not attempts_left or not Community.objects.filter(slug=community.slug).exists():
                raise
    raise AssertionError("unreachable")


def set_picture(community: Community, use: str, upload: UploadedFile, *, by: User) -> Picture:
    """Give a community its logo or its group photo, in place of the one it has; a worker makes it ready.

    PhotoRefused for what is no usable picture; PermissionDenied for who does not manage it.
    """
    mark = fingerprint(upload)
    size = looked_at(upload)
    with transaction.atomic():
        locked = Community.objects.select_for_update(of=("self",)).get(pk=community.pk)
        if not locked.is_authored_by(by):
            raise PermissionDenied
        former = Picture.objects.filter(community=locked, use=use).first()
        if former and former.fingerprint == mark:
            return former
        if former:
            former.discard()
        picture = Picture(community=locked, use=use, fingerprint=mark, uploaded_by=by)
        picture.leave_to_worker(upload, size)
        transaction.on_commit(lambda: broker.offer(tasks.make_picture_ready, picture.pk), robust=True)
        return picture


def save_item(item: Item, *, by: User) -> Item:
    """Store what a member wrote for a community. A second click of the same form finds the first one's row.

    PermissionDenied for who may not write for the community; TransitionRefused once it is under review.
    """
    if not item._state.adding:
        return moderation.actions.save_changes(item, by=by)
    if not item.community.has_member(by) or item.community.is_dissolved:
        raise PermissionDenied
    item.created_by = by
    return moderation.actions.create_once(item)[0]


def note_document_view(document: Document, *, by: User) -> None:
    """Each look of an officer at a document is logged (PRODUCT.md, Personal data)."""
    with transaction.atomic():
        activity.actions.record(
            DOCUMENT_VIEW,
            document,
            by=by,
            region=document.community.region,
            details={"community": document.community_id},
        )


def ask_to_join(community: Community, *, by: User) -> Membership:
    """Ask a verified community to take one in; asking twice changes nothing."""
    if not community.takes_writing:
        raise TransitionRefused(_("Only a verified community takes new members."))
    try:
        with transaction.atomic():
            membership = Membership.objects.create(community=community, user=by)
            activity.actions.record(MEMBERSHIP_ASK, membership, by=by, region=community.region)
    except IntegrityError:
        return Membership.objects.get(community=community, user=by, ended_at=None)
    return membership


def accept_member(membership: Membership, *, by: User) -> Membership:
    """Let somebody in who asked; a manager does. Accepting twice changes nothing."""
    with transaction.atomic():
        membership = locked_membership(membership, manager=by)
        if membership.accepted_at is None:
            membership.accepted_at, membership.accepted_by = timezone.now(), by
            membership.save(update_fields=["accepted_at", "accepted_by"])
            activity.actions.record(MEMBERSHIP_ACCEPT, membership, by=by, region=membership.community.region)
    return membership


def make_manager(membership: Membership, *, by: User) -> Membership:
    """Give a member the rights of a manager; a manager does. Twice changes nothing."""
    with transaction.atomic():
        membership = locked_membership(membership, manager=by)
        if membership.accepted_at and membership.role != Membership.Role.MANAGER:
            membership.role = Membership.Role.MANAGER
            membership.save(update_fields=["role"])
            activity.actions.record(MEMBERSHIP_PROMOTE, membership, by=by, region=membership.community.region)
    return membership


def end_membership(membership: Membership, *, by: User) -> Membership:
    """Decline who asked, remove a member, or leave oneself; the last manager cannot leave.

    PermissionDenied for who is neither the person nor a manager.
    """
    with transaction.atomic():
        manager = None if membership.user_id == by.pk else by
        membership = locked_membership(membership, manager=manager)
        keep_a_manager(membership)
        membership.ended_at, membership.ended_by = timezone.now(), by
        membership.save(update_fields=["ended_at", "ended_by"])
        verb = MEMBERSHIP_END if membership.accepted_at else MEMBERSHIP_DECLINE
        activity.actions.record(verb, membership, by=by, region=membership.community.region)
    return membership


def locked_membership(membership: Membership, *, manager: User | None) -> Membership:
    """The membership with its community, locked in that order; PermissionDenied where `manager` is none."""
    community = (
        Community.objects.select_for_update(of=("self",))
        .select_related("region")
        .get(pk=membership.community_id)
    )
    if manager is not None and not community.has_manager(manager):
        raise PermissionDenied
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.ended_at is not None:
        raise TransitionRefused(_("This was already answered by another manager. Nothing was changed."))
    locked.community = community
    return locked


def keep_a_manager(membership: Membership) -> None:
    """TransitionRefused where no manager would be left without this one."""
    if membership.role != Membership.Role.MANAGER:
        return
    others = membership.community.memberships.current().managers().exclude(pk=membership.pk)
    if not others.exists():
        raise TransitionRefused(_("You are the last manager. Make another member a manager first."))


def attach_decree(
    community: Community, scan: UploadedFile, *, by: User, change: ChangeRequest | None = None
) -> None:
    """Keep a scan of an SK, of the registration or of a change request; the newest one again is no second.

    TransitionRefused once that is under review.
    """
    item = change or community
    if _is_newest_scan(scan, community.documents.filter(change=change)):
        return
    if not item.is_editable:
        raise TransitionRefused(_("It was sent in the meantime, without this scan. Take it back to add it."))
    Document.objects.create(
        community=community,
        change=change,
        file=scan,
        original_name=(scan.name or "sk")[-120:],
        content_type=getattr(scan, "detected_type", "application/octet-stream"),
        size=scan.size or 0,
        uploaded_by=by,
    )


def _is_newest_scan(scan: UploadedFile, documents: QuerySet[Document]) -> bool:
    """Whether it is the newest of them: a second click of the same form brings it again."""
    newest = documents.filter(size=scan.size or 0).order_by("-pk").first()
    if newest is None:
        return False
    try:
        with newest.file.open("rb") as kept:
            return fingerprint(kept) == fingerprint(scan)
    except FileNotFoundError:
        return False


def free_slug(community: Community) -> str:
    """An address by its name that no other community has or had."""
    base = slugify(community.name)[:80].strip("-") or "kim"
    village = slugify(community.region.name)
    candidates = [base, f"{base}-{village}", f"{base}-{community.region_id.replace('.', '')}"]
    others = Community.objects.filter(slug__startswith=base).exclude(pk=community.pk)
    former = FormerSlug.objects.filter(slug__startswith=base).exclude(community=community.pk)
    taken = {*others.values_list("slug", flat=True), *former.values_list("slug", flat=True), *RESERVED_SLUGS}
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    return f"{candidates[-1]}-{community.form_key.hex[:8]}"
