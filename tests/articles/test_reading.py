"""How often an article is read: people once in a while, no machines, nothing lost on the way."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import reading
from articles.models import ReadCount
from moderation.states import Status
from tests.factories import make_article, make_officer

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def _redis_that_answers(redis_server, monkeypatch):
    monkeypatch.setattr(reading, "_rest_until", 0.0)


@pytest.fixture
def article():
    return make_article()


def somebody(address: str = "203.0.113.9", agent: str = PHONE, **headers: str) -> Client:
    return Client(REMOTE_ADDR=address, headers={"User-Agent": agent, **headers})


def count_of(article) -> int:
    reading.keep()
    found = ReadCount.objects.filter(article=article).first()
    return found.total if found else 0


def test_a_person_counts_once_in_a_while(article):
    reader, other = somebody(), somebody("203.0.113.10")
    for client in (reader, reader, other, reader):
        assert client.get(reading.pixel_path(article)).status_code == 200
    assert count_of(article) == 2


def test_a_person_counts_again_in_the_next_window(article, monkeypatch):
    reader = somebody()
    reader.get(reading.pixel_path(article))
    assert count_of(article) == 1
    later = time.time() + reading.WINDOW_SECONDS
    monkeypatch.setattr(reading.time, "time", lambda: later)
    reader.get(reading.pixel_path(article))
    somebody("203.0.113.10").get(reading.pixel_path(article))
    assert count_of(article) == 3


def test_bringing_the_same_counts_in_twice_changes_nothing(article):
    somebody().get(reading.pixel_path(article))
    assert count_of(article) == 1
    with reading._client() as client:  # as if the run had been killed before its last line
        client.sadd(reading.TAKEN, *[key.decode().removeprefix("reads:") for key in client.keys("reads:*:*")])
    assert count_of(article) == 1


def test_what_was_counted_before_redis_was_emptied_stays(article, redis_server):
    for number in range(3):
        somebody(f"203.0.113.{number}").get(reading.pixel_path(article))
    assert count_of(article) == 3
    redis_server.flush()
    somebody("203.0.113.77").get(reading.pixel_path(article))
    assert count_of(article) == 3  # of this window the larger count; the next one adds to it


@pytest.mark.parametrize(
    "headers",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"agent": "WhatsApp/2.23.20"},
        {"agent": "TelegramBot (like TwitterBot)"},
        {"agent": f"{PHONE} (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"},
        {"agent": "curl/8.5.0"},
        {"agent": ""},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_machines_do_not_count(article, headers):
    assert somebody(**headers).get(reading.pixel_path(article)).status_code == 200
    assert count_of(article) == 0


@pytest.mark.parametrize(
    "device", ["CUBOT NOTE 20", "Telegram-Android/11.3.3 (Samsung SM-A107F)", "WhatsApp"]
)
def test_people_with_a_cheap_telephone_or_in_the_browser_of_a_chat_app_count(article, device):
    somebody(agent=f"{PHONE} {device}").get(reading.pixel_path(article))
    assert count_of(article) == 1


def test_a_made_up_address_counts_nothing(article):
    assert somebody().get(f"/berita/{article.pk}/dibaca/000000000000.gif").status_code == 404
    assert count_of(article) == 0


def test_counting_asks_the_database_nothing(article):
    reader = somebody()
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get(reading.pixel_path(article))
    assert (len(asked), answer["Content-Type"], "no-store" in answer["Cache-Control"]) == (
        0,
        "image/gif",
        True,
    )


def test_a_page_is_shown_while_redis_is_down(article, redis_server):
    redis_server.stop()
    assert somebody().get(reading.pixel_path(article)).status_code == 200


def test_readers_carry_the_pixel_and_authors_and_officers_do_not(article, client):
    path = reading.pixel_path(article)
    page = article.get_absolute_url()
    assert path in client.get(page).content.decode()
    for person in (article.created_by, make_officer()):
        client.force_login(person)
        assert path not in client.get(page).content.decode()


def test_the_page_says_how_often_it_was_read(article, client):
    ReadCount.objects.create(article=article, settled=1200, window=1, in_window=34)
    assert client.get(article.get_absolute_url()).context["article"].times_read == 1234
    assert "1.234" in client.get(article.get_absolute_url()).content.decode()


def test_what_is_withdrawn_has_no_pixel(client):
    article = make_article(Status.SUSPENDED)
    assert reading.pixel_path(article) not in client.get(article.get_absolute_url()).content.decode()
