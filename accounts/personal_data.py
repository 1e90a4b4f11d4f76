"""Everything that the portal keeps about a person, as the person may take it along."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts import signals
from accounts.models import Posting, User


def export(user: User) -> dict[str, Any]:
    """The person's data, ready for JSON. Other apps add theirs through signals.exporting."""
    data: dict[str, Any] = {
        "exported_at": timezone.now(),
        "person": _person(user),
        "addresses": list(
            EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")
        ),
        "second_steps": list(
            Authenticator.objects.filter(user=user)
            .order_by("pk")
            .values("type", "created_at", "last_used_at")
        ),
        "consents": list(user.consents.order_by("pk").values("document", "version", "agreed_at")),
        "postings": [_posting(posting) for posting in user.postings.select_related("region").order_by("pk")],
    }
    added: list[tuple[Any, Any]] = signals.exporting.send(sender=User, user=user)
    for _receiver, more in added:
        data |= more
    return data


def _person(user: User) -> dict[str, Any]:
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "home_region": user.home_region_id,
        "language": user.language,
        "wants_email": user.wants_email,
        "joined_at": user.joined_at,
        "last_signed_in_at": user.last_login,
    }


def _posting(posting: Posting) -> dict[str, Any]:
    return {
        "role": posting.role,
        "region": posting.region_id,
        "started_at": posting.started_at,
        "ended_at": posting.ended_at,
    }
