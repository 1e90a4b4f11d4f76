"""Every verb that the history may hold, with its words; the apps register theirs when they are ready."""

from django.utils.functional import Promise

LABELS: dict[str, "str | Promise"] = {}


def register(verb: str, label: "str | Promise") -> None:
    """Make a verb known, like `article.approve`. A verb has one label; saying it again changes nothing."""
    if LABELS.setdefault(verb, label) != label:
        raise ValueError(f"The verb {verb} is registered twice with different labels.")


def label(verb: str) -> "str | Promise":
    """The words for a verb, as history shows them."""
    return LABELS[verb]
