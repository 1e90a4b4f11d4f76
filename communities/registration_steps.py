"""The steps of a registration: which fields each one asks, and how far an application has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities import registration
from communities.asking import CHANNELS, MANAGERS, SECTION_HEADS, asking_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from communities.models import Community
    from communities.registration import Gap


@dataclass(frozen=True)
class Step:
    """One page of the registration; `slug` is its word in the address."""

    slug: str
    title: StrOrPromise
    fields: tuple[str, ...] = ()

    @property
    def is_last(self) -> bool:
        """Whether it is the last look, which asks nothing any more."""
        return not self.fields


STEPS = (
    Step("tempat", _("Place and name"), ("kind", "name", "region", "address")),
    Step(
        "kelompok",
        _("Who you are"),
        ("founded_on", "member_count", "description", "vision", "mission", "logo", "group_photo"),
    ),
    Step(
        "sk",
        _("The SK"),
        ("decree_number", "decree_date", "decree_issuer", "decree_valid_until", "decree"),
    ),
    Step("pengurus", _("Managers"), (*MANAGERS, *SECTION_HEADS)),
    Step("kontak", _("Contacts and social accounts"), ("phone", "email", *CHANNELS)),
    Step("periksa", _("Last look")),
)
FIRST, LAST = STEPS[0], STEPS[-1]


def named(slug: str) -> Step | None:
    """The step of this word in an address."""
    return next((step for step in STEPS if step.slug == slug), None)


def after(step: Step) -> Step:
    """The one that follows; after the last one, the last one."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


@dataclass(frozen=True)
class Stage:
    """A step of one application: where it is, and what it still lacks."""

    step: Step
    number: int
    url: str
    gaps: Sequence[Gap]
    is_current: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing in it; the last look is never done before it is sent."""
        return not self.gaps and not self.step.is_last


class Progress:
    """How far an application has come. One that is not stored yet stands at its first step."""

    def __init__(self, community: Community, current: Step | None = None) -> None:
        self.community, self.current = community, current
        self.gaps = registration.gaps(community) if community.pk else []
        self.stages = [self._stage(number, step) for number, step in enumerate(STEPS, start=1)]

    def _stage(self, number: int, step: Step) -> Stage:
        gaps = [gap for gap in self.gaps if gap.field in step.fields]
        return Stage(step, number, self.url_of(step), gaps, step == self.current)

    def url_of(self, step: Step) -> str:
        """Where the step is; nowhere before the application is stored."""
        if not self.community.pk:
            return ""
        return reverse("communities:step", args=[self.community.slug, step.slug])

    @property
    def here(self) -> Stage | None:
        """The stage of the page."""
        return next((stage for stage in self.stages if stage.is_current), None)

    @property
    def before(self) -> Stage | None:
        """The stage to go back to."""
        return self.stages[self.here.number - 2] if self.here and self.here.number > 1 else None

    @property
    def first_open(self) -> Stage:
        """Where one goes on: the first step that lacks something, else the last look."""
        return next((stage for stage in self.stages if stage.gaps), self.stages[-1])

    @property
    def done(self) -> int:
        """How many steps lack nothing."""
        return sum(stage.is_done for stage in self.stages) if self.community.pk else 0

    @property
    def total(self) -> int:
        """How many steps there are, the last look among them."""
        return len(self.stages)


def asked_fields(step: Step, kind: str) -> list[str]:
    """The fields of a step that this kind is asked, in their order."""
    return list(filter(asking_of(kind).asks, step.fields))
