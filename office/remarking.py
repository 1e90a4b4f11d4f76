"""Remarks on the desk: a note at a place in the text, a slip corrected there, a note taken off or settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from common.fields import LinesField, SeenField
from moderation import remarks, slips
from moderation.beside import said
from moderation.errors import TransitionRefused
from moderation.remarks import Margin, Place
from moderation.reviewing import Remark
from moderation.states import Status
from office.desk import look_of, with_query
from office.finding import find
from office.guard import office_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from moderation.models import Moderated

SLIP = "slip"


class RemarkForm(forms.Form):
    """Where, about which words, and what; the same form corrects a slip."""

    part = forms.CharField(max_length=40)
    number = forms.IntegerField(min_value=0, max_value=10_000)
    quote = forms.CharField(max_length=300, required=False)
    text = LinesField(max_length=1000)
    # When the version on the officer's screen was sent.
    seen = SeenField()

    @property
    def place(self) -> Place:
        """The paragraph."""
        return Place(self.cleaned_data["part"], self.cleaned_data["number"])


@office_view
@require_POST
def remark(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Leave a note at a place, or correct a slip there."""
    found = find(request.user, kind, pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, _("Not kept yet. Write what the author should know, in 1,000 letters at most.")
        )
        return _back(request, found, "butir")
    place, data = form.place, form.cleaned_data
    anchor = f"tempat-{place.part}-{place.number}"
    if request.POST.get("as") == SLIP:
        return _done(
            request,
            found,
            lambda: slips.correct(
                found, place, by=request.user, wrong=data["quote"], right=data["text"], seen=data["seen"]
            ),
            said=_("Corrected. The author sees what was changed."),
            anchor=anchor,
        )
    return _done(
        request,
        found,
        lambda: remarks.write(
            found, place, by=request.user, text=data["text"], quote=data["quote"], seen=data["seen"]
        ),
        said=_("The note stands there. The author sees it with your decision."),
        anchor=anchor,
    )


@office_view
@require_POST
def settle(request: SignedInRequest, number: int) -> HttpResponse:
    """What a note asked for is done."""
    note, found = _find(request, number)
    return _done(
        request, found, lambda: remarks.settle(note, by=request.user), said=_("Settled."), anchor=_place(note)
    )


@office_view
@require_POST
def take_back(request: SignedInRequest, number: int) -> HttpResponse:
    """Take off a note that the author has not seen."""
    note, found = _find(request, number)
    return _done(
        request,
        found,
        lambda: remarks.take_back(note, by=request.user),
        said=_("The note is off."),
        anchor=_place(note),
    )


def marks(found: Moderated, *, may_write: bool) -> Margin:
    """All remarks about an item at their places, for its page on the desk."""
    if not found.PLACES:
        return Margin(found)
    may_write = may_write and found.status == Status.SUBMITTED
    return remarks.margin(found, said(found, Remark), may_write=may_write)


def _find(request: SignedInRequest, number: int) -> tuple[Remark, Moderated]:
    note = get_object_or_404(Remark.objects.select_related("target_type"), pk=number)
    model = note.target_type.model_class()
    return note, find(request.user, getattr(model, "KIND", ""), note.target_id)


def _done(
    request: SignedInRequest, found: Moderated, act: Callable[[], object], *, said: str, anchor: str
) -> HttpResponse:
    try:
        act()
    except TransitionRefused as refusal:
        messages.error(request, refusal.message)
    except PermissionDenied:
        messages.error(request, _("This is not yours to change now. Reload the page to see where it stands."))
    else:
        messages.success(request, said)
    return _back(request, found, anchor)


def _back(request: SignedInRequest, found: Moderated, anchor: str) -> HttpResponse:
    look = look_of(request, found)
    return redirect(with_query("office:item", look, kind=found.KIND, pk=found.pk) + f"#{anchor}")


def _place(note: Remark) -> str:
    return f"tempat-{note.part}-{note.number}"


remark_urls = [
    path("<slug:kind>/<int:pk>/tanda/", remark, name="remark"),
    path("tanda/<int:number>/selesai/", settle, name="settle_remark"),
    path("tanda/<int:number>/cabut/", take_back, name="take_back_remark"),
]
