"""The demo's words keep the rules that a writer is taught."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Article, Category, Source
from common.html import clean_html
from communities.models import Kind
from kimportal.demo import content, people
from kimportal.demo.accounts import DEMO_ACCOUNTS
from kimportal.demo.moments import DAY_IN_TEXT, past, with_days
from kimportal.demo.pictures import EMBLEMS, MOTIFS
from moderation.states import MOVES
from regions.models import Region

COMMUNITIES = content.communities()
ARTICLES = [entry for tale in COMMUNITIES.values() for entry in tale.get("articles", [])]
EVENTS = [entry for tale in COMMUNITIES.values() for entry in tale.get("events", [])]
HISTORIES = [entry["history"] for entry in [*COMMUNITIES.values(), *ARTICLES, *EVENTS]]
PEOPLE = {entry["key"] for entry in content.read("people")["people"]} | {"admin"}
LONGEST_DAY = "Minggu (30/12)"


def _as_printed(text: str) -> str:
    return DAY_IN_TEXT.sub(LONGEST_DAY, text)


@pytest.mark.parametrize("entry", ARTICLES, ids=lambda entry: entry["title"])
def test_an_article_has_the_trained_form(entry):
    assert len(entry["title"]) <= 90
    assert len(_as_printed(entry["lead"]).split()) <= 50
    assert len(_as_printed(entry["lead"])) <= Article._meta.get_field("lead").max_length
    assert re.findall(r"</(?:p|ul|h2)>", entry["body"])
    assert entry["dateline"] == entry["dateline"].upper()


@pytest.mark.parametrize("entry", ARTICLES, ids=lambda entry: entry["title"])
def test_a_body_is_clean_already(entry):
    body = entry["body"]
    assert clean_html(body) == clean_html(clean_html(body))
    assert set(re.findall(r"<(\w+)", body)) <= {"p", "h2", "ul", "li", "blockquote", "em"}
    assert re.findall(r"<\w+", clean_html(body)) == re.findall(r"<\w+", body)


def test_no_two_titles_and_no_two_bodies_are_the_same():
    titles = [entry["title"] for entry in [*ARTICLES, *EVENTS]]
    assert len(set(titles)) == len(titles)
    assert len({entry["body"] for entry in ARTICLES}) == len(ARTICLES)
    names = [tale["registration"]["name"] for tale in COMMUNITIES.values()]
    assert len(set(names)) == len(names)


def test_every_category_source_and_kind_is_there():
    assert {entry["category"] for entry in ARTICLES} == set(Category.values)
    assert {entry.get("source", "report") for entry in ARTICLES} == set(Source.values)
    assert {tale["registration"]["kind"] for tale in COMMUNITIES.values()} == set(Kind.values)


def test_every_picture_is_of_a_known_motif_and_no_two_are_the_same():
    pictures = [(photo["motif"], photo["seed"]) for entry in ARTICLES for photo in entry.get("photos", [])]
    assert {motif for motif, _seed in pictures} == set(MOTIFS) - {"group"}
    assert len(set(pictures)) == len(pictures)


def test_every_emblem_is_somebodys_logo():
    logos = [tale["pictures"]["logo"] for tale in COMMUNITIES.values() if "logo" in tale.get("pictures", {})]
    assert sorted(logos) == sorted(EMBLEMS)


def test_everybody_named_is_one_of_the_people():
    named = {step["by"] for history in HISTORIES for step in history if "by" in step}
    named |= {entry["by"] for entry in [*ARTICLES, *EVENTS]}
    named |= {tale["applicant"] for tale in COMMUNITIES.values()}
    assert named <= PEOPLE
    assert {account.email for account in DEMO_ACCOUNTS} <= {people.address(key) for key in PEOPLE}


@pytest.mark.django_db
def test_every_region_of_the_demo_exists():
    codes = {tale["registration"]["region"] for tale in COMMUNITIES.values()}
    codes |= {entry["region"] for entry in content.read("people")["people"] if "region" in entry}
    codes |= {entry["region"] for entry in content.read("offices")["offices"]}
    assert set(Region.objects.open().filter(pk__in=codes).values_list("pk", flat=True)) == codes


@pytest.mark.parametrize("hour", range(24))
def test_whatever_the_hour_of_loading_things_happen_one_after_the_other(hour):
    now = datetime(2026, 11, 21, hour, 30, tzinfo=UTC)
    for history in HISTORIES:
        times = [past(step["ago"], now=now, zone=people.JAKARTA) for step in history]
        assert times == sorted(times)
        assert all(moment < now - timedelta(minutes=30) for moment in times)


def test_a_refusal_says_why():
    for step in (step for history in HISTORIES for step in history):
        assert bool(step.get("reason")) == MOVES[step["move"]].needs_reason


def test_days_are_spelt_as_newspapers_do():
    written_on = datetime(2026, 11, 21, tzinfo=UTC).date()
    text = with_days("{-1}, {+0}, {+4}, {Minggu-}, {Sabtu-}", written_on)
    assert text == "Jumat (20/11), Sabtu (21/11), Rabu (25/11), Minggu (15/11), Sabtu (14/11)"
