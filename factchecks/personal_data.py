"""What the portal keeps about a checker: to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factchecks.models import FactCheck

if TYPE_CHECKING:
    from accounts.models import User


def erase(user: User) -> None:
    """The work stays, without the name that was chosen for it."""
    FactCheck.objects.filter(created_by=user).exclude(checker="").update(checker="")
