"""Which of a person's postings count in this session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Posting
    from accounts.requests import SignedInRequest

CHOSEN = "posting"


def current_postings_for(request: SignedInRequest) -> list[Posting]:
    """The posting chosen on the desk while it is held, else all that are held now.

    The door of the office (office.guard) sets request.user.current_postings to it, so that lists, rules and
    buttons of the office all follow the choice.
    """
    held = request.user.held_postings
    chosen = [posting for posting in held if posting.pk == request.session.get(CHOSEN)]
    return chosen or held
