"""Likely copies: a press release that many send is pointed out to who may see it, and refused to nobody."""

import pytest
from django.urls import reverse

import moderation.actions
from articles import copies
from articles.models import Article, Fingerprint
from moderation.states import Status
from tests.factories import make_article, make_community, make_officer, make_user

pytestmark = pytest.mark.django_db
RELEASE = (
    "Dinas kesehatan membuka layanan imunisasi gratis untuk balita di semua puskesmas selama bulan November. "
    "Orang tua cukup membawa buku kesehatan ibu dan anak serta kartu keluarga. Petugas datang ke dusun yang "
    "jauh dengan perahu setiap hari Selasa dan Kamis, mulai pukul delapan pagi sampai vaksin hari itu habis."
)
OTHER = (
    "Panen padi di sawah pasang surut tahun ini naik dua kali lipat setelah saluran dibersihkan bersama-sama "
    "oleh warga tiga dusun. Harga gabah bertahan baik, dan koperasi desa membeli semua dengan "
    "tunai. Sisa jerami diolah menjadi pakan sapi yang dijual ke desa tetangga sepanjang musim kering nanti."
)


def sent(text: str = RELEASE, **fields) -> Article:
    article = make_article(Status.DRAFT, body=f"<p>{text}</p>", lead="Ringkas.", **fields)
    return moderation.actions.move(article, "submit", by=article.created_by)


def published(text: str = RELEASE, **fields) -> Article:
    return moderation.actions.move(sent(text, **fields), "approve", by=make_officer(None, role="head"))


def found_for(article: Article, user) -> list[int]:
    return [match.article.pk for match in copies.likely_copies(article, user)]


def test_the_same_release_is_found_and_other_news_is_not():
    first, _different = published(), published(OTHER)
    again = sent(RELEASE.replace("November", "Desember"))
    assert found_for(again, again.created_by) == [first.pk]


def test_the_same_text_is_wholly_alike_and_a_changed_half_is_less():
    first = published()
    assert [match.percent for match in copies.likely_copies(sent(), first.created_by)] == [100]
    half = sent(" ".join((*RELEASE.split()[:30], *OTHER.split()[:25])))
    assert all(match.percent < 80 for match in copies.likely_copies(half, half.created_by))


def test_short_texts_are_alike_by_chance_and_not_compared():
    published("Warga membersihkan sungai pada hari Minggu.")
    again = sent("Warga membersihkan sungai pada hari Minggu.")
    assert found_for(again, again.created_by) == []


def test_a_writer_is_not_shown_what_waits_elsewhere_and_the_officer_there_is():
    waiting, again = sent(), sent()
    assert found_for(again, again.created_by) == []
    assert found_for(again, make_officer()) == [waiting.pk]
    assert found_for(again, make_officer("52.02")) == []


def test_what_was_withdrawn_is_compared_no_more():
    first = published()
    head = make_officer(None, role="head")
    moderation.actions.move(first, "suspend", by=head, reason="Keliru.", cited="untrue")
    assert found_for(sent(), make_user()) == []


def test_writer_and_reviewer_see_the_match_on_their_pages(client):
    first = published(community=make_community(name="KIM Pertama"))
    again = sent()
    for person, address in (
        (again.created_by, again.get_absolute_url()),
        (make_officer(), reverse("office:item", args=["article", again.pk])),
    ):
        client.force_login(person)
        assert first.get_absolute_url() in client.get(address).content.decode()


def test_a_copy_may_be_sent_and_published_all_the_same():
    published()
    assert published().status == Status.APPROVED


def test_articles_that_came_another_way_are_remembered_later():
    first = make_article(body=f"<p>{RELEASE}</p>")
    assert Fingerprint.objects.filter(article=first).exists() is False
    copies.keep_missing()
    assert found_for(sent(), make_user()) == [first.pk]


def test_the_clock_looks_at_some_keys_each_time_and_comes_to_all_by_turns(monkeypatch):
    articles = [make_article(body=f"<p>{RELEASE}</p>") for _ in range(3)]
    monkeypatch.setattr(copies, "LOOKED_AT", articles[1].pk)
    found = []
    for _ in range(4):
        copies.keep_missing()
        found.append(sorted(Fingerprint.objects.values_list("article_id", flat=True)))
        Fingerprint.objects.all().delete()
    keys = [article.pk for article in articles]
    assert found == [keys[:2], keys[2:], keys[:2], keys[2:]]


def test_what_is_too_much_for_one_run_comes_in_the_next(monkeypatch):
    articles = [make_article(body=f"<p>{RELEASE}</p>") for _ in range(3)]
    monkeypatch.setattr(copies, "AT_ONCE", 2)
    copies.keep_missing()
    assert Fingerprint.objects.count() == 2
    copies.keep_missing()
    assert sorted(Fingerprint.objects.values_list("article_id", flat=True)) == [one.pk for one in articles]
