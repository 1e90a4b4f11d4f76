"""How the public list is narrowed, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from aspirations.models import Aspiration
from aspirations.steps import Status
from communities.models import Community
from regions.succession import find_of_today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from aspirations.querysets import AspirationQuerySet
    from regions.models import Region

SUPPORTED = "dukungan"
ORDERS = {"": ("-shown_at", "-pk"), SUPPORTED: ("-support_count", "-pk")}
# What a list of public ones can be narrowed to: each was received once.
STATUSES = [Status.RECEIVED, Status.WORKING, Status.FORWARDED, Status.ANSWERED, Status.CLOSED]


@dataclass(frozen=True)
class Narrowed:
    """One look at the list."""

    region: Region | None = None
    community: Community | None = None
    status: str = ""
    order: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Narrowed:
        """From the address; what makes no sense narrows nothing."""
        code, slug, status = (data.get(name, "") for name in ("wilayah", "komunitas", "status"))
        return cls(
            region=find_of_today(code),
            community=Community.objects.public().filter(slug=slug[:150]).first() if _is_slug(slug) else None,
            status=status if status in STATUSES else "",
            order=SUPPORTED if data.get("urut") == SUPPORTED else "",
        )

    def rows(self) -> AspirationQuerySet:
        """The public aspirations of this look."""
        wanted = Q()
        if self.community:
            wanted &= Q(community=self.community)
        if self.status:
            wanted &= Q(status=self.status)
        return Aspiration.objects.public().within(self.region).filter(wanted)

    def but(self, **changes: str) -> str:
        """The query of another look like this one."""
        given: dict[str, Any] = {
            "wilayah": self.region.pk if self.region else "",
            "komunitas": self.community.slug if self.community else "",
            "status": self.status,
            "urut": self.order,
            **changes,
        }
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def tabs(self) -> list[tuple[str, StrOrPromise, None, bool]]:
        """The statuses as links."""
        choices: list[tuple[str, Any]] = [("", _("All")), *((each.value, each.label) for each in STATUSES)]
        return [(f"?{self.but(status=value)}", label, None, value == self.status) for value, label in choices]


def _is_slug(text: str) -> bool:
    return bool(text) and "\x00" not in text
