"""Single mails to people without an account: whatever breaks, each goes out, and holds up no other."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from anymail.exceptions import AnymailRecipientsRefused
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import complaints.actions
import replies.models
from accounts.models import User
from aspirations.by_email import by_email
from aspirations.models import Request
from common.session_locks import place
from communities import invitation_actions
from communities.models import Community, Invitation
from complaints.models import Report
from imports.models import Import, PageClaim
from mailing import sending, tasks
from mailing.kinds import KINDS
from mailing.models import Setback
from notifications import addresses, requests
from notifications.models import AddressStop, FollowRequest
from notifications.things import Thing
from replies.by_email import by_email as replies_by_email
from tests.factories import TOMAN, make_article, make_community, make_officer, make_user, region
from tests.notifications.mail_server import MailServer

pytestmark = pytest.mark.django_db
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _kept_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = LOCMEM


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 1
    there = MailServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", there.port
    there.start()
    yield there
    there.stop()


def ask(email: str) -> Request:
    """Somebody writes an aspiration with this address."""
    request = Request(
        region=region(TOMAN), title="Jembatan", text="Jembatan rusak.", email=email, form_key=uuid4()
    )
    by_email.ask(request, address="203.0.113.5")
    return Request.objects.get(email=email)


def invited_to_claim(community: Community) -> PageClaim:
    """The office invites an imported community to claim its page."""
    officer = make_officer()
    upload = Import.objects.create(region=community.region, made_by=officer)
    later = timezone.now() + timedelta(days=1)
    return PageClaim.objects.create(community=community, of=upload, made_by=officer, expires_at=later)


def one_of_each() -> dict[str, str]:
    """A mail of each kind waits; to whom."""
    community, article = make_community(), make_article()
    requests.ask("ikuti@contoh.example", Thing(community=community), address="203.0.113.5")
    ask("aspirasi@contoh.example")
    invitation_actions.invite(community, by=community.created_by, email="undangan@contoh.example")
    case = complaints.actions.report(article, rule="untrue", email="laporan@contoh.example").case
    complaints.actions.decide(case, "kept", by=make_officer(), words="Sudah kami periksa.")
    reply = replies.models.Request(
        article=article,
        name="Siti",
        relation="saksi",
        text="Saya tidak di sana.",
        email="hak-jawab@contoh.example",
    )
    replies_by_email.ask(reply, address="203.0.113.5")
    invited_to_claim(make_community(email="klaim@contoh.example"))
    return {name: f"{name}@contoh.example" for name in KINDS}


def wait_is_over() -> None:
    Setback.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_each_kind_goes_out_once_with_a_name_of_its_own():
    expected = one_of_each()
    assert [sending.send_due(), sending.send_due()] == [6, 0]
    assert {message.to[0] for message in mail.outbox} == set(expected.values())
    names = [str(message.extra_headers["Message-ID"]) for message in mail.outbox]
    kinds = {name.partition("@")[0].rpartition("-")[0] for name in names}
    assert (len(names), kinds) == (6, {f"<{kind}" for kind in expected})
    assert {message.extra_headers["Auto-Submitted"] for message in mail.outbox} == {"auto-generated"}


class ServiceThatRefuses(BaseEmailBackend):
    """A mail service to which the address is known to take nothing."""

    def send_messages(self, email_messages: object) -> int:
        raise AnymailRecipientsRefused("inactive recipient")


def test_an_address_that_a_mail_service_refuses_for_good_is_asked_once(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "tukang:pos"}
    settings.EMAIL_BACKEND = f"{__name__}.{ServiceThatRefuses.__name__}"
    ask("mati@contoh.example")
    assert [sending.send_due(), sending.send_due()] == [1, 0]
    assert Setback.objects.count() == 0


def test_a_server_that_is_away_costs_nobody_a_setback(server: MailServer):
    one_of_each()
    server.stop()
    assert (sending.send_due(), Setback.objects.count()) == (0, 0)
    server.start()
    assert (sending.send_due(), len(server.mails)) == (6, 6)


@pytest.mark.parametrize("answer", ["451 later", "554 no", "hang up", "silence"])
def test_one_that_is_not_taken_waits_and_holds_up_no_other(server: MailServer, answer: str):
    server.to_data["sulit@contoh.example"] = answer
    for name in ("sulit", "siti", "sari"):
        ask(f"{name}@contoh.example")
    assert sending.send_due() == 2
    assert server.recipients == ["siti@contoh.example", "sari@contoh.example"]
    assert sending.send_due() == 0
    setback = Setback.objects.get()
    assert (setback.attempts, setback.given_up_at, "sulit" in setback.said) == (1, None, False)
    del server.to_data["sulit@contoh.example"]
    wait_is_over()
    assert (sending.send_due(), Setback.objects.count()) == (1, 0)
    assert server.recipients[-1] == "sulit@contoh.example"


def test_an_address_that_does_not_exist_is_asked_once(server: MailServer):
    server.to_recipient["tak-ada@contoh.example"] = "550 5.1.1 no such user"
    ask("tak-ada@contoh.example")
    assert [sending.send_due(), sending.send_due()] == [1, 0]
    assert (Request.objects.get().mailed_at is None, Setback.objects.count()) == (False, 0)


def test_more_poison_than_a_turn_holds_lets_the_others_through(server: MailServer, monkeypatch: Any):
    monkeypatch.setattr(sending, "TURN", 2)
    for number in range(5):
        server.to_data[f"sulit{number}@contoh.example"] = "451 later"
        ask(f"sulit{number}@contoh.example")
    ask("siti@contoh.example")
    for _minute in range(3):
        sending.send_due()
    assert server.recipients == ["siti@contoh.example"]


def test_tries_come_later_and_later_until_somebody_has_to_look(server: MailServer):
    server.to_data["sulit@contoh.example"] = "451 later"
    ask("sulit@contoh.example")
    pauses = []
    for _try in range(8):
        sending.send_due()
        pauses.append(Setback.objects.get().due_at - timezone.now())
        wait_is_over()
    assert pauses[0] < timedelta(minutes=2)
    assert pauses[0] < pauses[2] < pauses[4]
    assert max(pauses) <= sending.LONGEST_PAUSE * 1.5
    Setback.objects.update(began_at=timezone.now() - sending.GIVE_UP_AFTER - timedelta(hours=1))
    sending.send_due()
    assert Setback.objects.dead().count() == 1
    wait_is_over()
    assert sending.send_due() == 0


def test_an_administrator_sends_a_dead_letter_again(client: Client):
    request = ask("siti@contoh.example")
    Setback.objects.create(kind="aspirasi", about=request.pk, attempts=90, given_up_at=timezone.now())
    assert sending.send_due() == 0
    admin = make_user("Admin", is_staff=True, is_superuser=True)
    client.force_login(admin)
    chosen = {"action": "try_again", "_selected_action": [Setback.objects.get().pk]}
    page = reverse("admin:mailing_setback_changelist")
    assert "siti@" not in client.get(page).content.decode()
    assert client.post(page, chosen).status_code == 302
    assert [sending.send_due(), len(mail.outbox)] == [1, 1]


def test_what_cannot_be_composed_holds_up_no_other(monkeypatch: Any):
    one_of_each()
    monkeypatch.setattr(Report, "case", property(lambda _report: 1 / 0))
    assert sending.send_due() == 5
    assert [setback.said for setback in Setback.objects.all()] == ["ZeroDivisionError"]


def test_whoever_has_complained_gets_no_mail_of_any_kind():
    for email in one_of_each().values():
        addresses.stop(email, AddressStop.Reason.COMPLAINED)
    assert (sending.send_due(), mail.outbox) == (6, [])


def test_what_is_over_in_the_meantime_is_not_sent():
    one_of_each()
    long_ago = timezone.now() - timedelta(days=20)
    Request.objects.update(created_at=long_ago)
    FollowRequest.objects.update(created_at=long_ago)
    Invitation.objects.update(expires_at=long_ago)
    PageClaim.objects.update(expires_at=long_ago)
    Report.objects.update(email="")
    replies.models.Request.objects.update(created_at=long_ago)
    assert (sending.send_due(), mail.outbox) == (0, [])


@pytest.mark.usefixtures("committed_db")
def test_of_two_workers_each_mail_is_sent_by_one(server: MailServer):
    for number in range(6):
        ask(f"warga{number}@contoh.example")

    def work(_worker: int) -> int:
        try:
            return sending.send_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(work, range(2))) == 6
    assert sorted(server.recipients) == [f"warga{number}@contoh.example" for number in range(6)]


@pytest.mark.usefixtures("committed_db")
def test_while_one_worker_waits_for_the_server_no_other_does():
    with place("mailing"), ThreadPoolExecutor(1) as others:
        requests.ask("siti@contoh.example", Thing(region=region(TOMAN)), address="127.0.0.1")
        others.submit(_do_the_task).result()
        assert mail.outbox == []
    _do_the_task()
    assert [message.to for message in mail.outbox] == [["siti@contoh.example"]]


def _do_the_task() -> None:
    tasks.send_due()
    connection.close()


def test_a_kill_between_the_server_and_the_commit_sends_the_same_mail_again(
    server: MailServer, monkeypatch: Any
):
    ask("siti@contoh.example")
    with monkeypatch.context() as patch:
        patch.setattr(Request, "save", _killed)
        with pytest.raises(KeyboardInterrupt):
            sending.send_due()
    assert sending.send_due() == 1
    assert len(server.mails) == 2
    assert len({mailed["Message-ID"] for mailed in server.mails}) == 1


def _killed(*_args: Any, **_fields: Any) -> None:
    raise KeyboardInterrupt


def test_setbacks_of_what_waits_no_longer_are_forgotten():
    Setback.objects.create(kind="aspirasi", about=1, due_at=timezone.now() - timedelta(days=31))
    Setback.objects.create(kind="aspirasi", about=2)
    assert (sending.forget_old(), Setback.objects.count()) == (1, 1)


def test_an_invitation_of_somebody_with_an_account_is_told_by_the_portal_alone():
    community, person = make_community(), make_user()
    assert User.objects.filter(email=person.email, is_staged=False).exists()
    invitation_actions.invite(community, by=community.created_by, email=person.email)
    assert (sending.send_due(), mail.outbox) == (1, [])


def test_a_refusal_for_now_is_none_for_good(server: MailServer):
    server.to_recipient["siti@contoh.example"] = "450 greylisted"
    ask("siti@contoh.example")
    assert sending.send_due() == 0
    assert Setback.objects.get().said == smtplib.SMTPRecipientsRefused.__name__
    server.to_recipient.clear()
    wait_is_over()
    assert (sending.send_due(), len(server.mails)) == (1, 1)
