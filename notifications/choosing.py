"""The page "What I follow": how often, when, by which way, and what rather not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.pagination import paginate
from notifications import actions
from notifications.forms import PreferencesForm, RhythmForm
from notifications.heard import brought_along
from notifications.models import Mute, Preferences, Rhythm, Subscription
from notifications.things import Thing

MUTES_SHOWN = 100


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """What one follows, how often one hears of it, and what one has muted."""
    own = Subscription.objects.of(request.user).with_what_is_shown()  # type: ignore[arg-type]
    mutes = Mute.objects.filter(user=request.user.pk).select_related("community__region").order_by("-pk")
    context = {
        "page_obj": paginate(own, request, order=("-pk",)),
        "mutes": mutes[:MUTES_SHOWN],
        "heard": brought_along(request.user),  # type: ignore[arg-type]
        "rhythms": Rhythm.choices[::-1],
        "wishes": Preferences.objects.filter(user=request.user.pk).first() or Preferences(),
        "left": _left(request),
        "nav": "notifications:inbox",
    }
    return render(request, "notifications/settings.html", context)


def _left(request: HttpRequest) -> Thing | None:
    """What was just left, so that a slip of the thumb costs one tap."""
    thing = Thing.from_query(request.GET)
    if thing is None or Subscription.objects.filter(user=request.user.pk, **thing.keys).exists():
        return None
    return thing


@require_POST
def rhythm(request: HttpRequest, pk: int) -> HttpResponse:
    """How often one hears of one subscription."""
    own = Subscription.objects.of(request.user).with_what_is_shown()  # type: ignore[arg-type]
    subscription = get_object_or_404(own, pk=pk)
    form = RhythmForm(request.POST)
    if form.is_valid():
        actions.set_rhythm(subscription, form.chosen)
        said = _("News of %(name)s: %(rhythm)s.")
        words = {"name": subscription.title, "rhythm": subscription.get_rhythm_display()}
        messages.success(request, said % words)
    return redirect("notifications:settings")


@require_POST
def by_email(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether one subscription comes by e-mail too: the link of a mail may have ended that."""
    own = Subscription.objects.of(request.user).with_what_is_shown()  # type: ignore[arg-type]
    subscription = get_object_or_404(own, pk=pk)
    wanted = request.POST.get("wanted") == "1"
    actions.set_by_email(subscription, wanted=wanted)
    said = _("News of %(name)s comes by e-mail too.") if wanted else _("No e-mail about %(name)s any more.")
    messages.success(request, said % {"name": subscription.title})
    return redirect("notifications:settings")


@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest) -> HttpResponse:
    """Quiet hours, the time zone, and the hour of the digest."""
    own = Preferences.objects.filter(user=request.user.pk).first() or Preferences(user=request.user)  # type: ignore[misc]
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=own)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your times are saved."))
        return redirect("notifications:settings")
    status = 422 if form.errors else 200
    return render(
        request, "notifications/times.html", {"form": form, "nav": "notifications:inbox"}, status=status
    )


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
