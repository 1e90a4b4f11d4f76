"""The profile of a verified community, changed by its managers whenever they like."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.consent import agreed_required
from accounts.models import User
from accounts.requests import SignedInRequest
from common.photos import PhotoRefused
from communities import actions, change_actions, life_actions
from communities.life_forms import ProfileForm
from communities.models import Community, Picture
from communities.showing import find
from moderation.errors import TransitionRefused


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what is free; what is fixed stands beside it, with the way to ask for a change."""
    community = managed(request, slug)
    if not community.takes_writing:
        messages.info(request, _("Only the profile of a verified community can be changed."))
        return redirect(community)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=community)
    if request.method != "POST":
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    return _save(request, form)


def managed(request: SignedInRequest, slug: str) -> Community:
    """The community of this address, if the person manages it now; Http404 otherwise."""
    queryset = Community.objects.select_related("region__parent__parent__parent")
    found: Community = find(queryset, request, slug=slug)
    if not found.has_manager(request.user):
        raise Http404
    return found


def _save(request: SignedInRequest, form: ProfileForm) -> HttpResponse:
    community = form.instance
    values = {name: form.cleaned_data[name] for name in life_actions.FREE_FIELDS if name in form.fields}
    try:
        life_actions.edit_profile(community, values, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(community.get_absolute_url())
    problems = save_pictures(community, form, request.user)
    for problem in problems:
        messages.error(request, problem)
    if problems:
        return redirect(request.path)
    messages.success(request, _("Saved. Everybody sees it at once."))
    return redirect(community.get_absolute_url())


def save_pictures(community: Community, form: ProfileForm, user: User) -> list[str]:
    """Store logo and group photo; what is refused is said, and the rest is kept."""
    problems = []
    for field, use in (("logo", Picture.Use.LOGO), ("group_photo", Picture.Use.GROUP)):
        upload = form.cleaned_data.get(field)
        if not upload:
            continue
        try:
            actions.set_picture(community, use, upload, by=user)
        except PhotoRefused as refusal:
            problems.append(f"{form.fields[field].label}: {refusal.message}")
    return problems


def _show(request: SignedInRequest, form: ProfileForm, status: int = 200) -> HttpResponse:
    community = form.instance
    context = {
        "form": form,
        "community": community,
        "open_request": change_actions.open_request(community),
        "nav": "communities:mine",
    }
    return render(request, "communities/profile.html", context, status=status)
