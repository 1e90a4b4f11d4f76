"""Following, leaving and muting: one tap on any page. Whoever has no account follows by e-mail."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.models import Community
from notifications import actions, requests
from notifications.forms import FollowByEmailForm
from notifications.things import Thing


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, community: str = "", region: str = "", category: str = "") -> HttpResponse:
    """Follow it. Whoever had to sign in first comes back to a page with the one button."""
    thing = Thing.public(community, region, category)
    if not request.user.is_authenticated:
        return _follow_by_email(request, thing)
    if request.method != "POST":
        return _page(request, thing)
    actions.follow(request.user, **thing.keys)
    messages.success(request, _("You follow %(name)s now.") % {"name": thing.title})
    return HttpResponseRedirect(back(request, thing.get_absolute_url()))


def _follow_by_email(request: HttpRequest, thing: Thing) -> HttpResponse:
    """A request that its address confirms. The answer never tells whether the address is known."""
    if request.method != "POST":
        return _page(request, thing, FollowByEmailForm())
    form = FollowByEmailForm(request.POST)
    if not form.is_valid():
        return _page(request, thing, form, status=422)
    if not requests.ask(form.cleaned_data["email"], thing, address=get_adapter().get_client_ip(request)):
        form.add_error(None, _("Many have asked from your network just now. Please try again in an hour."))
        return _page(request, thing, form, status=429)
    context = {
        "thing": thing,
        "email": form.cleaned_data["email"],
        "next": back(request, thing.get_absolute_url()),
    }
    return render(request, "notifications/asked.html", context)


def _page(
    request: HttpRequest, thing: Thing, form: FollowByEmailForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "thing": thing,
        "form": form,
        "follow_url": thing.path("follow"),
        "here": request.get_full_path(),
        "next": back(request, thing.get_absolute_url()),
        "nav": "notifications",
    }
    return render(request, "notifications/follow.html", context, status=status)


@require_POST
def unfollow(request: HttpRequest, community: str = "", region: str = "", category: str = "") -> HttpResponse:
    """Follow it no longer; also what has been withdrawn or closed, for who follows it or may see it."""
    thing = Thing.known_to(request.user, community, region, category)  # type: ignore[arg-type]
    actions.unfollow(request.user, **thing.keys)  # type: ignore[arg-type]
    target = back(request, "")
    if not target:
        return redirect(f"{reverse('notifications:settings')}?{thing.query}")
    messages.info(request, _("You do not follow %(name)s any more.") % {"name": thing.title})
    return HttpResponseRedirect(target)


@require_POST
def mute(request: HttpRequest, community: str) -> HttpResponse:
    """Be told of it no longer by the regions that one follows."""
    muted = get_object_or_404(Community.objects.public(), slug=community)
    actions.mute(request.user, muted)  # type: ignore[arg-type]
    said = _("You are told of %(name)s no longer. You can undo this in What I follow.")
    messages.success(request, said % {"name": muted})
    return HttpResponseRedirect(back(request, muted.get_absolute_url()))


@require_POST
def unmute(request: HttpRequest, community: str) -> HttpResponse:
    """Be told of it again, as of all others there."""
    muted = get_object_or_404(Community, slug=community)
    actions.unmute(request.user, muted)  # type: ignore[arg-type]
    messages.success(request, _("You are told of %(name)s again.") % {"name": muted})
    return HttpResponseRedirect(back(request, reverse("notifications:settings")))


def back(request: HttpRequest, otherwise: str) -> str:
    """Where the person came from, if that is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else otherwise
