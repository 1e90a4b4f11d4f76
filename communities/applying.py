"""Views of an application: what to know before, the steps, the last look, sending."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.consent import agreed_required
from accounts.models import User
from accounts.requests import SignedInRequest
from common.photos import PhotoRefused
from communities import actions, composing, doubles, registration_steps
from communities.forms import RegistrationForm
from communities.models import Community, Kind, Picture
from communities.registration_steps import FIRST, LAST, Progress, Step
from communities.showing import find
from communities.waiting import Decider
from moderation.errors import TransitionRefused
from moderation.states import EDITABLE
from regions.forms import is_region_step, unvalidated

LINEAGE = "region__parent__parent__parent"


@login_not_required
@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """What is needed, what nobody asks, who decides; and the applications that one has begun."""
    user = request.user
    context: dict[str, Any] = {"kinds": Kind, "nav": "communities"}
    if user.is_authenticated:
        own = Community.objects.filter(created_by=user, verified_at=None, status__in=EDITABLE)
        context["begun"] = own.select_related("region").order_by("-changed_at", "-pk")[:10]
        if user.home_region:
            context["decider"] = Decider.of(user.home_region)
    return render(request, "communities/registration_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def begin(request: SignedInRequest) -> HttpResponse:
    """The first step of a new application; it is stored from here on."""
    community = _begun_by_this_form(request)
    if community is None:
        kind = request.GET.get("jenis", "")
        community = Community(kind=kind if kind in Kind.values else Kind.KIM, created_by=request.user)
    elif not community.is_editable:
        return redirect(community)
    return _step(request, community, step=FIRST)


@require_safe
@agreed_required
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Go on with an application, or repair it: at the first step that lacks something."""
    return composing.open_again(request, Community.objects.select_related("region"), _resume, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def step(request: SignedInRequest, slug: str, step: str) -> HttpResponse:
    """One step of an application that is begun."""
    found = registration_steps.named(step)
    if found is None:
        raise Http404
    view = _last_look if found.is_last else partial(_step, step=found)
    return composing.open_again(request, Community.objects.select_related(LINEAGE), view, slug=slug)


@require_POST
def move(request: SignedInRequest, slug: str) -> HttpResponse:
    """Send an application, or take it back. What is not complete is shown with what it lacks."""
    community = find(Community.objects.all(), request, slug=slug)
    name = request.POST.get("move", "")
    answer = composing.make_author_move(request, community, name)
    if name == "submit" and Community.objects.filter(pk=community.pk, status__in=EDITABLE).exists():
        return redirect("communities:step", slug=slug, step=LAST.slug)
    return answer


def _begun_by_this_form(request: SignedInRequest) -> Community | None:
    """What an earlier click of this very form has stored: its later steps must not be written over."""
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
    return Community.objects.select_related(LINEAGE).filter(form_key=key, created_by=request.user).first()


def _resume(request: SignedInRequest, community: Community) -> HttpResponse:
    return redirect(Progress(community).first_open.url)


def _step(request: SignedInRequest, community: Community, *, step: Step) -> HttpResponse:
    if request.method != "POST":
        return _show(request, RegistrationForm(instance=community, step=step))
    if is_region_step(request):
        form = RegistrationForm(request.POST, instance=community, step=step)
        return _show(request, unvalidated(form))
    form = RegistrationForm(request.POST, request.FILES, instance=community, step=step)
    if not form.is_valid():
        return _show(request, form, status=422)
    return _save(request, form)


def _save(request: SignedInRequest, form: RegistrationForm) -> HttpResponse:
    decree = form.cleaned_data.get("decree")
    try:
        saved = actions.save_application(
            form.filled_instance(), by=request.user, decree=decree, only=form.stored_fields()
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(form.instance)
    problems = _save_pictures(saved, form, request.user)
    for problem in problems:
        messages.error(request, problem)
    if problems:
        return redirect("communities:step", slug=saved.slug, step=form.step.slug)
    if request.POST.get("then") == "later":
        messages.success(request, _("Saved. Go on whenever you like, on any device."))
        return redirect(saved)
    following = registration_steps.after(form.step)
    return redirect("communities:step", slug=saved.slug, step=following.slug)


def _save_pictures(community: Community, form: RegistrationForm, user: User) -> list[str]:
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


def _show(request: SignedInRequest, form: RegistrationForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **_context(form.instance, form.step)}
    return render(request, "communities/registration.html", context, status=status)


def _last_look(request: SignedInRequest, community: Community) -> HttpResponse:
    """Everything as the office will see it, what is missing, and the button that sends."""
    context = {"decider": Decider.of(community.region), **_context(community, LAST)}
    return render(request, "communities/registration_last_look.html", context)


def _context(community: Community, step: Step) -> dict[str, Any]:
    return {
        "community": community,
        "progress": Progress(community, step),
        "neighbourhood": doubles.seen_by_applicant(community) if community.pk else None,
        "shows_village": step in (FIRST, LAST),
        "nav": "communities",
    }
