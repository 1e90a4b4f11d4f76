"""The rules of writing, in one list: an office cites one when it refuses or withdraws, readers report by it.

They follow the Pedoman Pemberitaan Media Siber of the Dewan Pers (2012), the law on personal data
(UU 27/2022) and the portal's own terms. A code is stored with decisions and never changes its meaning;
see docs/adr/0049.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = "pedoman-media-siber"


class Source(Enum):
    """Where a rule comes from."""

    GUIDELINE = _("Dewan Pers, Pedoman Pemberitaan Media Siber (2012)")
    PERSONAL_DATA = _("UU 27/2022 on personal data")
    TERMS = _("Terms of Portal KIM")


@dataclass(frozen=True)
class Rule:
    """One rule: its code in rows and addresses, its name, its sentence, and what a reader would say."""

    code: str
    name: StrOrPromise
    sentence: StrOrPromise
    said_by_readers: StrOrPromise
    source: Source

    def get_absolute_url(self) -> str:
        """Its place on the page of the guideline."""
        return f"{reverse('home:about', args=[PAGE])}#aturan-{self.code}"


_LIST = (
    Rule(
        "untrue",
        _("Untrue"),
        _("What is published is as it is told, and can be checked."),
        _("It is not true"),
        Source.GUIDELINE,
    ),
    Rule(
        "unbalanced",
        _("Unbalanced"),
        _("Who may be harmed by news is heard in it."),
        _("It tells one side only"),
        Source.GUIDELINE,
    ),
    Rule(
        "slander",
        _("Slander"),
        _("Nobody is accused without proof or has their good name taken."),
        _("It slanders somebody"),
        Source.GUIDELINE,
    ),
    Rule(
        "obscene",
        _("Obscene"),
        _("Nothing obscene or sadistic is written or shown."),
        _("It is obscene or cruel"),
        Source.GUIDELINE,
    ),
    Rule(
        "hate",
        _("Hate and discrimination"),
        _("Nobody is hated or put down for tribe, religion, race, sex, language, illness or disability."),
        _("It spreads hate or discriminates"),
        Source.GUIDELINE,
    ),
    Rule(
        "incitement",
        _("Incitement"),
        _("Nobody is called on to use violence or break the law."),
        _("It calls for violence"),
        Source.GUIDELINE,
    ),
    Rule(
        "children",
        _("Children and victims"),
        _("Children and victims cannot be recognised: no name, face, family, school or village."),
        _("A child or a victim can be recognised"),
        Source.GUIDELINE,
    ),
    Rule(
        "privacy",
        _("Privacy"),
        _("Numbers, addresses, health and other personal data are published with consent only."),
        _("It shows somebody's private data"),
        Source.PERSONAL_DATA,
    ),
    Rule(
        "copyright",
        _("Copyright"),
        _("Texts and photos are one's own, or are used with leave and name their maker."),
        _("The text or a photo is taken without leave"),
        Source.GUIDELINE,
    ),
    Rule(
        "advertising",
        _("Advertising without a label"),
        _("What is paid for or sells something is labelled as advertorial."),
        _("It is advertising in disguise"),
        Source.GUIDELINE,
    ),
    Rule(
        "copy",
        _("Copy"),
        _("The same text is published once; who quotes adds something of their own."),
        _("The same was published before"),
        Source.TERMS,
    ),
    Rule(
        "not-news",
        _("Not news"),
        _("News tell of what happened or will happen, for the people of the region."),
        _("It is not news"),
        Source.TERMS,
    ),
)
RULES: dict[str, Rule] = {rule.code: rule for rule in _LIST}


def choices() -> list[tuple[str, StrOrPromise]]:
    """The rules for a form: the name, and what it means."""
    return [(rule.code, rule.name) for rule in _LIST]
