"""The pages of the postings under /kantor/petugas/: who is posted where, appoint, end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules
from accounts.errors import PostingRefused
from accounts.models import Posting, User
from accounts.requests import SignedInRequest
from accounts.roles import Role
from office import posting_actions
from office.guard import office_view
from office.posting_forms import AppointForm, SubstituteForm
from regions.querysets import within_q

ON_A_PAGE = 30
# Which postings of the list: those that hold now, those to come, substitutes, those of the past.
STATES = {
    "": gettext_lazy("Now"),
    "nanti": gettext_lazy("To come"),
    "pengganti": gettext_lazy("Substitutes"),
    "berakhir": gettext_lazy("Ended"),
}
# How far down: the own offices, those beneath, or both.
REACH = {
    "": gettext_lazy("Own office and beneath"),
    "sendiri": gettext_lazy("Own office"),
    "bawah": gettext_lazy("Offices beneath"),
}


def visible_postings(user: User) -> QuerySet[Posting]:
    """All postings, of any time, in the person's regions and beneath, the widest first."""
    regions = Q(pk=None)
    for posting in user.current_postings:
        regions |= within_q("region", posting.region) if posting.region_id else Q(pk__isnull=False)
    related = ["user", "region", "region__parent", "stands_in_for__user"]
    found = Posting.objects.filter(regions).select_related(*related)
    return found.order_by("region_id", "role", "user__name", "pk")


def _in_state(found: Any, state: str) -> Any:
    if state == "nanti":
        return found.upcoming()
    if state == "pengganti":
        return (found.current() | found.upcoming()).exclude(stands_in_for=None)
    if state == "berakhir":
        return found.filter(Q(ended_at__isnull=False) | Q(ends_at__lte=timezone.now())).order_by("-pk")
    return found.current()


def _in_reach(found: QuerySet[Posting], user: User, reach: str) -> QuerySet[Posting]:
    own = Q()
    for posting in user.current_postings:
        own |= Q(region=posting.region_id)
    return found.filter(own) if reach == "sendiri" else found.exclude(own) if reach == "bawah" else found


def _with_words(found: QuerySet[Posting], words: str) -> QuerySet[Posting]:
    if not words:
        return found
    return found.filter(
        Q(user__name__icontains=words)
        | Q(user__email__icontains=words)
        | Q(region__full_name__icontains=words)
    )


@office_view
@require_safe
def postings(request: SignedInRequest) -> HttpResponse:
    """Who is posted in the officer's regions."""
    asked = {
        name: request.GET.get(name, "").replace("\0", "").strip()[:100]
        for name in ("q", "peran", "kantor", "saat")
    }
    found = _in_state(visible_postings(request.user), asked["saat"])
    found = _with_words(_in_reach(found, request.user, asked["kantor"]), asked["q"])
    if asked["peran"] in Role.values:
        found = found.filter(role=asked["peran"])
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    open_ones = [posting for posting in page if not _is_over(posting)]
    context = {
        "page_obj": page,
        "rows": [
            (posting, posting in open_ones and rules.may_end(request.user, posting)) for posting in page
        ],
        "replaceable": {
            each.pk for each in open_ones if each.is_current and rules.may_name_substitute(request.user, each)
        },
        "asked": asked,
        "words": asked["q"],
        "is_narrowed": any(asked.values()),
        "choices": _choices(asked),
        "may_appoint": bool(rules.appointing_postings(request.user)),
        "nav": "office:postings",
    }
    return render(request, "office/postings.html", context)


def _is_over(posting: Posting) -> bool:
    return bool(posting.ended_at or (posting.ends_at and posting.ends_at <= timezone.now()))


def _choices(asked: dict[str, str]) -> list[tuple[str, Any, list[tuple[str, Any, bool]]]]:
    offered: list[tuple[str, str, dict[str, Any]]] = [
        ("saat", _("When"), STATES),
        ("peran", _("Role"), {"": _("All roles"), **dict(Role.choices)}),
        ("kantor", _("Office"), REACH),
    ]
    return [
        (name, label, [(value, words, asked[name] == value) for value, words in values.items()])
        for name, label, values in offered
    ]


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: SignedInRequest) -> HttpResponse:
    """Appoint a person."""
    if not rules.appointing_postings(request.user):
        raise PermissionDenied
    form = AppointForm(request.POST or None, by=request.user)
    if form.is_valid():
        data = form.cleaned_data
        try:
            posting = posting_actions.appoint(
                email=data["email"],
                role=data["role"],
                region=form.region,
                by=request.user,
                last_day=data["last_day"],
            )
        except PostingRefused as refused:
            form.add_error("email", str(refused.message))
        else:
            messages.success(
                request, _("%(name)s is now: %(posting)s.") % {"name": posting.user, "posting": posting}
            )
            return redirect("office:postings")
    context = {"form": form, "nav": "office:postings"}
    return render(request, "office/postings_appoint.html", context, status=422 if form.errors else 200)


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def substitute(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name who does the work of a posting while its person is away."""
    posting = get_object_or_404(visible_postings(request.user), pk=pk)
    if not rules.may_name_substitute(request.user, posting):
        raise PermissionDenied
    form = SubstituteForm(request.POST or None)
    if form.is_valid():
        try:
            named = posting_actions.name_substitute(posting, **form.cleaned_data, by=request.user)
        except PostingRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(
                request, _("%(name)s stands in for %(other)s.") % {"name": named.user, "other": posting.user}
            )
            return redirect("office:postings")
    context = {"form": form, "posting": posting, "nav": "office:postings"}
    return render(request, "office/postings_substitute.html", context, status=422 if form.errors else 200)


@office_view
@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a posting."""
    posting = get_object_or_404(visible_postings(request.user), pk=pk)
    try:
        posting_actions.end(posting, by=request.user)
    except PostingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("The posting of %(name)s has ended.") % {"name": posting.user})
    if posting.user_id == request.user.pk and not request.user.postings.current().exists():
        return redirect("home:front")
    return redirect("office:postings")


posting_urls = [
    path("petugas/", postings, name="postings"),
    path("petugas/tunjuk/", appoint, name="appoint"),
    path("petugas/<int:pk>/pengganti/", substitute, name="substitute"),
    path("petugas/<int:pk>/akhiri/", end, name="end_posting"),
]
