"""Views of following: a community, a region, and by which way one hears of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.validators import slug_re
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.pagination import paginate
from communities.models import Community
from notifications import actions, links
from notifications.models import Subscription
from regions.codes import is_code
from regions.models import Region
from regions.succession import find_of_today


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, community: str = "", region: str = "") -> HttpResponse:
    """Follow it. Whoever had to sign in first comes back to a page with the one button."""
    thing = _public(community, region)
    back = _back(request, thing.get_absolute_url())
    if request.method != "POST":
        context = {
            "thing": thing,
            "follow_url": links.follow_path(thing),
            "next": back,
            "nav": "notifications",
        }
        return render(request, "notifications/follow.html", context)
    actions.follow(request.user, **_as_argument(thing))  # type: ignore[arg-type]
    messages.success(request, _("You follow %(name)s now.") % {"name": thing})
    return HttpResponseRedirect(back)


@require_POST
def unfollow(request: HttpRequest, community: str = "", region: str = "") -> HttpResponse:
    """Follow it no longer; also what has been withdrawn or closed, for who follows it or may see it."""
    thing = _to_leave(request.user, community, region)  # type: ignore[arg-type]
    actions.unfollow(request.user, **_as_argument(thing))  # type: ignore[arg-type]
    back = _back(request, "")
    if back:
        messages.info(request, _("You do not follow %(name)s any more.") % {"name": thing})
        return HttpResponseRedirect(back)
    return redirect(
        f"{reverse('notifications:settings')}?{'komunitas' if community else 'wilayah'}={community or region}"
    )


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """What one follows, and what of it comes by e-mail."""
    own = Subscription.objects.of(request.user).with_what_is_shown()  # type: ignore[arg-type]
    context = {"page_obj": paginate(own, request, order=("-pk",)), "nav": "notifications:inbox"}
    return render(request, "notifications/settings.html", context | _undo(request))


@require_POST
def email(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch e-mail of one subscription on or off."""
    subscription = get_object_or_404(Subscription.objects.of(request.user).with_what_is_shown(), pk=pk)  # type: ignore[arg-type]
    wanted = request.POST.get("wanted") == "1"
    actions.set_email(subscription, wanted=wanted)
    said = (
        _("News of %(name)s comes by e-mail too.")
        if wanted
        else _("News of %(name)s no longer comes by e-mail.")
    )
    messages.success(request, said % {"name": subscription.thing})
    return redirect("notifications:settings")


@require_POST
def all_email(request: HttpRequest) -> HttpResponse:
    """Switch all e-mail on or off; the inbox stays as it is."""
    wanted = request.POST.get("wanted") == "1"
    actions.set_all_email(request.user, wanted=wanted)  # type: ignore[arg-type]
    said = (
        _("Notifications come by e-mail too.") if wanted else _("No notification comes by e-mail any more.")
    )
    messages.success(request, said)
    return redirect("notifications:settings")


def _public(community: str, region: str) -> Community | Region:
    """What can be followed: a community that the public sees, or a region of today, also by a former code."""
    today = find_of_today(region)
    return _one_of(Community.objects.public(), Region.objects.open(), community, today.code if today else "")


def _to_leave(user: User, community: str, region: str) -> Community | Region:
    """What can be left: nobody learns by this of a community that they do not know."""
    followed = Subscription.objects.filter(user=user).values("community")
    seen = Community.objects.visible_to(user).values("pk")
    known = Community.objects.filter(Q(pk__in=followed) | Q(pk__in=seen))
    return _one_of(known, Region.objects.all(), community, region)


def _one_of(communities: QuerySet, regions: QuerySet, slug: str, code: str) -> Community | Region:
    """The community of the slug, else the region of the code. Http404 also for what is neither."""
    if slug_re.match(slug):
        return get_object_or_404(communities, slug=slug)
    if is_code(code):
        return get_object_or_404(regions, pk=code)
    raise Http404


def _as_argument(thing: Community | Region) -> dict[str, Any]:
    return {"community": thing} if isinstance(thing, Community) else {"region": thing}


def _undo(request: HttpRequest) -> dict[str, Any]:
    """What was just left, so that a slip of the thumb costs one tap."""
    try:
        thing = _public(request.GET.get("komunitas", ""), request.GET.get("wilayah", ""))
    except Http404:
        return {}
    if Subscription.objects.to(thing).filter(user=request.user.pk).exists():
        return {}
    return {"left": thing, "follow_url": links.follow_path(thing)}


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the person came from, if that is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else otherwise
