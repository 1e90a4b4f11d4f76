"""Why something may not happen to an account or a posting although the person may ask for it."""

from django.utils.functional import Promise


class Refused(Exception):
    """The request was understood and cannot be granted; `message` says what to do."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(message)
        self.message = message


class ErasureRefused(Refused):
    """The account cannot be erased yet."""


class PostingRefused(Refused):
    """The posting cannot be given or ended."""
