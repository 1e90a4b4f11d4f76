"""Inviting members, and the page where an invitation is accepted."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from communities import invitation_actions
from communities.life_forms import InvitationForm
from communities.models import Community, Invitation
from communities.profile import managed
from moderation.errors import TransitionRefused


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite by e-mail or by link, and see which invitations hold."""
    community = managed(request, slug)
    if request.method != "POST":
        return _show(request, community, InvitationForm())
    if request.POST.get("by") == "link":
        return _invite(request, community)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _show(request, community, form, status=422)
    return _invite(request, community, **form.cleaned_data)


def _invite(request: SignedInRequest, community: Community, **wanted: str) -> HttpResponse:
    try:
        invitation_actions.invite(community, by=request.user, **wanted)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(
            request,
            _("Invited. The invitation holds for 14 days.")
            if wanted
            else _("The link is ready. It holds for 14 days, or until you revoke it."),
        )
    return redirect("communities:invite", slug=community.slug)


@require_POST
def revoke(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    community = managed(request, slug)
    invitation = get_object_or_404(community.invitations, pk=pk)
    invitation_actions.revoke(invitation, by=request.user)
    messages.success(request, _("Revoked. Nobody can use it any more."))
    return redirect("communities:invite", slug=community.slug)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to; accepted with one button, once signed in."""
    invitation = Invitation.objects.by_token(token).select_related("community__region", "invited_by").first()
    if invitation is None:
        raise Http404
    if request.method == "POST":
        return _join(request, invitation)
    is_theirs = not invitation.email or (
        request.user.is_authenticated and invitation.email == request.user.email
    )
    context = {
        "invitation": invitation,
        "community": invitation.community,
        "holds": invitation.is_open and invitation.community.takes_writing,
        "is_theirs": is_theirs,
        "nav": "communities:mine",
    }
    return render(request, "communities/invitation.html", context)


@agreed_required
def _join(request: SignedInRequest, invitation: Invitation) -> HttpResponse:
    try:
        invitation_actions.accept(invitation, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(invitation)
    except PermissionDenied:
        messages.error(request, _("This invitation is for another e-mail address."))
        return redirect(invitation)
    messages.success(request, _("Welcome. You can write in its name from now on."))
    return redirect(invitation.community)


def _show(
    request: SignedInRequest, community: Community, form: InvitationForm, status: int = 200
) -> HttpResponse:
    context = {
        "community": community,
        "form": form,
        "invitations": community.invitations.open().order_by("-pk"),
        "portal_url": settings.PORTAL_URL,
        "nav": "communities:mine",
    }
    return render(request, "communities/invite.html", context, status=status)
