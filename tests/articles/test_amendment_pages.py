"""Changing what is published through the pages, and what readers, feeds and machines see of it."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

import moderation.actions
from articles.amendment import Nature, PublicChange
from articles.models import Amendment, Article
from moderation.states import Status
from tests.factories import (
    MUSI_BANYUASIN,
    all_yes,
    make_amendment,
    make_article,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def amend_url(article):
    """Where its authors change it."""
    return reverse("articles:amend", args=[article.pk, article.slug])


def filled(client, url, **changes):
    """The form as the browser would send it."""
    form = client.get(url, follow=True).context["form"]
    fields = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    fields.pop("is_before_hidden", None)
    return {**fields, "then": "submit", **changes}


def approve(amendment, by=None):
    """By the office."""
    return moderation.actions.move(amendment, "approve", by=by or make_officer())


def linked(client, article):
    """What machines read of its page."""
    return json.loads(LINKED.search(client.get(article.get_absolute_url()).content.decode()).group(1))


@pytest.fixture
def article(client):
    article = make_article()
    client.force_login(article.created_by)
    return article


def test_from_the_article_to_the_office_in_one_form(client, article):
    assert f'href="{amend_url(article)}"' in client.get(article.get_absolute_url()).content.decode()
    told = {"was_wrong": "Pukul tujuh.", "is_right": "Pukul enam.", "body": "Mulai pukul enam."}
    answer = client.post(amend_url(article), filled(client, amend_url(article), **told))
    amendment = Amendment.objects.get()
    assert answer.url == amendment.get_absolute_url()
    assert (amendment.status, amendment.body, amendment.region) == (
        Status.SUBMITTED,
        "<p>Mulai pukul enam.</p>",
        article.region,
    )
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Kegiatan dimulai pukul tujuh." in page
    assert f'href="{amendment.get_absolute_url()}"' in page


def test_a_correction_that_does_not_say_what_is_asked_again(client, article):
    sent = filled(client, amend_url(article), body="Mulai pukul enam.")
    answer = client.post(amend_url(article), sent)
    assert (answer.status_code, Amendment.objects.count()) == (422, 0)
    assert set(answer.context["form"].errors) == {"was_wrong", "is_right"}
    assert answer.context["form"]["body"].value() == "Mulai pukul enam."


def test_the_office_sees_what_changes_and_decides_on_the_desk(client, article):
    amendment = make_amendment(article=article)
    client.force_login(make_officer())
    page = client.get(reverse("office:item", args=["amendment", amendment.pk])).content.decode()
    assert re.findall(r"<(del|ins)>", page) == ["del", "ins"]
    seen = amendment.submitted_at.isoformat()
    sent = {"move": "approve", "reason": "", "seen": seen, **all_yes(Amendment)}
    client.post(reverse("office:decide", args=["amendment", amendment.pk]), sent)
    article.refresh_from_db()
    assert article.body == "<p>Kegiatan dimulai pukul enam.</p>"


def test_a_correction_stands_on_the_page_in_linked_data_and_in_the_history(client, article):
    approve(make_amendment(article=article))
    article.refresh_from_db()
    client.logout()
    answer = client.get(article.get_absolute_url())
    change = PublicChange.objects.get()
    assert answer.context["corrections"] == [change]
    page = answer.content.decode()
    assert (change.was_wrong in page, change.is_right in page) == (True, True)
    data = linked(client, article)
    assert (data["@type"], data["dateModified"]) == ("NewsArticle", change.changed_at.isoformat())
    assert data["correction"] == [
        {
            "@type": "CorrectionComment",
            "datePublished": change.changed_at.isoformat(),
            "text": change.sentence,
        }
    ]
    history = client.get(reverse("articles:changes", args=[article.pk, article.slug]))
    assert [each.pk for each in history.context["page_obj"]] == [change.pk]
    assert re.findall(r"<(del|ins)>", history.content.decode()) == ["del", "ins"]


def test_an_article_without_corrections_says_none(client, article):
    data = linked(client, article)
    assert "correction" not in data
    assert data["dateModified"] == data["datePublished"] == article.published_at.isoformat()


def test_nothing_that_is_written_ends_the_block_of_linked_data(client):
    article = make_article(title="</script><script>alert(1)</script>", lead="<!-- &amp; \u2028")
    page = client.get(article.get_absolute_url()).content.decode()
    assert linked(client, article)["headline"] == article.title
    assert "<script>alert" not in page


def test_the_feed_tells_the_correction_with_its_time(client, article):
    approve(make_amendment(article=article))
    feed = client.get(reverse("articles:feed")).content.decode()
    change = PublicChange.objects.get()
    assert (change.was_wrong in feed, change.is_right in feed) == (True, True)
    stamp = re.search(r"<atom:updated>(.*?)</atom:updated>", feed).group(1)
    assert stamp == timezone.localtime(change.changed_at).isoformat(timespec="seconds") or stamp.startswith(
        change.changed_at.date().isoformat()
    )


def test_the_feed_asks_as_often_for_one_as_for_many(client, django_assert_num_queries):
    def questions():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse("articles:feed"))
        return len(found)

    approve(make_amendment())
    once = questions()
    for _number in range(4):
        approve(make_amendment())
    assert questions() == once


def test_the_sitemap_says_when_the_words_changed(client, article):
    approve(make_amendment(article=article))
    article.refresh_from_db()
    sitemap = client.get("/sitemap-berita.xml").content.decode()
    told = parse_datetime(re.findall(r"<lastmod>(.*?)</lastmod>", sitemap)[0])
    assert told == article.amended_at.replace(microsecond=told.microsecond)


def test_the_log_of_the_region_holds_corrections_and_can_show_them_alone(client, article):
    approve(make_amendment(article=article))
    other = make_article()
    moderation.actions.move(other, "suspend", by=make_officer(), reason="Keliru.", cited="untrue")
    log = reverse("complaints:log")

    def shown(**asked):
        return [entry.item.pk for entry in client.get(log, asked).context["entries"]]

    assert shown(wilayah=MUSI_BANYUASIN) == [other.pk, article.pk]
    assert shown(jenis="ralat") == [article.pk]
    assert shown(jenis="pencabutan", wilayah=MUSI_BANYUASIN) == [other.pk]
    assert shown(wilayah="52") == []
    change = PublicChange.objects.get()
    assert change.was_wrong in client.get(log).content.decode()
    assert change.was_wrong in client.get(reverse("complaints:feed")).content.decode()


def test_the_log_repeats_no_correction_of_what_is_withdrawn(client, article):
    approve(make_amendment(article=article))
    article.refresh_from_db()
    moderation.actions.move(article, "suspend", by=make_officer(), reason="Keliru.", cited="children")
    client.logout()
    assert PublicChange.objects.get().was_wrong not in client.get(reverse("complaints:log")).content.decode()
    for name in ("articles:changes", "articles:detail"):
        assert client.get(reverse(name, args=[article.pk, article.slug])).status_code == 410


def test_old_words_that_name_somebody_are_shown_to_nobody(client, article):
    named = make_article(community=article.community, body="<p>Anak bernama Bunga menjadi korban.</p>")
    approve(
        make_amendment(
            article=named,
            body="<p>Seorang anak menjadi korban.</p>",
            was_wrong="Nama seorang anak disebut.",
            is_right="Nama anak tidak ditulis.",
            is_before_hidden=True,
        )
    )
    client.logout()
    named.refresh_from_db()
    for name in ("articles:changes", "articles:detail"):
        page = client.get(reverse(name, args=[named.pk, named.slug])).content.decode()
        assert ("Bunga" in page, "Nama anak tidak ditulis." in page) == (False, True)


def test_a_slip_is_mended_at_once(client, article):
    Article.objects.filter(pk=article.pk).update(lead="Puluhan wrga bergotong royong.")
    sent = filled(client, amend_url(article), nature="slip", lead="Puluhan warga bergotong royong.")
    answer = client.post(amend_url(article), sent)
    article.refresh_from_db()
    assert (answer.url, article.lead) == (article.get_absolute_url(), "Puluhan warga bergotong royong.")
    assert [change.nature for change in article.public_changes.all()] == [Nature.SLIP]
    assert Amendment.objects.count() == 0


def test_more_than_a_slip_stays_a_draft_with_words(client, article):
    sent = filled(client, amend_url(article), nature="slip", body="Kegiatan dimulai pukul enam.")
    answer = client.post(amend_url(article), sent)
    amendment = Amendment.objects.get()
    assert answer.url == reverse("articles:edit_amendment", args=[amendment.pk])
    article.refresh_from_db()
    assert (amendment.status, article.body) == (Status.DRAFT, "<p>Kegiatan dimulai pukul tujuh.</p>")


def test_the_second_manager_is_shown_the_first_text_and_loses_nothing(client, article):
    second = make_member(article.community, role="manager")
    client.force_login(second)
    mine = filled(client, amend_url(article), lead="Teras kedua.", then="draft")
    client.force_login(article.created_by)
    client.post(amend_url(article), filled(client, amend_url(article), lead="Teras pertama.", then="draft"))
    client.force_login(second)
    answer = client.post(amend_url(article), mine)
    assert answer.status_code == 409
    assert answer.context["form"]["lead"].value() == "Teras kedua."
    assert answer.context["stored"].lead == "Teras pertama."
    knowing = {**mine, "version": answer.context["form"]["version"].value()}
    assert client.post(amend_url(article), knowing).status_code == 302
    assert [each.lead for each in Amendment.objects.all()] == ["Teras kedua."]


def test_what_was_published_while_the_page_was_open_is_shown_before_anything_is_stored(client, article):
    mine = filled(client, amend_url(article), nature="update", lead="Teras saya.", then="draft")
    approve(make_amendment(article=article, author=article.created_by))
    article.refresh_from_db()
    answer = client.post(amend_url(article), mine)
    assert (answer.status_code, len(answer.context["meanwhile"])) == (409, 1)
    assert answer.context["form"]["lead"].value() == "Teras saya."
    assert Amendment.objects.open().count() == 0
    knowing = {**mine, "article_version": answer.context["form"]["article_version"].value()}
    assert client.post(amend_url(article), knowing).status_code == 302


def test_a_draft_opened_again_takes_over_what_was_published_meanwhile(client, article):
    draft = make_amendment(Status.DRAFT, article=article)
    Article.objects.filter(pk=article.pk).update(lead="Teras baru.")
    form = client.get(reverse("articles:edit_amendment", args=[draft.pk])).context["form"]
    assert (form["lead"].value(), form["body"].value()) == ("Teras baru.", "Kegiatan dimulai pukul enam.")


def test_photos_words_go_through_the_form(client):
    from tests.architecture.world import World

    world = World()
    photo = world.photo(Status.APPROVED)
    client.force_login(world.writer)
    url = amend_url(photo.article)
    sent = filled(client, url, nature="update", then="draft")
    words = {"caption": "Pengurus", "credit": "Siti", "alternative": "", "place": "", "taken_on": ""}
    client.post(url, {**sent, **{f"foto-{photo.pk}-{name}": value for name, value in words.items()}})
    assert Amendment.objects.get().photo_words == {str(photo.pk): {"caption": "Pengurus"}}
    assert len(Amendment.objects.get().changes) == 1


def test_a_reader_finds_no_button_and_no_form(client, article):
    client.force_login(make_user())
    assert amend_url(article) not in client.get(article.get_absolute_url()).content.decode()
    assert client.get(amend_url(article)).status_code == 404


def test_thrown_away_by_its_author(client, article):
    draft = make_amendment(Status.DRAFT, article=article)
    answer = client.post(reverse("articles:move_amendment", args=[draft.pk]), {"move": "discard"})
    assert (answer.url, Amendment.objects.count()) == (article.get_absolute_url(), 0)


def test_an_old_address_leads_to_the_new_one(client, article):
    old = article.get_absolute_url()
    approve(make_amendment(article=article, title="Judul yang benar"))
    article.refresh_from_db()
    assert client.get(old).url == article.get_absolute_url() != old
