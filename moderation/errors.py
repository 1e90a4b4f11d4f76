"""Why a move may not be made although the person may make it."""

from django.utils.functional import Promise


class TransitionRefused(Exception):
    """The item is not where the move starts, or lacks what the move needs.

    `message` says in words what to do; `problems` lists what is missing, if anything.
    """

    def __init__(self, message: "str | Promise", problems: "list[str | Promise] | None" = None) -> None:
        super().__init__(message)
        self.message = message
        self.problems = problems or []
