"""Questions about many items of any kind, and the twin in SQL of moderation.rules."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Left
from django.utils import timezone

from accounts.models import Posting
from accounts.roles import roles_with
from moderation.states import Status
from regions.querysets import within_q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from moderation.models import Moderated
    from regions.models import Region

# The length of a code at each level beneath the nation.
CODE_LENGTHS = (2, 5, 8, 13)


def covered_by(postings: list[Posting]) -> Q:
    """Rows in the region of any of the postings; nothing where there are none, all for the ministry."""
    if any(posting.region_id is None for posting in postings):
        return Q()
    covered = Q(pk__in=[])
    for posting in postings:
        covered |= within_q("region", posting.region)
    return covered


class ModeratedQuerySet(models.QuerySet):
    """What every kind can be asked."""

    model: type[Moderated]  # type: ignore[assignment]

    def within(self, region: Region | str | None) -> Self:
        """Items of the region and of all beneath it; None is all Indonesia."""
        return self.filter(within_q("region", region))

    def public_q(self) -> Q:
        """What makes an item public; a kind adds what else must hold."""
        return Q(status=Status.APPROVED)

    def public(self) -> Self:
        """What every visitor sees."""
        return self.filter(self.public_q())

    def authored_parts(self, user: User) -> list[Q]:
        """The twin of is_authored_by(): any of these. Each can be answered by an index."""
        return [Q(created_by=user)]

    def authored_q(self, user: User) -> Q:
        """The same as one condition, for rows that are found by something else."""
        return reduce(or_, self.authored_parts(user))

    def authored_by(self, user: User) -> Self:
        """Items whose author's moves are this person's."""
        return self.any_of(self.authored_parts(user))

    def any_of(self, parts: list[Q]) -> Self:
        """Rows that meet one of the conditions, each by its own index: as one OR it would read every row."""
        found = [self.model._base_manager.filter(part).order_by().values("pk") for part in parts]
        return self.filter(pk__in=found[0].union(*found[1:]) if found[1:] else found[0])

    def on_desks_of(self, user: User) -> Self:
        """Items in the regions of the person's postings; drafts belong to their authors alone."""
        return self.exclude(status=Status.DRAFT).filter(covered_by(user.current_postings))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Public ones, the person's own, and those of the desks they work at."""
        if not user.is_authenticated:
            return self.public()
        desk = ~Q(status=Status.DRAFT) & covered_by(user.current_postings)
        return self.filter(self.public_q() | self.authored_q(user) | desk)

    def waiting(self) -> Self:
        """What an office has to decide."""
        return self.filter(self.waiting_q())

    def waiting_q(self) -> Q:
        """The same as a condition; a kind may add what waits although it is public."""
        return Q(status=Status.SUBMITTED)

    def unreviewed(self) -> F | Value:
        """Of the rows of a desk: whether it is public before its review."""
        return Value(False)  # noqa: FBT003

    def with_turn_of(self, user: User) -> Self:
        """Annotate `is_my_turn`, 1 or 0: whether level and time let this officer decide."""
        whens = [
            When(within_q("region", posting.region) & self._turn_of(posting), then=Value(1))
            for posting in user.current_postings
            if posting.may(self.model.DUTY)
        ]
        if self.model.KEEPS_OUT:
            whens = [When(keeps_out=user.pk, then=Value(0)), *whens]
        turn = Case(*whens, default=Value(0), output_field=IntegerField())
        return self._with_who_is_kept_out().annotate(is_my_turn=turn)

    def _with_who_is_kept_out(self) -> Self:
        """The twin of Moderated.kept_out as `keeps_out`, for kinds that keep somebody out."""
        if not self.model.KEEPS_OUT:
            return self
        kept = When(status=Status.SUBMITTED, then=Coalesce(F(f"{self.model.KEEPS_OUT}_id"), 0))
        return self.alias(keeps_out=Case(kept, default=Value(0), output_field=BigIntegerField()))

    def on_appeal(self) -> Case | Value:
        """The twin of Appealable.is_on_appeal; nothing is on appeal of kinds that keep nobody out."""
        if not self.model.KEEPS_OUT:
            return Value(False)  # noqa: FBT003
        waits = When(Q(status=Status.SUBMITTED, appealed_at=F("submitted_at")), then=Value(True))  # noqa: FBT003
        return Case(waits, default=Value(False), output_field=BooleanField())  # noqa: FBT003

    def desk_rows(self) -> models.QuerySet:
        """The same columns for every kind, so that one list can hold them all."""
        return self.annotate(
            item_kind=Value(self.model.KIND, CharField()),
            heading_text=Cast(F(self.model.TITLE_FIELD), CharField()),
            community_text=Cast(F(self.model.COMMUNITY_NAME), CharField()),
            is_on_appeal=self.on_appeal(),
            is_public_first=self.unreviewed(),
        ).values_list(
            "item_kind", "pk", "heading_text", "community_text", "region__name", "status", "submitted_at",
            "due_at", "decided_at", "is_my_turn", "is_on_appeal", "is_public_first", named=True,
        )  # fmt: skip

    def _turn_of(self, posting: Posting) -> Q:
        lower = Q(pk__in=[])
        for length in CODE_LENGTHS:
            if length > len(posting.region_id or ""):
                lower |= Q(region=Left(OuterRef("region_id"), length))
        below = Posting.objects.current().filter(lower, role__in=roles_with(self.model.DUTY))
        if posting.region_id:
            # Of a code as short as this one the start is the code itself: no office is beneath a forum's.
            below = below.exclude(region=posting.region_id)
        if self.model.KEEPS_OUT:
            below = below.exclude(user_id=OuterRef("keeps_out"))
        return (self.waiting_q() & Q(due_at__lt=timezone.now())) | ~Q(Exists(below))
