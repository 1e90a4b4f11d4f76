"""Addresses that take no mail: by the server's answer, by a mail that comes back, by a service's report."""

from __future__ import annotations

import base64
import io
import json
from datetime import timedelta
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from anymail.exceptions import AnymailRecipientsRefused
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

import accounts.actions
from accounts.models import User
from notifications import addresses, bounces
from notifications.channels.email import EmailChannel
from notifications.models import AddressStop
from tests.factories import make_user

pytestmark = pytest.mark.django_db

Reason = AddressStop.Reason

DSN = """From: MAILER-DAEMON@mx.contoh.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

It did not arrive.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.contoh.example

Final-Recipient: rfc822; {email}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{email}>: not here

--b--
"""
COMPLAINT = """From: staff@contoh.example
To: {to}
Subject: Abuse report
Content-Type: multipart/report; report-type=feedback-report; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Abuse.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Contoh/1.0
Version: 1

--b--
"""


@pytest.fixture
def reader(settings) -> User:
    settings.BOUNCE_EMAIL = "pantul@kim.example"
    return make_user()


def reaches(user: User) -> bool:
    return User.objects.filter(EmailChannel.reachable("news"), pk=user.pk).exists()


def report(user: User, *, action: str = "failed", status: str = "5.1.1", to: str = "") -> bytes:
    to = to or bounces.return_path(user)
    return DSN.format(to=to, email=user.email, action=action, status=status).encode()


def test_an_unknown_address_is_stopped_at_once(reader: User):
    addresses.refused(reader.email, f"550 5.1.1 <{reader.email}>: no such user")
    stop = addresses.stop_of(reader.email)
    assert (stop.reason, stop.said) == (Reason.REFUSED, "550 5.1.1 <…>: no such user")
    assert reaches(reader) is False


def test_other_refusals_stop_it_at_the_third(reader: User):
    for _ in range(2):
        addresses.refused(reader.email, "550 mailbox unavailable")
    assert reaches(reader) is True
    addresses.refused(reader.email, "550 mailbox unavailable")
    assert reaches(reader) is False


def test_a_mail_that_is_taken_begins_the_count_anew(reader: User):
    for _ in range(2):
        addresses.refused(reader.email, "550 mailbox unavailable")
    addresses.accepted([reader.email])
    for _ in range(2):
        addresses.refused(reader.email, "550 mailbox unavailable")
    assert reaches(reader) is True


@pytest.mark.parametrize("said", ["554 5.7.1 blocked by policy", "550 5.4.1 no route"])
def test_what_is_said_of_the_portal_stops_no_address(reader: User, said: str):
    for _ in range(5):
        addresses.refused(reader.email, said)
    assert reaches(reader) is True


def test_whoever_changes_the_address_begins_anew(reader: User):
    addresses.stop(reader.email, Reason.BOUNCED)
    reader.email = "baru@contoh.example"
    reader.save()
    reader.emailaddress_set.update(email=reader.email)
    assert reaches(reader) is True


@pytest.mark.parametrize(("reason", "is_over"), [("bounced", True), ("refused", True), ("complained", False)])
def test_an_address_that_was_confirmed_takes_mail_again_unless_its_owner_complained(
    reader: User, reason: str, is_over: bool
):
    addresses.stop(reader.email, reason)
    email_confirmed.send(EmailAddress, request=None, email_address=EmailAddress.objects.get(user=reader))
    assert (addresses.stop_of(reader.email) is None) is is_over


@pytest.mark.parametrize(
    ("reason", "days", "is_asked"), [("bounced", 6, False), ("bounced", 8, True), ("complained", 800, False)]
)
def test_a_single_mail_is_tried_again_after_a_week_unless_somebody_complained(
    reader: User, reason: str, days: int, is_asked: bool
):
    addresses.stop(reader.email, reason)
    AddressStop.objects.update(stopped_at=timezone.now() - timedelta(days=days))
    assert addresses.is_stopped(reader.email) is not is_asked


