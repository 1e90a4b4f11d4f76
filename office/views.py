"""The desk: the list, one item, one decision, an answer to reports, one note. It knows no kind by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import complaints.actions
import moderation.actions
import moderation.rules
from accounts.requests import SignedInRequest
from activity.models import Activity
from common.fields import lines
from moderation import appeals, claims, notes, versions
from moderation.beside import said
from moderation.errors import TransitionRefused
from moderation.reviewing import Note
from moderation.states import MOVES, Side, Status
from office import cases, queue, remarking, replies, sheets
from office.desk import desk_context, look_of, with_query
from office.finding import find
from office.forms import DecisionForm, NoteForm
from office.guard import office_view
from office.names import office_name
from office.taking import go_on

if TYPE_CHECKING:
    from moderation.models import Moderated
    from moderation.states import Move


@office_view
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What waits in one's regions, by deadline unless it is asked for otherwise."""
    return render(request, "office/desk.html", desk_context(request))


@office_view
@require_safe
def item(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """One item beside the list, with what one may decide."""
    found = find(request.user, kind, pk)
    return _show_item(request, found, DecisionForm(item=found))


@office_view
@require_POST
def decide(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Decide one item; then on to the next of the same list. Or only help with the form."""
    found = find(request.user, kind, pk)
    if "sisip" in request.POST or sheets.ALL_YES in request.POST:
        return _show_item(request, found, _helped(request, found))
    form = DecisionForm(request.POST, item=found)
    if not form.is_valid():
        return _show_item(request, found, form, status=422)
    data = form.cleaned_data
    look = look_of(request, found)
    try:
        decided = moderation.actions.move(
            found,
            data["move"],
            by=request.user,
            reason=data["reason"],
            cited=data["rule"],
            hides_title=data["hides_title"],
            answers=form.answers,
            seen=data["seen"],
        )
    except TransitionRefused as refusal:
        messages.error(request, refusal.message)
        return redirect(with_query("office:item", look, kind=kind, pk=pk))
    except PermissionDenied:
        messages.error(
            request, _("This decision is not yours: %(office)s decides here.") % {"office": _decider(found)}
        )
        return redirect(with_query("office:item", look, kind=kind, pk=pk))
    messages.success(request, f"{decided.heading}: {MOVES[data['move']].past}.")
    if not look.is_waiting:
        return redirect(with_query("office:desk", look))
    return go_on(request, look, queue.following(request.user, look, decided))


@office_view
@require_POST
def decide_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer the reports of an item: it stays, or was repaired; withdrawing is decided on the item.

    What is not accepted comes back with the words that were typed.
    """
    case = cases.find_case(request.user, pk)
    found = find(request.user, case.item.KIND, case.target_id)
    form = cases.CaseForm(request.POST)
    if not form.is_valid():
        return _show_item(request, found, DecisionForm(item=found), case_form=form, status=422)
    try:
        complaints.actions.decide(case, by=request.user, **form.cleaned_data)
    except TransitionRefused as refusal:
        messages.error(request, refusal.message)
        return _show_item(request, found, DecisionForm(item=found), case_form=form, status=409)
    except PermissionDenied:
        messages.error(request, _("This decision is not yours."))
        return redirect(cases.on_desk(case))
    messages.success(request, _("Decided. Those who reported it are told."))
    return redirect("office:cases")


@office_view
@require_POST
def note(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Leave an internal note at the item."""
    found = find(request.user, kind, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show_item(request, found, DecisionForm(item=found), note_form=form, status=422)
    notes.write(found, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("The note is kept. The author does not see it."))
    return redirect(with_query("office:item", look_of(request, found), kind=kind, pk=pk) + "#catatan")


def _helped(request: SignedInRequest, found: Moderated) -> DecisionForm:
    """The form with everything as typed, the chosen reply in the note, and yes to the rest of the sheet."""
    note = replies.inserted(
        lines(request.POST.get("reason", ""))[:2000],
        request.POST.get("balasan", ""),
        replies.replies_for(request.user, found.region),
    )
    chosen = {name: request.POST.get(name, "") for name in ("rule", "hides_title")}
    return DecisionForm(initial={"reason": note, **chosen, **sheets.typed(request.POST)}, item=found)


def _show_item(
    request: SignedInRequest,
    found: Moderated,
    form: DecisionForm,
    *,
    note_form: NoteForm | None = None,
    case_form: cases.CaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = desk_context(request, selected=found)
    moves = _office_moves(found, request)
    claim: claims.Claim | None = found.claim  # type: ignore[attr-defined]
    history = Activity.objects.of(found).filter(verb__startswith=f"{found.KIND}.")
    entries = sheets.with_answers(history)
    form.before = sheets.last_answers(entries)
    context |= {
        "item": found,
        "form": form,
        "cites_a_rule": any(found.cites(rule) for rule in moves),
        "moves": [(rule, found.move_label(rule)) for rule in moves],
        "decider": _decider(found) if found.waits_for_office and not moves else "",
        "history": entries,
        "comparison": versions.comparison(found) if _came_again(found) else None,
        "marks": remarking.marks(found, may_write=bool(moves) and not _is_taken(claim, request)),
        "review_template": [
            f"{found._meta.app_label}/_review_{found.KIND}.html",
            f"{found._meta.app_label}/_review.html",
        ],
        "appeal": appeals.words_of(found),
        "is_kept_out": found.kept_out == request.user.pk,
        **found.beside_review(request.user),
        **cases.panel(found, case_form, may_decide=bool(moves)),
        **_claim_context(request, found, claim, may_decide=bool(moves)),
        **_notes_context(request, found, note_form, is_decider=bool(moves)),
    }
    return render(request, "office/desk.html", context, status=status)


def _is_taken(claim: claims.Claim | None, request: SignedInRequest) -> bool:
    return claim is not None and claim.taken_by_id != request.user.pk


def _came_again(found: Moderated) -> bool:
    return found.status == Status.SUBMITTED and found.decided_at is not None


def _claim_context(
    request: SignedInRequest, found: Moderated, claim: claims.Claim | None, *, may_decide: bool
) -> dict[str, Any]:
    waits = found.waits_for_office
    is_mine = claim is not None and claim.taken_by_id == request.user.pk
    return {
        "claim": claim if waits else None,
        "is_mine": is_mine,
        "may_take": waits and may_decide,
        "is_blocked": waits and claim is not None and not is_mine,
        "may_take_over": may_decide and moderation.rules.may_take_over(request.user, found),
    }


def _notes_context(
    request: SignedInRequest, found: Moderated, form: NoteForm | None, *, is_decider: bool
) -> dict[str, Any]:
    """Whoever may decide is no author and may read them; the others are asked for."""
    if not is_decider and not notes.may_read(request.user, found):
        return {}
    return {"notes": said(found, Note), "note_form": form or NoteForm()}


def _office_moves(found: Moderated, request: SignedInRequest) -> list[Move]:
    return moderation.actions.available_moves(found, request.user, of=Side.OFFICE)


def _decider(found: Moderated) -> str:
    postings = moderation.rules.postings_for(found)
    return office_name(postings[0].region if postings else None)
