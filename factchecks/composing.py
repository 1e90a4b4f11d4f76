"""Views of who checks facts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from common.pagination import paginate
from communities import composing
from communities.models import Community
from communities.showing import find
from factchecks import actions, rules
from factchecks.forms import FactCheckForm
from factchecks.models import FactCheck

NAV = "factchecks:mine"


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def compose(request: SignedInRequest) -> HttpResponse:
    """Write a check, in the name of a KIM or of an office: save a draft, or send it for review."""
    if not rules.offices_of(request.user) and not rules.communities_of(request.user):
        if Community.objects.with_member(request.user).exists():
            return render(request, "factchecks/left_to_offices.html", {"nav": NAV})
        return render(request, "communities/nothing_to_write_for.html", {"nav": NAV})
    return _composer(request, FactCheck())


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Go on with it, or repair what came back."""
    queryset = FactCheck.objects.select_related("community__region", "region")
    return composing.open_again(request, queryset, _composer, pk=pk)


@require_POST
def move(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Send for review, take back, or appeal."""
    return composing.make_author_move(
        request, find(FactCheck.objects.all(), request, pk=pk), request.POST.get("move", "")
    )


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one has checked, the last touched first."""
    found = FactCheck.objects.authored_by(request.user).for_cards()
    page = paginate(found, request, order=("-changed_at", "-pk"))
    return render(request, "factchecks/mine.html", {"page_obj": page, "nav": NAV})


def _composer(request: SignedInRequest, check: FactCheck) -> HttpResponse:
    user = request.user
    if request.method != "POST":
        return _show(request, FactCheckForm(instance=check, user=user), check)
    form = FactCheckForm(request.POST, instance=check, user=user, sending=composing.wants_to_send(request))
    if not form.is_valid():
        return _show(request, form, check, status=422)
    return composing.save_and_answer(
        request,
        lambda: actions.save(form.filled_instance(), form.cleaned_data["touched"], by=user),
        lambda: _show(request, form, check, status=409),
    )


def _show(request: SignedInRequest, form: FactCheckForm, check: FactCheck, status: int = 200) -> HttpResponse:
    context = {"form": form, "check": check, "nav": NAV}
    return render(request, "factchecks/composer.html", context, status=status)