def test_of_a_person_erased_no_stopped_address_is_left(reader: User):
    addresses.stop(reader.email, Reason.BOUNCED)
    accounts.actions.erase(reader)
    assert AddressStop.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "done", "stopped"),
    [
        ({}, "bounced", True),
        ({"status": "5.2.1"}, "bounced", True),
        ({"status": "5.2.2"}, "bounced", False),
        ({"status": "5.7.1"}, "bounced", False),
        ({"action": "delayed", "status": "4.4.1"}, "nothing to do", False),
        ({"action": "delivered", "status": "2.0.0"}, "nothing to do", False),
    ],
)
def test_a_mail_that_comes_back_stops_the_address_if_it_will_never_arrive(
    reader: User, fields: dict, done: str, stopped: bool
):
    assert bounces.read(report(reader, **fields)) == done
    assert reaches(reader) is not stopped


def test_only_a_sealed_return_address_is_believed(reader: User):
    other = make_user()
    forged = bounces.return_path(reader).replace(f"+{reader.pk:x}-", f"+{other.pk:x}-")
    assert bounces.read(report(other, to=forged)) == "not ours"
    assert bounces.read(report(other, to="pantul@kim.example")) == "not ours"
    assert reaches(other) is True


def test_a_return_address_of_an_address_left_behind_says_nothing(reader: User):
    returned = report(reader)
    reader.email = "baru@contoh.example"
    reader.save()
    assert bounces.read(returned) == "not ours"


def test_a_complaint_stops_the_address(reader: User):
    mail = COMPLAINT.format(to=bounces.return_path(reader)).encode()
    assert bounces.read(mail) == "complained"
    assert addresses.stop_of(reader.email).reason == Reason.COMPLAINED


NO_REPORTS = [b"", b"\xff\xfe\x00", b"Subject: x\n\n" + b"a" * 100, b"Content-Type: multipart/report\n\n"]


@pytest.mark.parametrize("content", NO_REPORTS)
def test_what_is_no_report_does_nothing(reader: User, content: bytes):
    assert bounces.read(content, bounces.return_path(reader)) == "nothing to do"
    assert AddressStop.objects.count() == 0


def test_the_command_reads_one_mail_from_a_pipe(reader: User, monkeypatch: pytest.MonkeyPatch):
    piped = report(reader, to="someone@kim.example")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(piped)))
    said = io.StringIO()
    call_command("read_bounce", "--for", bounces.return_path(reader), stdout=said)
    assert said.getvalue() == "bounced\n"
    assert reaches(reader) is False


def test_a_mail_to_unsubscribe_ends_what_its_subject_names(reader: User):
    from notifications import unsubscribe
    from notifications.models import Delivery, Rhythm, Subscription
    from tests.factories import region

    own = Subscription.objects.create(user=reader, region=region("16.06"), rhythm=Rhythm.DAILY)
    mail = EmailMessage()
    mail["Subject"] = unsubscribe.token(reader.pk, [Delivery(bundle="daily")])
    assert bounces.read(mail.as_bytes()) == "unsubscribed"
    own.refresh_from_db()
    assert (own.by_email, own.rhythm) == (False, Rhythm.DAILY)


@pytest.fixture
def service(settings) -> dict[str, str]:
    settings.MAIL_SERVICE = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "tukang:pos"}
    return {"Authorization": "Basic " + base64.b64encode(b"tukang:pos").decode()}


def posted(headers: dict[str, str], **event: object) -> int:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    path = "/pemberitahuan/surel/laporan/postmark/"
    return client.post(path, json.dumps(event), content_type="application/json", headers=headers).status_code


def test_a_hard_bounce_that_the_service_reports_stops_the_address(reader: User, service: dict[str, str]):
    status = posted(
        service,
        RecordType="Bounce",
        Type="HardBounce",
        Email=reader.email,
        Details=f"550 5.1.1 <{reader.email}> unknown",
        BouncedAt="2026-11-20T08:00:00Z",
        ID=1,
    )
    assert status == 200
    stop = addresses.stop_of(reader.email)
    assert (stop.reason, reader.email in stop.said) == (Reason.BOUNCED, False)


