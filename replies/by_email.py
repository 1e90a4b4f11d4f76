"""Replying without an account: as everything that is sent so, see mailing.unconfirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailing.unconfirmed import ByEmail
from replies import actions
from replies.models import Reply, Request

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User


def _send(request: Request, form_key: UUID, by: User) -> Reply:
    words = {name: getattr(request, name) for name in actions.WORDS}
    return actions.send(Reply(article=request.article, form_key=form_key, **words), by=by)


by_email = ByEmail("replies", Request, Reply, typed=actions.WORDS, beside="article", send=_send)
