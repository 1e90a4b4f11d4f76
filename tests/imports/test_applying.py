"""From a checked spreadsheet to verified communities, and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

import activity.actions
from accounts.models import Posting
from activity.models import Activity
from communities.importing import COMMUNITY_IMPORT, COMMUNITY_IMPORT_UNDO
from communities.models import Community, Membership
from imports import actions
from imports.errors import ImportRefused
from imports.models import Import, Outcome, State
from moderation.states import Status
from tests.factories import LOMBOK_TENGAH, make_community, make_member, make_officer
from tests.imports.flow import apply, codes, hints, rows, undo, upload, worked
from tests.imports.sheets import TOMAN, a_row, as_csv

pytestmark = pytest.mark.django_db
OTHER_VILLAGE = "16.06.06.2009"


def three() -> list[list[object]]:
    return [
        a_row("KIM Surya"),
        a_row("KIM Mekar", email="mekar@contoh.example"),
        a_row("KIM Rantau", OTHER_VILLAGE),
    ]


def test_imported_kim_are_verified_by_the_officer_and_have_no_manager(checked, officer):
    made = apply(checked(as_csv(three())), by=officer)
    assert made.state == State.APPLIED
    found = list(Community.objects.order_by("pk"))
    assert [each.name for each in found] == ["KIM Surya", "KIM Mekar", "KIM Rantau"]
    assert {each.status for each in found} == {Status.APPROVED}
    assert {each.decided_by for each in found} == {officer}
    assert [each.registry_number for each in found] == ["160606200801", "160606200802", "160606200901"]
    assert [each.slug for each in found] == ["kim-surya", "kim-mekar", "kim-rantau"]
    assert Membership.objects.count() == 0
    assert [row.community_id for row in rows(made)] == [each.pk for each in found]


def test_each_has_its_own_line_in_the_history_and_nobody_is_told(checked, officer):
    made = apply(checked(as_csv(three())), by=officer)
    history = Activity.objects.filter(verb="community.import")
    assert list(history.values_list("actor", "region", "details").order_by("pk")) == [
        (officer.pk, TOMAN, {"import": made.pk}),
        (officer.pk, TOMAN, {"import": made.pk}),
        (officer.pk, OTHER_VILLAGE, {"import": made.pk}),
    ]
    assert history.waiting().count() == 0


def test_each_is_done_from_the_office_that_the_import_is_for(checked, officer):
    above = Posting.objects.create(user=officer, region=None)
    ready = checked(as_csv(three()))
    Import.objects.filter(pk=ready.pk).update(region=None)
    undo(apply(Import.objects.get(pk=ready.pk), by=officer), by=officer)
    acts = Activity.objects.filter(verb__in=[COMMUNITY_IMPORT, COMMUNITY_IMPORT_UNDO])
    assert set(acts.values_list("verb", "posting", "office")) == {
        (COMMUNITY_IMPORT, above.pk, None),
        (COMMUNITY_IMPORT_UNDO, above.pk, None),
    }


def test_numbers_go_on_after_those_that_are_given(checked, officer):
    make_community(name="KIM Lama", registry_number="160606200807")
    apply(checked(as_csv(three())), by=officer)
    numbers = Community.objects.filter(name__in=["KIM Surya", "KIM Mekar"]).order_by("pk")
    assert [each.registry_number for each in numbers] == ["160606200808", "160606200809"]


def test_names_that_are_taken_get_addresses_of_their_own(checked, officer):
    make_community(name="KIM Surya", slug="kim-surya", village="16.71.01.1001")
    apply(checked(as_csv([a_row("KIM Surya"), a_row("KIM Surya", OTHER_VILLAGE)])), by=officer)
    slugs = Community.objects.filter(name="KIM Surya").order_by("pk").values_list("slug", flat=True)
    assert len(set(slugs)) == 3
    assert slugs[1] == "kim-surya-toman"


def test_rows_with_errors_are_left_out_and_stay_listed(checked, officer):
    made = apply(checked(as_csv([*three(), a_row("KIM Salah", no_hp="x")])), by=officer)
    assert Community.objects.count() == 3
    assert made.counts()[Outcome.WRONG] == 1
    assert codes(rows(made)[3]) == [("phone", "phone")]


def test_a_second_import_of_the_same_file_changes_nothing(checked, officer):
    apply(checked(as_csv(three())), by=officer)
    before = list(Community.objects.order_by("pk").values())
    again = apply(checked(as_csv(three())), by=officer)
    assert list(Community.objects.order_by("pk").values()) == before
    assert again.counts()[Outcome.SAME] == 3
    assert Activity.objects.filter(verb="community.import").count() == 3


def test_alike_ones_are_registered_with_the_hint_once_and_a_second_time_nothing_changes(checked, officer):
    make_community(name="KIM Surya Gamboo")
    alike = [a_row("KIM Surya Gambo"), a_row("KIM Suria Gambo", nomor_sk="x")]
    made = apply(checked(as_csv(alike)), by=officer)
    first, second = rows(made)
    assert (first.outcome, hints(first)) == (Outcome.MADE, [("name", "alike")])
    assert second.outcome == Outcome.MADE
    before = list(Community.objects.order_by("pk").values())
    assert apply(checked(as_csv(alike)), by=officer).counts()[Outcome.SAME] == 2
    assert list(Community.objects.order_by("pk").values()) == before


def test_two_uploads_that_were_checked_before_either_was_applied_make_one(checked, officer):
    one, other = checked(as_csv(three())), checked(as_csv(three()))
    apply(one, by=officer)
    assert apply(other, by=officer).counts()[Outcome.SAME] == 3
    assert Community.objects.count() == 3


def test_pressing_twice_applies_once(checked, officer):
    made = checked(as_csv(three()))
    actions.apply(made, by=officer)
    actions.apply(made, by=officer)
    worked(made)
    actions.apply(made, by=officer)
    assert worked(made).state == State.APPLIED
    assert Community.objects.count() == 3
    assert Activity.objects.filter(verb="import.apply").count() == 1


def test_uploading_twice_with_one_form_keeps_one_file(officer):
    import uuid

    from tests.factories import region

    key = uuid.uuid4()
    made = [
        actions.upload(as_csv(three()), region=region("16.06"), form_key=key, by=officer)
        for _click in range(2)
    ]
    assert made[0].pk == made[1].pk
    assert Import.objects.count() == 1


def test_a_posting_that_ends_before_the_worker_comes_registers_nothing(checked, officer):
    made = checked(as_csv(three()))
    actions.apply(made, by=officer)
    officer.postings.update(ended_at=timezone.now(), ended_by=officer)
    after = worked(made)
    assert (after.state, after.problem) == (State.CHECKED, "rights_ended")
    assert Community.objects.count() == 0


def test_an_officer_of_elsewhere_may_do_nothing_with_it(checked, officer):
    made = checked(as_csv(three()))
    stranger = make_officer(LOMBOK_TENGAH)
    for step in (actions.apply, actions.undo):
        with pytest.raises(PermissionDenied):
            step(made, by=stranger)
    with pytest.raises(PermissionDenied):
        actions.check(made, made.mapping, by=stranger)
    with pytest.raises(PermissionDenied):
        upload(as_csv(three()), by=stranger)


def test_undoing_takes_all_of_it_back_and_the_history_stays(checked, officer):
    made = apply(checked(as_csv(three())), by=officer)
    after = undo(made, by=officer)
    assert (after.state, after.undone_by) == (State.UNDONE, officer)
    assert Community.objects.count() == 0
    assert after.counts()[Outcome.UNDONE] == 3
    assert Activity.objects.filter(verb="community.import_undo").count() == 3
    assert Activity.objects.filter(verb="community.import").count() == 3


def test_what_something_has_happened_to_is_kept_and_says_why(checked, officer):
    made = apply(checked(as_csv(three())), by=officer)
    surya, mekar, _rantau = Community.objects.order_by("pk")
    make_member(surya)
    with transaction.atomic():
        activity.actions.record("community.suspend", mekar, by=officer, region=mekar.region)
    after = undo(made, by=officer)
    assert set(Community.objects.all()) == {surya, mekar}
    assert [row.outcome for row in rows(after)] == [Outcome.KEPT, Outcome.KEPT, Outcome.UNDONE]
    assert [codes(row) for row in rows(after)[:2]] == [[("name", "kept")]] * 2


def test_what_was_written_about_since_is_kept(checked, officer):
    from tests.factories import make_article

    made = apply(checked(as_csv(three())), by=officer)
    make_article(community=Community.objects.get(name="KIM Surya"), author=officer)
    undo(made, by=officer)
    assert [each.name for each in Community.objects.all()] == ["KIM Surya"]


def test_after_a_day_nothing_is_undone(checked, officer):
    made = apply(checked(as_csv(three())), by=officer)
    Import.objects.update(applied_at=timezone.now() - timedelta(hours=24, minutes=1))
    with pytest.raises(ImportRefused, match="too_late"):
        actions.undo(made, by=officer)
    assert Community.objects.count() == 3


def test_what_was_undone_can_be_imported_again(checked, officer):
    undo(apply(checked(as_csv(three())), by=officer), by=officer)
    apply(checked(as_csv(three())), by=officer)
    assert Community.objects.count() == 3
