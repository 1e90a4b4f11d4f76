"""Where it happened: chosen within the regency of the KIM; desks, lists and followers go by it."""

import pytest
from django.urls import reverse

from articles.models import Article
from communities.models import Community
from moderation.states import Status
from regions.models import Region
from tests.articles.test_composing import COMPOSE, _filled
from tests.factories import (
    LOMBOK_TENGAH,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_community,
    make_forum,
    make_member,
)

pytestmark = pytest.mark.django_db
AS_DATA = {"headers": {"Accept": "application/json"}}


def _village_of(code: str) -> Region:
    return Region.objects.filter(level=4, code__startswith=f"{code}.").order_by("code")[0]


@pytest.fixture
def writer(client):
    user = make_member(make_community())
    client.force_login(user)
    return user


def test_it_is_the_village_of_the_kim_unless_another_is_chosen(client, writer, elsewhere):
    client.post(COMPOSE, _filled(client, writer))
    client.post(COMPOSE, _filled(client, writer, region=elsewhere.code, title="Di desa tetangga"))
    found = dict(Article.objects.values_list("title", "region"))
    assert found == {"Warga Toman membuka pasar pagi": TOMAN, "Di desa tetangga": elsewhere.code}


def test_the_dateline_begins_with_what_is_known(client, writer):
    assert (
        client.get(COMPOSE).context["form"]["dateline"].value() == Region.objects.get(code=TOMAN).name.upper()
    )


def test_a_district_will_do_and_a_name_is_enough(client, writer):
    district = Region.objects.get(code=TOMAN).parent
    client.post(COMPOSE, _filled(client, writer, region_text=district.label))
    assert Article.objects.get().region == district


def test_outside_the_regency_it_is_not_theirs_to_tell(client, writer):
    answer = client.post(COMPOSE, _filled(client, writer, region=_village_of(LOMBOK_TENGAH).code), **AS_DATA)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["region"])


@pytest.mark.parametrize(
    ("typed", "kept"), [("toman", "there"), ("", "there"), ("Sekayu, Muba", "SEKAYU, MUBA")]
)
def test_the_dateline_follows_the_region_unless_it_was_written(client, writer, elsewhere, typed, kept):
    client.post(COMPOSE, _filled(client, writer, region=elsewhere.code, dateline=typed))
    assert Article.objects.get().dateline == (elsewhere.name.upper() if kept == "there" else kept)


def test_the_dateline_goes_back_with_the_region(client, writer, elsewhere):
    client.post(COMPOSE, _filled(client, writer, region=elsewhere.code))
    article = Article.objects.get()
    edit = reverse("articles:edit", args=[article.pk, article.slug])
    client.post(edit, _filled(client, writer, edit, region="", dateline=elsewhere.name))
    article.refresh_from_db()
    assert (article.region_id, article.dateline) == (TOMAN, article.community.region.name.upper())


def test_a_form_that_does_not_ask_leaves_it(client, writer, elsewhere):
    article = make_article(
        Status.DRAFT, community=writer.memberships.get().community, author=writer, region=elsewhere
    )
    edit = reverse("articles:edit", args=[article.pk, article.slug])
    client.post(edit, _filled(client, writer, edit, title="Judul baru"))
    article.refresh_from_db()
    assert (article.title, article.region) == ("Judul baru", elsewhere)


def test_without_scripts_the_lists_open_step_by_step_and_nothing_is_stored(client, writer):
    district = Region.objects.get(code=TOMAN).parent
    page = client.post(
        COMPOSE, _filled(client, writer, region_3=district.code, region_step="next-region-step")
    )
    assert (page.status_code, Article.objects.count()) == (200, 0)
    assert f'value="{TOMAN}"' in page.content.decode()
    assert "Pasar pagi dibuka di tepi sungai." in page.content.decode()


def test_a_kim_that_moves_takes_its_drafts_with_it(elsewhere):
    article = make_article(Status.DRAFT, region=elsewhere)
    Community.objects.filter(pk=article.community_id).update(region=_village_of(LOMBOK_TENGAH))
    article = Article.objects.get(pk=article.pk)
    article.save()
    assert article.region_id == article.community.region_id


def test_a_forum_of_a_province_may_tell_of_any_of_its_villages(elsewhere):
    forum = make_forum(SUMATERA_SELATAN)
    article = make_article(Status.DRAFT, community=forum, region=elsewhere)
    assert article.region == elsewhere
