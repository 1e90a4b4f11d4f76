"""What a later change hides to protect somebody is repeated nowhere by an earlier one."""

import pytest
from django.urls import reverse

import moderation.actions
from articles.amendment import Nature, PublicChange
from articles.models import Article
from tests.factories import make_amendment, make_article, make_officer

pytestmark = pytest.mark.django_db
NAMED = "<p>Anak bernama Bunga menjadi korban.</p>"
UNNAMED = "<p>Seorang anak menjadi korban.</p>"


def changed(article, **words):
    """A change of the article as it is now, published."""
    amendment = make_amendment(article=Article.objects.get(pk=article.pk), **words)
    moderation.actions.move(amendment, "approve", by=make_officer())
    return PublicChange.objects.order_by("-pk").first()


def pages_of(article):
    """Everything public that tells of changes of the article."""
    slug = Article.objects.get(pk=article.pk).slug
    return [
        reverse("articles:detail", args=[article.pk, slug]),
        reverse("articles:changes", args=[article.pk, slug]),
        reverse("articles:feed"),
        reverse("complaints:log"),
        reverse("complaints:feed"),
    ]


def test_an_earlier_change_does_not_show_the_words_that_a_later_one_hides(client):
    article = make_article(body="<p>Warga berkumpul.</p>")
    changed(article, nature=Nature.UPDATE, body=NAMED)
    changed(article, body=UNNAMED, was_wrong="Nama anak disebut.", is_right="Nama tidak ditulis.",
            is_before_hidden=True)  # fmt: skip
    changed(article, nature=Nature.UPDATE, body=UNNAMED + "<p>Polisi memeriksa.</p>")
    shown = [client.get(page).content.decode() for page in pages_of(article)]
    assert [page for page in shown if "Bunga" in page] == []
    assert "Polisi" in shown[1]


def test_a_correction_that_names_somebody_is_silenced_by_the_one_that_corrects_it(client):
    article = make_article()
    first = changed(article, body=NAMED, was_wrong="Korban disebut lain.", is_right="Korban ialah Bunga.")
    changed(article, body=UNNAMED, was_wrong="Ralat menyebut nama.", is_right="Nama tidak ditulis.",
            is_before_hidden=True, corrects=first)  # fmt: skip
    shown = [client.get(page).content.decode() for page in pages_of(article)]
    assert [page for page in shown if "Bunga" in page] == []
    assert all("Nama tidak ditulis." in page for page in shown)


def test_what_nobody_hides_stays(client):
    article = make_article()
    first = changed(article, body=NAMED, was_wrong="Korban disebut lain.", is_right="Korban ialah Bunga.")
    changed(article, body="<p>Bunga selamat.</p>", corrects=first)
    assert all("Korban ialah Bunga." in client.get(page).content.decode() for page in pages_of(article))


def test_the_pages_ask_as_often_for_one_change_as_for_many(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def questions(page):
        with CaptureQueriesContext(connection) as found:
            client.get(page)
        return len(found)

    article = make_article()
    first = changed(article, body=NAMED)
    before = [questions(page) for page in pages_of(article)]
    for number in range(3):
        changed(article, body=f"<p>{number}</p>", corrects=first, is_before_hidden=True)
    assert [questions(page) for page in pages_of(article)] == before


def test_authors_and_the_office_still_see_what_is_hidden(client):
    article = make_article(body=NAMED)
    change = changed(article, body=UNNAMED, was_wrong="Nama anak disebut.", is_right="Nama tidak ditulis.",
                     is_before_hidden=True)  # fmt: skip
    for person in (article.created_by, make_officer()):
        client.force_login(person)
        page = client.get(change.amendment.get_absolute_url()).content.decode()
        assert "Bunga" in page
