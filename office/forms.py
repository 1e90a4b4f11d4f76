"""The one decision form of all kinds, and the note beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.fields import LinesField, SeenField
from moderation import remarks, sheet
from moderation.guidelines import choices
from moderation.states import MOVES, Side
from office import sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from moderation.models import Moderated

OFFICE_MOVES = [name for name, rule in MOVES.items() if rule.side is Side.OFFICE]


class DecisionForm(forms.Form):
    """A move of the office, its reason, which version the officer has read, and the sheet of questions.

    item: what is decided. about: the kinds of what is decided together.
    """

    move = forms.ChoiceField(choices=[(name, name) for name in OFFICE_MOVES], widget=forms.HiddenInput)
    reason = LinesField(
        label=_("Note to the author"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you reject or withdraw, and for a repair without notes in the text."),
    )
    rule = forms.ChoiceField(
        label=_("Rule"),
        required=False,
        help_text=_("Needed when you reject or withdraw. The author reads it and can look it up."),
    )
    hides_title = forms.BooleanField(
        label=_("Do not show the title after withdrawing"),
        required=False,
        help_text=_("When the title itself names a child or a victim, or repeats a slander."),
    )
    # When the version on the officer's screen was sent.
    seen = SeenField()

    def __init__(
        self,
        *args: Any,
        item: Moderated | None = None,
        about: Iterable[type[Moderated]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.about = [type(item)] if item else list(about)
        self.questions = sheet.questions_of(self.about)
        self.fields |= sheets.fields(self.questions, form_id="putusan" if item else "bersama")
        self.before: Mapping[str, sheet.Answer] = {}
        self.fields["rule"].choices = [("", "—"), *choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Moves that need a reason say so at the field."""
        data = super().clean() or {}
        rule = MOVES.get(data.get("move", ""))
        if rule and rule.name == "return" and not data.get("reason"):
            data["reason"] = self._pointing_to_notes()
        if rule and rule.needs_reason and not data.get("reason"):
            self.add_error("reason", _("Write what the author should know: what is wrong, and what to do."))
        if rule and self.item and self.item.cites(rule) and not data.get("rule"):
            self.add_error("rule", _("Choose the rule that it breaks."))
        # Who comes too late is told who was faster, not asked for answers.
        is_passed = rule is not None and rule.name in ("approve", "confirm")
        if rule and is_passed and (self.item is None or self.item.status in rule.sources):
            self._look_over(sheets.answers_in(data))
        return data

    def _pointing_to_notes(self) -> str:
        """Notes in the text say what to repair: then the decision needs no words of its own."""
        number = remarks.about(self.item).filter(settled_at=None, kind="note").count() if self.item else 0
        words = ngettext("See the note in the text.", "See the %(number)d notes in the text.", number)
        return words % {"number": number} if number else ""

    def _look_over(self, answers: dict[str, str]) -> None:
        if any(sheet.unanswered(model, answers) for model in self.about):
            self.add_error(None, _("Answer the questions before you publish. “All yes” answers the rest."))
        wrong = [question for model in self.about for question in sheet.denied(model, answers)]
        if wrong:
            words = _("The sheet says no to: %(questions)s. Ask for a repair, or change the answer.")
            self.add_error(None, words % {"questions": ", ".join(str(question.name) for question in wrong)})

    @property
    def answers(self) -> dict[str, str]:
        """What the sheet says, of a form that is valid."""
        return sheets.answers_in(self.cleaned_data)

    @property
    def sheet(self) -> list[sheets.Row]:
        """The questions as the page shows them."""
        return sheets.rows(self, self.questions, self.before)


class NoteForm(forms.Form):
    """An internal note."""

    text = LinesField(
        label=_("Internal note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Officers of this region and above read it. The author never does."),
    )
