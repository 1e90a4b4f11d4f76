"""A change of where it happened: within the regency of the KIM, and all that goes by region follows."""

from __future__ import annotations

import pytest
from django.urls import reverse

import moderation.actions
from articles import amendment_actions, merging
from articles.amendment import Nature, PublicChange
from articles.models import Amendment, Article
from communities.models import Community
from moderation.errors import TransitionRefused
from moderation.states import Status
from regions.models import Region
from tests.articles.test_amendment_pages import amend_url, filled
from tests.factories import (
    LOMBOK_TENGAH,
    TOMAN,
    make_amendment,
    make_article,
    make_member,
    make_officer,
    make_reply,
)

pytestmark = pytest.mark.django_db
TOLD = {"was_wrong": "Di Desa Toman.", "is_right": "Di desa tetangga."}


@pytest.fixture
def article(client) -> Article:
    article = make_article()
    client.force_login(article.created_by)
    return article


def approved(amendment: Amendment) -> Amendment:
    """By the office."""
    return moderation.actions.move(Amendment.objects.get(pk=amendment.pk), "approve", by=make_officer())


def moving(article: Article, region: Region, status: str = Status.SUBMITTED) -> Amendment:
    """An amendment that names another region, and nothing else."""
    return make_amendment(status, article=article, happened_in=region, body=article.body)


def test_it_is_chosen_in_the_form_and_the_article_stays_until_the_office_agrees(client, article, elsewhere):
    client.post(amend_url(article), filled(client, amend_url(article), region=elsewhere.code, **TOLD))
    amendment = Amendment.objects.get()
    assert (amendment.status, amendment.happened_in, amendment.region_id) == (
        Status.SUBMITTED,
        elsewhere,
        TOMAN,
    )
    # The dateline that was but the name of the village follows.
    assert amendment.dateline == elsewhere.name.upper()
    article.refresh_from_db()
    assert (article.region_id, article.dateline) == (TOMAN, "TOMAN")


def test_lists_search_feed_and_log_follow(client, article, elsewhere):
    approved(moving(article, elsewhere))
    article.refresh_from_db()
    assert article.region == elsewhere
    client.logout()

    def found(name, **asked):
        return f"/berita/{article.pk}/" in client.get(reverse(name), asked).content.decode()

    pages = [
        ("articles:list", {}),
        ("home:search", {"q": "membersihkan sungai"}),
        ("articles:feed", {}),
        ("complaints:log", {}),
    ]
    for code, is_there in ((elsewhere.code, True), (TOMAN, False)):
        assert [found(name, wilayah=code, **asked) for name, asked in pages] == [is_there] * len(pages)
    assert list(Article.objects.public().within(elsewhere)) == [article]


def test_what_was_replied_to_it_follows(article, elsewhere):
    reply, other = make_reply(article=article), make_reply()
    approved(moving(article, elsewhere))
    for each, code in ((reply, elsewhere.code), (other, TOMAN)):
        each.refresh_from_db()
        assert each.region_id == code


def test_the_trace_names_both_by_the_names_of_that_day(client, article, elsewhere):
    here = article.region
    approved(moving(article, elsewhere))
    change = PublicChange.objects.get()
    assert (change.before["where"], change.after["where"]) == (here.label, elsewhere.label)
    Region.objects.filter(pk=elsewhere.pk).update(name="Nama Baru")
    page = client.get(reverse("articles:changes", args=[article.pk, article.slug])).content.decode()
    assert "Nama Baru" not in "".join(piece.text for each in change.changes for piece in each.pieces)
    assert (here.name in page, elsewhere.name in page) == (True, True)


def test_the_office_sees_both_on_the_desk(client, article, elsewhere, settings):
    settings.OFFICE_REQUIRES_MFA = False
    amendment = moving(article, elsewhere)
    client.force_login(make_officer())
    page = client.get(reverse("office:item", args=["amendment", amendment.pk])).content.decode()
    gone_and_come = [
        (piece.kind, piece.text)
        for each in amendment.changes
        for piece in each.pieces
        if piece.kind != "same"
    ]
    assert len(gone_and_come) >= 2
    assert all(text in page for _kind, text in gone_and_come)


def test_outside_the_regency_it_is_not_theirs_to_tell(client, article):
    village = Region.objects.filter(level=4, code__startswith=f"{LOMBOK_TENGAH}.").order_by("code")[0]
    answer = client.post(amend_url(article), filled(client, amend_url(article), region=village.code, **TOLD))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["region"])
    assert Amendment.objects.count() == 0


