from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from activity.models import Activity
from communities import actions, change_actions
from communities.models import ChangeRequest, Community, Document, FormerSlug, Membership
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.communities.life import asked, scan, verbs_of
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    make_article,
    make_community,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db

NEW_DECREE = {
    "decree_number": "141/99/KPTS/2031",
    "decree_date": date(2026, 1, 6),
    "decree_issuer": "Kepala Desa",
    "decree_valid_until": date(2036, 1, 6),
}
ELSEWHERE = "16.06.06.2009"


def approve(change: ChangeRequest) -> ChangeRequest:
    return moderation.actions.move(change, "approve", by=make_officer())


def test_a_name_changes_only_once_the_office_agrees():
    community = make_community(name="KIM Lama", slug="kim-lama")
    change = asked(community, "change", name="KIM Baru")
    community.refresh_from_db()
    assert community.name == "KIM Lama"
    approve(change)
    community.refresh_from_db()
    assert (community.name, community.slug) == ("KIM Baru", "kim-baru")
    assert verbs_of(community) == ["community.change"]


def test_what_was_and_what_is_stands_in_the_history():
    community = make_community(name="KIM Lama", slug="kim-lama")
    approve(asked(community, "change", name="KIM Baru"))
    details = Activity.objects.of(community).get().details
    assert details["before"] == {"name": "KIM Lama", "slug": "kim-lama"}
    assert details["after"] == {"name": "KIM Baru", "slug": "kim-baru"}


@pytest.mark.parametrize("page", ["detail", "members", "profile"])
def test_the_old_address_leads_to_the_new_one(client, page):
    community = make_community(name="KIM Lama", slug="kim-lama")
    approve(asked(community, "change", name="KIM Baru"))
    client.force_login(community.created_by)
    answer = client.get(f"{reverse(f'communities:{page}', args=['kim-lama'])}?a=1")
    assert (answer.status_code, answer["Location"]) == (
        301,
        f"{reverse(f'communities:{page}', args=['kim-baru'])}?a=1",
    )


def test_nobody_else_gets_an_address_that_was_taken_before():
    community = make_community(name="KIM Lama", slug="kim-lama")
    approve(asked(community, "change", name="KIM Baru"))
    other = actions.save_application(Community(name="KIM Lama", region=community.region), by=make_user())
    assert other.slug != "kim-lama"


def test_a_name_that_comes_back_has_its_own_address_again():
    community = make_community(name="KIM Lama", slug="kim-lama")
    approve(asked(community, "change", name="KIM Baru"))
    community.refresh_from_db()
    approve(asked(community, "change", name="KIM Lama"))
    community.refresh_from_db()
    assert community.slug == "kim-lama"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["kim-baru"]


def test_a_community_that_moves_keeps_its_number_and_takes_its_drafts_along():
    community = make_community()
    number = community.registry_number
    published = make_article(community=community)
    draft = make_article(Status.DRAFT, community=community)
    approve(asked(community, "change", village=region(ELSEWHERE)))
    for row in (community, published, draft):
        row.refresh_from_db()
    assert (community.region_id, community.registry_number) == (ELSEWHERE, number)
    assert (draft.region_id, published.region_id != ELSEWHERE) == (ELSEWHERE, True)


def test_a_move_to_another_regency_is_kept_with_the_office_that_decided_it():
    community = make_community()
    place = community.region_id
    approve(asked(community, "change", village=region(ELSEWHERE)))
    act = Activity.objects.get(verb="community.change")
    assert (act.region_id, act.posting, act.office_id) == (place, act.actor.postings.get(), MUSI_BANYUASIN)
    assert (act.details["before"]["region"], act.details["after"]["region"]) == (place, ELSEWHERE)


def test_a_renewed_decree_reminds_anew_and_its_scan_holds_once_approved():
    community = make_community(decree_valid_until=timezone.localdate() + timedelta(days=5), reminded_days=7)
    change = asked(community, "renewal", **NEW_DECREE)
    assert community.decree_scan is None
    approve(change)
    community = Community.objects.get(pk=community.pk)
    assert (community.decree_valid_until, community.reminded_days) == (date(2036, 1, 6), None)
    assert community.decree_scan == Document.objects.get()


def test_the_lead_is_handed_over_with_the_new_decree():
    community = make_community()
    giver, heir = community.created_by, make_member(community)
    successor = Membership.objects.get(user=heir)
    change = asked(community, "handover", chair_name="Citra", successor=successor, **NEW_DECREE)
    assert not community.has_manager(heir)
    approve(change)
    community.refresh_from_db()
    assert community.chair_name == "Citra"
    assert (community.has_manager(heir), community.has_manager(giver), community.has_member(giver)) == (
        True,
        False,
        True,
    )


def test_who_has_left_takes_nothing_over():
    community = make_community()
    heir = make_member(community)
    successor = Membership.objects.get(user=heir)
    change = asked(community, "handover", chair_name="Citra", successor=successor, **NEW_DECREE)
    actions.end_membership(successor, by=heir)
    with pytest.raises(TransitionRefused):
        approve(change)
    change.refresh_from_db()
    assert (change.status, community.has_manager(community.created_by)) == (Status.SUBMITTED, True)


