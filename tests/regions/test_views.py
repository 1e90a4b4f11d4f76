import pytest
from django.utils import timezone

from regions.models import Region

pytestmark = pytest.mark.django_db

SEARCH, CHILDREN = "/wilayah/data/cari/", "/wilayah/data/anak/"


def regions(answer):
    assert answer.status_code == 200
    return answer.json()["regions"]


def test_a_visitor_finds_regions_by_typing(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        answer = client.get(SEARCH, {"q": "toman babat", "level": "4", "shallowest": "4"})
    assert regions(answer)[0] == {
        "code": "16.06.06.2008",
        "label": "Desa Toman",
        "place": "Babat Toman, Musi Banyuasin, Sumatera Selatan",
    }
    assert "max-age" in answer["Cache-Control"]


def test_an_answer_has_twenty_rows_at_most(client):
    assert len(regions(client.get(SEARCH, {"q": "sumber"}))) == 20


def test_levels_and_place_narrow_the_answer(client):
    data = {"q": "lais", "level": "3", "shallowest": "3", "within": "16.06"}
    assert [row["code"] for row in regions(client.get(SEARCH, data))] == ["16.06.02"]


@pytest.mark.parametrize("q", ["", "a", "\x00", "' OR 1=1 --", "x" * 3000])
def test_odd_questions_have_empty_answers(client, q):
    assert regions(client.get(SEARCH, {"q": q})) == []


@pytest.mark.parametrize(
    "data", [{"level": "5"}, {"level": "x"}, {"shallowest": "-1"}, {"within": "Sekayu"}, {"within": "16\x00"}]
)
def test_a_question_that_makes_no_sense_is_refused(client, data):
    assert client.get(SEARCH, {"q": "toman", **data}).status_code == 400


def test_children_of_a_region_come_by_name(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        rows = regions(client.get(CHILDREN, {"of": "16.06"}))
    assert len(rows) == 15
    assert rows[0] == {
        "code": "16.06.14",
        "label": "Kecamatan Babat Supat",
        "place": "Musi Banyuasin, Sumatera Selatan",
    }


def test_without_a_region_the_provinces_come(client):
    assert len(regions(client.get(CHILDREN))) == 38


def test_a_closed_region_is_not_offered(client):
    Region.objects.filter(pk="16.06.06").update(closed_at=timezone.now())
    assert "16.06.06" not in {row["code"] for row in regions(client.get(CHILDREN, {"of": "16.06"}))}
    assert regions(client.get(SEARCH, {"q": "babat toman", "level": "3", "shallowest": "3"})) == []


def test_an_unknown_region_has_no_children_and_nonsense_is_refused(client):
    assert regions(client.get(CHILDREN, {"of": "99.99"})) == []
    assert client.get(CHILDREN, {"of": "16.06' --"}).status_code == 400


@pytest.mark.parametrize("address", [SEARCH, CHILDREN])
def test_the_data_are_only_read(client, address):
    assert client.post(address).status_code == 405
