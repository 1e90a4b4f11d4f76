"""The register beyond the desk: communities proposed as not active, and what an office does with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from activity.models import Activity
from common.fields import typed
from common.pagination import paginate
from communities import invitation_actions, life_actions, trusting
from communities.item_forms import DateInput
from communities.models import Community
from moderation import rules
from moderation.errors import TransitionRefused
from office.guard import office_view
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User


class DissolutionForm(forms.Form):
    """The last day of a community, and why it ends. The day is over by the clock of its region."""

    on = forms.DateField(label=_("Last day"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region

    def clean_on(self) -> Any:
        """It has ended, or it has not."""
        day = self.cleaned_data["on"]
        if day > self.region.today:
            raise forms.ValidationError(_("This date lies ahead. Dissolve it when the day has come."))
        return day


class ManagerForm(forms.Form):
    """Who shall manage a community that has lost all of its managers."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)


@office_view
@require_safe
def dormant(request: SignedInRequest) -> HttpResponse:
    """What was proposed as not active in one's regions, the longest silence first."""
    found = _register(request).proposed_as_dormant().select_related("region__parent", "verifying_region")
    context = {"page_obj": paginate(found, request, order=("active_at", "pk")), "nav": "office:dormant"}
    return render(request, "office/dormant.html", context)


@office_view
@require_POST
def decide_dormant(request: SignedInRequest) -> HttpResponse:
    """Confirm or keep those that are ticked, each with its own line in the history."""
    is_rest = request.POST.get("step") == "rest"
    chosen = [pk for pk in request.POST.getlist("kim") if pk.isascii() and pk.isdigit() and len(pk) < 18]
    done = 0
    for community in _register(request).filter(pk__in=chosen[:100]).order_by("pk"):
        try:
            if is_rest:
                life_actions.let_rest(community, by=request.user, reason=_reason(request))
            else:
                life_actions.keep_active(community, by=request.user, reason=_reason(request))
            done += 1
        except TransitionRefused as refusal:
            messages.error(request, f"{community.name}: {refusal.message}")
        except PermissionDenied:
            messages.error(request, _now("%(name)s: another office decides here.") % {"name": community.name})
    if done:
        words = ngettext("Decided for %(number)d KIM.", "Decided for %(number)d KIM.", done)
        messages.success(request, words % {"number": done})
    elif not chosen:
        messages.info(request, _now("Tick the KIM that you decide on first."))
    return redirect("office:dormant")


@office_view
@require_safe
def community(request: SignedInRequest, pk: int) -> HttpResponse:
    """One community of the register: where it stands, who manages it, what the office may do."""
    return _show(request, _find(request, pk))


@office_view
@require_POST
def dissolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it."""
    found = _find(request, pk)
    form = DissolutionForm(request.POST, region=found.region)
    if not form.is_valid():
        return _show(request, found, dissolution=form, status=422)
    data = form.cleaned_data
    return _do(
        request,
        found,
        lambda: life_actions.dissolve(found, on=data["on"], reason=data["reason"], by=request.user),
        _now("Dissolved. Its page stays, with its last day."),
    )


@office_view
@require_POST
def put_in_manager(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite somebody to manage it, where nobody does."""
    found = _find(request, pk)
    form = ManagerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, manager=form, status=422)
    email = form.cleaned_data["email"]
    return _do(
        request,
        found,
        lambda: invitation_actions.put_in_manager(found, email=email, by=request.user),
        _now("Invited as a manager. The invitation holds for 14 days."),
    )


@office_view
@require_POST
def revoke_invitation(request: SignedInRequest, pk: int, invitation: int) -> HttpResponse:
    """Take an invitation to manage it back."""
    found = _find(request, pk)
    sent = get_object_or_404(_invitations_of_office(found), pk=invitation)
    return _do(
        request,
        found,
        lambda: invitation_actions.revoke(sent, by=request.user),
        _now("Revoked. Nobody can use it any more."),
    )


@office_view
@require_POST
def trust(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let it publish first, or let it no longer."""
    found = _find(request, pk)
    if "cabut" in request.POST:
        return _do(
            request,
            found,
            lambda: trusting.distrust(found, by=request.user, reason=_reason(request)),
            _now("Withdrawn. What it sends is reviewed before it is public."),
        )
    return _do(
        request,
        found,
        lambda: trusting.trust(found, by=request.user),
        _now("Trusted. What it sends is public at once, and lies on your desk to be reviewed after."),
    )


def _trust_context(user: User, found: Community) -> dict[str, Any]:
    if not found.takes_writing:
        return {}
    return {
        "record": trusting.record_of(found),
        "may_trust": trusting.may_trust(user, found),
        "may_distrust": trusting.may_distrust(user, found),
    }


def _do(request: SignedInRequest, found: Community, action: Any, said: str) -> HttpResponse:
    try:
        action()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
    except PermissionDenied:
        messages.error(request, _now("%(name)s: another office decides here.") % {"name": found.name})
    else:
        messages.success(request, said)
    return redirect("office:community", pk=found.pk)


def _reason(request: SignedInRequest) -> str:
    return typed(request.POST.get("reason", ""), 1000)


def _register(request: SignedInRequest) -> Any:
    return Community.objects.on_desks_of(request.user).filter(verified_at__isnull=False)


def _find(request: SignedInRequest, pk: int) -> Community:
    queryset = _register(request).select_related(
        "region__parent__parent__parent", "created_by", "dissolved_by"
    )
    return get_object_or_404(queryset, pk=pk)


def _invitations_of_office(found: Community) -> Any:
    """To manage it, from somebody who does not: an office has sent them."""
    managers = found.memberships.current().managers().values("user")
    return found.invitations.filter(role="manager").exclude(invited_by__in=managers)


def _show(
    request: SignedInRequest,
    found: Community,
    *,
    dissolution: DissolutionForm | None = None,
    manager: ManagerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    managers = found.memberships.current().managers().filter(user__is_active=True).select_related("user")
    context = {
        "community": found,
        "managers": managers,
        "invitations": _invitations_of_office(found).open().order_by("-pk"),
        "may_decide": rules.may_decide(request.user, found),
        "dissolution": dissolution or DissolutionForm(region=found.region),
        "manager_form": manager or ManagerForm(),
        **_trust_context(request.user, found),
        "history": Activity.objects.of(found).filter(verb__startswith="community."),
        "nav": "office:desk",
    }
    return render(request, "office/community.html", context, status=status)


life_urls = [
    path("tidak-aktif/", dormant, name="dormant"),
    path("tidak-aktif/putusan/", decide_dormant, name="decide_dormant"),
    path("kim/<int:pk>/", community, name="community"),
    path("kim/<int:pk>/bubar/", dissolve, name="dissolve"),
    path("kim/<int:pk>/tepercaya/", trust, name="trust"),
    path("kim/<int:pk>/pengurus/", put_in_manager, name="put_in_manager"),
    path("kim/<int:pk>/undangan/<int:invitation>/cabut/", revoke_invitation, name="revoke_invitation"),
]
