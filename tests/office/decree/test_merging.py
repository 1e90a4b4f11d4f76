"""What two regions that become one held twice is put together, and stands in the history."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Holiday, Office, Posting, SavedReply
from accounts.roles import Role
from activity.models import Activity
from tests.factories import make_officer, make_user, region
from tests.office.decree.bringing import run
from tests.regions.decrees import Decree

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_user("Dian", email="dian@contoh.example")


def merged_regencies(tmp_path):
    """All of 16.13 lies in 16.06 from now on, its districts under new numbers."""
    decree = Decree(tmp_path, "16.06", "16.13")
    gone = {code: row for code, row in decree.rows.items() if code.startswith("16.13.")}
    decree.close("16.13").becomes("16.13", "16.06")
    for code, row in gone.items():
        own = f"16.06.{int(code[6:8]) + 50:02}{code[8:]}"
        decree.rows[own] = [own, *row[1:]]
    return decree


def test_two_offices_become_one_with_their_officers_replies_and_closed_days(tmp_path, clerk):
    kept = Office.objects.create(region=region("16.06"), name="Diskominfo Lama")
    gone = Office.objects.create(region=region("16.13"), name="Diskominfo Muratara")
    SavedReply.objects.create(office=kept, title="Foto", text="a")
    SavedReply.objects.create(office=gone, title="Foto", text="b")
    for code in ("16.06", "16.13"):
        Holiday.objects.create(region=region(code), day=date(2027, 1, 4), name="Hari jadi")
    both = make_officer("16.13", role=Role.HEAD)
    Posting.objects.create(user=both, region=region("16.06"), role=Role.VIEWER)
    alone = make_officer("16.13")

    change = run(merged_regencies(tmp_path), clerk)

    assert list(Office.objects.values_list("name", flat=True)) == ["Diskominfo Lama"]
    assert set(kept.saved_replies.values_list("title", "text")) == {("Foto", "a"), ("Foto (16.13)", "b")}
    assert Holiday.objects.count() == 1
    current = Posting.objects.current().values_list("user", "region", "role")
    assert set(current) == {(both.pk, "16.06", Role.HEAD), (alone.pk, "16.06", Role.OFFICER)}
    ended = Posting.objects.get(user=both, role=Role.VIEWER)
    assert (ended.ended_by, Activity.objects.get(verb="posting.end").target) == (clerk, ended)
    assert len(change.notes) == 3


def test_what_a_merger_puts_together_stands_in_the_history(tmp_path, clerk):
    kept = Office.objects.create(region=region("16.06"), name="Diskominfo Lama")
    gone = Office.objects.create(region=region("16.13"), name="Diskominfo Muratara", phone="0733 1")
    for office in (kept, gone):
        SavedReply.objects.create(office=office, title="Foto", text="a")
    for code, name in (("16.06", "Hari jadi"), ("16.13", "Hari Muratara")):
        Holiday.objects.create(region=region(code), day=date(2027, 1, 4), name=name)
    run(merged_regencies(tmp_path), clerk)

    acts = Activity.objects.filter(verb="office.change").order_by("pk")
    assert {(act.actor, act.region_id) for act in acts} == {(clerk, "16.13")}
    assert [(act.target, act.details["before"], act.details["after"]) for act in acts] == [
        (
            Holiday.objects.get(),
            {"holiday": "2027-01-04 Hari Muratara", "region": "16.13"},
            {"holiday": "2027-01-04 Hari jadi", "region": "16.06"},
        ),
        (
            kept,
            {"reply": {"title": "Foto", "text": "a"}},
            {"reply": {"title": "Foto (16.13)", "text": "a"}},
        ),
        (
            kept,
            {"name": "Diskominfo Muratara", "phone": "0733 1", "region": "16.13"},
            {"name": "Diskominfo Lama", "phone": "", "region": "16.06"},
        ),
    ]


def posted(tmp_path, by, *held, apply=True):
    """What goes on of two postings of one person in two regencies that become one."""
    person = make_user("Dewi")
    for code, (role, ends_at) in zip(("16.06", "16.13"), held, strict=True):
        Posting.objects.create(user=person, region=region(code), role=role, ends_at=ends_at)
    run(merged_regencies(tmp_path), by, apply=apply)
    return list(Posting.objects.filter(user=person, ended_at=None).values_list("region", "role", "ends_at"))


SOON, LATER = (datetime(2090, month, 1, tzinfo=UTC) for month in (1, 6))


@pytest.mark.parametrize(
    ("first", "second", "goes_on"),
    [
        ((Role.VERIFIER, None), (Role.MODERATOR, None), (Role.OFFICER, None)),
        ((Role.MODERATOR, SOON), (Role.VERIFIER, LATER), (Role.OFFICER, LATER)),
        ((Role.OFFICER, SOON), (Role.OFFICER, None), (Role.OFFICER, None)),
        ((Role.HEAD, SOON), (Role.OFFICER, None), (Role.OFFICER, None)),
        ((Role.HEAD, SOON), (Role.OFFICER, LATER), (Role.HEAD, SOON)),
        ((Role.VIEWER, None), (Role.HEAD, None), (Role.HEAD, None)),
    ],
)
def test_a_merger_takes_no_duty_away_and_makes_none_last(tmp_path, clerk, first, second, goes_on):
    assert posted(tmp_path, clerk, first, second) == [("16.06", *goes_on)]


def test_a_posting_that_covers_both_is_given_in_the_history(tmp_path, clerk):
    posted(tmp_path, clerk, (Role.VERIFIER, None), (Role.MODERATOR, None))
    now = {"role": Role.OFFICER, "region": "16.06"}
    acts = Activity.objects.filter(verb__startswith="posting.").order_by("pk")
    assert [(act.verb, act.actor, act.region_id, act.details) for act in acts] == [
        ("posting.end", clerk, "16.06", {"before": {"role": Role.VERIFIER, "region": "16.06"}, "after": now}),
        (
            "posting.end", clerk, "16.13",
            {"before": {"role": Role.MODERATOR, "region": "16.13"}, "after": now},
        ),
        ("posting.appoint", clerk, "16.06", {"after": {"role": Role.OFFICER}}),
    ]  # fmt: skip


def test_a_rehearsal_puts_postings_together_without_anybody_who_answers_for_it(tmp_path):
    left = posted(tmp_path, None, (Role.VERIFIER, None), (Role.MODERATOR, None), apply=False)
    assert sorted(left) == [("16.06", Role.VERIFIER, None), ("16.13", Role.MODERATOR, None)]


def test_a_substitution_that_a_merger_ends_stands_in_the_history(tmp_path, clerk):
    both, helper = make_officer("16.06"), make_user("Dewi")
    other = Posting.objects.create(user=both, region=region("16.13"), role=Role.OFFICER)
    for held in (both.postings.get(region="16.06"), other):
        Posting.objects.create(
            user=helper, region=held.region, role=held.role, stands_in_for=held, ends_at=LATER
        )
    run(merged_regencies(tmp_path), clerk)

    acts = Activity.objects.filter(verb="posting.end").order_by("pk")
    assert [act.target.user for act in acts] == [both, helper]
    assert [(posting.region_id, posting.stands_in_for.user) for posting in helper.postings.current()] == [
        ("16.06", both)
    ]
