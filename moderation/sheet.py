"""The sheet of questions that an officer goes through before an item is published; see docs/adr/0044.

A kind names its questions (Moderated.SHEET). The answers are codes and stand in the history, with the
decision. A code never changes its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from activity.models import Activity
    from moderation.models import Moderated

# The name of the answers among the details of an activity.
DETAIL = "sheet"


class Answer(models.TextChoices):
    """Yes is good, whatever the question."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_APPLICABLE = "na", _("not applicable")


@dataclass(frozen=True)
class Question:
    """One question: its code, what it is about, and what a yes says."""

    code: str
    name: StrOrPromise
    sentence: StrOrPromise


_LIST = (
    Question(
        "balanced",
        _("True and balanced"),
        _("What it says can be checked, and who may be harmed by it is heard."),
    ),
    Question("sources", _("Sources"), _("Each claim has a source that is named and knows about it.")),
    Question("children", _("Children and victims"), _("No child and no victim can be recognised.")),
    Question("hate", _("Hate"), _("It puts nobody down and calls for no violence.")),
    Question("advertising", _("Advertising"), _("What sells something or is paid for is labelled.")),
    Question(
        "photos",
        _("Photos and rights"),
        _("Photos show what is told, name their maker, and text and photos may be used."),
    ),
)
QUESTIONS: dict[str, Question] = {question.code: question for question in _LIST}


def questions_of(models: Iterable[type[Moderated]]) -> list[Question]:
    """What is asked about these kinds, each question once, in the order of the list."""
    asked = {code for model in models for code in model.SHEET}
    return [question for question in _LIST if question.code in asked]


def kept(model: type[Moderated], answers: Mapping[str, str]) -> dict[str, str]:
    """Of what was answered, what the kind asks."""
    return {code: answers[code] for code in model.SHEET if answers.get(code) in Answer.values}


def unanswered(model: type[Moderated], answers: Mapping[str, str]) -> list[Question]:
    """The questions without an answer."""
    return [question for question in questions_of([model]) if not answers.get(question.code)]


def denied(model: type[Moderated], answers: Mapping[str, str]) -> list[Question]:
    """The questions that were answered with no: what was found wrong."""
    return [question for question in questions_of([model]) if answers.get(question.code) == Answer.NO]


def of_activity(activity: Activity) -> list[tuple[Question, Answer]]:
    """The answers that stand in the history with a decision."""
    said = activity.details.get(DETAIL) or {}
    return [(QUESTIONS[code], Answer(answer)) for code, answer in said.items() if code in QUESTIONS]
