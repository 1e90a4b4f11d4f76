import pytest
from django.db import IntegrityError, transaction

from regions.models import Level, Region

pytestmark = pytest.mark.django_db


def region(code):
    return Region.objects.get(pk=code)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("16", "Provinsi Sumatera Selatan"),
        ("31", "Daerah Khusus Ibukota Jakarta"),
        ("34", "Daerah Istimewa Yogyakarta"),
        ("16.06", "Kabupaten Musi Banyuasin"),
        ("16.71", "Kota Palembang"),
        ("31.01", "Kabupaten Administrasi Kepulauan Seribu"),
        ("31.71", "Kota Administrasi Jakarta Pusat"),
        ("16.06.01", "Kecamatan Sekayu"),
        ("92.03.17", "Distrik Tomage"),
        ("16.06.06.2008", "Desa Toman"),
        ("16.06.01.1012", "Kelurahan Balai Agung"),
        ("91.03.01.3007", "Desa Adat Yoboi"),
        ("14.01.06.2002", "Desa Baru"),
    ],
)
def test_a_label_says_what_the_region_is(code, label):
    assert region(code).label == label
    assert str(region(code)) == label


def test_the_full_name_is_the_path_upwards_and_keeps_the_word_of_a_city():
    assert region("16.06.06.2008").full_name == "Toman, Babat Toman, Musi Banyuasin, Sumatera Selatan"
    assert region("32.73").full_name == "Kota Bandung, Jawa Barat"


@pytest.mark.parametrize(
    ("code", "place"),
    [("16", ""), ("32.73", "Jawa Barat"), ("16.06.06.2008", "Babat Toman, Musi Banyuasin, Sumatera Selatan")],
)
def test_the_place_tells_namesakes_apart(code, place):
    assert region(code).place == place


@pytest.mark.parametrize(
    ("codes", "zone", "abbreviation"),
    [
        (("11", "16.06.06.2008", "35", "61", "62"), "Asia/Jakarta", "WIB"),
        (("51", "53", "63", "64", "65", "73.71", "76"), "Asia/Makassar", "WITA"),
        (("81", "82", "91", "96"), "Asia/Jayapura", "WIT"),
    ],
)
def test_every_region_has_its_time_zone(codes, zone, abbreviation):
    for code in codes:
        assert region(code).zone.key == zone
        assert region(code).zone_abbreviation == abbreviation


def test_ancestors_come_from_the_province_down():
    toman = region("16.06.06.2008")
    assert [above.code for above in toman.ancestors()] == ["16", "16.06", "16.06.06"]
    assert [above.code for above in toman.ancestors(include_self=True)][-1] == toman.code
    assert toman.ancestor_codes == ["16.06.06.2008", "16.06.06", "16.06", "16"]


def test_a_region_contains_itself_and_what_lies_beneath():
    regency, village, elsewhere = region("16.06"), region("16.06.06.2008"), region("16.07")
    assert regency.contains(regency)
    assert regency.contains(village)
    assert not village.contains(regency)
    assert not regency.contains(elsewhere)


def test_its_page_is_under_its_code():
    assert region("16.06").get_absolute_url() == "/wilayah/16.06/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "16.06.06.29999"[:13], "level": Level.DISTRICT},
        {"code": "16.06.6.20011"},
        {"kind": "district"},
        {"kind": "hamlet"},
        {"parent_id": "16.06.07"},
        {"parent_id": "16.06"},
        {"parent_id": None},
        {"time_zone": "Europe/Amsterdam"},
    ],
)
def test_the_database_refuses_a_region_that_cannot_be(wrong):
    right = {
        "code": "16.06.06.2999",
        "name": "Baru",
        "kind": "village",
        "level": Level.VILLAGE,
        "parent_id": "16.06.06",
        "time_zone": "Asia/Jakarta",
        "full_name": "Baru",
    }
    Region.objects.create(**right).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(**{**right, **wrong})
