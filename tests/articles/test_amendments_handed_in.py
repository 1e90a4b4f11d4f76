"""Where managers read first: a member's change of a published article waits for them, a slip too."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from activity.models import Activity
from articles import amendment_actions
from articles.amendment import Nature, PublicChange
from articles.models import Amendment
from communities import handing, reading
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.factories import (
    make_amendment,
    make_article,
    make_community,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "Puluhan wrga bergotong royong.", "Puluhan warga bergotong royong."
WORDS = "Mohon sebut sumbernya."


@pytest.fixture
def kim() -> SimpleNamespace:
    community = make_community(is_read_first=True)
    writer = make_member(community, user=make_user("Penulis"))
    article = make_article(community=community, author=writer, lead=WRONG)
    return SimpleNamespace(community=community, manager=community.created_by, writer=writer, article=article)


def begun(kim, nature=Nature.SLIP) -> Amendment:
    """What the member has saved."""
    draft = amendment_actions.begin(kim.article)
    draft.lead, draft.nature = RIGHT, nature
    return amendment_actions.save(draft, by=kim.writer)


def verbs(item) -> list[str]:
    """What happened to it."""
    return [row.verb for row in Activity.objects.of(item)]


@pytest.mark.parametrize("nature", [Nature.SLIP, Nature.UPDATE])
def test_what_a_member_sends_waits_for_the_managers_and_changes_nothing(kim, nature):
    sent = amendment_actions.send(begun(kim, nature), by=kim.writer)
    kim.article.refresh_from_db()
    assert (sent.status, sent.is_handed_in, kim.article.lead) == (Status.DRAFT, True, WRONG)
    assert Amendment.handed_in_to(kim.manager).get() == sent
    assert not Amendment.objects.on_desks_of(make_officer()).exists()


def test_a_slip_that_a_manager_sends_on_is_mended_at_once(kim):
    sent = amendment_actions.send(begun(kim), by=kim.writer)
    assert amendment_actions.send(sent, by=kim.manager, seen=sent.changed_at) is None
    kim.article.refresh_from_db()
    assert (kim.article.lead, Amendment.objects.count()) == (RIGHT, 0)
    assert PublicChange.objects.get().changed_by == kim.manager


def test_another_change_that_a_manager_sends_on_is_the_offices(kim):
    sent = amendment_actions.send(begun(kim, Nature.UPDATE), by=kim.writer)
    sent = amendment_actions.send(sent, by=kim.manager, seen=sent.changed_at)
    assert (sent.status, sent.is_handed_in, sent.submitted_by) == (Status.SUBMITTED, False, kim.manager)


@pytest.mark.parametrize("nature", [Nature.SLIP, Nature.UPDATE])
def test_what_changed_since_the_manager_read_it_is_read_again(kim, nature):
    sent = amendment_actions.send(begun(kim, nature), by=kim.writer)
    read = sent.changed_at
    sent.lead = "Puluhan warga bergotong royong!"
    amendment_actions.save(sent, by=kim.writer, seen=read.isoformat())
    with pytest.raises(TransitionRefused):
        amendment_actions.send(sent, by=kim.manager, seen=read)
    kim.article.refresh_from_db()
    assert (kim.article.lead, Amendment.objects.get().is_handed_in) == (WRONG, True)


def test_no_member_mends_a_slip_past_the_managers(kim):
    with pytest.raises(TransitionRefused):
        amendment_actions.pass_slip(begun(kim), by=kim.writer)
    kim.article.refresh_from_db()
    assert kim.article.lead == WRONG


def test_where_the_manager_has_gone_the_writer_sends_what_waits(kim):
    sent = amendment_actions.send(begun(kim, Nature.UPDATE), by=kim.writer)
    kim.community.memberships.filter(user=kim.manager).update(ended_at=timezone.now(), ended_by=kim.manager)
    sent = amendment_actions.send(Amendment.objects.get(pk=sent.pk), by=kim.writer)
    assert (sent.status, sent.is_handed_in) == (Status.SUBMITTED, False)


def test_of_a_withdrawn_article_it_still_goes_on_and_of_a_suspended_kim_it_waits(kim):
    sent = amendment_actions.send(begun(kim, Nature.UPDATE), by=kim.writer)
    moderation.actions.move(kim.article, "suspend", by=make_officer(), reason="Keliru.", cited="untrue")
    type(kim.community).objects.update(status=Status.SUSPENDED)
    with pytest.raises(TransitionRefused) as refusal:
        amendment_actions.send(Amendment.objects.get(), by=kim.manager)
    assert len(refusal.value.problems) == 1
    type(kim.community).objects.update(status=Status.APPROVED)
    sent = amendment_actions.send(Amendment.objects.get(), by=kim.manager)
    assert sent.status == Status.SUBMITTED


def test_what_waits_can_be_thrown_away_and_waits_for_nobody(kim):
    sent = amendment_actions.send(begun(kim), by=kim.writer)
    amendment_actions.discard(sent, by=kim.writer)
    assert reading.number_for(kim.manager) == 0


def test_the_pages_of_writer_and_manager(client, kim):
    amendment = begun(kim, Nature.UPDATE)
    move = reverse("articles:move_amendment", args=[amendment.pk])
    client.force_login(kim.writer)
    answer = client.post(move, {"move": "submit"}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]
    assert 'value="take_back"' in answer.content.decode()
    client.post(move, {"move": "take_back"})
    client.post(move, {"move": "send"})
    client.force_login(kim.manager)
    assert client.get(reverse("communities:to_read")).context["items"] == [amendment]
    shown = client.get(amendment.get_absolute_url()).content.decode()
    assert ('value="send"' in shown, 'value="hand_back"' in shown) == (True, True)
    client.post(move, {"move": "hand_back", "reason": WORDS})
    client.force_login(kim.writer)
    assert WORDS in client.get(amendment.get_absolute_url()).content.decode()
    client.post(move, {"move": "submit"})
    amendment.refresh_from_db()
    client.force_login(kim.manager)
    client.post(move, {"move": "send", "seen": amendment.changed_at.isoformat()})
    amendment.refresh_from_db()
    assert amendment.status == Status.SUBMITTED
    steps = ["hand_in", "take_back", "hand_in", "hand_back", "hand_in", "submit"]
    assert verbs(amendment) == [f"amendment.{step}" for step in steps]


def test_a_manager_who_sends_it_from_the_form_asks_nobody(client, kim):
    amendment = make_amendment(Status.DRAFT, article=kim.article, author=kim.writer)
    handing.send(amendment, by=kim.writer)
    client.force_login(kim.manager)
    url = reverse("articles:edit_amendment", args=[amendment.pk])
    form = client.get(url).context["form"]
    fields = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    fields.pop("is_before_hidden")
    client.post(url, {**fields, "is_right": "Pukul enam.", "then": "submit"})
    amendment.refresh_from_db()
    assert (amendment.status, amendment.is_handed_in) == (Status.SUBMITTED, False)
