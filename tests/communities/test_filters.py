import pytest
from django.urls import reverse

from tests.factories import LOMBOK_TENGAH, make_article, make_community

pytestmark = pytest.mark.django_db
LISTS = (
    "communities:directory",
    "articles:list",
    "events:list",
    "communities:feed",
    "articles:feed",
    "events:feed",
)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query",
    ["wilayah=99.99", "wilayah=%00", "wilayah=16%00", "kategori=rusak", "jenis=rusak", "komunitas=%00"],
)
def test_a_query_that_makes_no_sense_is_answered_and_shows_no_more_than_asked(client, name, query):
    make_article()
    answer = client.get(f"{reverse(name)}?{query}")
    assert answer.status_code == 200


def test_a_region_narrows_the_list_to_itself_and_all_beneath(client):
    here, elsewhere = make_community(), make_community(village="52.02.01.1001")
    for code, shown in (("16", here), ("16.06", here), (here.region_id, here), (LOMBOK_TENGAH, elsewhere)):
        page = client.get(reverse("communities:directory"), {"wilayah": code}).context["page_obj"]
        assert page.object_list == [shown]


@pytest.mark.parametrize("code", ["99.99", "16.0", "\0", "16\0", "x" * 50])
def test_an_unknown_region_shows_nothing_and_says_so(client, code):
    make_community()
    answer = client.get(reverse("communities:directory"), {"wilayah": code})
    assert answer.context["page_obj"].object_list == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("surya", 1),
        ("sur gam", 1),
        ("GAMBO", 1),
        ("kim", 1),
        ("ki", 1),
        ("kim sur", 1),
        ("bulan", 0),
        ("!!!", 0),
        ("' & |", 0),
    ],
)
def test_a_name_is_found_by_the_beginnings_of_its_words(client, words, found):
    make_community(name="KIM Surya Gambo")
    page = client.get(reverse("communities:directory"), {"nama": words}).context["page_obj"]
    assert len(page.object_list) == found
