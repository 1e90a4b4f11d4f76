"""What a list changes: compared with the regions there are, and with what an earlier change has done."""

import pytest

from regions.changing.errors import ChangeRefused
from regions.changing.lists import read_list, read_mapping
from regions.changing.plan import compare
from regions.changing.writing import write
from regions.models import RegionSuccession
from regions.succession import codes_of_the_past, find_of_today, successors_of
from tests.factories import MUSI_BANYUASIN, SUMATERA_SELATAN, TOMAN, region
from tests.regions.decrees import DISTRICT, Decree

pytestmark = pytest.mark.django_db

NEW, OTHER = f"{DISTRICT}.2090", f"{DISTRICT}.2091"


@pytest.fixture
def decree(tmp_path):
    return Decree(tmp_path, DISTRICT)


def plan_of(decree):
    return compare(read_list(decree.list, decree.only), read_mapping(decree.mapping), decree.only)


def test_the_list_of_today_changes_nothing(decree):
    assert plan_of(decree).changes_nothing


def test_new_and_renamed_regions(decree):
    plan = plan_of(decree.add(NEW, "Toman Baru").rename(TOMAN, "Toman Lama"))
    assert list(plan.added) == [NEW]
    assert list(plan.renamed) == [TOMAN]
    write(plan, "uji")
    assert region(NEW).full_name == "Toman Baru, Babat Toman, Musi Banyuasin, Sumatera Selatan"
    assert (region(NEW).level, region(NEW).parent_id) == (4, DISTRICT)
    assert region(TOMAN).full_name == "Toman Lama, Babat Toman, Musi Banyuasin, Sumatera Selatan"


def test_the_paths_beneath_a_renamed_region_say_its_new_name(decree):
    write(plan_of(decree.rename(DISTRICT, "Babat Raya")), "uji")
    assert region(TOMAN).full_name == "Toman, Babat Raya, Musi Banyuasin, Sumatera Selatan"


def test_a_village_that_becomes_a_kelurahan_is_followed_by_its_namesake(decree):
    plan = plan_of(decree.close(TOMAN).add(f"{DISTRICT}.1090", "TOMAN", "urban_village"))
    assert plan.recoded == {TOMAN: f"{DISTRICT}.1090"}
    assert plan.by_name == {TOMAN}


def test_a_split_has_its_default_first(decree):
    plan = plan_of(decree.close(TOMAN).add(NEW, "Timur").add(OTHER, "Barat").becomes(TOMAN, OTHER, NEW))
    assert plan.split == {TOMAN: [OTHER, NEW]}
    assert plan.recoded == {}


def test_several_that_become_one_are_a_merger(decree):
    first, second = sorted(code for code in decree.rows if len(code) == 13 and code != TOMAN)[:2]
    plan = plan_of(decree.close(first, second).becomes(first, TOMAN).becomes(second, TOMAN))
    assert plan.merged == {TOMAN: [first, second]}


def test_what_nothing_follows_is_named(decree):
    assert plan_of(decree.close(TOMAN)).without_successor == [TOMAN]


def test_beneath_a_recoded_district_each_village_finds_its_namesake(tmp_path):
    decree = Decree(tmp_path, MUSI_BANYUASIN).recode(DISTRICT, f"{MUSI_BANYUASIN}.90")
    plan = plan_of(decree)
    assert plan.successors[TOMAN] == [f"{MUSI_BANYUASIN}.90.2008"]
    assert plan.without_successor == []
    assert len(plan.by_name) == len(plan.successors) - 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (TOMAN, NEW, f"{TOMAN} still stands in the list"),
        (f"{DISTRICT}.2099", TOMAN, f"{DISTRICT}.2099 is no region of today"),
        (f"{DISTRICT}.2043", OTHER, f"{OTHER} is no region after the change"),
    ],
)
def test_a_mapping_that_contradicts_the_list_is_refused(decree, old, new, said):
    decree.close(f"{DISTRICT}.2043").add(NEW, "Toman Baru").becomes(old, new)
    with pytest.raises(ChangeRefused, match=said):
        plan_of(decree)


def test_a_list_of_a_part_needs_the_region_above(tmp_path):
    decree = Decree(tmp_path, "16.99").add("16.99", "Kabupaten Baru", "regency")
    assert list(plan_of(decree).added) == ["16.99"]
    orphan = Decree(tmp_path, "98.01").add("98.01", "Tanpa Induk", "regency")
    with pytest.raises(ChangeRefused, match="98 is no region of today"):
        plan_of(orphan)


def test_a_second_comparison_finds_nothing_to_do(decree):
    decree.close(TOMAN).add(NEW, "Timur").add(OTHER, "Barat").becomes(TOMAN, OTHER, NEW)
    write(plan_of(decree), "uji")
    assert plan_of(decree).changes_nothing


def test_an_old_code_is_read_as_what_followed_it_by_however_many_decrees(decree):
    write(plan_of(decree.close(TOMAN).add(NEW, "Timur").becomes(TOMAN, NEW)), "uji 1")
    write(plan_of(decree.close(NEW).add(OTHER, "Timur").becomes(NEW, OTHER)), "uji 2")
    assert find_of_today(TOMAN) == region(OTHER)
    assert find_of_today(OTHER) == region(OTHER)
    assert find_of_today("bukan kode") is None
    assert codes_of_the_past(OTHER) == [TOMAN, NEW]
    assert codes_of_the_past(MUSI_BANYUASIN) == [TOMAN, NEW]
    assert codes_of_the_past("16.01") == []


def test_a_code_that_is_given_again_stands_for_itself(decree):
    write(plan_of(decree.close(TOMAN).add(NEW, "Timur").becomes(TOMAN, NEW)), "uji 1")
    again = Decree(decree.folder, DISTRICT).close(NEW).add(TOMAN, "Toman").becomes(NEW, TOMAN)
    plan = plan_of(again)
    assert list(plan.reopened) == [TOMAN]
    write(plan, "uji 2")
    assert region(TOMAN).closed_at is None
    assert successors_of(region(NEW)) == [region(TOMAN)]
    assert RegionSuccession.objects.filter(old=TOMAN).count() == 0


def test_what_closed_without_a_successor_may_be_given_one_later(decree):
    write(plan_of(decree.close(TOMAN)), "uji 1")
    assert successors_of(region(TOMAN)) == []
    write(plan_of(decree.becomes(TOMAN, f"{DISTRICT}.2043")), "uji 2")
    assert find_of_today(TOMAN) == region(f"{DISTRICT}.2043")


def test_a_province_is_never_missing_by_oversight(tmp_path):
    plan = plan_of(Decree(tmp_path, SUMATERA_SELATAN).close("16.06"))
    assert "16.06" in plan.without_successor
