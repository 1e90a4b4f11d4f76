"""Regions of a new decree are on the map of tiles at once, before anybody draws them."""

import pytest
from django.utils import timezone

from regions import petak
from regions.models import Region, RegionSuccession

pytestmark = pytest.mark.django_db


def places_of(regions):
    tiles = petak.tiles(regions, lambda _region: 1, shown=str, url=str)
    return {tile.region.code: (tile.column, tile.row) for tile in tiles}


def add(code, name):
    return Region.objects.create(
        code=code,
        name=name,
        kind="province" if len(code) == 2 else "regency",
        level=1 if len(code) == 2 else 2,
        parent_id=code.rpartition(".")[0] or None,
        time_zone="Asia/Jakarta",
        full_name=name,
    )


def follow(old, new):
    Region.objects.filter(pk=old).update(closed_at=timezone.now())
    RegionSuccession.objects.create(old_id=old, new_id=new, decree="uji")


def test_a_new_province_takes_a_free_place():
    before = places_of(Region.objects.open().at(1))
    add("99", "Provinsi Baru")
    after = places_of(Region.objects.open().at(1))
    assert (len(before), len(after)) == (38, 39)
    assert {code: place for code, place in after.items() if code != "99"} == before
    assert after["99"] not in before.values()


def test_a_recoded_regency_keeps_the_place_of_the_one_it_follows():
    before = places_of(Region.objects.open().children_of("16"))
    add("16.90", "Musi Banyuasin")
    follow("16.06", "16.90")
    after = places_of(Region.objects.open().children_of("16"))
    assert after == {
        **{code: place for code, place in before.items() if code != "16.06"},
        "16.90": before["16.06"],
    }


def test_where_nobody_has_a_place_they_stand_in_order():
    regions = [add("99", "Provinsi Baru"), add("99.01", "Satu"), add("99.02", "Dua")][1:]
    assert places_of(regions) == {"99.01": (0, 0), "99.02": (0, 0)}
