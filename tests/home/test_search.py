"""Searching: Indonesian stems, bounded work, and no error whatever is typed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from articles.models import Article, Category
from home import search
from home.search import Asked, Found
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    TOMAN,
    make_article,
    make_community,
    make_event,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
LOMBOK_VILLAGE = "52.02.01.1001"
URL = "/cari/"
ODD = [
    '"', "'", '"tenun', "a & b | !c", "-", "- - -", "-tenun", "or", "OR or OR", "((((", ":*", "<->",
    "\\", "\\'", "%", "_", "\x00", "tenun\x00gambo", "\ue000", "<script>alert(1)</script>", "x" * 10_000,
    "kata " * 2_000, "😀", "\u202e", "ﷺ", "a'b", "16.06", "99.99.99.9999", "\ud7ff", "\x1f\x07",
]  # fmt: skip


def found(words: str, **params: str) -> Found:
    query = QueryDict(mutable=True)
    query.update({"q": words, **params})
    return Found(Asked.read(query), params.get("page", "1"))


def articles(words: str, **params: str) -> list[Article]:
    return [result.article for result in found(words, **params).articles]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("membaca", "Anak-anak gemar baca"),
        ("baca", "Warga membaca koran"),
        ("pembangunan", "Warga membangun jembatan"),
        ("KORAN", "koran"),
    ],
)
def test_a_word_finds_its_other_forms(words: str, text: str) -> None:
    article = make_article(title=text)
    make_article(title="Panen raya")
    assert articles(words) == [article]


@pytest.mark.parametrize("field", ["title", "lead", "body"])
def test_title_lead_and_body_are_searched(field: str) -> None:
    article = make_article(**{field: "Tenun songket"})
    assert articles("songket") == [article]


def test_a_hit_in_the_title_stands_before_one_in_the_body() -> None:
    in_body = make_article(body="<p>Tentang songket.</p>", published_at=timezone.now())
    in_title = make_article(title="Songket", published_at=timezone.now() - timedelta(days=3))
    assert articles("songket") == [in_title, in_body]


def test_words_in_quotation_marks_stand_together() -> None:
    together = make_article(title="Rumah adat roboh")
    make_article(title="Roboh sebuah rumah di kampung adat")
    assert articles('"rumah adat"') == [together]


def test_a_minus_leaves_a_word_out() -> None:
    make_article(title="Banjir bandang")
    calm = make_article(title="Banjir surut")
    assert articles("banjir -bandang") == [calm]


@pytest.mark.parametrize("status", [status for status in Status if status != Status.APPROVED])
def test_what_is_not_public_is_never_found(status: str) -> None:
    community = make_community(name="KIM Rahasia Umum")
    make_article(status, community=community, title="Songket")
    make_event(status, community=community, title="Songket")
    make_community(status, name="KIM Songket")
    assert found("songket").is_empty is True


def test_a_region_and_a_category_narrow_the_news() -> None:
    here = make_article(title="Songket", category=Category.ECONOMY, community=make_community(village=TOMAN))
    make_article(title="Songket", category=Category.CULTURE, community=make_community(village=TOMAN))
    make_article(title="Songket", category=Category.ECONOMY, community=make_community(village=LOMBOK_VILLAGE))
    assert articles("songket", wilayah=MUSI_BANYUASIN, kategori="economy") == [here]


def test_events_communities_and_regions_stand_beside_the_news() -> None:
    community = make_community(name="KIM Toman Jaya")
    event = make_event(title="Pesta Toman", community=community)
    found_now = found("toman")
    assert (found_now.events, found_now.communities) == ([event], [community])
    assert region(TOMAN) in found_now.regions


def test_names_are_found_by_their_beginnings() -> None:
    community = make_community(name="KIM Surya Gambo")
    assert found("sur gam").communities == [community]


@pytest.mark.parametrize(
    ("kind", "expected"), [("berita", (1, 0, 0, 0)), ("kegiatan", (0, 1, 0, 0)), ("komunitas", (0, 0, 1, 0))]
)
def test_one_kind_can_be_asked_for(kind: str, expected: tuple[int, ...]) -> None:
    community = make_community(name="KIM Songket")
    make_article(title="Songket", community=community)
    make_event(title="Songket", community=community)
    result = found("songket", jenis=kind)
    groups = (result.articles, result.events, result.communities, result.regions)
    assert tuple(map(len, groups)) == expected


def test_groups_are_bound_to_the_region_too() -> None:
    make_community(name="KIM Songket", village=TOMAN)
    assert found("songket", wilayah=LOMBOK_TENGAH).communities == []


@pytest.mark.parametrize("name", ["q", "wilayah", "kategori", "jenis", "page"])
@pytest.mark.parametrize("value", ODD)
def test_nothing_that_is_typed_breaks_the_page(name: str, value: str, client: Client) -> None:
    make_article(title="Tenun")
    assert client.get(URL, {"q": "tenun", name: value}).status_code == 200


def test_an_empty_question_gives_tips_and_asks_nothing(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        text = client.get(URL).content.decode()
    assert "tenun gambo" in text


def test_no_result_offers_to_search_everywhere(client: Client) -> None:
    text = client.get(URL, {"q": "qwrtz", "wilayah": MUSI_BANYUASIN}).content.decode()
    assert ('class="empty"' in text, f'href="{URL}?q=qwrtz"' in text) == (True, True)


def test_the_words_are_marked_and_all_else_is_text(client: Client) -> None:
    make_article(lead="Harga <b>songket</b> & kain", body="<p>Isi &lt;img src=x&gt;</p>")
    text = client.get(URL, {"q": "songket"}).content.decode()
    assert "<mark>songket</mark>" in text
    assert ("<b>songket" in text, "<img src=x" in text) == (False, False)


@pytest.mark.parametrize(
    "title",
    [
        "Kain songket",
        "Songket <b>tebal</b> &amp; murah",
        "<songket",
        "songket-songket https://songket.example/a?b=c",
    ],
)
def test_hits_in_the_title_are_marked_and_the_title_stays_whole(title: str) -> None:
    make_article(title=title, lead="Songket.")
    [result] = found("songket").articles
    assert "".join(part.text for part in result.title) == title


def test_entities_of_the_body_become_characters_once() -> None:
    make_article(lead="Pasar.", body="<p>Songket &amp;amp; kain &lt;b&gt;</p>")
    [result] = found("songket").articles
    assert "".join(part.text for part in result.excerpt).split() == [
        "Pasar.",
        "Songket",
        "&amp;",
        "kain",
        "<b>",
    ]


def test_the_page_shows_twenty_and_leads_on(client: Client) -> None:
    community = make_community()
    for _ in range(21):
        make_article(community=community, title="Songket")
    first, second = (client.get(URL, {"q": "songket", "page": page}) for page in (1, 2))
    assert [len(response.context["found"].articles) for response in (first, second)] == [20, 1]
    assert "page=2" in first.content.decode()


def test_only_so_many_of_the_newest_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CANDIDATES", 2)
    community = make_community()
    now = timezone.now()
    _oldest, *newest = [
        make_article(community=community, title="Songket", published_at=now - timedelta(days=days))
        for days in (3, 2, 1)
    ]
    result = found("songket")
    assert ({shown.article for shown in result.articles}, result.is_cut) == (set(newest), True)


def test_an_index_answers_for_rare_words_and_for_common_ones() -> None:
    sample, many = make_article(title="Tenun songket"), []
    fields = {field.name: getattr(sample, field.name) for field in Article._meta.concrete_fields[1:]}
    del fields["search"]
    fields["title"] = "Kabar desa"
    for number in range(3000):
        fields |= {"form_key": uuid4(), "published_at": sample.published_at - timedelta(minutes=number)}
        many.append(Article(**fields))
    Article.objects.bulk_create(many)
    with connection.cursor() as cursor:
        # What autovacuum does between writes and reads.
        cursor.execute("SELECT gin_clean_pending_list('article_search')")
        cursor.execute("ANALYZE articles_article, communities_community")
    rare, usual = (
        Article.objects.public().search(words).newest_first().values("pk")[:50].explain()
        for words in ("songket", "desa")
    )
    assert ("article_search" in rare, "article_newest" in usual) == (True, True)
    assert "Seq Scan on articles_article" not in rare + usual


@pytest.mark.parametrize("items", [1, 30])
def test_the_number_of_queries_does_not_grow(items: int, client: Client, django_assert_num_queries) -> None:
    for _ in range(items):
        community = make_community(name="KIM Toman")
        make_article(title="Toman", community=community)
        make_event(title="Toman", community=community)
    with django_assert_num_queries(7):
        client.get(URL, {"q": "toman"})


def test_a_signed_in_reader_needs_fifteen_at_most(client: Client, django_assert_max_num_queries) -> None:
    make_event(title="Toman", community=make_article(title="Toman").community)
    client.force_login(make_user(home_region=region(MUSI_BANYUASIN)))
    with django_assert_max_num_queries(15):
        client.get(URL, {"q": "toman", "wilayah": MUSI_BANYUASIN})
