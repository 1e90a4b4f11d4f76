"""Appealing against the refusal of a reply: with an account, or by the link of the mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from accounts.models import User
from accounts.staged import owner_of
from moderation.errors import TransitionRefused
from moderation.states import Status
from replies import actions
from replies.by_email import by_email
from replies.models import Reply
from tests.factories import make_officer, make_reply, make_user
from tests.replies.test_replying import SITI, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_step_of_signing_in(settings):
    settings.OFFICE_REQUIRES_MFA = False


def refused(officer: User, **fields) -> tuple[Reply, str]:
    reply = make_reply(Status.SUBMITTED, author=owner_of(SITI, language="id"), **fields)
    reply = moderation.actions.move(reply, "reject", by=officer, reason="Anda tidak disebut.")
    return reply, reverse("replies:own", args=[by_email.own_token(reply)])


def test_a_sender_without_an_account_appeals_once_and_another_officer_answers(client):
    first, second = make_officer(), make_officer()
    reply, link = refused(first)
    assert 'value="appeal"' in client.get(link).content.decode()
    for _click in range(2):
        answer = client.post(link, {"move": "appeal", "reason": "Nama saya ada di alinea kedua."})
        assert answer.status_code == 302
    reply = Reply.objects.get()
    assert (reply.status, reply.appealed_by.email, reply.appealed_against) == ("submitted", SITI, first)
    page = client.get(link).content.decode()
    assert ('value="appeal"' in page, 'value="withdraw"' in page) == (False, False)
    assert told("reply.appeal") == {second.pk}
    with pytest.raises(PermissionDenied):
        moderation.actions.move(reply, "approve", by=first)
    client.force_login(second)
    desk = client.get(reverse("office:item", args=["reply", reply.pk])).content.decode()
    assert "Nama saya ada di alinea kedua." in desk
    reply = moderation.actions.move(reply, "reject", by=second, reason="Tetap bukan Anda.")
    assert told("reply.reject") == {reply.created_by_id, first.pk}
    assert 'value="appeal"' not in client.get(link).content.decode()
    with pytest.raises(TransitionRefused):
        actions.appeal(reply, "Sekali lagi.", by=reply.created_by)


def test_an_appeal_needs_words_and_has_its_time(client):
    reply, link = refused(make_officer())
    client.post(link, {"move": "appeal", "reason": "  "})
    Reply.objects.update(decided_at=timezone.now() - timedelta(days=15))
    assert 'value="appeal"' not in client.get(link).content.decode()
    client.post(link, {"move": "appeal", "reason": "Terlambat."})
    reply.refresh_from_db()
    assert (reply.status, reply.appealed_at) == (Status.REJECTED, None)


def test_who_has_sent_another_reply_since_appeals_against_nothing(client):
    reply, link = refused(make_officer())
    make_reply(Status.SUBMITTED, article=reply.article, author=reply.created_by)
    assert 'value="appeal"' not in client.get(link).content.decode()
    with pytest.raises(TransitionRefused):
        actions.appeal(reply, "Nama saya ada di sana.", by=reply.created_by)


def test_with_an_account_the_same_appeal_is_made_on_ones_own_page(client):
    person = make_user()
    reply = make_reply(Status.SUBMITTED, author=person)
    moderation.actions.move(reply, "reject", by=make_officer(), reason="Anda tidak disebut.")
    client.force_login(person)
    client.post(
        reverse("replies:mine", args=[reply.pk]), {"move": "appeal", "reason": "Nama saya ada di sana."}
    )
    reply.refresh_from_db()
    assert (reply.is_on_appeal, reply.appealed_by) == (True, person)
