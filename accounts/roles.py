"""The roles a posting gives, and what each may do, in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in an office."""

    HEAD = "head", _("Head of office")
    OFFICER = "officer", _("Officer")


# What each role may do in its region.
DECIDES = frozenset({Role.HEAD, Role.OFFICER})
APPOINTS = frozenset({Role.HEAD})
