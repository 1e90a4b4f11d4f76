from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from accounts.models import Office
from communities import actions, life, life_actions
from communities.models import Community, Membership
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.communities.life import at_once, verbs_of
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    make_article,
    make_community,
    make_member,
    make_officer,
    make_user,
)

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def months_ago(months: int, days: int = 0) -> datetime:
    return life.months_before(NOW, months) - timedelta(days=days)


def silent(**fields) -> Community:
    """A community from which nothing came for seven months."""
    return make_community(**{"active_at": months_ago(7), **fields})


def proposed(**fields) -> Community:
    return silent(
        dormancy_warned_at=NOW - timedelta(days=31), dormancy_proposed_at=NOW - timedelta(days=1), **fields
    )


@pytest.mark.django_db
class TestProfile:
    def test_managers_change_what_is_free(self):
        community = make_community()
        life_actions.edit_profile(community, {"vision": "Desa cerdas."}, by=community.created_by)
        community.refresh_from_db()
        assert (community.vision, verbs_of(community)) == ("Desa cerdas.", ["community.edit"])

    def test_what_is_fixed_stays_even_if_it_is_sent(self):
        community = make_community(name="KIM Lama")
        life_actions.edit_profile(community, {"name": "KIM Palsu"}, by=community.created_by)
        community.refresh_from_db()
        assert (community.name, verbs_of(community)) == ("KIM Lama", [])

    def test_nobody_else_changes_it(self):
        community = make_community()
        for stranger in (make_member(community), make_user(), make_officer()):
            with pytest.raises(PermissionDenied):
                life_actions.edit_profile(community, {"vision": "x"}, by=stranger)

    @pytest.mark.parametrize("fields", [{"status": Status.SUSPENDED}, {"dissolved": True}])
    def test_nothing_changes_once_it_is_suspended_or_dissolved(self, fields):
        if fields.pop("dissolved", False):
            fields = ended()
        community = make_community(**fields)
        with pytest.raises(TransitionRefused):
            life_actions.edit_profile(community, {"vision": "x"}, by=community.created_by)

    def test_an_applicant_who_left_has_no_rights_any_more(self):
        community = make_community()
        make_member(community, role="manager")
        applicant = community.created_by
        actions.end_membership(Membership.objects.get(user=applicant), by=applicant)
        assert not community.is_authored_by(applicant)
        assert list(Community.objects.authored_by(applicant)) == []

    def test_the_page_saves_and_shows_what_is_fixed(self, client):
        community = make_community(name="KIM Tetap")
        client.force_login(community.created_by)
        page = reverse("communities:profile", args=[community.slug])
        shown = client.get(page)
        assert "KIM Tetap" in shown.content.decode()
        sent = {name: shown.context["form"][name].value() or "" for name in life_actions.FREE_FIELDS}
        sent["founded_on"] = "2020-08-17"
        answer = client.post(page, {**sent, "potential": "Tenun gambo", "name": "KIM Palsu"})
        community.refresh_from_db()
        assert answer.status_code == 302
        assert (community.potential, community.name) == ("Tenun gambo", "KIM Tetap")

    def test_the_page_is_for_managers_only(self, client):
        community = make_community()
        client.force_login(make_member(community))
        assert client.get(reverse("communities:profile", args=[community.slug])).status_code == 404


def ended() -> dict:
    return {"dissolved_on": date(2026, 3, 1), "dissolved_at": timezone.now(), "dissolved_by": make_user()}


@pytest.mark.django_db
class TestDecrees:
    @pytest.mark.parametrize(
        ("left", "reminded"), [(91, None), (90, 90), (31, 90), (30, 30), (7, 7), (0, 7), (-1, None)]
    )
    def test_managers_are_reminded_of_the_nearest_day(self, left, reminded):
        day = timezone.localdate(NOW) + timedelta(days=left)
        community = make_community(decree_valid_until=day)
        life.remind_of_decrees(NOW)
        community.refresh_from_db()
        assert community.reminded_days == reminded
        assert verbs_of(community) == (["community.expiring"] if reminded else [])

    def test_each_reminder_comes_once(self):
        day = timezone.localdate(NOW) + timedelta(days=95)
        community = make_community(decree_valid_until=day)
        for passed in range(100):
            life.remind_of_decrees(NOW + timedelta(days=passed))
        assert verbs_of(community) == ["community.expiring"] * 3

    def test_what_has_run_out_needs_renewal_and_can_still_be_read(self, client):
        community = make_community(decree_valid_until=timezone.localdate() - timedelta(days=1))
        assert community.needs_renewal
        assert list(Community.objects.needing_renewal()) == [community]
        assert client.get(community.get_absolute_url()).status_code == 200

    def test_it_holds_through_its_last_day(self):
        assert not make_community(decree_valid_until=timezone.localdate()).needs_renewal


