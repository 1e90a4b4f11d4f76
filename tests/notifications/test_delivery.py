from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

import accounts.actions
from accounts.models import User
from activity.models import Activity
from articles.models import Article
from communities.models import Community
from moderation.states import Status
from notifications import actions, delivery, fanout, letters
from notifications.channels.email import EmailChannel
from notifications.models import Delivery, Notification, Rhythm, Subscription
from tests.factories import make_article, make_officer, make_user
from tests.notifications.crowd import let_crowd_follow, make_crowd, publish
from tests.notifications.mail_server import MailServer

pytestmark = pytest.mark.django_db

State = Delivery.State


@pytest.fixture
def server(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    monkeypatch.setattr(EmailChannel, "senders", 1)  # so that the order is the order of waiting
    running = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = running.port
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_TIMEOUT = 2
    settings.PORTAL_URL = "https://kim.contoh.example"
    running.start()
    yield running
    running.stop()


@pytest.fixture
def article() -> Article:
    return make_article(title="Air Sungai Musi naik")


def follower(article: Article, **fields: object) -> User:
    user = make_user(**fields)
    Subscription.objects.create(user=user, community=article.community)
    return user


def waiting(article: Article) -> Activity:
    recorded = publish(article)
    fanout.fan_out(recorded.pk)
    return recorded


def of(user: User) -> Delivery:
    return Delivery.objects.get(notification__recipient=user)


def state_of(user: User) -> str:
    return of(user).state


def make_due_again() -> None:
    Delivery.objects.filter(state=State.WAITING).update(due_at=timezone.now())


def test_each_mail_is_sent_once_over_one_connection(server: MailServer, article: Article):
    readers = [follower(article) for _ in range(3)]
    waiting(article)
    delivery.send_due()
    delivery.send_due()
    assert server.recipients == [reader.email for reader in readers]
    assert server.connections == 1
    assert [state_of(reader) for reader in readers] == [State.SENT] * 3
    assert of(readers[0]).ended_at is not None


def test_the_mail_has_both_parts_a_deep_link_and_a_link_to_the_settings(server: MailServer, article: Article):
    reader = follower(article, name="Siti Aminah")
    waiting(article)
    delivery.send_due()
    [mail] = server.mails
    plain = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for part in (plain, html):
        assert f"https://kim.contoh.example{article.get_absolute_url()}" in part
        assert "https://kim.contoh.example/pemberitahuan/langganan/" in part
        assert "Air Sungai Musi naik" in part
        assert "Siti" in part
    assert article.title in str(mail["Subject"])
    assert str(mail["Message-ID"]) == f"<pemberitahuan-{of(reader).pk}@kim.contoh.example>"
    assert str(mail["Auto-Submitted"]) == "auto-generated"


def test_markup_in_a_title_is_text_in_the_mail(server: MailServer):
    article = make_article(title='<script>alert("1")</script> & <b>tebal</b>')
    follower(article)
    waiting(article)
    delivery.send_due()
    [mail] = server.mails
    assert "<script>alert" not in mail.get_body(("html",)).get_content()
    assert article.title in mail.get_body(("plain",)).get_content()
    assert article.title in str(mail["Subject"])


def test_a_line_break_in_a_title_makes_no_header(server: MailServer):
    article = make_article(title="Kabar\r\nBcc: semua@contoh.example")
    follower(article)
    waiting(article)
    delivery.send_due()
    [mail] = server.mails
    assert mail["Bcc"] is None
    assert "Kabar Bcc: semua@contoh.example" in str(mail["Subject"])


def test_an_address_refused_for_good_has_failed_and_the_others_get_theirs(
    server: MailServer, article: Article
):
    before, unknown, after = (follower(article) for _ in range(3))
    server.to_recipient[unknown.email] = f"550 5.1.1 <{unknown.email}>: no such user"
    waiting(article)
    delivery.send_due()
    assert server.recipients == [before.email, after.email]
    assert [state_of(user) for user in (before, unknown, after)] == [State.SENT, State.FAILED, State.SENT]
    assert "no such user" in of(unknown).error
    assert unknown.email not in of(unknown).error
    assert server.connections == 1


def test_a_mail_refused_for_good_has_failed(server: MailServer, article: Article):
    reader = follower(article)
    server.to_data[reader.email] = "554 5.7.1 looks like spam"
    waiting(article)
    delivery.send_due()
    assert state_of(reader) == State.FAILED


@pytest.mark.parametrize("asked", ["to_recipient", "to_data"])
def test_a_mail_put_off_is_sent_later(server: MailServer, article: Article, asked: str):
    reader, other = follower(article), follower(article)
    getattr(server, asked)[reader.email] = "451 4.7.1 greylisted, try again"
    waiting(article)
    before = timezone.now()
    delivery.send_due()
    assert server.recipients == [other.email]
    put_off = of(reader)
    assert (put_off.state, put_off.attempts) == (State.WAITING, 1)
    assert put_off.due_at > before + timedelta(seconds=40)
    delivery.send_due()
    assert server.recipients == [other.email]
    getattr(server, asked).clear()
    make_due_again()
    delivery.send_due()
    assert server.recipients == [other.email, reader.email]
    assert state_of(reader) == State.SENT


def test_a_server_that_hangs_up_costs_one_mail_a_delay(server: MailServer, article: Article):
    first, cut, last = (follower(article) for _ in range(3))
    server.to_data[cut.email] = "hang up"
    waiting(article)
    delivery.send_due()
    assert server.recipients == [first.email, last.email]
    assert (of(cut).state, of(cut).attempts) == (State.WAITING, 1)
    assert server.connections == 2


def test_a_server_that_falls_silent_costs_one_mail_a_delay(server: MailServer, article: Article, settings):
    settings.EMAIL_TIMEOUT = 0.2
    silent, last = follower(article), follower(article)
    server.to_data[silent.email] = "silence"
    waiting(article)
    delivery.send_due()
    assert server.recipients == [last.email]
    assert (of(silent).state, of(silent).attempts) == (State.WAITING, 1)


def test_a_server_that_says_goodbye_is_called_again(server: MailServer, article: Article):
    first, last = follower(article), follower(article)
    server.to_recipient[first.email] = "421 4.3.2 too many mails on one line"
    waiting(article)
    delivery.send_due()
    assert server.recipients == [last.email]
    assert of(first).attempts == 1


def test_where_no_server_listens_one_mail_is_tried_and_all_wait(server: MailServer, article: Article):
    readers = [follower(article) for _ in range(3)]
    waiting(article)
    server.stop()
    delivery.send_due()
    assert [(of(user).state, of(user).attempts) for user in readers] == [
        (State.WAITING, 1),
        (State.WAITING, 0),
        (State.WAITING, 0),
    ]
    server.start()
    make_due_again()
    delivery.send_due()
    assert sorted(server.recipients) == sorted(reader.email for reader in readers)


def test_the_last_attempt_fails_for_good(server: MailServer, article: Article):
    reader = follower(article)
    server.to_recipient[reader.email] = "450 mailbox full"
    waiting(article)
    Delivery.objects.update(attempts=delivery.MOST_ATTEMPTS - 1)
    delivery.send_due()
    assert (state_of(reader), of(reader).attempts) == (State.FAILED, delivery.MOST_ATTEMPTS)


def test_the_wait_doubles_up_to_a_quarter_of_a_day_and_differs():
    assert timedelta(seconds=48) <= delivery.wait_after(1) <= timedelta(seconds=72)
    assert timedelta(minutes=6.4) <= delivery.wait_after(4) <= timedelta(minutes=9.6)
    assert delivery.wait_after(14) <= timedelta(hours=7.2)
    assert len({delivery.wait_after(3) for _ in range(20)}) > 1


def test_a_mail_that_cannot_be_written_holds_up_nobody(
    server: MailServer, article: Article, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    bad, good = follower(article, name="Buruk"), follower(article)
    waiting(article)
    marks_of = letters.marks_of

    def fail_for_one(reader: User, stop_url: str) -> dict[str, str]:
        if reader == bad:
            raise LookupError("no words")
        return marks_of(reader, stop_url)

    monkeypatch.setattr(letters, "marks_of", fail_for_one)
    delivery.send_due()
    assert server.recipients == [good.email]
    assert (of(bad).state, of(bad).attempts, of(bad).error) == (State.WAITING, 1, "no words")
    assert "could not be sent" in caplog.text


CHANGES_OF_MIND = {
    "read it": lambda user, article: actions.mark_read(Notification.objects.get(recipient=user)),
    "unfollowed": lambda user, article: actions.unfollow(user, community=article.community),
    "wants no mail of it": lambda user, article: actions.set_rhythm(user.subscriptions.get(), Rhythm.OFF),
    "wants no mail": lambda user, article: actions.set_all_email(user, wanted=False),
    "closed the account": lambda user, article: User.objects.filter(pk=user.pk).update(is_active=False),
    "has another address": lambda user, article: user.emailaddress_set.update(verified=False),
    "was withdrawn": lambda user, article: Article.objects.update(status=Status.SUSPENDED),
    "community suspended": lambda user, article: Community.objects.update(status=Status.SUSPENDED),
}


@pytest.mark.parametrize("change", CHANGES_OF_MIND)
def test_no_mail_goes_out_where_meanwhile_the_reader_or_the_article(
    server: MailServer, article: Article, change: str
):
    reader = follower(article)
    waiting(article)
    CHANGES_OF_MIND[change](reader, article)
    delivery.send_due()
    assert server.mails == []
    dropped = of(reader)
    assert (dropped.state, dropped.attempts) == (State.DROPPED, 0)
    assert dropped.error != ""


def test_no_mail_goes_out_to_a_person_who_was_erased(server: MailServer, article: Article):
    reader = follower(article)
    waiting(article)
    accounts.actions.erase(reader)
    delivery.send_due()
    assert server.mails == []
    assert not Delivery.objects.filter(state=State.WAITING).exists()


def test_no_mail_goes_out_to_an_officer_once_the_item_is_decided(server: MailServer):
    officer = make_officer()
    item = make_article(Status.SUBMITTED)
    import activity.actions

    with transaction.atomic():
        recorded = activity.actions.record("article.submit", item, by=item.created_by, region=item.region)
    fanout.fan_out(recorded.pk)
    Article.objects.update(
        status=Status.APPROVED, decided_at=timezone.now(), decided_by=officer, published_at=timezone.now()
    )
    delivery.send_due()
    assert server.mails == []
    assert state_of(officer) == State.DROPPED


def test_it_is_written_in_the_language_of_the_recipient(server: MailServer, article: Article):
    readers = [follower(article, language=language) for language in ("en", "id")]
    waiting(article)
    delivery.send_due()
    html = {str(mail["To"]): mail.get_body(("html",)).get_content() for mail in server.mails}
    assert ['lang="en"' in html[reader.email] for reader in readers] == [True, False]
    assert ['lang="id"' in html[reader.email] for reader in readers] == [False, True]


def test_a_round_ends_when_its_time_is_over(server: MailServer, article: Article):
    follower(article)
    waiting(article)
    delivery.send_due(seconds=0)
    assert server.mails == []


@pytest.mark.usefixtures("committed_db")
def test_to_take_a_message_is_planned_once_a_session(server: MailServer):
    article = make_article()
    make_crowd(3, wants_email=True)
    let_crowd_follow(article.community)
    connection.close()
    waiting(article)
    delivery.send_due()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans, custom_plans FROM pg_prepared_statements")
        assert cursor.fetchall() == [("take_deliveries", 3, 0)]


@pytest.mark.usefixtures("committed_db")
def test_two_at_once_send_each_mail_once(server: MailServer):
    article = make_article()
    make_crowd(40, wants_email=True)
    let_crowd_follow(article.community)
    waiting(article)
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        delivery.send_due()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    delivery.send_due()
    assert len(server.recipients) == len(set(server.recipients)) == 40
    assert Delivery.objects.filter(state=State.SENT).count() == 40
