"""Pages of change requests, for the managers who ask and the officers who decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from communities import change_actions, composing
from communities.life_forms import ChangeForm
from communities.models import ChangeRequest
from communities.profile import managed
from communities.showing import backstage, find
from regions.forms import is_region_step, unvalidated

RELATED = ("community__region", "village", "region__parent__parent__parent", "created_by", "successor__user")


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose what for, then fill it in. One that is open comes first."""
    community = managed(request, slug)
    waiting = change_actions.open_request(community)
    if waiting and request.method != "POST":
        messages.info(request, _("This request is still open. Finish it, or take it back, before the next."))
        return redirect(waiting)
    if not community.takes_writing:
        messages.info(request, _("Only a verified community can do this."))
        return redirect(community)
    purpose = request.GET.get("untuk", "")
    if purpose not in ChangeRequest.Purpose.values:
        context = {"community": community, "purposes": _purposes(), "nav": "communities:mine"}
        return render(request, "communities/change_purpose.html", context)
    return _compose(request, ChangeRequest(community=community, region=community.region, purpose=purpose))


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Go on with a request, or repair it."""
    queryset = ChangeRequest.objects.select_related(*RELATED)
    return composing.open_again(request, queryset, _compose, community__slug=slug, pk=pk)


@require_safe
def detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What is asked for and where it stands."""
    change = _find(request, slug, pk)
    context = {"change": change, "nav": "communities:mine", **backstage(change, request)}
    return render(request, "communities/change.html", context)


@require_POST
def move(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send it, take it back, or throw it away."""
    change = _find(request, slug, pk)
    asked = request.POST.get("move", "")
    if asked != "discard":
        return composing.make_author_move(request, change, asked)
    said = _("Thrown away. Nothing of the KIM has changed.")
    return composing.discard_and_answer(
        request, change, change_actions.discard, about=change.community, said=said
    )


def _find(request: SignedInRequest, slug: str, pk: int) -> ChangeRequest:
    queryset = ChangeRequest.objects.select_related(*RELATED)
    return find(queryset, request, community__slug=slug, pk=pk)


def _compose(request: SignedInRequest, change: ChangeRequest) -> HttpResponse:
    user = request.user
    if request.method != "POST":
        return _show(request, ChangeForm(instance=change, user=user), change)
    if is_region_step(request):
        form = unvalidated(ChangeForm(request.POST, instance=change, user=user))
        return _show(request, form, change)
    sending = composing.wants_to_send(request)
    form = ChangeForm(request.POST, request.FILES, instance=change, user=user, sending=sending)
    if not form.is_valid():
        return _show(request, form, change, status=422)
    decree = form.cleaned_data.get("decree")
    return composing.save_and_answer(
        request,
        lambda: change_actions.save(form.filled_instance(), by=user, decree=decree),
        lambda: _show(request, form, change, status=409),
    )


def _show(
    request: SignedInRequest, form: ChangeForm, change: ChangeRequest, status: int = 200
) -> HttpResponse:
    context = {"form": form, "change": change, "community": change.community, "nav": "communities:mine"}
    return render(request, "communities/change_form.html", context, status=status)


def _purposes() -> list[tuple[str, Any, Any]]:
    purposes = ChangeRequest.Purpose
    words = {
        purposes.RENEWAL: _("The village has issued a new SK. You need its number, its dates and a scan."),
        purposes.HANDOVER: _("The KIM has a new chair by a new SK, who also takes over this page."),
        purposes.CHANGE: _(
            "The name, the kind or the village is another. The page's address follows the name."
        ),
        purposes.DISSOLUTION: _("The KIM ends. Its page and its news stay, with its last day."),
    }
    return [(value, purposes(value).label, text) for value, text in words.items()]
