"""Whom each step of an aspiration tells, and where that leads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.models import Posting, User
from accounts.roles import roles_with
from aspirations import rules
from aspirations.by_email import by_email
from aspirations.steps import STEPS, Status
from communities.models import Membership
from notifications.circles import Circle

if TYPE_CHECKING:
    from aspirations.models import Aspiration


def officers_to_receive(aspiration: Aspiration) -> list[Circle]:
    """While nobody has received it: the officers for aspirations of the office that has it."""
    if not aspiration.is_open or aspiration.is_received:
        return []
    return _officers(aspiration)


def officers_again(aspiration: Aspiration) -> list[Circle]:
    """The same once its author has reopened it, while it is not answered again."""
    return _officers(aspiration) if aspiration.is_open else []


def author_and_managers(aspiration: Aspiration) -> list[Circle]:
    """Whose it is: who sent it, and who manages the KIM that speaks. Nobody, once it is taken back."""
    if aspiration.status == Status.WITHDRAWN:
        return []
    circles = [Circle(User.objects.filter(pk=aspiration.sent_by_id), person="id")]
    if aspiration.community_id:
        managers = Membership.objects.current().managers().filter(community=aspiration.community_id)
        circles.append(Circle(managers))
    return circles


def supporters(aspiration: Aspiration) -> list[Circle]:
    """Who supports it, as long as they can read it."""
    return [Circle(aspiration.supports.all())] if aspiration.is_shown else []


def _officers(aspiration: Aspiration) -> list[Circle]:
    lowest = rules.office_of(aspiration)
    return [Circle(Posting.objects.current().filter(role__in=roles_with(aspiration.DUTY), region=lowest))]


# What waits on a desk.
ON_DESK = ("aspiration.send", "aspiration.arrive", "aspiration.reopen")
SILENT = {"aspiration.withdraw"}
AUDIENCES: dict[str, Any] = {
    **{step.verb: (author_and_managers,) for step in STEPS.values() if step.verb not in SILENT},
    "aspiration.answer": (author_and_managers, supporters),
    "aspiration.send": (officers_to_receive,),
    "aspiration.arrive": (officers_to_receive,),
    "aspiration.reopen": (officers_again,),
}


def on_desk(aspiration: Aspiration) -> str:
    """The page of the office."""
    return reverse("office:aspiration", args=[aspiration.pk])


def own_page(aspiration: Aspiration, reader: User) -> str:
    """The page by which its author comes back without signing in; for others the public one."""
    if aspiration.sent_by_id != reader.pk:
        return aspiration.get_absolute_url()
    return reverse("aspirations:own", args=[by_email.own_token(aspiration)])