def test_a_soft_bounce_that_the_service_reports_stops_nothing(reader: User, service: dict[str, str]):
    event = {"RecordType": "Bounce", "Type": "Transient", "Email": reader.email, "ID": 1}
    assert posted(service, **event, BouncedAt="2026-11-20T08:00:00Z") == 200
    assert reaches(reader) is True


def test_a_complaint_that_the_service_reports_stops_the_address(reader: User, service: dict[str, str]):
    event = {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "Email": reader.email, "ID": 1}
    assert posted(service, **event, BouncedAt="2026-11-20T08:00:00Z") == 200
    assert addresses.stop_of(reader.email).reason == Reason.COMPLAINED


def test_a_service_that_looks_first_whether_the_address_is_there_finds_it(service: dict[str, str]):
    path = "/pemberitahuan/surel/laporan/postmark/"
    assert [Client().head(path).status_code, Client().get(path).status_code] == [200, 405]


def test_reports_without_the_secret_or_of_another_service_are_not_heard(
    reader: User, service: dict[str, str], settings
):
    event = {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "Email": reader.email, "ID": 1}
    assert posted({}, **event) == 400
    settings.MAIL_SERVICE = "mailgun"
    assert posted(service, **event) == 404
    settings.MAIL_SERVICE, settings.ANYMAIL = "postmark", {}
    assert posted(service, **event) == 404
    assert reaches(reader) is True


def test_a_stopped_address_is_told_and_starts_again_by_a_link_in_a_mail(reader: User, mailoutbox: list):
    addresses.stop(reader.email, Reason.BOUNCED)
    browser = Client()
    browser.force_login(reader)
    assert "/pemberitahuan/surel/coba-lagi/" in browser.get("/pemberitahuan/langganan/").content.decode()
    assert browser.post("/pemberitahuan/surel/coba-lagi/").status_code == 302
    [mail] = mailoutbox
    assert mail.to == [reader.email]
    [path] = [part for part in mail.body.split() if "/coba-lagi/" in part]
    path = path[path.index("/pemberitahuan") :]
    visitor = Client()
    assert visitor.get(path).status_code == 200
    assert reaches(reader) is False
    assert visitor.post(path).status_code == 302
    assert reaches(reader) is True


class ServiceThatRefuses(BaseEmailBackend):
    """A mail service that remembers what came back from there."""

    def send_messages(self, email_messages: object) -> int:
        raise AnymailRecipientsRefused("inactive recipient")


@pytest.mark.parametrize("lets_through", [True, False])
def test_a_mail_to_try_an_address_that_the_service_refuses_is_said_in_words(
    reader: User, settings, lets_through: bool
):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "tukang:pos"}
    if not lets_through:
        settings.EMAIL_BACKEND = f"{__name__}.{ServiceThatRefuses.__name__}"
    addresses.stop(reader.email, Reason.BOUNCED)
    browser = Client()
    browser.force_login(reader)
    page = browser.post("/pemberitahuan/surel/coba-lagi/", follow=True)
    said = [message.level_tag for message in page.context["messages"]]
    assert said == ["success" if lets_through else "error"]


def test_the_mail_to_try_an_address_writes_the_name_as_it_is(reader: User, mailoutbox: list):
    User.objects.filter(pk=reader.pk).update(name="Nur'aini")
    addresses.stop(reader.email, Reason.BOUNCED)
    browser = Client()
    browser.force_login(reader)
    browser.post("/pemberitahuan/surel/coba-lagi/")
    assert mailoutbox[0].body.splitlines()[0].split()[-1] == "Nur'aini,"


def test_a_link_of_another_address_starts_nothing(reader: User):
    path = f"/pemberitahuan/surel/coba-lagi/{addresses.token_to_resume(reader.pk, 'lain@contoh.example')}/"
    assert Client().post(path).status_code == 404
    assert Client().post("/pemberitahuan/surel/coba-lagi/apa/").status_code == 404
