"""Two taps to report; what is withdrawn says why, and stands in a public log."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import complaints.actions
import moderation.actions
from complaints import limits
from complaints.models import Case, Report
from moderation.guidelines import RULES
from moderation.states import Status
from regions.templatetags.region_time import local_time
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    make_article,
    make_event,
    make_fact_check,
    make_item,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
LOG = reverse("complaints:log")
WHY = "Sekolahnya disebut, sehingga anak dapat dikenali."


def address(item):
    """Where it is reported."""
    return reverse("complaints:report", args=[item.KIND, item.pk])


def withdraw(item, **extra):
    """By the office, because a child can be recognised."""
    return moderation.actions.move(item, "suspend", by=make_officer(), reason=WHY, cited="children", **extra)


@pytest.mark.parametrize("kind", ["article", "event", "community"])
def test_two_taps_report_without_an_account(client, kind):
    item = make_item(kind, Status.APPROVED)
    assert f'href="{address(item)}"' in client.get(item.get_absolute_url()).content.decode()
    page = client.get(address(item)).content.decode()
    assert [code for code in RULES if f'name="rule" value="{code}"' not in page] == []
    answer = client.post(address(item), {"rule": "untrue"})
    assert (answer.status_code, answer.url) == (302, item.get_absolute_url())
    assert list(Report.objects.values_list("rule", "reporter", "email")) == [("untrue", None, "")]


def test_who_is_signed_in_is_told_there_and_leaves_no_address(client):
    reader, item = make_user(), make_article()
    client.force_login(reader)
    client.post(address(item), {"rule": "untrue", "email": "lain@contoh.example", "words": "Tidak benar."})
    assert list(Report.objects.values_list("reporter", "email", "words")) == [(reader.pk, "", "Tidak benar.")]


@pytest.mark.parametrize("sent", [{}, {"rule": "entah"}, {"rule": "untrue", "email": "bukan surat"}])
def test_what_makes_no_sense_is_asked_again(client, sent):
    item = make_article()
    assert client.post(address(item), sent).status_code == 422
    assert Case.objects.count() == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.SUSPENDED])
def test_only_what_is_public_can_be_reported(client, status):
    assert client.get(address(make_article(status))).status_code == 404


@pytest.mark.parametrize("kind", ["change", "amendment"])
def test_what_readers_never_see_cannot_be_reported(client, kind):
    assert client.get(address(make_item(kind, Status.APPROVED))).status_code == 404


def test_a_flood_over_many_items_ends_too(client, monkeypatch, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr(limits, "MOST_OF_ALL", 2)
    answers = [client.post(address(make_article()), {"rule": "untrue"}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_a_flood_from_one_address_ends_and_accounts_are_not_counted(client, monkeypatch, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr(limits, "MOST_OF_ITEM", 2)
    item = make_article()
    answers = [client.post(address(item), {"rule": "untrue"}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    assert client.post(address(make_article()), {"rule": "untrue"}).status_code == 302
    client.force_login(make_user())
    assert client.post(address(item), {"rule": "untrue"}).status_code == 302


@pytest.mark.parametrize("make", [make_article, make_event])
def test_the_address_of_what_is_withdrawn_says_what_stood_there_and_why(client, make):
    item = make()
    where = item.get_absolute_url()
    withdraw(item)
    answer = client.get(where)
    page = answer.content.decode()
    assert answer.status_code == 410
    for words in (item.title, item.community.name, WHY, RULES["children"].get_absolute_url()):
        assert words in page
    assert "Kabupaten Musi Banyuasin" in page


def test_a_title_that_repeats_the_harm_is_shown_nowhere(client):
    item = make_article(title="Siswa SDN Toman bernama Budi")
    where = item.get_absolute_url()
    item = withdraw(item, hides_title=True)
    for url in (where, item.shown_url, LOG, reverse("complaints:feed")):
        assert "Budi" not in client.get(url).content.decode()
    assert "budi" not in client.get(LOG).content.decode()
    assert "budi" not in client.get(reverse("complaints:feed")).content.decode()
    assert client.get(item.shown_url).status_code == 410
    client.force_login(item.created_by)
    assert client.get(item.shown_url, follow=True).redirect_chain == [(item.get_absolute_url(), 301)]


@pytest.mark.parametrize("make", [make_article, make_event])
def test_feeds_search_and_sitemap_drop_it_at_once_and_take_it_back(client, make):
    item = make(title="Jembatan gantung Toman")
    app = item._meta.app_label
    section = {"articles": "berita", "events": "kegiatan"}[app]
    places = [
        reverse(f"{app}:list"),
        reverse(f"{app}:feed"),
        reverse("home:search") + "?q=gantung",
        reverse("home:sitemap_section", args=[section]),
    ]

    def found() -> list[bool]:
        return [item.get_absolute_url() in client.get(url).content.decode() for url in places]

    before = found()
    withdrawn = withdraw(item)
    assert found() == [False] * 4
    moderation.actions.move(withdrawn, "restore", by=make_officer())
    assert found() == before == [True] * 4
    assert client.get(item.get_absolute_url()).status_code == 200


def test_the_log_tells_of_withdrawals_and_restorations_by_region(client):
    item = withdraw(make_article(title="Jembatan gantung Toman"))
    moderation.actions.move(item, "restore", by=make_officer())
    shown = client.get(LOG)
    assert [entry.is_withdrawal for entry in shown.context["entries"]] == [False, True]
    assert WHY in shown.content.decode()
    here, elsewhere = (client.get(f"{LOG}?wilayah={code}") for code in (MUSI_BANYUASIN, LOMBOK_TENGAH))
    assert [len(page.context["entries"]) for page in (here, elsewhere)] == [2, 0]
    assert client.get(f"{LOG}?wilayah=entah").context["entries"] == []


@pytest.mark.parametrize("make", [make_article, make_event, make_fact_check])
def test_the_address_of_what_a_suspended_kim_wrote_says_what_stood_there(client, make):
    item = make()
    moderation.actions.move(item.community, "suspend", by=make_officer(), reason="Pengurusnya bertikai.")
    answer = client.get(item.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 410
    for words in (f"<h1>{item.title}</h1>", item.community.name, "Pengurusnya bertikai."):
        assert words in page


def test_the_log_tells_of_a_suspended_kim_with_which_all_that_it_published_goes(client):
    kim = make_article().community
    kim = moderation.actions.move(kim, "suspend", by=make_officer(), reason="Pengurusnya bertikai.")
    for url in (LOG, f"{LOG}?wilayah={MUSI_BANYUASIN}&jenis=pencabutan", reverse("complaints:feed")):
        page = client.get(url).content.decode()
        assert (kim.name in page, "Pengurusnya bertikai." in page) == (True, True)
    moderation.actions.move(kim, "restore", by=make_officer())
    assert [entry.is_withdrawal for entry in client.get(LOG).context["entries"]] == [False, True]


def test_the_log_asks_as_much_for_twenty_as_for_one(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(LOG).status_code == 200
        return len(queries)

    withdraw(make_article())
    withdraw(make_event())
    asked()
    few = asked()
    for _ in range(5):
        withdraw(make_article())
        withdraw(make_event())
    assert asked() == few
    assert few <= 15


def test_enter_in_a_field_reports_nothing(client):
    page = client.get(address(make_article())).content.decode()
    form = page.partition('class="stack report"')[2]
    assert form.partition("<button")[2].partition(">")[0].split() == ['type="submit"', "disabled", "hidden"]


def test_who_reports_what_was_reported_before_is_told_its_deadline(client):
    item = make_article()
    case = complaints.actions.report(item, rule="untrue").case
    then = timezone.now() - timedelta(hours=30)
    Case.objects.update(opened_at=then, due_at=then + timedelta(hours=48))
    case.refresh_from_db()
    assert client.get(address(item)).context["deadline"] == case.due_at
    said = client.post(address(item), {"rule": "untrue"}, follow=True).context["messages"]
    assert [local_time(case.due_at, item.region) in str(message) for message in said] == [True]


def test_no_deadline_that_has_passed_is_promised(client):
    item = make_article()
    complaints.actions.report(item, rule="untrue")
    then = timezone.now() - timedelta(hours=50)
    Case.objects.update(opened_at=then, due_at=then + timedelta(hours=48))
    assert client.get(address(item)).context["deadline"] is None
    said = client.post(address(item), {"rule": "untrue"}, follow=True).context["messages"]
    passed = local_time(Case.objects.get().due_at, item.region)
    assert [passed in str(message) for message in said] == [False]
