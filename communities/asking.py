"""What a registration asks of each kind: one table, read by the form, by the last look and before sending.

A new kind is a new line of TABLE.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.db.models import Field
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MANAGERS = ("chair_name", "secretary_name", "treasurer_name")
SECTION_HEADS = ("collecting_head_name", "processing_head_name", "spreading_head_name")
CHANNELS = ("website", "facebook", "instagram", "youtube", "tiktok")
# What an office cannot verify without, whatever the kind; `decree` is the scan of the SK.
ALWAYS = (
    "name", "kind", "region", "address", "founded_on", "description", "decree_number", "decree_date",
    "decree_issuer", "decree_valid_until", "decree", "chair_name",
)  # fmt: skip


@dataclass(frozen=True)
class Asking:
    """What one kind is asked."""

    # Needed to send, beside ALWAYS.
    required: tuple[str, ...] = ()
    # Not asked at all.
    left_out: tuple[str, ...] = ()
    # Whether at least one of CHANNELS is needed.
    needs_channel: bool = False
    # Labels and help texts of its own.
    labels: Mapping[str, StrOrPromise] = field(default_factory=dict)
    hints: Mapping[str, StrOrPromise] = field(default_factory=dict)

    def asks(self, name: str) -> bool:
        """Whether the form shows this field."""
        return name not in self.left_out

    @property
    def needed(self) -> tuple[str, ...]:
        """What must be filled in before it can be sent."""
        return ALWAYS + self.required

    @property
    def has_sections(self) -> bool:
        """Whether sections with heads of their own belong to the kind."""
        return any(map(self.asks, SECTION_HEADS))

    def label(self, name: str) -> StrOrPromise:
        """What a field is called for this kind."""
        from communities.models import Community

        if name in self.labels:
            return self.labels[name]
        return cast(Field, Community._meta.get_field(name)).verbose_name


TABLE: dict[str, Asking] = {
    "kim": Asking(required=("member_count", "secretary_name", "treasurer_name")),
    "traditional_media": Asking(
        required=("member_count", "secretary_name", "treasurer_name"),
        left_out=SECTION_HEADS,
        labels={
            "description": _("your art and how you carry information"),
            "chair_name": _("leader of the group"),
        },
        hints={"description": _("For example wayang, senjang or hadrah: where and when you perform.")},
    ),
    "content_creators": Asking(
        required=("member_count",),
        left_out=SECTION_HEADS,
        needs_channel=True,
        labels={"description": _("what you make, and for whom"), "chair_name": _("coordinator")},
        hints={"website": _("At least one channel or account, so that the office can see what you make.")},
    ),
    "strategic_group": Asking(
        required=("member_count", "secretary_name", "treasurer_name"),
        left_out=SECTION_HEADS,
        labels={"description": _("who you are, and whom you reach")},
    ),
    "forum": Asking(
        required=("secretary_name", "treasurer_name"),
        left_out=(*SECTION_HEADS, "member_count", "potential"),
        labels={"region": _("regency, city or province"), "chair_name": _("coordinator")},
        hints={
            "name": _("For example Forum KIM Musi Banyuasin."),
            "decree_issuer": _("Regent, mayor, governor or head of the office."),
        },
    ),
}


def asking_of(kind: str) -> Asking:
    """What this kind is asked; of a kind that is none, what a KIM is."""
    return TABLE.get(kind, TABLE["kim"])
