"""Every verb that the history may hold, with its words; the apps register theirs when they are ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.roles import Duty


LABELS: dict[str, StrOrPromise] = {}
# What is done for an office, and the duty that allows it; None where any posting does.
OF_OFFICE: dict[str, Duty | None] = {}


def register(verb: str, label: StrOrPromise) -> None:
    """Make a verb known, like `article.approve`. A verb has one label; saying it again changes nothing."""
    if LABELS.setdefault(verb, label) != label:
        raise ValueError(f"The verb {verb} is registered twice with different labels.")


def of_office(verb: str, duty: Duty | None) -> None:
    """Say that who does this does it for an office: the history keeps from which posting."""
    OF_OFFICE[verb] = duty


def label(verb: str) -> StrOrPromise:
    """The words for a verb, as history shows them."""
    return LABELS[verb]
