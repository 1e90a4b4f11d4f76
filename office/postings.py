"""The pages of the postings under /kantor/petugas/: who is posted where, appoint, end."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import rules
from accounts.errors import PostingRefused
from accounts.models import Posting, User
from accounts.requests import SignedInRequest
from office import posting_actions
from office.guard import office_view
from office.posting_forms import AppointForm
from regions.querysets import within_q

ON_A_PAGE = 30


def visible_postings(user: User) -> QuerySet[Posting]:
    """The current postings in the person's regions and beneath, the widest first."""
    regions = Q(pk=None)
    for posting in user.current_postings:
        regions |= within_q("region", posting.region) if posting.region_id else Q(pk__isnull=False)
    current = Posting.objects.current().filter(regions)
    return current.select_related("user", "region", "region__parent").order_by(
        "region_id", "role", "user__name", "pk"
    )


@office_view
@require_safe
def postings(request: SignedInRequest) -> HttpResponse:
    """Who is posted in the officer's regions."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = visible_postings(request.user)
    if words:
        found = found.filter(
            Q(user__name__icontains=words)
            | Q(user__email__icontains=words)
            | Q(region__full_name__icontains=words)
        )
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(posting, rules.may_end(request.user, posting)) for posting in page]
    context = {
        "page_obj": page,
        "rows": rows,
        "words": words,
        "may_appoint": bool(rules.appointing_postings(request.user)),
        "nav": "office:postings",
    }
    return render(request, "office/postings.html", context)


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
                email=data["email"], role=data["role"], region=form.region, by=request.user
            )
        except PostingRefused as refused:
            form.add_error("email", str(refused.message))
        else:
            messages.success(
                request, _("%(name)s is now: %(posting)s.") % {"name": posting.user, "posting": posting}
            )
            return redirect("office:postings")
    return render(request, "office/postings_appoint.html", {"form": form, "nav": "office:postings"})


@office_view
@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a posting."""
    visible = Q(pk__in=visible_postings(request.user).values("pk")) | Q(
        ended_at__isnull=False, ended_by=request.user
    )
    posting = get_object_or_404(Posting.objects.select_related("region", "user").filter(visible), pk=pk)
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
    path("petugas/<int:pk>/akhiri/", end, name="end_posting"),
]
