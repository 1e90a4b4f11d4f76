"""Pages of those who write aspirations, and of those who read and support them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import staged
from accounts.requests import SignedInRequest
from aspirations import actions, history
from aspirations.by_email import by_email
from aspirations.deadlines import working_days
from aspirations.filters import ORDERS, SUPPORTED, Narrowed
from aspirations.models import Aspiration
from aspirations.steps import STEPS, Side
from common.pagination import paginate
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from accounts.models import User

NAV = "aspirations"
MOST_WORDS = 4000


@login_not_required
@require_safe
def aspiration_list(request: HttpRequest) -> HttpResponse:
    """What people have told the offices, and what became of it."""
    look = Narrowed.read(request.GET)
    found = look.rows().with_support_of(request.user).select_related("region", "community").defer("answer")
    page = paginate(found, request, order=ORDERS[look.order])
    context = {"page_obj": page, "look": look, "supported": SUPPORTED, "nav": NAV}
    return render(request, "aspirations/list.html", context)


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Those of the person, and of the KIM that they manage."""
    found = Aspiration.objects.authored_by(request.user).select_related("region", "community")
    page = paginate(found, request, order=("-pk",))
    return render(request, "aspirations/mine.html", {"page_obj": page, "nav": "aspirations:mine"})


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One aspiration with all that became of it."""
    return show(request, _find(request, pk), request.user)


@require_POST
def support(request: SignedInRequest, pk: int) -> HttpResponse:
    """Support it, or support it no longer."""
    aspiration = _find(request, pk)
    try:
        if request.POST.get("do") == "undo":
            actions.withdraw_support(aspiration, by=request.user)
            messages.info(request, _("You do not support it any more."))
        else:
            actions.support(aspiration, by=request.user)
            messages.success(request, _("You support this aspiration, and are told of the answer."))
    except PermissionDenied:
        messages.info(request, _("It is your own: the support of others counts."))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
    return redirect(aspiration)


@require_POST
def step(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its author closes it, reopens it, or takes it back."""
    aspiration = _find(request, pk)
    make_author_step(request, aspiration, request.user)
    return redirect(aspiration)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an author without an account, behind the link of their mails."""
    aspiration = get_object_or_404(_with_all(Aspiration.objects.all()), pk=by_email.of_own_token(token))
    author = staged.without_account(aspiration.sent_by)
    if author is None:
        return _to_account(request, aspiration)
    if request.method == "POST":
        make_author_step(request, aspiration, author)
        return redirect("aspirations:own", token)
    return show(request, aspiration, author, step_url=request.path)


def _to_account(request: HttpRequest, aspiration: Aspiration) -> HttpResponse:
    """Who has an account reads their own by it: after signing in, where not everybody can read it."""
    if aspiration.is_shown or request.user.is_authenticated:
        return redirect(aspiration)
    return redirect_to_login(aspiration.get_absolute_url())


def show(request: HttpRequest, aspiration: Aspiration, person: Any, *, step_url: str = "") -> HttpResponse:
    """The page of one, as this person sees it."""
    is_author = aspiration.is_authored_by(person)
    is_office = not is_author and _is_overseen(person, aspiration)
    context = {
        "aspiration": aspiration,
        "is_author": is_author,
        "is_office": is_office,
        "is_supported": _is_supported(person, aspiration),
        "history": history.entries(aspiration, inside=is_author or is_office),
        "steps": actions.available_steps(aspiration, person) if is_author else [],
        "office": actions.name_of_desk(aspiration) if aspiration.is_open else "",
        "limits": working_days(aspiration.desk),
        "step_url": step_url,
        "words_length": MOST_WORDS,
        "nav": NAV,
    }
    return render(request, "aspirations/detail.html", context)


def make_author_step(request: HttpRequest, aspiration: Aspiration, author: User) -> None:
    """Make the step that the form names; what cannot be is said in words."""
    name = request.POST.get("step", "")
    if name not in STEPS or STEPS[name].side is not Side.AUTHOR:
        messages.error(request, _("This button is not known. Reload the page and try again."))
        return
    try:
        actions.take_step(aspiration, name, by=author, words=words_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Noted. The office sees it."))


def words_of(request: HttpRequest, name: str = "words") -> str:
    """The words that came along, without what a database refuses."""
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")[:MOST_WORDS]


def _find(request: HttpRequest, pk: int) -> Aspiration:
    found: Aspiration = get_object_or_404(_with_all(Aspiration.objects.visible_to(request.user)), pk=pk)
    return found


def _with_all(queryset: QuerySet[Aspiration]) -> QuerySet[Aspiration]:
    return queryset.select_related("region__parent__parent__parent", "desk", "community", "sent_by")


def _is_overseen(person: Any, aspiration: Aspiration) -> bool:
    return bool(
        person.is_authenticated
        and person.current_postings
        and Aspiration.objects.on_desks_of(person).filter(pk=aspiration.pk).exists()
    )


def _is_supported(person: Any, aspiration: Aspiration) -> bool:
    return bool(person.is_authenticated and aspiration.supports.filter(user=person).exists())
