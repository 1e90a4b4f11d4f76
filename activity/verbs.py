"""Every verb that the history may hold, with its words; the apps register theirs when they are ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


LABELS: dict[str, StrOrPromise] = {}


def register(verb: str, label: StrOrPromise) -> None:
    """Make a verb known, like `article.approve`. A verb has one label; saying it again changes nothing."""
    if LABELS.setdefault(verb, label) != label:
        raise ValueError(f"The verb {verb} is registered twice with different labels.")


def label(verb: str) -> StrOrPromise:
    """The words for a verb, as history shows them."""
    return LABELS[verb]
