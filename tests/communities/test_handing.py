"""Where managers read first: a member hands in, a manager sends on or gives back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from activity.models import Activity
from articles.models import Article
from communities import handing, reading
from communities.models import Community, Membership
from moderation.errors import TransitionRefused
from moderation.states import Status
from notifications.audiences import audience
from tests.factories import (
    make_amendment,
    make_article,
    make_community,
    make_event,
    make_fact_check,
    make_member,
    make_officer,
    make_user,
)

WORDS = "Mohon tambah nama narasumber."
MAKERS = [make_article, make_event, make_amendment, make_fact_check]


def _people(**fields) -> SimpleNamespace:
    community = make_community(is_read_first=True, **fields)
    return SimpleNamespace(
        community=community,
        manager=community.created_by,
        writer=make_member(community, user=make_user("Penulis")),
        fellow=make_member(community),
    )


@pytest.fixture
def kim(db) -> SimpleNamespace:
    return _people()


def _draft(kim: SimpleNamespace, status: str = Status.DRAFT, make=make_article, **fields):
    return make(status, community=kim.community, author=kim.writer, **fields)


def _verbs(item) -> list[str]:
    return [row.verb for row in Activity.objects.of(item)]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
def test_what_a_member_sends_goes_to_the_managers_and_to_no_office(kim, status, make):
    officer = make_officer()
    item = handing.send(_draft(kim, status, make), by=kim.writer)
    assert (item.status, item.handed_in_by) == (status, kim.writer)
    assert _verbs(item) == [f"{item.KIND}.hand_in"]
    assert set(audience(Activity.objects.of(item).get())) == {kim.manager}
    assert not type(item).objects.waiting().exists()
    assert type(item).handed_in_to(kim.manager).get() == item
    for other in (kim.writer, kim.fellow, officer):
        assert not type(item).handed_in_to(other).exists()


def test_a_manager_sends_on_and_it_is_the_offices(kim):
    item = handing.send(_draft(kim), by=kim.writer)
    item = handing.send(item, by=kim.manager, seen=item.changed_at)
    assert (item.status, item.is_handed_in) == (Status.SUBMITTED, False)
    assert (item.submitted_by, item.created_by) == (kim.manager, kim.writer)
    assert _verbs(item) == ["article.hand_in", "article.submit"]


def test_what_changed_since_the_manager_read_it_is_read_again(kim):
    item = handing.send(_draft(kim), by=kim.writer)
    read = item.changed_at
    item.title = "Judul yang lain"
    moderation.actions.save_changes(item, by=kim.writer)
    with pytest.raises(TransitionRefused):
        handing.send(item, by=kim.manager, seen=read)
    assert Article.objects.get().status == Status.DRAFT


def test_a_manager_gives_back_with_words_and_the_writer_is_told(kim):
    item = handing.send(_draft(kim), by=kim.writer)
    with pytest.raises(TransitionRefused):
        handing.hand_back(item, by=kim.manager, words="  ")
    item = handing.hand_back(item, by=kim.manager, words=WORDS)
    assert (item.status, item.is_handed_in) == (Status.DRAFT, False)
    assert handing.given_back(item).reason == WORDS
    assert set(audience(Activity.objects.of(item).latest("pk"))) == {kim.writer}
    handing.send(item, by=kim.writer)
    assert handing.given_back(item) is None


def test_the_writer_takes_it_back(kim):
    item = handing.take_back(handing.send(_draft(kim), by=kim.writer), by=kim.writer)
    assert not item.is_handed_in
    assert reading.number_for(kim.manager) == 0


def test_only_a_manager_gives_back_and_no_stranger_does_anything(kim):
    item = handing.send(_draft(kim), by=kim.writer)
    stranger, elsewhere = make_user(), make_community().created_by
    for person in (kim.writer, kim.fellow, stranger, elsewhere):
        with pytest.raises(PermissionDenied):
            handing.hand_back(item, by=person, words=WORDS)
    for person in (kim.fellow, stranger, elsewhere):
        with pytest.raises(PermissionDenied):
            handing.take_back(item, by=person)
        with pytest.raises(PermissionDenied):
            handing.hand_in(item, by=person)


@pytest.mark.parametrize("make", MAKERS)
def test_the_door_itself_lets_no_member_past_the_managers(kim, make):
    with pytest.raises(TransitionRefused):
        moderation.actions.move(_draft(kim, make=make), "submit", by=kim.writer)


@pytest.mark.parametrize("others", [0, 1])
def test_what_a_manager_writes_goes_straight_to_the_office(kim, others):
    for _other in range(others):
        make_member(kim.community, role=Membership.Role.MANAGER)
    item = make_article(Status.DRAFT, community=kim.community, author=kim.manager)
    assert handing.send(item, by=kim.manager).status == Status.SUBMITTED


def test_where_nobody_manages_any_more_nobody_is_waited_for(kim):
    waiting = handing.send(_draft(kim), by=kim.writer)
    kim.community.memberships.filter(user=kim.manager).update(ended_at=timezone.now(), ended_by=kim.manager)
    assert handing.send(waiting, by=kim.writer).status == Status.SUBMITTED
    assert handing.send(_draft(kim), by=kim.writer).status == Status.SUBMITTED


def test_what_lacks_something_is_not_handed_in(kim):
    with pytest.raises(TransitionRefused) as refusal:
        handing.send(_draft(kim, lead=""), by=kim.writer)
    assert len(refusal.value.problems) == 1


def test_two_clicks_hand_in_once(kim):
    item = _draft(kim)
    for _click in range(2):
        handing.send(item, by=kim.writer)
    assert _verbs(item) == ["article.hand_in"]


def test_what_waits_for_the_office_cannot_wait_for_managers_too(kim):
    item = _draft(kim, Status.SUBMITTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=item.pk).update(handed_in_at=timezone.now(), handed_in_by=kim.writer)


def _profile(client, kim, **values):
    client.force_login(kim.manager)
    url = reverse("communities:profile", args=[kim.community.slug])
    form = client.get(url).context["form"]
    sent = {
        name: form[name].value() or "" for name in form.fields if name not in ("logo", "group_photo", *values)
    }
    sent |= {name: value for name, value in values.items() if value}
    return client.post(url, {**sent, "is_read_first": values.get("is_read_first", "")}, follow=True)


def test_it_is_a_setting_of_the_profile(client, db):
    kim = _people()
    Community.objects.update(is_read_first=False)
    assert handing.send(_draft(kim), by=kim.writer).status == Status.SUBMITTED
    _profile(client, kim, is_read_first="on")
    kim.community.refresh_from_db()
    assert kim.community.is_read_first
    assert handing.send(_draft(kim), by=kim.writer).is_handed_in


def test_switched_off_what_waited_goes_to_the_office_and_what_cannot_waits_on(client, kim):
    complete = handing.send(_draft(kim), by=kim.writer)
    others = [handing.send(_draft(kim, make=make), by=kim.writer) for make in MAKERS[1:]]
    incomplete = handing.send(_draft(kim), by=kim.writer)
    Article.objects.filter(pk=incomplete.pk).update(lead="")
    page = _profile(client, kim)
    assert [message.level_tag for message in page.context["messages"]] == ["success", "info", "warning"]
    for item in (complete, *others, incomplete):
        item.refresh_from_db()
    assert {item.status for item in (complete, *others)} == {Status.SUBMITTED}
    assert (incomplete.status, incomplete.is_handed_in) == (Status.DRAFT, True)
    assert reading.number_for(kim.manager) == 1


def test_the_pages_of_writer_and_manager(client, kim):
    item = _draft(kim)
    move = reverse("articles:move", args=[item.pk, item.slug])
    client.force_login(kim.writer)
    answer = client.post(move, {"move": "submit"}, follow=True)
    assert 'value="take_back"' in answer.content.decode()
    assert 'value="submit"' not in answer.content.decode()
    client.force_login(kim.manager)
    page = client.get(reverse("communities:to_read"))
    assert page.context["items"] == [item]
    shown = client.get(item.get_absolute_url()).content.decode()
    assert 'value="send"' in shown
    assert 'value="hand_back"' in shown
    client.post(move, {"move": "hand_back", "reason": WORDS})
    client.force_login(kim.writer)
    assert WORDS in client.get(item.get_absolute_url()).content.decode()
    client.post(move, {"move": "submit"})
    item.refresh_from_db()
    client.force_login(kim.manager)
    client.post(move, {"move": "send", "seen": item.changed_at.isoformat()})
    item.refresh_from_db()
    assert item.status == Status.SUBMITTED


@pytest.mark.parametrize("kind", ["communities", "articles"])
def test_a_step_that_is_none_is_refused_in_words(client, kim, kind):
    client.force_login(kim.manager)
    item = _draft(kim)
    url = {
        "communities": reverse("communities:move", args=[kim.community.slug]),
        "articles": reverse("articles:move", args=[item.pk, item.slug]),
    }[kind]
    page = client.post(url, {"move": "hand_back", "reason": WORDS}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


@pytest.mark.usefixtures("committed_db")
def test_handing_in_while_the_setting_is_switched_off_leaves_nothing_behind():
    kim = _people()
    item = _draft(kim)
    barrier = Barrier(2)

    def run(call):
        try:
            barrier.wait(timeout=10)
            return call()
        finally:
            connection.close()

    def switch_off():
        with transaction.atomic():
            Community.objects.filter(pk=kim.community.pk).update(is_read_first=False)
        return handing.send_waiting(kim.community, by=kim.manager)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(run, [lambda: handing.send(item, by=kim.writer), switch_off]))
    item.refresh_from_db()
    assert (item.status, item.is_handed_in) == (Status.SUBMITTED, False)


def test_every_kind_waits_in_one_list_and_its_number(client, kim):
    items = [handing.send(_draft(kim, make=make), by=kim.writer) for make in MAKERS]
    client.force_login(kim.manager)
    assert client.get(reverse("communities:to_read")).context["items"] == items
    assert reading.number_for(kim.manager) == len(items)
    assert reading.number_for(kim.fellow) == 0


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("make", [make_amendment, make_fact_check])
def test_of_two_managers_who_give_back_at_once_one_does_and_the_writer_is_told_once(make):
    kim = _people()
    managers = [kim.manager, make_member(kim.community, role=Membership.Role.MANAGER)]
    item = handing.send(_draft(kim, make=make), by=kim.writer)
    barrier = Barrier(2)

    def give_back(manager):
        try:
            barrier.wait(timeout=10)
            handing.hand_back(item, by=manager, words=WORDS)
        except TransitionRefused:
            return "refused"
        finally:
            connection.close()
        return "given back"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(give_back, managers)) == ["given back", "refused"]
    assert _verbs(item) == [f"{item.KIND}.hand_in", f"{item.KIND}.hand_back"]
