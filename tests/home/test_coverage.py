"""The public map of tiles: every region is on it once, and it says what the list says."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from home.figures import communities_by_child
from regions import petak
from regions.models import Level, Region
from tests.factories import MUSI_BANYUASIN, SUMATERA_SELATAN, make_community, region

pytestmark = pytest.mark.django_db


def test_every_province_and_regency_has_a_tile_of_its_own():
    codes = set(Region.objects.open().filter(level__lte=Level.REGENCY).values_list("code", flat=True))
    places = petak.places()
    assert set(places) == codes
    on_maps = Counter((code.rpartition(".")[0], place) for code, place in places.items())
    assert [tile for tile, number in on_maps.items() if number > 1] == []


def test_every_tile_has_its_class_in_the_style_sheet():
    from django.conf import settings

    sheet = (settings.BASE_DIR / "static" / "css" / "parts" / "petak.css").read_text()
    wanted = {f"petak__c{column}" for column, _row in petak.places().values()}
    wanted |= {f"petak__r{row}" for _column, row in petak.places().values()}
    assert wanted <= set(re.findall(r"petak__[cr]\d+", sheet))


@pytest.mark.parametrize(
    ("value", "highest", "shade"),
    [(0, 10, 0), (0, 0, 0), (1, 10, 1), (2.5, 10, 1), (3, 10, 2), (10, 10, 4), (1, 1, 4)],
)
def test_the_shade_is_a_quarter_of_the_highest(value, highest, shade):
    assert petak.step(value, highest) == shade


def test_the_map_says_what_the_list_says(client):
    make_community()
    make_community(village="16.06.01.2001")
    for address, code, parent in (
        (reverse("home:regions"), SUMATERA_SELATAN, None),
        (reverse("home:region", args=[SUMATERA_SELATAN]), MUSI_BANYUASIN, region(SUMATERA_SELATAN)),
    ):
        page = client.get(address)
        tiles = page.context["tiles"] if parent is None else page.context["page"].tiles
        assert {tile.region.code: tile.shown for tile in tiles if tile.step} == {code: "2"}
        assert communities_by_child(parent) == {code: 2}
        assert f'aria-label="{region(code).label}: 2"' in page.content.decode()


def test_no_tile_names_its_place_in_a_style_attribute(client):
    assert "style=" not in client.get(reverse("home:regions")).content.decode()


def test_districts_stand_in_the_order_of_their_codes():
    districts = list(Region.objects.open().children_of(region(MUSI_BANYUASIN)))
    found = petak.tiles(reversed(districts), lambda _one: 1, shown=lambda _one: "1", url=lambda _one: "/")
    assert [tile.region.code for tile in found] == sorted(one.code for one in districts)
    assert {tile.is_placed for tile in found} == {False}
