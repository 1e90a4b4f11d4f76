"""Whom a reply to an article tells, and where that leads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from communities.models import Membership
from notifications.circles import Circle
from replies.by_email import by_email

if TYPE_CHECKING:
    from replies.models import Reply


def sender(reply: Reply) -> list[Circle]:
    """Who has sent it."""
    return [Circle(User.objects.filter(pk=reply.created_by_id), person="id")]


def answered(reply: Reply) -> list[Circle]:
    """Who wrote the article, while a member, and who manages its community."""
    members = Membership.objects.current().filter(community=reply.community_id)
    writer = Q(user=reply.article.created_by_id)
    return [Circle(members.filter(Q(role=Membership.Role.MANAGER) | writer))]


# The decisions, which may be answers to an appeal.
ANSWERS: dict[str, Any] = {"approve": (sender, answered), "return": (sender,), "reject": (sender,)}
AUDIENCES: dict[str, Any] = {
    **{f"reply.{answer}": told for answer, told in ANSWERS.items()},
    "reply.suspend": (sender, answered),
    "reply.restore": (sender, answered),
}
SILENT = {"reply.withdraw"}


def own_page(reply: Reply, reader: User) -> str:
    """The page by which its author comes back without signing in; for others the public one."""
    if reply.created_by_id != reader.pk:
        return reply.get_absolute_url()
    return reverse("replies:own", args=[by_email.own_token(reply)])
