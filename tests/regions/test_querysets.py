import pytest
from django.utils import timezone

from regions.models import Level, Region
from regions.querysets import within_q

pytestmark = pytest.mark.django_db


def test_within_is_the_region_and_all_beneath_it_and_nothing_beside():
    codes = set(Region.objects.within("16.06").values_list("code", flat=True))
    everything = Region.objects.values_list("code", flat=True)
    assert codes == {code for code in everything if code == "16.06" or code.startswith("16.06.")}
    assert Region.objects.within(Region.objects.get(pk="16.06")).count() == len(codes)


def test_no_region_means_all_of_indonesia():
    assert Region.objects.within(None).count() == 91_599


def test_within_a_foreign_key_is_one_range_without_a_join():
    query = Region.objects.filter(within_q("parent", "16.06"))
    assert set(query.values_list("level", flat=True)) == {3, 4}
    assert "JOIN" not in str(query.query)


def test_within_reads_a_range_of_the_index():
    plan = Region.objects.within("16.06").explain()
    assert "Index" in plan
    assert "Seq Scan" not in plan


def test_children_stand_in_the_order_of_their_names():
    names = [child.name for child in Region.objects.children_of("16.06")]
    assert len(names) == 15
    assert names == sorted(names)
    assert Region.objects.children_of(None).count() == 38


def test_levels_hold_what_the_decree_counts():
    assert [Region.objects.at(level).count() for level in Level] == [38, 514, 7_285, 83_762]


def test_a_closed_region_is_not_open():
    Region.objects.filter(pk="16.06.06.2008").update(closed_at=timezone.now())
    assert not Region.objects.open().filter(pk="16.06.06.2008").exists()


def found(text, level=None, **more):
    return [region.code for region in Region.objects.open().search(text, level, **more)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tomado", "72.10.04.2003"),
        ("TOMAN, BABAT TOMAN", "16.06.06.2008"),
        ("desa toman babat", "16.06.06.2008"),
        ("Musi Bany", "16.06"),
        ("kab. musi banyuasin", "16.06"),
        ("sumatera selatan", "16"),
        ("prov sumsel", "16"),
        ("sekayu sumsel", "16.06.01"),
        ("kota bandung", "32.73"),
        ("kabupaten bandung", "32.04"),
        ("kota administrasi jakarta pusat", "31.71"),
        ("desa baru", "13.12.07.2002"),
        ("ra'as", "35.26.07.2007"),
        ("Desa Adat Yoboi", "91.03.01.3007"),
        ("16.06.06", "16.06.06"),
        (" 16.06.06.2008 ", "16.06.06.2008"),
    ],
)
def test_typing_finds_what_is_meant_first(text, first):
    assert found(text)[0] == first


def test_the_higher_level_stands_before_the_lower_of_the_same_name():
    levels = [region.level for region in Region.objects.search("sekayu")]
    assert levels[0] == Level.DISTRICT


def test_names_that_begin_so_stand_by_name_before_names_that_hold_the_word():
    names = [region.name for region in Region.objects.search("tom", Level.VILLAGE, limit=400)]
    begin = [name for name in names if name.startswith("Tom")]
    assert names[: len(begin)] == begin == sorted(begin)
    assert len(begin) < len(names)


def test_a_search_may_be_held_to_a_level_and_a_region():
    assert found("musi bany", Level.REGENCY) == ["16.06"]
    villages = Region.objects.within("16.06").search("lais", Level.VILLAGE)
    assert {village.level for village in villages} == {Level.VILLAGE}
    assert all(village.code.startswith("16.06.") for village in villages)


def test_a_search_never_answers_more_than_its_limit():
    assert len(found("sumber")) == 20
    assert len(found("sumber", limit=3)) == 3


@pytest.mark.parametrize(
    "text", ["", " ", "a", "'", "%", "_", "\x00", "\\", "' OR 1=1 --", ":* & |!()", "x" * 5000]
)
def test_odd_text_finds_nothing_and_breaks_nothing(text):
    assert found(text) == []


@pytest.mark.parametrize("step", range(0, 91_599, 9_001))
def test_the_label_with_its_place_finds_the_region_itself(step):
    region = Region.objects.all()[step]
    assert found(f"{region.label}, {region.place}", region.level)[0] == region.code


@pytest.mark.parametrize("text", ["tom", "toman babat", "musi bany"])
def test_a_search_reads_the_word_indexes(text, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert found(text)


def test_the_plan_of_a_search_is_an_index_scan():
    from regions.search import Typed, Words

    words = Region.objects.alias(name_words=Words("name"), full_name_words=Words("full_name"))
    for condition in Typed.read("toman babat").conditions():
        plan = words.filter(condition).explain()
        assert "_words" in plan
        assert "Seq Scan" not in plan
