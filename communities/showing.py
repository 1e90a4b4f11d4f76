"""Finding an item for a page: what one may see, what is gone and why, and what never was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

import moderation.actions
from accounts.models import Office
from accounts.offices import office_name
from activity.models import Activity
from communities.handing import HandedIn
from communities.pictures import StoredPicture
from communities.publishing_first import PUBLISH_FIRST
from moderation import appeals
from moderation.models import Moderated
from moderation.states import Status

if TYPE_CHECKING:
    from communities.models import Community
    from regions.models import Region

A_DAY = 60 * 60 * 24


class Gone(Http404):
    """The item was public once and is withdrawn; carries the item whose reason is shown.

    behind: what stood at the address itself, where its community is what was suspended.
    A page that does not show reasons answers it as not found."""

    def __init__(self, item: Moderated, *, behind: Moderated | None = None) -> None:
        super().__init__(str(item))
        self.item = item
        self.behind = behind


def find(queryset: QuerySet, request: HttpRequest, **lookup: Any) -> Any:
    """The item if the visitor may see it. Gone if it was withdrawn, Http404 if it is not for them."""
    item = queryset.visible_to(request.user).filter(**lookup).first()  # type: ignore[attr-defined]
    if item is not None:
        return item
    withdrawn = queryset.filter(**lookup).first()
    if withdrawn is None:
        raise Http404
    if withdrawn.status == Status.SUSPENDED:
        raise Gone(withdrawn)
    community = getattr(withdrawn, "community", None)
    if withdrawn.status == Status.APPROVED and community and community.status == Status.SUSPENDED:
        raise Gone(community, behind=withdrawn)
    raise Http404


def verifying_office(community: Community) -> str:
    """The office that verified it, by the name it has today; asked with named_office()."""
    return office_called(getattr(community, "office_name", None), community.verifying_region)


def office_called(name: str | None, region: Region | None) -> str:
    """What people read for the office of a region that may have no name of its own yet."""
    if name or region is None:
        return str(name or settings.MINISTRY_NAME)
    return _("the office of %(region)s") % {"region": region.label}


def named_office() -> Subquery:
    """The name of the office that verified a community, in the question for the community itself."""
    own = Q(region=OuterRef("verifying_region"))
    ministry = Q(region=None) & IsNull(OuterRef("verifying_region"), True)  # noqa: FBT003
    return Subquery(Office.objects.filter(own | ministry).values("name")[:1])


def gone(request: HttpRequest, withdrawal: Gone) -> HttpResponse:
    """The address of what was withdrawn keeps saying since when and why (PRODUCT.md, News)."""
    item = withdrawal.item
    decisions = Activity.objects.of(item).filter(verb=item.verb("suspend"))
    decision = decisions.select_related("posting__region__office").last()
    office = acting_office(decision) if decision else ""
    context = {"item": item, "behind": withdrawal.behind, "office": office}
    return render(request, "410.html", context, status=410)


def acting_office(activity: Activity) -> str:
    """By which office something was done, by its name of today. Ask with `posting__region__office`."""
    if activity.posting is None:
        return ""
    region = activity.posting.region
    return office_called(getattr(getattr(region, "office", None), "name", None), region)


def rendition(picture: StoredPicture, size: str, *, is_public: bool) -> FileResponse:
    """One size of a picture that the visitor may see. Http404 for a size that it does not have.

    Cached for a day, not for ever: what is withdrawn must not live on in caches.
    """
    found = picture.rendition(size)
    if found is None:
        raise Http404
    name, content_type = found
    try:
        content = default_storage.open(name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(content, content_type=content_type)
    answer["Cache-Control"] = f"public, max-age={A_DAY}" if is_public else "private, no-store"
    return answer


def backstage(item: Moderated, request: HttpRequest, *, is_author: bool | None = None) -> dict[str, Any]:
    """What authors and officers see beside the item: its state, its history, their moves. Else nothing.

    A page that knows already whether the person authors it says so, and spares a question.
    """
    user = request.user
    if not user.is_authenticated:
        return {}
    if is_author is None:
        is_author = item.is_authored_by(user)
    is_office = any(posting.covers(item.region) for posting in user.current_postings)
    if not (is_author or is_office):
        return {}
    moves = moderation.actions.available_moves(item, user)
    hands_in = is_author and item.is_editable and isinstance(item, HandedIn) and item.goes_to_managers(user)
    return {
        "is_author": is_author,
        "is_office": is_office,
        # Where managers read first, sending is one button, whatever the community may do after.
        "moves": [move for move in moves if not (hands_in and move.name == PUBLISH_FIRST)],
        "hands_in": hands_in,
        "history": Activity.objects.of(item).filter(verb__startswith=f"{item.KIND}."),
        **(about_appeal(item) if is_author else {}),
    }


def about_appeal(item: Moderated) -> dict[str, Any]:
    """For authors: which office would answer an appeal, or answers it."""
    if not (getattr(item, "appeal_until", None) or getattr(item, "is_on_appeal", False)):
        return {}
    postings = appeals.answering(item)
    return {"answering": office_name(postings[0].region) if postings else ""}
