"""Writing without an account: as everything that is sent so, see mailing.unconfirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aspirations import actions
from aspirations.models import Aspiration, Request
from mailing.unconfirmed import ByEmail

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User


def _send(request: Request, form_key: UUID, by: User) -> Aspiration:
    words = {name: getattr(request, name) for name in ("title", "text", "is_public")}
    return actions.send(Aspiration(region=request.region, form_key=form_key, **words), by=by)


by_email = ByEmail(
    "aspirations",
    Request,
    Aspiration,
    typed=("region_id", "title", "text", "is_public"),
    beside="region",
    send=_send,
)
