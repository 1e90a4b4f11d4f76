"""Checking facts: in the name of a KIM or an office, decided by somebody else, linked to what it touches."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

import moderation.actions
from accounts.actions import erase
from accounts.models import Office, Posting
from accounts.roles import Role
from activity.models import Activity
from articles.models import Article
from communities.models import Community
from factchecks import actions, rules
from factchecks.models import FactCheck
from moderation.errors import TransitionRefused
from moderation.rules import may_decide
from moderation.states import Status
from notifications.audiences import audience
from notifications.models import Mute, Subscription
from regions.models import Level, Region
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_community,
    make_fact_check,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
COMPOSE = reverse("factchecks:compose")
LIST = reverse("factchecks:list")
ELSEWHERE = Region.objects.within(LOMBOK_TENGAH).at(Level.VILLAGE)


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.OFFICE_REQUIRES_MFA = False


def typed(speaks: str, **fields) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "speaks": speaks,
        "title": "Tautan bansos palsu",
        "claim_text": "Bansos 600 ribu\nlewat tautan ini.",
        "claimant": "",
        "seen_on": "2026-11-20",
        "spread": "Grup WhatsApp",
        "links": "https://contoh.example/a\n https://contoh.example/b",
        "finding": "hoax",
        "summary": "Bansos tidak didaftarkan lewat tautan.",
        "body": "Kami menelepon dinas sosial.<script>alert(1)</script>",
        "sources": "Dinas Sosial\nhttps://dinsos.example/",
        "checker": "",
        "touched": "",
        "then": "submit",
        **fields,
    }


def test_a_member_checks_a_claim_for_their_kim(client):
    kim, officer = make_community(), make_officer()
    writer = make_member(kim)
    article = make_article()
    client.force_login(writer)
    sent = typed(f"kim:{kim.pk}", touched=f"https://portal.example{article.get_absolute_url()}")
    assert client.post(COMPOSE, sent).status_code == 302
    assert client.post(COMPOSE, sent).status_code == 302
    check = FactCheck.objects.get()
    assert (check.status, check.community, check.region, list(check.articles.all())) == (
        Status.SUBMITTED, kim, kim.region, [article],
    )  # fmt: skip
    assert (check.claim_text, check.link_list, len(check.source_list)) == (
        "Bansos 600 ribu lewat tautan ini.", ["https://contoh.example/a", "https://contoh.example/b"], 2,
    )  # fmt: skip
    assert "<script" not in check.body
    assert client.get(reverse("factchecks:mine")).status_code == 200
    client.force_login(officer)
    page = client.get(reverse("office:item", args=["factcheck", check.pk])).content.decode()
    assert check.claim_text in page
    assert article.title in page


def test_an_officer_checks_for_the_office_and_a_colleague_publishes(client):
    wati, amrul = make_officer(name="Wati"), make_officer(name="Amrul", role=Role.HEAD)
    client.force_login(wati)
    assert client.post(COMPOSE, typed(f"kantor:{MUSI_BANYUASIN}")).status_code == 302
    check = FactCheck.objects.get()
    assert (check.status, check.community, check.region_id) == (Status.SUBMITTED, None, MUSI_BANYUASIN)
    with pytest.raises(PermissionDenied):
        moderation.actions.move(check, "approve", by=wati)
    published = moderation.actions.move(check, "approve", by=amrul)
    page = client.get(published.get_absolute_url())
    assert (page.status_code, published.publisher in page.content.decode()) == (200, True)


def test_where_the_office_has_nobody_else_the_level_above_decides():
    wati, province = make_officer(name="Wati"), make_officer(SUMATERA_SELATAN)
    check = make_fact_check(Status.DRAFT, of_office=MUSI_BANYUASIN, author=wati)
    check = moderation.actions.move(check, "submit", by=wati)
    rows = FactCheck.objects.with_turn_of(province).values_list("pk", "is_my_turn")
    assert list(rows) == [(check.pk, 1)]
    assert moderation.actions.move(check, "approve", by=province).status == Status.APPROVED


@pytest.mark.parametrize("speaks", ["kim:0", f"kantor:{LOMBOK_TENGAH}", "", "kantor:16"])
def test_nobody_speaks_for_others(client, speaks):
    make_community()
    client.force_login(make_officer())
    assert client.post(COMPOSE, typed(speaks)).status_code == 422
    assert FactCheck.objects.count() == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.VERIFIER])
def test_who_has_nothing_to_do_with_news_checks_nothing(client, role):
    client.force_login(make_officer(role=role))
    assert "communities/nothing_to_write_for.html" in [t.name for t in client.get(COMPOSE).templates]
    assert client.post(COMPOSE, typed(f"kantor:{MUSI_BANYUASIN}")).status_code == 200
    assert FactCheck.objects.count() == 0


def test_an_office_may_keep_checking_facts_to_itself(client):
    kim = make_community()
    waiting = make_fact_check(Status.DRAFT, community=kim)
    office = Office.objects.create(region_id=MUSI_BANYUASIN, name="Dinkominfo", kim_check_facts=False)
    client.force_login(kim.created_by)
    assert "factchecks/left_to_offices.html" in [t.name for t in client.get(COMPOSE).templates]
    client.post(COMPOSE, typed(f"kim:{kim.pk}"))
    assert list(FactCheck.objects.all()) == [waiting]
    with pytest.raises(TransitionRefused):
        moderation.actions.move(waiting, "submit", by=kim.created_by)
    client.force_login(make_officer())
    assert client.get(COMPOSE).context["form"].fields["speaks"].choices == [
        (f"kantor:{MUSI_BANYUASIN}", "Dinkominfo")
    ]
    Office.objects.create(region_id=SUMATERA_SELATAN, name="Diskominfo", kim_check_facts=False)
    office.kim_check_facts = None
    office.save()
    assert rules.communities_of(kim.created_by) == []
    office.kim_check_facts = True
    office.save()
    assert rules.communities_of(kim.created_by) == [kim]


def test_the_head_says_whether_kim_check_facts(client):
    client.force_login(make_officer(role=Role.HEAD))
    url = reverse("office:settings", args=[MUSI_BANYUASIN])
    page = client.get(url)
    assert [value for value, _label in page.context["form"].fields["kim_check_facts"].widget.choices] == [
        "unknown", "true", "false",
    ]  # fmt: skip
    client.post(url, {"name": "Dinkominfo", "kim_check_facts": "false"})
    assert Office.objects.get(region_id=MUSI_BANYUASIN).kim_check_facts is False
    client.post(url, {"name": "Dinkominfo", "kim_check_facts": "unknown"})
    assert Office.objects.get(region_id=MUSI_BANYUASIN).kim_check_facts is None


def test_an_officer_who_has_left_changes_nothing_any_more():
    wati = make_officer()
    check = make_fact_check(Status.DRAFT, of_office=MUSI_BANYUASIN, author=wati)
    assert list(FactCheck.objects.authored_by(wati)) == [check]
    Posting.objects.filter(user=wati).update(ended_at=timezone.now(), ended_by=wati)
    wati = type(wati).objects.get(pk=wati.pk)
    assert not check.is_authored_by(wati)
    assert list(FactCheck.objects.authored_by(wati)) == []


def test_a_draft_may_lack_what_is_needed_to_send(client):
    kim = make_community()
    client.force_login(kim.created_by)
    few = {"form_key": str(uuid4()), "speaks": f"kim:{kim.pk}", "title": "Baru mulai"}
    assert client.post(COMPOSE, {**few, "then": "submit"}).status_code == 422
    assert client.post(COMPOSE, {**few, "then": "draft"}).status_code == 302
    check = FactCheck.objects.get()
    assert client.get(check.get_absolute_url()).status_code == 200
    with pytest.raises(TransitionRefused):
        moderation.actions.move(check, "submit", by=kim.created_by)
    edit = reverse("factchecks:edit", args=[check.pk, check.slug])
    assert client.get(edit).status_code == 200
    assert client.post(edit, typed("")).status_code == 302
    check.refresh_from_db()
    assert check.status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("links", "javascript:alert(1)"),
        ("links", "contoh.example"),
        ("links", "\n".join(f"https://contoh.example/{n}" for n in range(11))),
        ("touched", "https://lain.example/berita/"),
        ("touched", "/berita/999999999/tidak-ada/"),
        ("seen_on", str(timezone.localdate() + timedelta(days=2))),
        ("finding", "bohong"),
        ("body", "<script>x</script>"),
    ],
)
def test_what_makes_no_sense_is_said(client, field, value):
    kim = make_community()
    client.force_login(kim.created_by)
    answer = client.post(COMPOSE, typed(f"kim:{kim.pk}", **{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_what_is_not_public_is_not_linked(client):
    kim = make_community()
    client.force_login(kim.created_by)
    hidden = make_article(Status.SUBMITTED)
    answer = client.post(COMPOSE, typed(f"kim:{kim.pk}", touched=hidden.get_absolute_url()))
    assert answer.status_code == 422


def linked(check: FactCheck, *articles: Article) -> FactCheck:
    check.articles.set(articles)
    return check


def test_it_stands_at_the_articles_that_it_touches_in_whatever_region(client):
    elsewhere = make_article(community=make_community(village=ELSEWHERE.first().pk))
    check = linked(make_fact_check(), make_article(), elsewhere)
    for article in check.articles.all():
        page = client.get(article.get_absolute_url()).content.decode()
        assert check.get_absolute_url() in page
        assert article.get_absolute_url() in client.get(check.get_absolute_url()).content.decode()
    officer = make_officer()
    moderation.actions.move(check, "suspend", by=officer, reason="Salah.", cited="untrue")
    assert check.get_absolute_url() not in client.get(elsewhere.get_absolute_url()).content.decode()
    assert client.get(check.get_absolute_url()).status_code == 410
    assert check.get_absolute_url() in client.get(reverse("complaints:log")).content.decode()


def test_an_article_that_is_withdrawn_is_still_named_and_a_hidden_title_is_not(client):
    article = make_article(title="Nama anak itu")
    check = linked(make_fact_check(), article, make_article(Status.DRAFT, title="Belum jadi"))
    officer = make_officer()
    moderation.actions.move(article, "suspend", by=officer, reason="Salah.", cited="untrue")
    page = client.get(check.get_absolute_url()).content.decode()
    assert ("Nama anak itu" in page, "Belum jadi" in page) == (True, False)
    Article.objects.filter(pk=article.pk).update(is_title_hidden=True)
    page = client.get(check.get_absolute_url()).content.decode()
    assert ("Nama anak itu" in page, article.slug in page) == (False, False)


def record(verb: str, check: FactCheck) -> Activity:
    return Activity(verb=verb, target=check)


def test_followers_and_the_writers_of_what_it_touches_are_told():
    article = make_article()
    check = linked(make_fact_check(), article)
    nearby = Subscription.objects.create(user=make_user(), region=region(MUSI_BANYUASIN)).user
    own = Subscription.objects.create(user=make_user(), community=check.community).user
    muting = Subscription.objects.create(user=make_user(), region=region(TOMAN)).user
    Mute.objects.create(user=muting, community=check.community)
    Subscription.objects.create(user=make_user(), region=region(LOMBOK_TENGAH))
    Subscription.objects.create(user=make_user(), region=region(TOMAN), category="health")
    told = set(audience(record("factcheck.approve", check)))
    assert told == {nearby, own, check.created_by, article.created_by}
    assert set(audience(record("factcheck.return", check))) == {check.created_by}


def test_of_an_office_its_writer_and_the_followers_of_the_region_are_told():
    wati = make_officer()
    check = make_fact_check(of_office=MUSI_BANYUASIN, author=wati)
    nearby = Subscription.objects.create(user=make_user(), region=region(SUMATERA_SELATAN)).user
    Subscription.objects.create(user=make_user(), region=region(TOMAN))
    Subscription.objects.create(user=make_user(), community=make_community())
    assert set(audience(record("factcheck.approve", check))) == {wati, nearby}


def test_a_kim_appeals_against_a_rejection_and_another_officer_answers():
    kim, first, second = make_community(), make_officer(name="Wati"), make_officer(name="Amrul")
    check = make_fact_check(Status.SUBMITTED, community=kim)
    check = moderation.actions.move(check, "reject", by=first, reason="Tanpa sumber.", cited="untrue")
    check = moderation.actions.move(check, "appeal", by=kim.created_by, reason="Sumbernya ada.")
    with pytest.raises(PermissionDenied):
        moderation.actions.move(check, "approve", by=first)
    assert moderation.actions.move(check, "approve", by=second).status == Status.APPROVED


def test_whoever_rejected_it_is_kept_out_of_what_comes_again_after_an_appeal():
    first, second = make_officer(name="Wati"), make_officer(name="Budi")
    check = make_fact_check("submitted")
    writer = check.created_by
    moderation.actions.move(check, "reject", by=first, reason="Sumbernya satu.", cited="unbalanced")
    moderation.actions.move(check, "appeal", by=writer, reason="Sumbernya tiga.")
    moderation.actions.move(check, "return", by=second, reason="Sebut ketiganya.")
    again = moderation.actions.move(check, "submit", by=writer)
    assert [may_decide(officer, again) for officer in (first, second)] == [False, True]
    turns = FactCheck.objects.with_turn_of(first).values_list("is_my_turn", flat=True)
    assert list(turns) == [0]


def test_a_check_that_is_withdrawn_for_a_rule_ends_the_trust_in_its_kim():
    kim = make_community(trusted_at=timezone.now(), trusted_by=make_user("Petugas"))
    check = make_fact_check(community=kim)
    moderation.actions.move(check, "suspend", by=make_officer(), reason="Fitnah.", cited="slander")
    kim.refresh_from_db()
    assert kim.is_trusted is False


def test_of_a_suspended_kim_nothing_is_public(client):
    check = make_fact_check()
    Community.objects.update(status=Status.SUSPENDED, decided_at=timezone.now(), decided_by=check.created_by)
    assert client.get(check.get_absolute_url()).status_code == 410
    assert list(FactCheck.objects.public()) == []


def test_who_wrote_the_article_does_not_decide_about_the_check():
    officer = make_officer()
    kim = make_community()
    make_member(kim, user=officer)
    check = linked(make_fact_check(Status.SUBMITTED), make_article(community=kim, author=officer))
    with pytest.raises(PermissionDenied):
        moderation.actions.move(check, "reject", by=officer, reason="x", cited="untrue")


def test_the_list_is_narrowed_by_region_and_finding(client):
    hoax, true = make_fact_check(), make_fact_check(finding="true")
    office = make_fact_check(of_office=LOMBOK_TENGAH, finding="unproven")
    make_fact_check(Status.SUBMITTED)

    def found(query: str) -> list[FactCheck]:
        return sorted(client.get(f"{LIST}?{query}").context["page_obj"], key=lambda check: check.pk)

    assert found("") == [hoax, true, office]
    assert found("wilayah=16.06") == [hoax, true]
    assert found("temuan=true") == [true]
    assert found("wilayah=52&temuan=hoax") == []
    assert found("wilayah=x") == found("temuan=x") == []
    assert found(f"komunitas={hoax.community.slug}") == [hoax]


def test_it_is_found_by_feed_sitemap_and_search(client):
    check = make_fact_check()
    path = check.get_absolute_url()
    feed = client.get(reverse("factchecks:feed") + "?temuan=hoax").content.decode()
    assert path in feed
    assert f"[Hoaks] {check.title}" in feed or f"[Hoax] {check.title}" in feed
    assert path in client.get(reverse("home:sitemap_section", args=["cek-fakta"])).content.decode()
    search = reverse("home:search")
    for query in ("q=tautan+bansos", "q=bansos&jenis=cek-fakta", "q=bansos&wilayah=16.06"):
        assert path in client.get(f"{search}?{query}").content.decode()
    for query in ("q=bansos&jenis=kegiatan", "q=bansos&wilayah=52"):
        assert path not in client.get(f"{search}?{query}").content.decode()


def test_erasing_takes_the_name_of_the_checker():
    check = make_fact_check(checker="Siti R.")
    erase(check.created_by)
    check.refresh_from_db()
    assert (check.checker, check.status) == ("", Status.APPROVED)
    with translation.override("en"):
        assert check.checker_name == "deleted author"


def test_the_slower_click_of_what_was_sent_is_through_and_other_news_are_refused():
    touched, other = make_article(), make_article()
    check = make_fact_check(Status.DRAFT)
    check = actions.save(check, [touched], by=check.created_by)
    stale = FactCheck.objects.get(pk=check.pk)
    moderation.actions.move(check, "submit", by=check.created_by)
    assert actions.save(stale, [touched], by=check.created_by).status == Status.SUBMITTED
    with pytest.raises(TransitionRefused):
        actions.save(stale, [other], by=check.created_by)
    assert list(check.articles.all()) == [touched]
