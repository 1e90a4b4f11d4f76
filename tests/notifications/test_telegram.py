"""Telegram beyond what every channel promises: linking, kinds, and what people say to the bot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from notifications import delivery, fanout, personal_data, telegram, telegram_updates
from notifications.kinds import Kind
from notifications.models import Delivery, Subscription, TelegramLink, TelegramTicket
from tests.factories import make_article, make_user
from tests.notifications.bot_api import TOKEN, BotApi
from tests.notifications.crowd import publish

pytestmark = pytest.mark.django_db

CHAT, OTHER_CHAT = 700_000_001, 700_000_002
State = Delivery.State


@pytest.fixture
def api(settings) -> Iterator[BotApi]:
    running = BotApi()
    settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_BOT_NAME = TOKEN, "kim_bot"
    settings.TELEGRAM_API = running.origin
    yield running
    running.stop()


@pytest.fixture
def article() -> Article:
    return make_article(title="Air <b>naik</b> & deras")


@pytest.fixture
def reader(article: Article) -> User:
    user = make_user("Sri Wahyuni")
    Subscription.objects.create(user=user, community=article.community)
    return user


def token_for(user: User) -> str:
    address = urlsplit(telegram.deep_link(user))
    assert (address.netloc, address.path) == ("t.me", "/kim_bot")
    return parse_qs(address.query)["start"][0]


def tell(article: Article) -> None:
    fanout.fan_out(publish(article).pk)
    delivery.send_due("telegram")


def chats() -> dict[int, int]:
    return dict(TelegramLink.objects.values_list("user", "chat_id"))


def test_what_people_wrote_is_no_html(api: BotApi, article: Article, reader: User):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    tell(article)
    [message] = api.messages
    assert (message["chat_id"], message["parse_mode"]) == (CHAT, "HTML")
    assert "Air &lt;b&gt;naik&lt;/b&gt; &amp; deras" in message["text"]
    assert message["text"].splitlines()[-1].endswith(article.get_absolute_url())


@pytest.mark.parametrize(("kinds", "count"), [(["news"], 1), (["event", "desk"], 0), ([], 0)])
def test_it_speaks_of_the_kinds_that_are_allowed(
    api: BotApi, article: Article, reader: User, kinds: list[str], count: int
):
    TelegramLink.objects.create(user=reader, chat_id=CHAT, kinds=kinds)
    tell(article)
    assert len(api.messages) == count


def test_a_kind_that_was_ended_meanwhile_is_not_sent(api: BotApi, article: Article, reader: User):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    fanout.fan_out(publish(article).pk)
    telegram.allow(reader, ["event", "nonsense"])
    delivery.send_due("telegram")
    assert (api.messages, Delivery.objects.get(channel="telegram").state) == ([], State.DROPPED)
    assert TelegramLink.objects.get().kinds == ["event"]


@pytest.mark.parametrize(
    ("code", "said"),
    [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
)
def test_who_blocks_the_bot_has_ended_the_link(
    api: BotApi, article: Article, reader: User, code: int, said: str
):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    api.answers[CHAT] = (code, said, 0)
    tell(article)
    assert (chats(), Delivery.objects.get(channel="telegram").state) == ({}, State.FAILED)


def test_another_refusal_leaves_the_link(api: BotApi, article: Article, reader: User):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    api.answers[CHAT] = (400, "Bad Request: message is too long", 0)
    tell(article)
    assert (chats(), Delivery.objects.get(channel="telegram").state) == ({reader.pk: CHAT}, State.FAILED)


def test_it_waits_as_long_as_telegram_asks(api: BotApi, article: Article, reader: User):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    api.answers[CHAT] = (429, "Too Many Requests: retry after 900", 900)
    tell(article)
    wait = Delivery.objects.get(channel="telegram").due_at - timezone.now()
    assert timedelta(minutes=14) < wait <= timedelta(minutes=18)


def test_who_is_told_to_be_silent_by_several_chats_is_silent(api: BotApi, article: Article, reader: User):
    readers = [reader, *(make_user() for _ in range(5))]
    for number, user in enumerate(readers):
        Subscription.objects.get_or_create(user=user, community=article.community)
        TelegramLink.objects.create(user=user, chat_id=CHAT + number)
        api.answers[CHAT + number] = (429, "Too Many Requests: retry after 900", 900)
    tell(article)
    attempts = (
        Delivery.objects.filter(channel="telegram").order_by("-attempts").values_list("attempts", flat=True)
    )
    assert list(attempts) == [1, 1, 1, 0, 0, 0]


def test_a_wrong_token_ends_nothing_and_stands_nowhere(
    api: BotApi, article: Article, reader: User, settings, caplog: pytest.LogCaptureFixture
):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    settings.TELEGRAM_BOT_TOKEN = "999:of-another-bot"
    tell(article)
    api.stop()
    Delivery.objects.update(due_at=timezone.now())
    delivery.send_due("telegram")
    telegram_updates.fetch()
    waiting = Delivery.objects.get(channel="telegram")
    assert (waiting.state, waiting.attempts) == (State.WAITING, 2)
    assert [said for said in (waiting.error, caplog.text) if "of-another-bot" in said] == []


def test_without_a_token_there_is_no_bot(
    api: BotApi, article: Article, reader: User, settings, client: Client
):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    settings.TELEGRAM_BOT_TOKEN = ""
    tell(article)
    telegram_updates.fetch()
    assert Delivery.objects.filter(channel="telegram").count() == 0
    client.force_login(reader)
    assert 'id="telegram"' not in client.get("/pemberitahuan/langganan/").content.decode()
    with pytest.raises(CommandError):
        call_command("telegram_webhook")


def test_start_links_the_chat_and_stop_ends_it(api: BotApi, reader: User):
    api.hear(f"/start {token_for(reader)}", CHAT)
    telegram_updates.fetch()
    assert (chats(), TelegramTicket.objects.count()) == ({reader.pk: CHAT}, 0)
    assert [message["chat_id"] for message in api.messages] == [CHAT]
    api.updates.clear()
    api.hear("/stop@kim_bot", CHAT)
    telegram_updates.fetch()
    assert (chats(), len(api.messages)) == ({}, 2)


def test_a_link_is_for_one_use(api: BotApi, reader: User):
    token = token_for(reader)
    for chat in (CHAT, OTHER_CHAT):
        api.hear(f"/start {token}", chat)
    telegram_updates.fetch()
    assert chats() == {reader.pk: CHAT}


def test_a_newer_link_ends_the_older(api: BotApi, reader: User):
    old, new = token_for(reader), token_for(reader)
    assert (telegram.link(old, CHAT), telegram.link(new, CHAT)) == (None, reader)


@pytest.mark.parametrize(("minutes", "holds"), [(14, True), (16, False)])
def test_a_link_holds_a_quarter_of_an_hour(api: BotApi, reader: User, minutes: int, holds: bool):
    token = token_for(reader)
    TelegramTicket.objects.update(created_at=timezone.now() - timedelta(minutes=minutes))
    assert (telegram.link(token, CHAT) is not None) is holds


def test_a_chat_belongs_to_who_linked_it_last(api: BotApi, reader: User):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    second = make_user("Amrul Hakim")
    telegram.link(token_for(second), CHAT)
    assert chats() == {second.pk: CHAT}


def test_a_person_who_links_another_chat_leaves_the_first(api: BotApi, reader: User):
    TelegramLink.objects.create(user=reader, chat_id=CHAT, kinds=["desk"])
    telegram.link(token_for(reader), OTHER_CHAT)
    assert (chats(), TelegramLink.objects.get().kinds) == ({reader.pk: OTHER_CHAT}, ["desk"])


def test_in_groups_nothing_is_linked(api: BotApi, reader: User):
    api.hear(f"/start {token_for(reader)}", -CHAT, kind="group")
    telegram_updates.fetch()
    assert (chats(), api.messages) == ({}, [])


def test_blocking_the_bot_is_heard(api: BotApi, reader: User):
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    api.block(CHAT)
    telegram_updates.fetch()
    assert chats() == {}


@pytest.mark.parametrize("text", ["halo", "/start", "/start tidak-ada", "", "/stop"])
def test_what_it_does_not_know_it_answers_and_does_nothing(api: BotApi, text: str):
    api.hear(text, CHAT)
    telegram_updates.fetch()
    assert (chats(), len(api.messages)) == ({}, 1)


def called(client: Client, update: Any, secret: str) -> int:
    headers = {"x-telegram-bot-api-secret-token": secret}
    sent = update if isinstance(update, str) else json.dumps(update)
    where = "/pemberitahuan/telegram/kabar/"
    return client.post(where, sent, content_type="application/json", headers=headers).status_code


def test_telegram_calls_where_it_was_told_to(api: BotApi, reader: User, client: Client, settings):
    call_command("telegram_webhook")
    assert api.webhook["url"] == f"{settings.PORTAL_URL}/pemberitahuan/telegram/kabar/"
    update = api.hear(f"/start {token_for(reader)}", CHAT)
    telegram_updates.fetch()  # not while a webhook is set
    assert chats() == {}
    assert called(client, update, api.webhook["secret_token"]) == 200
    assert chats() == {reader.pk: CHAT}
    call_command("telegram_webhook", "--off")
    assert api.webhook["url"] == ""


@pytest.mark.parametrize("secret", ["", "guess", "é"])
def test_nobody_else_speaks_for_telegram(api: BotApi, reader: User, client: Client, secret: str):
    update = api.hear(f"/start {token_for(reader)}", CHAT)
    assert (called(client, update, secret), chats()) == (404, {})


@pytest.mark.parametrize("sent", ["", "{", "[]", "null", '{"message": 1}', '{"message": {"chat": 5}}'])
def test_nonsense_does_no_harm(api: BotApi, client: Client, sent: str):
    assert called(client, sent, telegram.webhook_secret()) == 200
    assert api.messages == []


def test_a_person_links_chooses_and_ends_on_the_pages(api: BotApi, reader: User, client: Client):
    client.force_login(reader)
    assert "t.me" not in client.get("/pemberitahuan/telegram/").content.decode()
    assert "https://t.me/kim_bot?start=" in client.post("/pemberitahuan/telegram/").content.decode()
    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    page = client.get("/pemberitahuan/langganan/").content.decode()
    assert page.count('name="kinds"') == len(Kind)
    client.post("/pemberitahuan/telegram/jenis/", {"kinds": ["news", "desk"]})
    assert TelegramLink.objects.get().kinds == ["news", "desk"]
    client.post("/pemberitahuan/telegram/lepas/")
    assert chats() == {}


def test_what_is_the_persons_is_exported_and_erased(api: BotApi, reader: User):
    import accounts.actions

    TelegramLink.objects.create(user=reader, chat_id=CHAT)
    token_for(reader)
    assert [one["chat_id"] for one in personal_data.export(reader)["telegram"]] == [CHAT]
    accounts.actions.erase(reader)
    assert (TelegramLink.objects.count(), TelegramTicket.objects.count()) == (0, 0)
