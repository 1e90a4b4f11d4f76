"""The profile of a verified community, changed by its managers whenever they like."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from communities import change_actions, composing, handing, life_actions
from communities.life_forms import ProfileForm
from communities.models import Community
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
    read_first = Community.objects.filter(pk=community.pk, is_read_first=True).exists()
    values = {name: form.cleaned_data[name] for name in life_actions.FREE_FIELDS if name in form.fields}
    try:
        life_actions.edit_profile(community, values, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(community.get_absolute_url())
    problems = composing.save_pictures(community, form, by=request.user)
    for problem in problems:
        messages.error(request, problem)
    if problems:
        return redirect(request.path)
    messages.success(request, _("Saved. Everybody sees it at once."))
    if read_first and not values.get("is_read_first", read_first):
        _send_waiting(request, community)
    return redirect(community.get_absolute_url())


def _send_waiting(request: SignedInRequest, community: Community) -> None:
    """What waits for the managers goes on when they read no longer first, and they are told how much."""
    sent, stayed = handing.send_waiting(community, by=request.user)
    if sent:
        words = ngettext(
            "%(number)d text that waited for you is sent to the office.",
            "%(number)d texts that waited for you are sent to the office.",
            sent,
        )
        messages.info(request, words % {"number": sent})
    if stayed:
        words = ngettext(
            "%(number)d text still waits for you: it could not be sent.",
            "%(number)d texts still wait for you: they could not be sent.",
            stayed,
        )
        messages.warning(request, words % {"number": stayed})


def _show(request: SignedInRequest, form: ProfileForm, status: int = 200) -> HttpResponse:
    community = form.instance
    context = {
        "form": form,
        "community": community,
        "open_request": change_actions.open_request(community),
        "nav": "communities:mine",
    }
    return render(request, "communities/profile.html", context, status=status)
