"""Views of who belongs to a community: the own ones, documents, members."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.consent import agreed_required
from accounts.mfa import has_second_factor
from accounts.requests import SignedInRequest
from communities import actions, membership_actions
from communities.models import Community, Document, Invitation, Membership
from communities.showing import find
from moderation.errors import TransitionRefused
from moderation.states import Status


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The communities one belongs to or has applied for."""
    user = request.user
    asked = Count("memberships", filter=Q(memberships__accepted_at=None, memberships__ended_at=None))
    belongs = Membership.objects.current().filter(user=user)
    own = (
        Community.objects.any_of(
            [Q(created_by=user, verified_at=None), Q(pk__in=belongs.values("community"))]
        )
        .select_related("region", "region__parent")
        .annotate(asked_count=asked)
        .order_by("name", "pk")
    )
    return render(
        request,
        "communities/mine.html",
        {
            "communities": own,
            "invitations": Invitation.objects.open().to(user).select_related("community__region"),
            "nav": "communities:mine",
        },
    )


@require_safe
def document(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """A private document: for its managers, and for the officers of its region, whose look is logged."""
    found = get_object_or_404(Document.objects.select_related("community__region", "change"), pk=pk)
    community, user = found.community, request.user
    if not community.is_authored_by(user):
        if not Community.objects.on_desks_of(user).filter(pk=community.pk).exists():
            raise Http404
        if found.change and found.change.status == Status.DRAFT:
            raise Http404
        if settings.OFFICE_REQUIRES_MFA and not has_second_factor(user):
            return redirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': request.path})}")
        actions.note_document_view(found, by=user)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(content, content_type=found.content_type, filename=found.original_name)
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_safe
def members(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who belongs to it and who asks to; managers act here."""
    community = find(Community.objects.select_related("region"), request, slug=slug)
    if not community.has_member(request.user):
        raise Http404
    memberships = community.memberships.select_related("user").order_by("role", "user__name", "pk")
    return render(
        request,
        "communities/members.html",
        {
            "community": community,
            "current": memberships.current(),
            "asked": memberships.asked(),
            "is_manager": community.has_manager(request.user),
            "nav": "communities:mine",
        },
    )


@require_POST
@agreed_required
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask to be taken in."""
    community = get_object_or_404(Community.objects.public().select_related("region"), slug=slug)
    actions.ask_to_join(community, by=request.user)
    messages.success(request, _("Your request is with the managers. You are told as soon as they answer."))
    return redirect(community)


MEMBER_STEPS = {
    "accept": actions.accept_member,
    "manager": actions.make_manager,
    "member": membership_actions.make_member,
    "end": actions.end_membership,
}


@require_POST
def change_member(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Accept, promote, decline or remove a member; or leave."""
    membership = get_object_or_404(
        Membership.objects.select_related("community"), pk=pk, community__slug=slug
    )
    is_own = membership.user_id == request.user.pk
    if not is_own and not membership.community.has_manager(request.user):
        raise Http404
    step = MEMBER_STEPS.get(request.POST.get("step", ""))
    if step is None:
        messages.error(request, _("This button is not known. Reload the page and try again."))
    else:
        try:
            step(membership, by=request.user)
        except TransitionRefused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Done. The person is told."))
    if is_own:
        return redirect("communities:mine")
    return redirect("communities:members", slug=slug)
