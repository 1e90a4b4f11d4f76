"""What the list on the desk is narrowed to, as its address says it, so that every link can carry it on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from moderation.kinds import kinds
from moderation.states import Status
from regions.codes import is_code
from regions.models import Level, Region
from regions.succession import find_of_today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from accounts.models import User

SHOWN = [Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.REJECTED, Status.SUSPENDED]
BY_DEADLINE, NEWEST, OLDEST = "", "baru", "lama"
MY_TURN, TAKEN = "giliran", "ambil"
LAST_PAGE = 200


@dataclass(frozen=True)
class Narrowing:
    """One way to look at the desk. The names of the address stand in NAMES."""

    status: str = Status.SUBMITTED
    kind: str = ""
    words: str = ""
    community: str = ""
    region: str = ""
    days: int = 0
    is_overdue: bool = False
    mine: str = ""
    order: str = BY_DEADLINE
    page: int = 1

    @property
    def query(self) -> str:
        """The address of this look, without the question mark; empty for the desk as it opens."""
        given = {
            NAMES[name]: "1" if value is True else value
            for name, value in vars(self).items()
            if value != getattr(Narrowing, name)
        }
        return urlencode(given)

    @property
    def is_waiting(self) -> bool:
        """Whether this is the list of what has to be decided."""
        return self.status == Status.SUBMITTED

    @property
    def number(self) -> int:
        """How many filters are set, besides status and kind, which stand on the page for themselves."""
        set_ = (self.words, self.community, self.region, self.days, self.is_overdue, self.mine)
        return sum(bool(value) for value in set_)

    @property
    def is_folded_out(self) -> bool:
        """Whether something is set that stands behind “Narrow down”."""
        return self.number > bool(self.words) or bool(self.order)

    @property
    def cleared(self) -> str:
        """The address without filters: the same status and kind, in the order of the desk."""
        query = Narrowing(status=self.status, kind=self.kind).query
        return reverse("office:desk") + (f"?{query}" if query else "")

    def but(self, **changes: Any) -> str:
        """The address of another look like this one, from its first page."""
        return replace(self, page=1, **changes).query


NAMES = {
    "status": "status",
    "kind": "jenis",
    "words": "q",
    "community": "kim",
    "region": "wilayah",
    "days": "usia",
    "is_overdue": "terlambat",
    "mine": "milik",
    "order": "urut",
    "page": "hal",
}


class NarrowingForm(forms.Form):
    """The same as controls; read() makes sense of what they send."""

    q = forms.CharField(label=_("Title or KIM"), max_length=100, required=False)
    kim = forms.CharField(label=_("KIM"), max_length=100, required=False)
    wilayah = forms.ChoiceField(label=_("Region"), required=False)
    usia = forms.ChoiceField(
        label=_("Waiting for"),
        choices=[
            ("", _("any time")),
            ("1", _("more than 1 day")),
            ("3", _("more than 3 days")),
            ("7", _("more than a week")),
            ("30", _("more than a month")),
        ],
        required=False,
    )
    milik = forms.ChoiceField(
        label=_("Whose"),
        choices=[("", _("everything")), (MY_TURN, _("my turn")), (TAKEN, _("taken by me"))],
        required=False,
    )
    urut = forms.ChoiceField(
        label=_("Order"),
        choices=[(BY_DEADLINE, _("deadline")), (NEWEST, _("newest first")), (OLDEST, _("oldest first"))],
        required=False,
    )
    terlambat = forms.BooleanField(label=_("only overdue"), required=False)

    def __init__(self, *args: Any, regions: list[tuple[str, StrOrPromise]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "saring_%s", **kwargs})
        self.fields["wilayah"].choices = [("", _("all")), *regions]  # type: ignore[attr-defined]


def read(data: Mapping[str, str], *, status: str = Status.SUBMITTED) -> Narrowing:
    """What an address asks for; `status` is meant where it names none."""
    asked = data.get("status", status)
    age = data.get("usia", "")
    return Narrowing(
        status=asked if asked in SHOWN else Status.SUBMITTED,
        kind=data.get("jenis", "") if data.get("jenis") in kinds() else "",
        words=_cleaned(data.get("q", "")),
        community=_cleaned(data.get("kim", "")),
        region=_of_today(data.get("wilayah", "")),
        days=int(age) if age in ("1", "3", "7", "30") else 0,
        is_overdue=data.get("terlambat", "") in ("1", "on"),
        mine=data.get("milik", "") if data.get("milik") in (MY_TURN, TAKEN) else "",
        order=data.get("urut", "") if data.get("urut") in (NEWEST, OLDEST) else BY_DEADLINE,
        page=max(1, min(_number(data.get("hal")), LAST_PAGE)),
    )


def regions_to_choose(user: User, chosen: str) -> list[tuple[str, StrOrPromise]]:
    """The regions directly beneath the person's own, and where one is chosen, those beneath it."""
    beneath = Q(code=chosen) | (Q(parent=chosen) if chosen else Q(pk=None))
    for posting in user.current_postings:
        beneath |= Q(parent=posting.region_id) if posting.region_id else Q(parent=None)
    found = Region.objects.open().filter(beneath, level__lte=Level.DISTRICT).order_by("code")
    return [(region.code, region.label) for region in found]


def _of_today(code: str) -> str:
    """The code as it is today; what is no region's stays as it is, and finds nothing."""
    found = find_of_today(code)
    return found.code if found else code if is_code(code) else ""


def _cleaned(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())[:100]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