def test_it_goes_back_with_its_dateline(client, article, elsewhere):
    sent = {"region": elsewhere.code, "lead": "Teras lain.", "then": "draft", **TOLD}
    client.post(amend_url(article), filled(client, amend_url(article), **sent))
    edit = reverse("articles:edit_amendment", args=[Amendment.objects.get().pk])
    form = client.get(edit).context["form"]
    assert form["region"].value() == elsewhere.code
    client.post(edit, filled(client, edit, region="", then="draft"))
    amendment = Amendment.objects.get()
    assert (amendment.happened_in, amendment.dateline) == (None, article.region.name.upper())


def test_a_form_that_does_not_ask_leaves_it(client, article, elsewhere):
    amendment = moving(article, elsewhere, Status.DRAFT)
    edit = reverse("articles:edit_amendment", args=[amendment.pk])
    sent = filled(client, edit, title="Judul baru", then="draft")
    del sent["region"]
    client.post(edit, sent)
    amendment.refresh_from_db()
    assert (amendment.title, amendment.happened_in) == ("Judul baru", elsewhere)


def test_without_scripts_the_lists_open_step_by_step_and_nothing_is_stored(client, article):
    district = article.region.parent
    sent = filled(client, amend_url(article), region_3=district.code, region_step="next-region-step")
    page = client.post(amend_url(article), sent)
    assert (page.status_code, Amendment.objects.count()) == (200, 0)
    assert f'value="{TOMAN}"' in page.content.decode()


def test_it_is_no_slip(article, elsewhere):
    draft = moving(article, elsewhere, Status.DRAFT)
    Amendment.objects.update(nature=Nature.SLIP)
    with pytest.raises(TransitionRefused):
        amendment_actions.send(Amendment.objects.get(), by=draft.created_by)
    article.refresh_from_db()
    assert article.region_id == TOMAN


def test_alone_it_is_a_change(article, elsewhere):
    draft = moving(article, elsewhere, Status.DRAFT)
    assert moderation.actions.move(draft, "submit", by=draft.created_by).status == Status.SUBMITTED


def test_where_the_region_became_another_one_meanwhile_its_authors_look_again(article, elsewhere):
    district = article.region.parent
    amendment = moving(article, elsewhere)
    Article.objects.update(region=district)
    with pytest.raises(TransitionRefused):
        approved(amendment)
    stored = Amendment.objects.get()
    assert merging.clashing(stored) == ["where"]
    assert Article.objects.get().region == district


def test_what_says_nothing_of_the_region_leaves_the_one_that_came_meanwhile(article, elsewhere):
    amendment = make_amendment(article=article)
    Article.objects.update(region=elsewhere)
    approved(amendment)
    stored = Article.objects.get()
    assert (stored.region, stored.body) == (elsewhere, amendment.body)


def test_of_a_kim_that_moved_away_meanwhile_it_is_refused_in_words(article, elsewhere):
    amendment = moving(article, elsewhere)
    far = Region.objects.filter(level=4, code__startswith=f"{LOMBOK_TENGAH}.").order_by("code")[0]
    Community.objects.update(region=far)
    with pytest.raises(TransitionRefused):
        approved(amendment)
    assert Article.objects.get().region_id == TOMAN


def test_of_a_kim_that_has_moved_the_form_leaves_where_it_happened(client, article):
    far = Region.objects.filter(level=4, code__startswith=f"{LOMBOK_TENGAH}.").order_by("code")[0]
    Community.objects.update(region=far)
    sent = filled(client, amend_url(article), region="", lead="Teras lain.", **TOLD)
    client.post(amend_url(article), sent)
    assert Amendment.objects.get().happened_in is None


def test_an_article_withdrawn_meanwhile_moves_and_stays_withdrawn(client, article, elsewhere):
    amendment = moving(article, elsewhere)
    moderation.actions.move(article, "suspend", by=make_officer(), reason="Keliru.", cited="untrue")
    approved(amendment)
    stored = Article.objects.get()
    assert (stored.region, stored.status) == (elsewhere, Status.SUSPENDED)


def test_of_two_who_change_it_at_once_the_second_is_shown_the_first(client, article, elsewhere):
    url = amend_url(article)
    typed = filled(client, url, region=elsewhere.code, then="draft", **TOLD)
    other = make_member(article.community, role="manager")
    amendment_actions.save(_begun(article, article.region.parent), by=other)
    answer = client.post(url, typed)
    assert answer.status_code == 409
    assert str(answer.context["sides"][-1].label) == str(article.content_label("where"))
    assert Amendment.objects.get().happened_in == article.region.parent


def _begun(article: Article, region: Region) -> Amendment:
    draft = amendment_actions.begin(Article.objects.get(pk=article.pk))
    draft.happened_in = region
    draft.was_wrong, draft.is_right = TOLD.values()
    return draft
