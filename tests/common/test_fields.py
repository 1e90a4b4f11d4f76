"""Text of several lines is as long as the browser says it is; a moment comes back as it was shown."""

from collections.abc import Iterator

import pytest
from django import forms
from django.utils import timezone

from common.fields import LinesField, SeenField
from complaints.forms import ReportForm
from office.cases import CaseForm
from office.forms import DecisionForm, NoteForm
from office.remarking import RemarkForm
from replies.forms import WordsForm

FORMS = (ReportForm, CaseForm, DecisionForm, NoteForm, RemarkForm, WordsForm)


def long_fields() -> Iterator[tuple[str, forms.Field]]:
    """Fields of several lines, of the forms in which officers and readers write."""
    for form in FORMS:
        for name, field in form.base_fields.items():
            if isinstance(field.widget, forms.Textarea):
                yield f"{form.__name__}.{name}", field


@pytest.mark.parametrize(("name", "field"), list(long_fields()))
def test_what_the_browser_lets_through_is_taken(name, field):
    words = ("a" * 9 + "\n") * (field.max_length // 10 - 1) + "a" * 10
    assert len(words) == field.max_length
    assert field.clean(words.replace("\n", "\r\n")) == words


def test_one_letter_more_is_too_long():
    with pytest.raises(forms.ValidationError):
        LinesField(max_length=3).clean("a\r\nbc")


@pytest.mark.parametrize("typed", ["", "x", "2026-13-40T00:00:00Z", "2026-11-22T09:00:00", "\x00"])
def test_a_moment_that_makes_no_sense_is_none(typed):
    assert SeenField().clean(typed) is None


def test_a_moment_comes_back_as_it_was_shown():
    moment = timezone.now()
    assert SeenField().clean(moment.isoformat()) == moment
