"""The whole table: each step from each status, by everybody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from activity.models import Activity
from aspirations import actions
from aspirations.models import Aspiration
from aspirations.steps import HANDLED, OPEN, STEPS, Side, Status
from communities.models import Membership
from moderation.errors import TransitionRefused
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_aspiration,
    make_community,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
# What each step needs beside its name.
GIVEN: dict[str, dict[str, Any]] = {
    "work": {"words": "Tim kami ke lokasi besok."},
    "forward": {"forwarded_to": "Dinas PUPR", "lapor_number": "12345678"},
    "answer": {"words": "Jembatan sudah diperbaiki."},
    "keep_back": {"words": "Menyebut nama anak."},
    "reopen": {"words": "Masih rusak."},
    "hand_over": {"words": "Kewenangan provinsi."},
}
LATE = timedelta(hours=1)


def take(aspiration: Aspiration, name: str, by: User | None) -> Aspiration:
    given = dict(GIVEN.get(name, {}))
    if name == "hand_over":
        given["office"] = region("16.07")
    return actions.take_step(aspiration, name, by=by, **given)


def outcome(aspiration: Aspiration, name: str, by: User | None) -> str:
    try:
        return take(aspiration, name, by).status
    except PermissionDenied:
        return "forbidden"
    except TransitionRefused:
        return "refused"


@pytest.fixture
def people() -> dict[str, User]:
    make_officer("16.07", name="Kabupaten sebelah")
    return {
        "officer": make_officer(),
        "head": make_officer(role=Role.HEAD),
        "moderator": make_officer(role=Role.MODERATOR),
        "verifier": make_officer(role=Role.VERIFIER),
        "viewer": make_officer(role=Role.VIEWER),
        "above": make_officer(SUMATERA_SELATAN),
        "ministry": make_officer(None),
        "elsewhere": make_officer(LOMBOK_TENGAH),
        "author": make_user("Warga"),
        "stranger": make_user("Orang lain"),
    }


MAY_DECIDE = {"officer", "head", "moderator"}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("name", sorted(STEPS))
def test_every_step_from_every_status_by_everybody(people, name: str, status: str):
    step = STEPS[name]
    side = {Side.OFFICE: MAY_DECIDE, Side.AUTHOR: {"author"}, Side.PORTAL: set()}[step.side]
    found, expected = {}, {}
    for who, person in people.items():
        aspiration = make_aspiration(status, author=people["author"])
        found[who] = outcome(aspiration, name, person)
        expected[who] = "forbidden"
        if who in side:
            expected[who] = expectation(name, status)
    assert found == expected


def expectation(name: str, status: str) -> str:
    """Of one that was received, where it is not newly sent, and that nobody keeps back."""
    step = STEPS[name]
    fits = status in step.sources and not (name == "receive" and status == Status.FORWARDED)
    if name == "show":
        fits = False
    return str(step.target or status) if fits else "refused"


@pytest.mark.parametrize("status", list(Status))
def test_the_portal_alone_closes_by_itself(status: str):
    found = {name: outcome(make_aspiration(status), name, None) for name in STEPS}
    expected = dict.fromkeys(STEPS, "forbidden")
    expected["lapse"] = "closed" if status == "answered" else "refused"
    assert found == expected


@pytest.mark.parametrize("name", sorted(name for name, step in STEPS.items() if step.needs_words))
def test_words_are_needed_where_the_other_side_reads_them(name: str):
    author = make_user()
    officer = make_officer()
    status = "answered" if name == "reopen" else "working"
    aspiration = make_aspiration(status, author=author)
    with pytest.raises(TransitionRefused):
        actions.take_step(aspiration, name, by=author if name == "reopen" else officer, words="  ")


@pytest.mark.parametrize("status", list(Status))
def test_what_is_offered_is_what_is_let_through(people, status: str):
    for person in people.values():
        aspiration = make_aspiration(status, author=people["author"])
        offered = {step.name for step in actions.available_steps(aspiration, person)}
        through = set()
        for name in STEPS:
            fresh = make_aspiration(status, author=people["author"])
            if outcome(fresh, name, person) not in ("forbidden", "refused"):
                through.add(name)
        assert offered == through


def test_once_overdue_the_levels_above_decide_too(people):
    late = timezone.now() - LATE
    found = {
        who: outcome(make_aspiration(due_at=late, author=people["author"]), "receive", person)
        for who, person in people.items()
    }
    assert {who for who, status in found.items() if status == "received"} == MAY_DECIDE | {
        "above",
        "ministry",
    }


def test_where_nobody_is_posted_the_next_office_above_decides():
    above, ministry = make_officer(SUMATERA_SELATAN), make_officer(None)
    assert outcome(make_aspiration(), "receive", ministry) == "forbidden"
    assert outcome(make_aspiration(), "receive", above) == "received"


def test_nobody_answers_what_they_or_their_kim_wrote():
    officer = make_officer()
    community = make_community()
    make_member(community, user=officer, role=Membership.Role.MANAGER)
    assert outcome(make_aspiration(author=officer), "receive", officer) == "forbidden"
    assert outcome(make_aspiration(community=community), "receive", officer) == "forbidden"


def test_managers_of_a_kim_make_its_authors_steps_and_members_do_not():
    community = make_community()
    member = make_member(community)
    found = [
        outcome(make_aspiration("answered", community=community), "close", person)
        for person in (community.created_by, member)
    ]
    assert found == ["closed", "forbidden"]


def test_an_author_reopens_once_and_the_office_has_its_time_again():
    officer, author = make_officer(), make_user()
    aspiration = take(make_aspiration("answered", author=author), "reopen", author)
    assert (aspiration.status, aspiration.due_at) == ("working", aspiration.answer_due_at)
    take(aspiration, "work", officer)
    answered = actions.take_step(aspiration, "answer", by=officer, words="Sudah selesai sekarang.")
    assert (answered.status, answered.due_at) == ("answered", None)
    assert outcome(answered, "reopen", author) == "refused"


def test_another_office_receives_anew_what_is_handed_to_it():
    officer, other = make_officer(), make_officer("16.07", name="Sebelah")
    aspiration = take(make_aspiration("working"), "hand_over", officer)
    assert (aspiration.status, aspiration.desk_id, aspiration.is_received) == ("forwarded", "16.07", False)
    assert aspiration.due_at == aspiration.receive_due_at
    assert outcome(aspiration, "work", officer) == "forbidden"
    assert outcome(aspiration, "answer", other) == "refused"
    assert outcome(aspiration, "receive", other) == "received"
    assert outcome(aspiration, "answer", other) == "answered"


def test_it_is_not_handed_to_the_office_that_has_it():
    officer = make_officer()
    with pytest.raises(TransitionRefused):
        actions.take_step(make_aspiration(), "hand_over", by=officer, office=region(MUSI_BANYUASIN))


def test_it_is_handed_to_the_ministry_too():
    officer, ministry = make_officer(), make_officer(None)
    handed = actions.take_step(make_aspiration(), "hand_over", by=officer, office=None)
    assert (handed.desk, outcome(handed, "receive", ministry)) == (None, "received")


def test_forwarding_names_somebody_and_keeps_the_number():
    officer = make_officer()
    with pytest.raises(TransitionRefused):
        actions.take_step(make_aspiration("received"), "forward", by=officer)
    forwarded = take(make_aspiration("received"), "forward", officer)
    assert (forwarded.forwarded_to, forwarded.lapor_number) == ("Dinas PUPR", "12345678")
    assert outcome(forwarded, "answer", officer) == "answered"


def test_the_same_step_again_is_once():
    officer = make_officer()
    aspiration = make_aspiration("received")
    for _click in range(2):
        take(aspiration, "work", officer)
    for _click in range(2):
        take(aspiration, "hand_over", officer)
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == [
        "aspiration.work",
        "aspiration.hand_over",
        "aspiration.arrive",
    ]


@pytest.mark.usefixtures("committed_db")
def test_of_two_officers_at_once_one_answers():
    officers = [make_officer(), make_officer(name="Amrul")]
    aspiration = make_aspiration("working")

    def answer(officer: User) -> str:
        try:
            return outcome(aspiration, "answer", officer)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(answer, officers))
    assert found == ["answered", "refused"]
    assert Activity.objects.filter(verb="aspiration.answer").count() == 1


@pytest.mark.parametrize("status", list(Status))
def test_each_status_is_open_handled_or_taken_back_afterwards(status: str):
    assert make_aspiration(status).is_open == (status in OPEN)
    assert {*OPEN, *HANDLED, Status.WITHDRAWN} == set(Status)
