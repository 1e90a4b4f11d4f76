"""What a notification is about, as people filter by it, allow it to a channel, or end it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notification is about, as people filter by it and allow it to a channel."""

    NEWS = "news", _("News")
    EVENT = "event", _("Events")
    DECISION = "decision", _("Decisions")
    MEMBERSHIP = "membership", _("Membership")
    DESK = "desk", _("Desk")
    ANNOUNCEMENT = "announcement", _("Announcements")
    ASPIRATION = "aspiration", _("Aspirations")
    ACCOUNT = "account", _("Account")
