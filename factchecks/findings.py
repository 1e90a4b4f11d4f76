"""What a check can find, what each word means, and the number by which search engines read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The scale of ClaimReview: 5 is true, 1 is false.
WORST, BEST = 1, 5


class Finding(models.TextChoices):
    """The words in use among Indonesian fact checkers."""

    TRUE = "true", _("True")
    HOAX = "hoax", _("Hoax")
    DISINFORMATION = "disinformation", _("Disinformation")
    MISINFORMATION = "misinformation", _("Misinformation")
    UNPROVEN = "unproven", _("Not proven")


@dataclass(frozen=True)
class Meaning:
    """Of one finding: its colour, its sentence, and how true the claim is; None where nobody knows."""

    tone: str
    sentence: StrOrPromise
    rating: int | None


MEANINGS: dict[str, Meaning] = {
    Finding.TRUE: Meaning("ok", _("What is said is right."), BEST),
    Finding.HOAX: Meaning("stop", _("It is made up."), WORST),
    Finding.DISINFORMATION: Meaning("stop", _("It is false, and was twisted to deceive."), WORST),
    Finding.MISINFORMATION: Meaning("wait", _("It is wrong or misleading, passed on in good faith."), 2),
    Finding.UNPROVEN: Meaning("draft", _("There is no proof yet, neither for it nor against it."), None),
}
