"""Why a move may not be made although the person may make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class TransitionRefused(Exception):
    """The item is not where the move starts, or lacks what the move needs.

    `message` says in words what to do; `problems` lists what is missing, if anything.
    """

    def __init__(self, message: StrOrPromise, problems: list[StrOrPromise] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.problems = problems or []
