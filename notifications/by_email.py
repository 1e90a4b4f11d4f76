"""Pages for those who follow without an account: confirming, managing, erasing. A signed link is the key."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.pagination import paginate
from communities.models import Community
from notifications import actions, manage_link, requests
from notifications.forms import RhythmForm
from notifications.heard import brought_along
from notifications.models import KindStop, Mute, Rhythm, Subscription
from notifications.things import Thing

MUTES_SHOWN = 100


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of the mail: a button confirms, for scanners open every link."""
    asked = requests.of_token(token)
    if asked is None:
        return render(request, "notifications/confirm_gone.html", status=410)
    thing = Thing.of(asked)
    if request.method != "POST":
        return render(request, "notifications/confirm.html", {"thing": thing, "email": asked.email})
    user = requests.confirm(asked)
    if user is None:
        return render(request, "notifications/confirm_gone.html", status=410)
    messages.success(request, _("You follow %(name)s now.") % {"name": thing.title})
    if user.is_staged:
        return redirect("notifications:manage", manage_link.token_for(user))
    return redirect(thing.get_absolute_url())


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody without an account follows: how often, no longer, or not at all any more."""
    user = get_object_or_404(manage_link.holders_of(token))
    if not user.is_staged:
        return redirect("notifications:settings")
    if request.method != "POST":
        return render(request, "notifications/manage.html", _shown(request, user, token))
    if request.POST.get("do") == "erase":
        requests.forget(user)
        return render(request, "notifications/erased.html")
    said = _change(request, user)
    if said:
        messages.success(request, said)
    return redirect("notifications:manage", token)


def _shown(request: HttpRequest, user: User, token: str) -> dict[str, object]:
    own = Subscription.objects.of(user).with_what_is_shown()
    mutes = Mute.objects.filter(user=user).select_related("community__region").order_by("-pk")
    return {
        "holder": user,
        "token": token,
        "page_obj": paginate(own, request, order=("-pk",)),
        "mutes": mutes[:MUTES_SHOWN],
        "heard": brought_along(user),
        "kind_stops": KindStop.objects.filter(user=user).order_by("kind"),
        "rhythms": [choice for choice in Rhythm.choices[::-1] if choice[0] != Rhythm.OFF],
    }


def _change(request: HttpRequest, user: User) -> str:
    """Do what the form asks for; the words for it, empty where it was nothing."""
    number = request.POST.get("pk", "")
    pk = int(number) if number.isdecimal() and len(number) < 19 else 0
    match request.POST.get("do"):
        case "rhythm":
            return _set_rhythm(request, get_object_or_404(Subscription.objects.of(user), pk=pk))
        case "unfollow":
            return _unfollow(user, get_object_or_404(Subscription.objects.of(user), pk=pk))
        case "kind":
            stopped = get_object_or_404(KindStop.objects.filter(user=user), pk=pk)
            stopped.delete()
            return _("It comes by e-mail again, as before.")
        case "mute":
            community = get_object_or_404(Community.objects.public(), pk=pk)
            actions.mute(user, community)
            return _("You are told of %(name)s no longer.") % {"name": community}
        case "unmute":
            muted = get_object_or_404(Mute.objects.filter(user=user).select_related("community"), pk=pk)
            actions.unmute(user, muted.community)
            return _("You are told of %(name)s again.") % {"name": muted.community}
    return ""


def _set_rhythm(request: HttpRequest, subscription: Subscription) -> str:
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return ""
    actions.set_rhythm(subscription, form.chosen)
    # Whoever has no account has no other way than this.
    actions.set_by_email(subscription, wanted=True)
    words = {"name": subscription.title, "rhythm": subscription.get_rhythm_display()}
    return _("News of %(name)s: %(rhythm)s.") % words


def _unfollow(user: User, subscription: Subscription) -> str:
    thing = Thing.of(subscription)
    actions.unfollow(user, **thing.keys)
    return _("You do not follow %(name)s any more.") % {"name": thing.title}