def test_the_end_that_managers_ask_for_comes_with_the_offices_consent():
    community = make_community()
    change = asked(community, "dissolution", ends_on=date(2026, 3, 1))
    approve(change)
    community.refresh_from_db()
    assert (community.dissolved_on, community.is_dissolved) == (date(2026, 3, 1), True)
    assert verbs_of(community) == ["community.dissolve"]


@pytest.mark.parametrize(
    ("purpose", "fields"),
    [
        ("change", {}),
        ("renewal", {}),
        ("renewal", {**NEW_DECREE, "decree_valid_until": date(2020, 1, 1)}),
        ("handover", NEW_DECREE),
        ("dissolution", {}),
    ],
)
def test_what_is_unfinished_is_not_sent(purpose, fields):
    with pytest.raises(TransitionRefused):
        asked(make_community(), purpose, **fields)


def test_one_request_at_a_time():
    community = make_community()
    asked(community, "change", name="KIM Baru")
    with pytest.raises(TransitionRefused):
        asked(community, "change", name="KIM Lain")


def test_only_managers_ask():
    community = make_community()
    for stranger in (make_member(community), make_user(), make_officer()):
        with pytest.raises(PermissionDenied):
            asked(community, "change", name="KIM Baru", by=stranger)


def test_the_office_of_another_region_neither_sees_nor_decides():
    change = asked(make_community(), "change", name="KIM Baru")
    elsewhere = make_officer(LOMBOK_TENGAH)
    assert list(ChangeRequest.objects.on_desks_of(elsewhere)) == []
    with pytest.raises(PermissionDenied):
        moderation.actions.move(change, "approve", by=elsewhere)


def test_what_is_decided_is_neither_suspended_nor_restored():
    change = approve(asked(make_community(), "change", name="KIM Baru"))
    officer = make_officer()
    assert moderation.actions.available_moves(change, officer) == []
    with pytest.raises(TransitionRefused):
        moderation.actions.move(change, "suspend", by=officer, reason="Keliru.")


def test_a_draft_can_be_thrown_away_with_its_scan():
    community = make_community()
    change = ChangeRequest(community=community, region=community.region, purpose="renewal")
    change = change_actions.save(change, by=community.created_by, decree=scan())
    change_actions.discard(change, by=community.created_by)
    assert (ChangeRequest.objects.count(), Document.objects.count()) == (0, 0)


def test_a_request_under_review_cannot_be_thrown_away():
    change = asked(make_community(), "change", name="KIM Baru")
    with pytest.raises(TransitionRefused):
        change_actions.discard(change, by=change.created_by)


def test_the_desk_shows_what_is_asked_and_decides_it(client, settings):
    settings.OFFICE_REQUIRES_MFA = False
    change = asked(make_community(name="KIM Lama"), "change", name="KIM Baru Sekali")
    client.force_login(make_officer())
    page = client.get(reverse("office:item", args=["change", change.pk]))
    assert (page.status_code, "KIM Baru Sekali" in page.content.decode()) == (200, True)
    client.post(
        reverse("office:decide", args=["change", change.pk]),
        {"move": "approve", "seen": change.submitted_at.isoformat()},
    )
    assert Community.objects.get().name == "KIM Baru Sekali"


def test_a_manager_asks_on_the_page_step_by_step(client):
    community = make_community(name="KIM Lama")
    client.force_login(community.created_by)
    page = reverse("communities:begin_change", args=[community.slug])
    assert client.get(page).status_code == 200
    form = client.get(f"{page}?untuk=change").context["form"]
    sent = {"form_key": form["form_key"].value(), "name": "KIM Baru", "reason": "Rapat.", "then": "submit"}
    answer = client.post(f"{page}?untuk=change", sent)
    change = ChangeRequest.objects.get()
    assert (answer["Location"], change.status) == (change.get_absolute_url(), Status.SUBMITTED)
    assert client.get(change.get_absolute_url()).status_code == 200
    assert client.get(page)["Location"] == change.get_absolute_url()


@pytest.mark.parametrize("purpose", ["renewal", "handover", "dissolution"])
def test_each_purpose_asks_for_its_own_and_says_what_is_missing(client, purpose):
    community = make_community()
    client.force_login(community.created_by)
    page = f"{reverse('communities:begin_change', args=[community.slug])}?untuk={purpose}"
    form = client.get(page).context["form"]
    answer = client.post(page, {"form_key": form["form_key"].value(), "then": "submit"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(form.needed)


def test_the_slower_click_of_what_was_sent_is_through_and_other_words_are_refused():
    change = asked(make_community(), "renewal", **NEW_DECREE)
    again = change_actions.save(change, by=change.created_by, decree=scan())
    assert (again.status, again.documents.count()) == (Status.SUBMITTED, 1)
    change.reason = "Alasan lain."
    with pytest.raises(TransitionRefused):
        change_actions.save(change, by=change.created_by)
