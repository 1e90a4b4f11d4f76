"""The whole table of moves: every move from every state, for every kind, by everybody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

import moderation.actions
from accounts.models import User
from activity.models import Activity
from communities.models import Community
from moderation.errors import TransitionRefused
from moderation.kinds import kinds
from moderation.models import Moderated
from moderation.states import MOVES, Move, Side, Status
from tests.factories import (
    LOMBOK_TENGAH,
    make_community,
    make_decree,
    make_item,
    make_member,
    make_officer,
    make_user,
)

KINDS = ("community", "article", "event")
ACTORS = ("writer", "fellow", "officer here", "officer elsewhere", "stranger")

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> dict[str, User]:
    return {
        "writer": make_user("Penulis"),
        "fellow": make_user("Anggota lain"),
        "officer here": make_officer(),
        "officer elsewhere": make_officer(LOMBOK_TENGAH),
        "stranger": make_user("Orang lain"),
    }


def _item(kind: str, status: Status, cast: dict[str, User]) -> Moderated:
    if kind == "community":
        item = make_item(kind, status, applicant=cast["writer"])
        make_decree(item)
        return item
    community = make_community()
    make_member(community, user=cast["writer"])
    make_member(community, user=cast["fellow"])
    return make_item(kind, status, community=community, author=cast["writer"])


def _made_ready(item: Moderated, name: str) -> Moderated:
    """What a move needs beyond the status: a community that is trusted, or that was, and published first."""
    if name == "publish_first" and item.KIND != "community":
        Community.objects.update(trusted_at=timezone.now(), trusted_by=item.created_by)
    if name == "confirm" and item.status == Status.APPROVED and item.KIND != "community":
        type(item).objects.filter(pk=item.pk).update(decided_at=None, decided_by=None, is_unreviewed=True)
    return type(item).objects.get(pk=item.pk)


def _expected(kind: str, move: Move, status: Status, actor: str) -> type[Exception] | None:
    right_side = {Side.AUTHOR: "writer", Side.OFFICE: "officer here"}[move.side]
    if actor != right_side:
        return PermissionDenied
    if status not in move.sources or move not in kinds()[kind].moves():
        return TransitionRefused
    return None


def test_the_kinds_are_found():
    assert set(kinds()) == {
        *KINDS,
        "amendment",
        "eventchange",
        "change",
        "reply",
        "factcheck",
    }  # requests to change have tests of their own


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", MOVES)
def test_every_move_from_every_state(name, kind, actor, cast):
    move = MOVES[name]
    for status in Status:
        item = _made_ready(_item(kind, status, cast), name)
        expected = _expected(kind, move, status, actor)
        offered = move in moderation.actions.available_moves(item, cast[actor])
        assert offered == (expected is None), f"{kind} {status}: what is offered is what is let through"
        if expected is None:
            moderation.actions.move(item, name, by=cast[actor], reason="Foto pertama buram.", cited="untrue")
            item.refresh_from_db()
            assert item.status == move.target
            assert [row.verb for row in Activity.objects.of(item)] == [f"{kind}.{name}"]
        else:
            with pytest.raises(expected):
                moderation.actions.move(
                    item, name, by=cast[actor], reason="Foto pertama buram.", cited="untrue"
                )
            item.refresh_from_db()
            assert item.status == status
            assert not Activity.objects.of(item).exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if move.needs_reason])
def test_a_move_that_needs_a_reason_is_refused_without_one(name, kind, cast):
    source = next(iter(MOVES[name].sources))
    item = _item(kind, source, cast)
    by = cast["officer here" if MOVES[name].side is Side.OFFICE else "writer"]
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, name, by=by, reason="   ")
    item.refresh_from_db()
    assert item.status == source


def test_a_first_verification_gives_the_number_and_makes_the_applicant_a_manager(cast):
    first = _item("community", Status.SUBMITTED, cast)
    second = _item("community", Status.SUBMITTED, cast)
    for community in (first, second):
        moderation.actions.move(community, "approve", by=cast["officer here"])
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.registry_number, second.registry_number) == ("160606200801", "160606200802")
    assert first.has_manager(cast["writer"])


def test_a_restored_community_keeps_its_number(cast):
    community = _item("community", Status.SUBMITTED, cast)
    for name in ("approve", "suspend", "restore"):
        community = moderation.actions.move(community, name, by=cast["officer here"], reason="Laporan warga.")
    assert community.registry_number == "160606200801"
    assert Community.objects.get().memberships.count() == 1


def test_nobody_decides_what_they_wrote_themselves(cast):
    item = _item("article", Status.SUBMITTED, cast)
    make_member(item.community, user=cast["officer here"], role="manager")
    with pytest.raises(PermissionDenied):
        moderation.actions.move(item, "approve", by=cast["officer here"])


def test_a_version_that_was_not_read_is_not_decided(cast):
    item = _item("article", Status.SUBMITTED, cast)
    read = item.submitted_at
    moderation.actions.move(item, "withdraw", by=cast["writer"])
    moderation.actions.move(item, "submit", by=cast["writer"])
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, "approve", by=cast["officer here"], seen=read)
    item.refresh_from_db()
    assert item.status == Status.SUBMITTED


def test_an_incomplete_application_is_not_sent_and_says_what_is_missing(cast):
    community = make_community(Status.DRAFT, applicant=cast["writer"], decree_number="")
    with pytest.raises(TransitionRefused) as refusal:
        moderation.actions.move(community, "submit", by=cast["writer"])
    assert len(refusal.value.problems) == 2  # the number, and the scan


def test_a_manager_who_left_may_no_longer_send(cast):
    item = _item("article", Status.DRAFT, cast)
    item.community.memberships.filter(user=cast["writer"]).update(
        ended_at=item.created_at, ended_by=cast["writer"]
    )
    with pytest.raises(PermissionDenied):
        moderation.actions.move(item, "submit", by=cast["writer"])


def test_a_writer_who_left_cannot_approve_what_they_sent(cast):
    item = _item("article", Status.SUBMITTED, cast)
    make_member(item.community, user=cast["officer here"])
    type(item).objects.filter(pk=item.pk).update(submitted_by=cast["officer here"])
    item.community.memberships.filter(user=cast["officer here"]).update(
        ended_at=item.created_at, ended_by=cast["officer here"]
    )
    with pytest.raises(PermissionDenied):
        moderation.actions.move(item, "approve", by=cast["officer here"])


def test_what_was_typed_on_after_a_lost_answer_is_kept(cast):
    first = _item("article", Status.DRAFT, cast)
    again = type(first)(
        **{
            field.attname: getattr(first, field.attname)
            for field in first._meta.concrete_fields
            if not field.generated
        }
    )
    again.pk, again._state.adding, again.title = None, True, "Judul yang lebih baru"
    kept, is_new = moderation.actions.create_once(again)
    first.refresh_from_db()
    assert (kept.pk, is_new, first.title) == (first.pk, False, "Judul yang lebih baru")
