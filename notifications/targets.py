"""What messages are made of: things that happened to, with all that their words name, in few queries."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Posting
from aspirations.models import Aspiration
from communities.models import Invitation, Membership
from moderation.kinds import kinds
from moderation.models import Moderated

# What no message needs, and is long.
LONG_FIELDS = {"base", "body", "search"}


def targets() -> list[QuerySet]:
    """One queryset a kind of thing; kinds that are not named here come as they are."""
    return [
        *(_moderated(kind) for kind in kinds().values()),
        Membership.objects.select_related("community__region", "user"),
        Invitation.objects.select_related("community__region", "invited_by"),
        Posting.objects.select_related("region"),
        Aspiration.objects.select_related("region", "community", "sent_by"),
    ]


def _moderated(kind: type[Moderated]) -> QuerySet:
    names = {field.name for field in kind._meta.get_fields()}
    related = [
        path for path in ("region", "community__region", "article", "event") if path.split("__")[0] in names
    ]
    return kind._default_manager.select_related(*related).defer(*(LONG_FIELDS & names))