@pytest.mark.django_db
class TestRest:
    def test_the_silent_are_warned_a_month_before(self):
        soon = make_community(active_at=months_ago(5, days=5))
        lively = make_community(active_at=months_ago(4))
        life.look_after(now=NOW)
        assert (verbs_of(soon), verbs_of(lively)) == (["community.warn"], [])

    def test_who_stays_silent_is_proposed_a_month_after_the_warning(self):
        community = silent()
        for passed in (0, 1, 29, 30, 31):
            life.look_after(now=NOW + timedelta(days=passed))
        assert verbs_of(community) == ["community.warn", "community.propose"]
        assert list(Community.objects.proposed_as_dormant()) == [community]

    def test_the_office_says_how_many_months(self):
        Office.objects.create(region_id=MUSI_BANYUASIN, name="Dinkominfo", dormant_months=12)
        here, elsewhere = silent(), silent(village="52.02.01.1001")
        life.warn_of_dormancy(NOW)
        assert (verbs_of(here), verbs_of(elsewhere)) == ([], ["community.warn"])

    def test_an_office_below_speaks_before_the_one_above(self):
        Office.objects.create(region_id="16", name="Diskominfo Sumsel", dormant_months=12)
        Office.objects.create(region_id=MUSI_BANYUASIN, name="Dinkominfo", dormant_months=3)
        community = make_community(active_at=months_ago(4))
        life.warn_of_dormancy(NOW)
        assert verbs_of(community) == ["community.warn"]

    def test_the_work_of_a_day_asks_as_much_for_many_as_for_one(self, django_assert_max_num_queries):
        for _ in range(5):
            make_community(active_at=months_ago(1))
        with django_assert_max_num_queries(20):
            life.look_after(now=NOW)

    def test_what_is_published_wakes_it_up(self):
        community = silent(dormant_at=NOW, dormant_by=make_user())
        article = make_article(Status.SUBMITTED, community=community)
        moderation.actions.move(article, "approve", by=make_officer())
        community.refresh_from_db()
        assert (community.is_dormant, verbs_of(community)) == (False, ["community.wake"])
        assert community.active_at > months_ago(1)

    def test_what_is_published_takes_the_proposal_back(self):
        community = proposed()
        article = make_article(Status.SUBMITTED, community=community)
        officer = make_officer()
        moderation.actions.move(article, "approve", by=officer)
        assert list(Community.objects.proposed_as_dormant()) == []
        with pytest.raises(TransitionRefused):
            life_actions.let_rest(community, by=officer)

    def test_the_office_confirms(self):
        community = proposed()
        life_actions.let_rest(community, by=make_officer())
        community.refresh_from_db()
        assert (community.is_dormant, community.status) == (True, Status.APPROVED)
        assert verbs_of(community) == ["community.rest"]

    def test_the_office_notes_why_not_and_the_months_begin_anew(self):
        community = proposed()
        life_actions.keep_active(community, by=make_officer(), reason="Siaran radio setiap pekan.")
        assert life.look_after(now=timezone.now() + timedelta(days=60))["warned"] == 0
        assert verbs_of(community) == ["community.keep"]

    def test_it_is_not_noted_without_a_reason(self):
        with pytest.raises(TransitionRefused):
            life_actions.keep_active(proposed(), by=make_officer(), reason=" ")

    def test_the_office_of_another_region_has_no_say(self, client, settings):
        settings.OFFICE_REQUIRES_MFA = False
        community, elsewhere = proposed(), make_officer(LOMBOK_TENGAH)
        with pytest.raises(PermissionDenied):
            life_actions.let_rest(community, by=elsewhere)
        client.force_login(elsewhere)
        client.post(reverse("office:decide_dormant"), {"kim": [community.pk], "step": "rest"})
        assert client.get(reverse("office:community", args=[community.pk])).status_code == 404
        assert list(client.get(reverse("office:dormant")).context["page_obj"]) == []
        community.refresh_from_db()
        assert not community.is_dormant

    def test_several_are_decided_at_once_each_with_its_own_line(self, client, settings):
        settings.OFFICE_REQUIRES_MFA = False
        several = [proposed(), proposed()]
        client.force_login(make_officer())
        assert len(client.get(reverse("office:dormant")).context["page_obj"]) == 2
        client.post(reverse("office:decide_dormant"), {"kim": [row.pk for row in several], "step": "rest"})
        assert [verbs_of(row) for row in several] == [["community.rest"]] * 2


