"""A forum is made of communities: it counts as none of them, nor for any village."""

from __future__ import annotations

import pytest

from figures.counting import count
from figures.definitions import FIGURES
from figures.periods import Period
from home.figures import communities_by_child, of_region
from home.region_page import RegionPage
from moderation.states import Status
from tests.factories import (
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_community,
    make_forum,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
COMMUNITIES = ("verified", "active", "kind_kim", "villages_with")


@pytest.fixture
def forums():
    """One of a regency and one of a province, each with news; and one that applies."""
    make_article(community=make_forum())
    make_article(community=make_forum(SUMATERA_SELATAN))
    make_forum(status=Status.SUBMITTED, applicant=make_user())


def numbers(code):
    place = region(code) if code else None
    return {name: now for name, (now, _before) in count(place, Period.current(place)).total.items()}


@pytest.mark.parametrize(
    ("code", "forums_there"),
    [(None, 2), (SUMATERA_SELATAN, 2), (MUSI_BANYUASIN, 1), (TOMAN[:8], 0)],
)
def test_a_forum_is_counted_by_itself(forums, code, forums_there):
    found = numbers(code)
    assert found["kind_forum"] == forums_there
    assert {found[name] for name in COMMUNITIES} == {0}
    assert found["articles"] == forums_there
    assert found["waiting"] == (1 if forums_there else 0)
    make_community()
    assert {numbers(code)[name] for name in COMMUNITIES} == {1}


@pytest.mark.parametrize("code", [None, SUMATERA_SELATAN, MUSI_BANYUASIN, TOMAN[:8]])
def test_every_number_is_the_number_of_its_rows_with_forums_among_them(forums, code):
    make_community()
    place = region(code) if code else None
    period = Period.current(place)
    found = count(place, period)
    for figure in FIGURES.values():
        rows = sum(queryset.count() for queryset in figure.rows(place, period).values())
        if not figure.is_median:
            assert (figure.name, found.total[figure.name][0]) == (figure.name, rows)


def test_a_page_of_a_region_shows_its_forum_and_counts_villages_alone(forums):
    kim = make_community()
    assert communities_by_child(region(SUMATERA_SELATAN)) == {MUSI_BANYUASIN: 1}
    assert communities_by_child(None) == {SUMATERA_SELATAN: 1}
    assert of_region(region(MUSI_BANYUASIN)).communities == 1
    page = RegionPage.of(MUSI_BANYUASIN)
    assert (page.total, [each.is_forum for each in page.communities]) == (1, [True, False])
    assert page.communities[1] == kim
    assert RegionPage.of(TOMAN).communities == [kim]
