"""Questions about many articles."""

import pytest

from articles.models import Article
from tests.factories import make_article, make_community

pytestmark = pytest.mark.django_db
PLACES = ("16.06.06.2008", "16.06.06.1038", "16.06.07.1020", "16.07.01.1016", "52.02.01.1001")


@pytest.mark.parametrize(
    "code", [None, "16", "16.06", "16.06.06", "16.06.06.2008", "16.07", "52.02.01", "52.02.01.1001", "11"]
)
def test_the_newest_of_a_region_are_the_same_rows_as_all_of_it(code):
    for place in PLACES:
        make_article(community=make_community(village=place))
    expected = sorted(Article.objects.within(code).values_list("pk", flat=True))
    assert sorted(Article.objects.newest_within(code).values_list("pk", flat=True)) == expected
    assert len(expected) == sum(place.startswith(code or "") for place in PLACES)


def test_what_a_forum_writes_belongs_to_its_regency():
    of_regency = make_article()
    Article.objects.filter(pk=of_regency.pk).update(region="16.06")
    assert list(Article.objects.newest_within("16.06")) == [of_regency]
    assert list(Article.objects.newest_within("16.06.06")) == []
