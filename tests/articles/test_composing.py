"""Writing through the form, as the browser sends it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext
from PIL import Image

from articles.models import Article, Photo
from articles.tasks import make_photo_ready
from moderation.states import Status
from tests.common.pictures import camera_jpeg
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db
COMPOSE = reverse("articles:compose")


def _filled(client, user, url=COMPOSE, **changes):
    fields = {
        "community": user.memberships.get().community_id,
        "title": "Warga Toman membuka pasar pagi",
        "lead": "Pasar pagi dibuka di tepi sungai.",
        "body": "Pasar dibuka pukul enam.\n\nPedagang datang dari tiga dusun.",
        "category": "economy",
        "dateline": "toman",
        "source": "report",
        "form_key": client.get(url).context["form"]["form_key"].value(),
        "then": "draft",
    }
    return {**fields, **changes}


def _photo(content=None, name="foto.jpg"):
    content = content if content is not None else camera_jpeg().getvalue()
    return {
        "foto-baru-0-file": SimpleUploadedFile(name, content, content_type="image/jpeg"),
        "foto-baru-0-caption": "Suasana pasar, Minggu pagi.",
        "foto-baru-0-credit": "Rina Oktavia",
    }


def test_a_draft_is_kept_as_written_and_seen_by_its_authors_only(client, writer):
    answer = client.post(COMPOSE, _filled(client, writer))
    article = Article.objects.get()
    assert answer.url == article.get_absolute_url()
    assert (article.status, article.created_by, article.dateline) == (Status.DRAFT, writer, "TOMAN")
    assert article.body == "<p>Pasar dibuka pukul enam.</p><p>Pedagang datang dari tiga dusun.</p>"
    client.force_login(make_user())
    assert client.get(article.get_absolute_url()).status_code == 404


def test_sending_puts_it_before_the_office(client, writer):
    client.post(COMPOSE, _filled(client, writer, then="submit"))
    article = Article.objects.get()
    assert article.status == Status.SUBMITTED
    assert article.region == article.community.region


def test_a_double_click_is_one_article_sent_once(client, writer):
    fields = _filled(client, writer, then="submit")
    answers = [client.post(COMPOSE, fields, follow=True) for _ in range(2)]
    assert Article.objects.get().status == Status.SUBMITTED
    assert answers[0].redirect_chain[-1] == answers[1].redirect_chain[-1]


def test_scripts_are_cleaned_on_the_way_in(client, writer):
    client.post(COMPOSE, _filled(client, writer, body="<p onclick=x()>Aman<script>alert(1)</script></p>"))
    assert Article.objects.get().body == "<p>Aman</p>"


def test_a_body_of_nothing_but_markup_is_refused(client, writer):
    answer = client.post(COMPOSE, _filled(client, writer, body="<script>alert(1)</script>"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["body"]


def test_a_photo_comes_in_three_sizes_without_metadata(client, writer):
    client.post(COMPOSE, {**_filled(client, writer), **_photo(camera_jpeg(2400, 1600).getvalue())})
    make_photo_ready(Photo.objects.get().pk)
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (1600, 1067)
    for name, width in Photo.WIDTHS.items():
        with getattr(photo, name).open() as file:
            content = file.read()
        image = Image.open(io.BytesIO(content))
        assert (image.format, image.width) == ("WEBP", width)
        assert b"RAHASIA" not in content
        assert not image.getexif()


def test_the_same_photo_twice_is_one_photo(client, writer):
    fields, content = _filled(client, writer), camera_jpeg().getvalue()
    for _ in range(2):
        client.post(COMPOSE, {**fields, **_photo(content)})
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"", b"bukan foto", camera_jpeg().getvalue()[:2000]], ids=["empty", "text", "cut"]
)
def test_a_file_that_is_no_photo_is_refused_and_the_text_is_kept(client, writer, content):
    answer = client.post(COMPOSE, {**_filled(client, writer), **_photo(content)}, follow=True)
    page = answer.content.decode()
    assert "Warga Toman membuka pasar pagi" in page
    assert "alert--error" in page
    assert not Photo.objects.exists()


def test_what_is_sent_names_who_took_its_photos(client, writer):
    fields = {**_filled(client, writer), **_photo(), "foto-baru-0-caption": "", "foto-baru-0-credit": ""}
    answer = client.post(COMPOSE, {**fields, "then": "submit"})
    assert answer.status_code == 422
    assert list(answer.context["photos"].new[0].errors) == ["credit"]


def test_a_draft_keeps_a_photo_without_a_word_and_only_its_photographer_is_waited_for(client, writer):
    fields = {**_filled(client, writer), **_photo(), "foto-baru-0-caption": "", "foto-baru-0-credit": ""}
    client.post(COMPOSE, fields)
    article, photo = Article.objects.get(), Photo.objects.get()
    assert (photo.words, photo.alt) == (
        "",
        gettext("Photo of the news “%(title)s”") % {"title": article.title},
    )
    assert [str(each) for each in article.problems_before_submitting()] == [
        gettext("Photo %(number)s: who took it is still missing.") % {"number": 1}
    ]
    url = reverse("articles:edit", args=[article.pk, article.slug])
    words = {f"foto-{photo.pk}-caption": "", f"foto-{photo.pk}-credit": "Siti", "then": "submit"}
    client.post(url, {**_filled(client, writer, url), **words})
    assert Article.objects.get().status == Status.SUBMITTED


def test_a_caption_is_changed_and_a_photo_taken_off(client, writer):
    client.post(COMPOSE, {**_filled(client, writer), **_photo()})
    article, photo = Article.objects.get(), Photo.objects.get()
    url = reverse("articles:edit", args=[article.pk, article.slug])
    words = {f"foto-{photo.pk}-caption": "Keterangan baru", f"foto-{photo.pk}-credit": "Siti"}
    client.post(url, {**_filled(client, writer, url), **words})
    photo.refresh_from_db()
    assert (photo.caption, photo.credit) == ("Keterangan baru", "Siti")
    client.post(url, {**_filled(client, writer, url), **words, f"foto-{photo.pk}-remove": "on"})
    assert not Photo.objects.exists()


def test_photos_of_a_draft_are_for_its_authors(client, writer):
    client.post(COMPOSE, {**_filled(client, writer), **_photo()})
    make_photo_ready(Photo.objects.get().pk)
    url = Photo.objects.get().src
    answer = client.get(url)
    assert b"".join(answer).startswith(b"\xff\xd8")  # a JPEG
    assert answer["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get(url).status_code == 404
    Article.objects.update(
        status=Status.APPROVED, published_at="2026-01-01T00:00Z", submitted_at="2026-01-01T00:00Z",
        submitted_by=writer, due_at="2026-01-01T00:00Z", decided_at="2026-01-01T00:00Z", decided_by=writer,
    )  # fmt: skip
    answer = client.get(url)
    assert b"".join(answer).startswith(b"\xff\xd8")
    assert answer["Cache-Control"].startswith("public")


def test_what_is_under_review_is_not_edited(client, writer):
    article = make_article(Status.SUBMITTED, community=writer.memberships.get().community, author=writer)
    answer = client.post(reverse("articles:edit", args=[article.pk, article.slug]), {"title": "Lain"})
    assert answer.url == article.get_absolute_url()


def test_two_tabs_the_later_of_which_was_overtaken_lose_nothing_in_silence(client, writer):
    article = make_article(Status.DRAFT, community=writer.memberships.get().community, author=writer)
    url = reverse("articles:edit", args=[article.pk, article.slug])
    fields = _filled(client, writer, url, title="Judul dari tab pertama")
    client.post(reverse("articles:move", args=[article.pk, article.slug]), {"move": "submit"})
    answer = client.post(url, fields, follow=True)
    article.refresh_from_db()
    assert article.title != "Judul dari tab pertama"
    assert "alert" in answer.content.decode()


def test_a_withdrawn_article_says_why_at_its_address(client):
    article = make_article(Status.SUSPENDED, decision_reason="Nama anak disebut.")
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 410
    assert "Nama anak disebut." in answer.content.decode()


def test_an_old_title_in_the_address_leads_to_the_new_one(client):
    article = make_article()
    answer = client.get(reverse("articles:detail", args=[article.pk, "judul-lama"]))
    assert (answer.status_code, answer.url) == (301, article.get_absolute_url())


def test_the_body_is_shown_as_stored_and_the_rest_escaped(client):
    article = make_article(
        title="<b>Judul</b>", lead="<i>teras</i>", body="<p>Isi <strong>tebal</strong></p>"
    )
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<p>Isi <strong>tebal</strong></p>" in page
    assert "&lt;b&gt;Judul&lt;/b&gt;" in page
    assert "<i>teras</i>" not in page


@pytest.mark.parametrize("page", ["ubah/", "langkah/"])
def test_pages_of_a_withdrawn_article_are_not_found_by_strangers(client, page):
    article = make_article(Status.SUSPENDED)
    client.force_login(make_user())
    address = article.get_absolute_url() + page
    answer = client.post(address, {"move": "submit"}) if page == "langkah/" else client.get(address)
    assert answer.status_code == 404


def test_a_withdrawn_title_that_does_harm_is_not_repeated(client):
    article = make_article(Status.SUSPENDED, title="Nama anak dalam judul", is_title_hidden=True)
    assert "Nama anak dalam judul" not in client.get(article.get_absolute_url()).content.decode()


def test_a_draft_may_lack_what_a_sent_article_needs(client, writer):
    client.post(COMPOSE, _filled(client, writer, lead="", body="", category="", dateline=""))
    article = Article.objects.get()
    assert (article.status, article.category) == (Status.DRAFT, "")
    client.post(reverse("articles:move", args=[article.pk, article.slug]), {"move": "submit"})
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    answer = client.post(COMPOSE, _filled(client, writer, lead="", then="submit"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["lead"])


def test_a_photo_is_described_placed_and_dated(client, writer):
    words = {"alternative": "Lapak ikan", "place": "Dermaga", "taken_on": "2026-11-15"}
    photo = {**_photo(), **{f"foto-baru-0-{name}": value for name, value in words.items()}}
    client.post(COMPOSE, {**_filled(client, writer), **photo})
    kept = Photo.objects.get()
    assert (kept.alt, kept.place, str(kept.taken_on)) == ("Lapak ikan", "Dermaga", "2026-11-15")