@pytest.mark.django_db
class TestEnd:
    def test_the_office_dissolves_and_the_page_stays(self, client):
        community = make_community()
        life_actions.dissolve(community, on=date(2026, 3, 1), reason="Musyawarah.", by=make_officer())
        community.refresh_from_db()
        assert (community.dissolved_on, verbs_of(community)) == (date(2026, 3, 1), ["community.dissolve"])
        assert client.get(community.get_absolute_url()).status_code == 200
        assert list(Community.objects.living()) == []

    def test_nothing_new_is_written(self):
        community = make_community(**ended())
        author = community.created_by
        article = make_article(Status.DRAFT, community=community)
        assert list(Community.objects.with_member(author)) == []
        with pytest.raises(TransitionRefused):
            moderation.actions.move(article, "submit", by=author)
        with pytest.raises(TransitionRefused):
            actions.ask_to_join(community, by=make_user())

    def test_only_its_own_office_dissolves(self):
        community = make_community()
        for stranger in (make_officer(LOMBOK_TENGAH), community.created_by, make_user()):
            with pytest.raises(PermissionDenied):
                life_actions.dissolve(community, on=date(2026, 3, 1), reason="Iseng.", by=stranger)

    def test_it_ends_once_and_not_tomorrow(self):
        officer = make_officer()
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(TransitionRefused):
            life_actions.dissolve(make_community(), on=tomorrow, reason="Musyawarah.", by=officer)
        with pytest.raises(TransitionRefused):
            life_actions.dissolve(
                make_community(**ended()), on=date(2026, 3, 1), reason="Musyawarah.", by=officer
            )

    def test_the_register_dissolves_with_its_form(self, client, settings):
        settings.OFFICE_REQUIRES_MFA = False
        community = make_community()
        client.force_login(make_officer())
        page = reverse("office:dissolve", args=[community.pk])
        assert client.post(page, {"on": "2026-03-01"}).status_code == 422
        client.post(page, {"on": "2026-03-01", "reason": "Musyawarah."})
        assert Community.objects.get().is_dissolved


@pytest.mark.usefixtures("committed_db")
class TestRaces:
    def test_two_managers_leave_at_once_and_one_stays(self):
        community = make_community()
        other = make_member(community, role="manager")
        people = [community.created_by, other]
        own = [Membership.objects.get(user=person) for person in people]
        answers = at_once(
            lambda: actions.end_membership(own[0], by=people[0]),
            lambda: actions.end_membership(own[1], by=people[1]),
        )
        assert sum(isinstance(answer, TransitionRefused) for answer in answers) == 1
        assert community.memberships.current().managers().count() == 1

    def test_two_officers_decide_at_once_and_one_is_told(self):
        community = proposed()
        officers = [make_officer(), make_officer()]
        answers = at_once(
            lambda: life_actions.let_rest(community, by=officers[0]),
            lambda: life_actions.keep_active(community, by=officers[1], reason="Ada siaran."),
        )
        assert sum(isinstance(answer, TransitionRefused) for answer in answers) == 1
        assert len(verbs_of(community)) == 1

    def test_two_runs_of_a_day_at_once_remind_once(self):
        community = make_community(decree_valid_until=timezone.localdate(NOW) + timedelta(days=20))
        at_once(lambda: life.remind_of_decrees(NOW), lambda: life.remind_of_decrees(NOW))
        assert verbs_of(community) == ["community.expiring"]
