"""Trusted communities: the right to publish first, its record, its end, and the review after."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

import activity.actions
import moderation.actions
from accounts.models import Office, User
from activity.models import Activity
from articles.models import Article
from communities import handing, trusting
from communities.models import Community
from events.models import Event
from figures.definitions import FIGURES
from figures.periods import Period
from moderation import claims
from moderation.errors import TransitionRefused
from moderation.rules import may_decide
from moderation.states import Status
from notifications.audiences import audience
from office import queue
from tests.communities.life import asked
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_event,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wati() -> User:
    return make_officer(name="Wati")


@pytest.fixture
def kim() -> Community:
    return make_community()


def _trusted() -> Community:
    return make_community(trusted_at=timezone.now(), trusted_by=make_user("Petugas"))


def _good(kim: Community, number: int, *, days: float = 10, make=make_article) -> list:
    at = timezone.now() - timedelta(days=days)
    return [make(community=kim, decided_at=at, published_at=at) for _each in range(number)]


def _changed(item, name: str) -> None:
    with transaction.atomic():
        activity.actions.record(f"{item.KIND}.{name}", item, by=None, region=item.region)


class TestTheRecord:
    @pytest.mark.parametrize(("number", "is_enough"), [(9, False), (10, True), (12, True)])
    def test_ten_approved_as_they_came_are_enough(self, kim, number, is_enough):
        _good(kim, number - 4)
        _good(kim, 4, make=make_event)
        found = trusting.record_of(kim)
        assert (found.number, found.unchanged, found.is_enough) == (
            min(number, 10),
            min(number, 10),
            is_enough,
        )

    def test_what_is_older_than_ninety_days_does_not_count(self, kim):
        _good(kim, 10, days=91)
        assert trusting.record_of(kim).number == 0

    @pytest.mark.parametrize("name", ["return", "slip"])
    def test_one_that_was_changed_is_too_much(self, kim, name):
        _changed(_good(kim, 10)[3], name)
        found = trusting.record_of(kim)
        assert (found.unchanged, found.is_enough) == (9, False)

    def test_one_that_was_changed_is_outlived_by_ten_others(self, kim):
        _changed(_good(kim, 1, days=20)[0], "return")
        _good(kim, 10)
        assert trusting.record_of(kim).is_enough

    @pytest.mark.parametrize("status", [Status.REJECTED, Status.RETURNED, Status.SUSPENDED])
    def test_one_that_does_not_stand_is_too_much(self, kim, status):
        _good(kim, 10)
        make_article(status, community=kim)
        assert not trusting.record_of(kim).is_enough

    def test_the_numbers_are_a_setting_that_is_inherited(self, kim):
        _good(kim, 3)
        Office.objects.create(region=region(SUMATERA_SELATAN), name="Provinsi", trust_items=3)
        assert trusting.record_of(kim).is_enough
        Office.objects.create(region=region(MUSI_BANYUASIN), name="Kabupaten", trust_items=4, trust_days=7)
        found = trusting.record_of(kim)
        assert (found.wanted, found.days, found.is_enough) == (4, 7, False)


class TestGivingAndWithdrawing:
    def test_the_office_gives_it_and_the_managers_are_told(self, kim, wati):
        _good(kim, 10)
        for _click in range(2):
            assert trusting.trust(kim, by=wati).is_trusted
        given = Activity.objects.of(kim).get()
        assert (given.verb, given.posting) == ("community.trust", wati.postings.get())
        assert set(audience(given)) == {kim.created_by}

    def test_not_before_enough_speaks_for_it(self, kim, wati):
        _good(kim, 9)
        with pytest.raises(TransitionRefused):
            trusting.trust(kim, by=wati)

    def test_another_office_does_not_give_it_and_no_member_gives_it_to_themselves(self, kim, wati):
        _good(kim, 10)
        member = make_officer(name="Budi")
        make_member(kim, user=member)
        for person in (make_officer(SUMATERA_SELATAN), make_officer(LOMBOK_TENGAH), kim.created_by, member):
            with pytest.raises(PermissionDenied):
                trusting.trust(kim, by=person)

    def test_it_is_withdrawn_by_a_click_with_a_reason_and_by_the_levels_above_too(self, wati):
        for officer in (wati, make_officer(SUMATERA_SELATAN)):
            kim = _trusted()
            with pytest.raises(TransitionRefused):
                trusting.distrust(kim, by=officer, reason=" ")
            for _click in range(2):
                assert not trusting.distrust(kim, by=officer, reason="Dua berita keliru.").is_trusted
            assert [row.verb for row in Activity.objects.of(kim)] == ["community.distrust"]
        with pytest.raises(PermissionDenied):
            trusting.distrust(_trusted(), by=make_officer(LOMBOK_TENGAH), reason="Coba.")

    def test_a_violation_ends_it_by_itself(self, wati):
        kim = _trusted()
        item = make_article(community=kim)
        moderation.actions.move(item, "suspend", by=wati, reason="Nama anak.", cited="children")
        kim.refresh_from_db()
        assert not kim.is_trusted
        ended = Activity.objects.of(kim).get()
        assert (ended.verb, ended.actor) == ("community.distrust", None)
        assert not trusting.record_of(kim).is_enough

    def test_a_kim_that_was_suspended_is_not_trusted_when_it_is_restored(self):
        kim = _trusted()
        kim = moderation.actions.move(kim, "suspend", by=make_officer(), reason="Pengurusnya bertikai.")
        kim = moderation.actions.move(kim, "restore", by=make_officer())
        assert (kim.is_trusted, Community.objects.get(pk=kim.pk).is_trusted) == (False, False)
        assert Activity.objects.of(kim).filter(verb="community.distrust").count() == 1

    @pytest.mark.parametrize(("village", "stays"), [("16.06.06.2009", True), ("16.07.01.2001", False)])
    def test_who_moves_to_another_office_earns_it_anew(self, wati, village, stays):
        kim = _trusted()
        change = asked(kim, "change", village=region(village))
        moderation.actions.move(change, "approve", by=wati)
        kim.refresh_from_db()
        assert kim.is_trusted == stays

    def test_the_page_shows_the_figures_and_the_button(self, client, kim, wati):
        client.force_login(wati)
        page = reverse("office:community", args=[kim.pk])
        url = reverse("office:trust", args=[kim.pk])
        assert url not in client.get(page).content.decode()
        _good(kim, 10)
        assert url in client.get(page).content.decode()
        client.post(url)
        kim.refresh_from_db()
        assert kim.is_trusted
        client.post(url, {"cabut": "ya", "reason": "Dua berita keliru."})
        kim.refresh_from_db()
        assert not kim.is_trusted


class TestPublishingFirst:
    @pytest.mark.parametrize("make", [make_article, make_event])
    def test_what_it_sends_is_public_at_once_and_waits_on_the_desk(self, make, wati):
        kim = _trusted()
        item = handing.send(make(Status.DRAFT, community=kim), by=kim.created_by)
        assert (item.status, item.is_unreviewed, item.decided_at) == (Status.APPROVED, True, None)
        assert type(item).objects.public().get() == item
        assert item.due_at > timezone.now()
        row = queue.rows(wati)[0]
        assert (row.name, row.is_public_first, row.is_my_turn) == ((item.KIND, item.pk), True, 1)
        assert queue.waiting(wati)[item.KIND].number == 1
        sent = Activity.objects.of(item).get()
        assert sent.verb == f"{item.KIND}.publish_first"
        reader = make_user()
        kim.subscriptions.create(user=reader)
        assert set(audience(sent)) == {reader}

    def test_two_clicks_publish_once(self, client):
        kim = _trusted()
        item = make_article(Status.DRAFT, community=kim)
        client.force_login(kim.created_by)
        for _click in range(2):
            url = reverse("articles:move", args=[item.pk, item.slug])
            page = client.post(url, {"move": "publish_first"}, follow=True)
            assert [message.level_tag for message in page.context["messages"]] == ["success"]
        assert Activity.objects.of(item).count() == 1

    def test_it_may_ask_for_a_review_before_all_the_same(self, client):
        kim = _trusted()
        item = make_article(Status.DRAFT, community=kim)
        client.force_login(kim.created_by)
        client.post(reverse("articles:move", args=[item.pk, item.slug]), {"move": "submit"})
        item.refresh_from_db()
        assert item.status == Status.SUBMITTED

    def test_what_the_office_has_looked_at_goes_back_to_it(self, wati):
        kim = _trusted()
        writer = kim.created_by
        item = make_article(Status.SUBMITTED, community=kim)
        item = moderation.actions.move(item, "return", by=wati, reason="Foto buram.")
        assert handing.send(item, by=writer).status == Status.SUBMITTED
        item = moderation.actions.move(item, "withdraw", by=writer)
        assert handing.send(item, by=writer).status == Status.SUBMITTED

    def test_others_do_not_publish_first(self, kim):
        item = make_article(Status.DRAFT, community=kim)
        with pytest.raises(TransitionRefused):
            moderation.actions.move(item, "publish_first", by=kim.created_by)
        assert handing.send(item, by=kim.created_by).status == Status.SUBMITTED

    def test_what_lacks_something_is_not_published(self):
        kim = _trusted()
        with pytest.raises(TransitionRefused) as refusal:
            handing.send(make_article(Status.DRAFT, community=kim, lead=""), by=kim.created_by)
        assert len(refusal.value.problems) == 1

    def test_where_managers_read_first_they_publish(self):
        kim = _trusted()
        Community.objects.update(is_read_first=True)
        writer = make_member(kim)
        item = Article.objects.get(pk=make_article(Status.DRAFT, community=kim, author=writer).pk)
        item = handing.send(item, by=writer)
        assert (item.status, item.is_handed_in) == (Status.DRAFT, True)
        assert handing.send(item, by=kim.created_by).status == Status.APPROVED

    def test_scheduled_it_is_public_when_its_time_comes(self):
        kim = _trusted()
        later = timezone.now() + timedelta(hours=5)
        item = handing.send(make_article(Status.DRAFT, community=kim, publish_at=later), by=kim.created_by)
        assert (item.published_at, item.awaits_its_time, item.is_unreviewed) == (later, True, True)
        assert not Article.objects.public().exists()

    def test_an_authors_form_that_was_open_changes_nothing_of_it(self):
        kim = _trusted()
        item = make_article(Status.DRAFT, community=kim)
        stale = Article.objects.get(pk=item.pk)
        stale.title = "Judul yang ditulis sesudahnya"
        handing.send(item, by=kim.created_by)
        with pytest.raises(TransitionRefused):
            moderation.actions.save_changes(stale, by=kim.created_by)


class TestTheReviewAfter:
    def _published(self, make=make_article):
        kim = _trusted()
        return handing.send(make(Status.DRAFT, community=kim), by=kim.created_by)

    def test_an_officer_confirms_it_once(self, wati):
        item = self._published()
        claims.take(item, by=wati)
        item = moderation.actions.move(item, "confirm", by=wati)
        assert (item.status, item.is_unreviewed, item.decided_by) == (Status.APPROVED, False, wati)
        assert queue.waiting(wati)["article"].number == 0
        with pytest.raises(TransitionRefused):
            moderation.actions.move(item, "confirm", by=wati)
        assert list(audience(Activity.objects.of(item).latest("pk"))) == []

    def test_withdrawn_it_is_reviewed_and_the_trust_is_gone(self, wati):
        item = self._published()
        item = moderation.actions.move(item, "suspend", by=wati, reason="Fitnah.", cited="slander")
        assert (item.status, item.is_unreviewed, item.community.is_trusted) == (Status.SUSPENDED, False, True)
        assert not Community.objects.get(pk=item.community_id).is_trusted

    def test_restored_it_needs_no_second_review(self, wati):
        item = self._published()
        item = moderation.actions.move(item, "suspend", by=wati, reason="Fitnah.", cited="slander")
        assert not moderation.actions.move(item, "restore", by=wati).is_unreviewed

    def test_overdue_it_rises_a_level(self, wati):
        item, above = self._published(), make_officer(SUMATERA_SELATAN)
        assert [may_decide(user, item) for user in (wati, above)] == [True, False]
        Article.objects.update(due_at=timezone.now() - timedelta(hours=1))
        item.refresh_from_db()
        rows = Article.objects.on_desks_of(above).with_turn_of(above)
        assert (may_decide(above, item), rows.get().is_my_turn) == (True, 1)

    def test_its_writer_does_not_review_it(self):
        officer = make_officer()
        kim = _trusted()
        make_member(kim, user=officer)
        item = handing.send(make_article(Status.DRAFT, community=kim, author=officer), by=officer)
        kim.memberships.filter(user=officer).update(ended_at=timezone.now(), ended_by=officer)
        with pytest.raises(PermissionDenied):
            moderation.actions.move(item, "confirm", by=officer)

    def test_it_is_done_on_the_desk(self, client, wati):
        item = self._published(make_event)
        client.force_login(wati)
        page = client.get(reverse("office:item", args=["event", item.pk]))
        assert [move.name for move, _label in page.context["moves"]] == ["suspend", "confirm"]
        answers = {
            name: "yes" for name in page.context["form"].fields if name not in (
                "move", "reason", "rule", "hides_title", "seen",
            )
        }  # fmt: skip
        client.post(reverse("office:decide", args=["event", item.pk]), {"move": "confirm", **answers})
        assert not Event.objects.get().is_unreviewed

    def test_the_figures_of_offices_count_no_wait_that_nobody_had(self, wati):
        item = self._published()
        period = Period.current(region(MUSI_BANYUASIN))
        decided = FIGURES["decided"].rows(region(MUSI_BANYUASIN), period)["articles"]
        waiting = FIGURES["waiting"].rows(region(MUSI_BANYUASIN), period)["articles"]
        assert (decided.count(), waiting.count()) == (0, 1)
        moderation.actions.move(item, "confirm", by=wati)
        assert (decided.count(), waiting.count()) == (0, 0)


@pytest.mark.usefixtures("committed_db")
def test_trust_that_is_withdrawn_while_it_is_sent():
    wati = make_officer(name="Wati")
    kim = _trusted()
    item = make_article(Status.DRAFT, community=kim)
    barrier = Barrier(2)

    def run(call):
        try:
            barrier.wait(timeout=10)
            return call()
        finally:
            connection.close()

    calls = [
        lambda: handing.send(item, by=kim.created_by),
        lambda: trusting.distrust(kim, by=wati, reason="Dua berita keliru."),
    ]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(run, calls))
    item.refresh_from_db()
    sent = list(Activity.objects.of(item).values_list("verb", flat=True))
    assert (item.status, item.is_unreviewed, sent) in [
        (Status.APPROVED, True, ["article.publish_first"]),
        (Status.SUBMITTED, False, ["article.submit"]),
    ]


def test_trust_that_was_withdrawn_after_the_page_was_opened(wati):
    kim = _trusted()
    item = Article.objects.select_related("community").get(pk=make_article(Status.DRAFT, community=kim).pk)
    assert item.community.is_trusted
    trusting.distrust(kim, by=wati, reason="Dua berita keliru.")
    assert handing.send(item, by=kim.created_by).status == Status.SUBMITTED
