"""The sheet of questions on the desk: its rows beside the decision, and what stands of it in the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

from moderation import sheet
from moderation.sheet import Answer, Question

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from activity.models import Activity

PREFIX = "periksa-"
# The button that says yes to what is not answered yet.
ALL_YES = "semua"


class Row(NamedTuple):
    """One question as it is shown: with its field, and what was answered the last time."""

    question: Question
    field: forms.BoundField
    before: Answer | None
    is_missing: bool


def fields(questions: Iterable[Question], *, form_id: str) -> dict[str, forms.ChoiceField]:
    """A field for each question; it belongs to the form with the id, wherever it stands on the page."""
    return {
        PREFIX + question.code: forms.ChoiceField(
            label=question.name,
            choices=Answer.choices,
            required=False,
            widget=forms.RadioSelect(attrs={"form": form_id}),
        )
        for question in questions
    }


def answers_in(data: Mapping[str, Any]) -> dict[str, str]:
    """The answers by the code of their question, of a form's data."""
    return {name.removeprefix(PREFIX): data[name] for name in data if name.startswith(PREFIX) and data[name]}


def typed(data: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen so far, for a form that is shown again; yes to the rest, where that was pressed."""
    chosen = {PREFIX + code: answer for code, answer in answers_in(data).items()}
    rest = {PREFIX + code: str(Answer.YES) for code in sheet.QUESTIONS} if ALL_YES in data else {}
    return {**rest, **chosen}


def rows(form: forms.Form, questions: Iterable[Question], before: Mapping[str, Answer]) -> list[Row]:
    """The sheet as the page shows it."""
    is_judged = form.is_bound and bool(form.errors)
    return [
        Row(question, field, before.get(question.code), is_judged and not field.value())
        for question in questions
        for field in [form[PREFIX + question.code]]
    ]


def with_answers(history: Iterable[Activity]) -> list[Activity]:
    """The history with the answers beside each decision that has some: for officers alone."""
    entries = list(history)
    for entry in entries:
        entry.answers = _by_answer(sheet.of_activity(entry))  # type: ignore[attr-defined]
    return entries


def _by_answer(said: list[tuple[Question, Answer]]) -> list[tuple[StrOrPromise, str]]:
    """What was answered with no, then what does not apply, then what is right."""
    order = (Answer.NO, Answer.NOT_APPLICABLE, Answer.YES)
    names = {each: [str(question.name) for question, answer in said if answer == each] for each in order}
    return [(answer.label, ", ".join(found)) for answer, found in names.items() if found]


def last_answers(entries: Iterable[Activity]) -> dict[str, Answer]:
    """What was answered the last time, by the code of the question."""
    said = [answers for entry in entries if (answers := sheet.of_activity(entry))]
    return {question.code: answer for question, answer in said[-1]} if said else {}
