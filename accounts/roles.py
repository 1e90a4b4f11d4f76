"""The roles a posting gives, and what each may do, in one table."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in an office."""

    HEAD = "head", _("Head of office")
    OFFICER = "officer", _("Officer")
    VERIFIER = "verifier", _("Verifier of communities")
    MODERATOR = "moderator", _("Moderator of news and events")
    VIEWER = "viewer", _("Viewer")


class Duty(Enum):
    """What there is to do in an office. Each kind of item names the duty that decides it."""

    REGISTRY = "registry"  # decides communities, and what concerns their registration
    NEWS = "news"  # decides articles and events
    APPOINT = "appoint"  # gives and ends postings
    SETTINGS = "settings"  # says how the office works: limits, hours, contacts, replies
    AUDIT = "audit"  # searches who did what, in the office and beneath


# What each role may do in its region. All of them see what lies there. An officer is verifier and moderator
# in one, for the many offices where few people do everything.
MAY: dict[str, frozenset[Duty]] = {
    Role.HEAD: frozenset({Duty.REGISTRY, Duty.NEWS, Duty.APPOINT, Duty.SETTINGS, Duty.AUDIT}),
    Role.OFFICER: frozenset({Duty.REGISTRY, Duty.NEWS}),
    Role.VERIFIER: frozenset({Duty.REGISTRY}),
    Role.MODERATOR: frozenset({Duty.NEWS}),
    Role.VIEWER: frozenset(),
}
DECISIONS = frozenset({Duty.REGISTRY, Duty.NEWS})


def roles_with(duty: Duty) -> list[str]:
    """The roles that have this duty, for queries."""
    return [role for role, duties in MAY.items() if duty in duties]
