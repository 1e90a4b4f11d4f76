"""Photos between paragraphs: `[foto 2]` alone in a paragraph is where photo 2 stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.copies import signature
from articles.hints import texts_of
from articles.models import Article, Photo
from articles.placing import MARKER, own_paragraphs, parts, unplaced, without_markers
from common.html import clean_html
from home.excerpts import with_excerpts
from moderation.states import Status
from tests.factories import make_article

SHAPES = [
    ("Satu.\n[foto 2]\nDua.", "<p>Satu.</p><p>[foto 2]</p><p>Dua.</p>"),
    ("[Foto 2]\n\nDua.", "<p>[foto 2]</p><p>Dua.</p>"),
    ("[ foto02 ]", "<p>[foto 2]</p>"),
    ("Lihat [foto 2] itu.", "<p>Lihat [foto 2] itu.</p>"),
    ("<p>Satu.<br>[foto 1]<br>[foto 3]</p>", "<p>Satu.</p><p>[foto 1]</p><p>[foto 3]</p>"),
    ("<ul><li>[foto 2]</li></ul>", "<ul><li>[foto 2]</li></ul>"),
]


@pytest.mark.parametrize(("typed", "stored"), SHAPES)
def test_a_line_that_is_only_a_marker_is_a_paragraph(typed, stored):
    assert own_paragraphs(clean_html(typed)) == stored


LINES = st.lists(
    st.sampled_from(["kata", "[foto 1]", " [FOTO 2] ", "", "<b>a</b>", "- x", "[foto 1] x"]), max_size=8
)


@given(LINES)
def test_parting_is_done_once_and_stays_canonical(lines):
    once = own_paragraphs(clean_html("\n".join(lines)))
    assert own_paragraphs(once) == once
    assert clean_html(once) == once


def _photos(*numbers: int) -> list[Photo]:
    return [Photo(number=number) for number in numbers]


def test_each_photo_stands_once_and_an_unknown_one_leaves_nothing():
    one, two, three = _photos(1, 2, 3)
    html = "<p>A</p><p>[foto 2]</p><p>B</p><p>[foto 2]</p><p>[foto 7]</p><p>[foto 3]</p>"
    found = list(parts(html, [one, two, three]))
    assert [part.photo or part.html for part in found if part.photo or part.html] == [
        "<p>A</p>",
        two,
        "<p>B</p>",
        three,
    ]
    assert unplaced(html, [one, two, three]) == [one]
    assert without_markers(html) == "<p>A</p><p>B</p>"


def _article(**fields) -> Article:
    article = make_article(body="<p>Pasar buka.</p><p>[foto 2]</p><p>Ramai sekali.</p>", **fields)
    for number in (1, 2, 3):
        files = {"small": "a.webp", "medium": "b.webp", "fallback": "c.jpg"}
        words = {"caption": f"Foto ke-{number}", "credit": "Siti"}
        fields = {"fingerprint": str(number), "width": 960, "height": 640, **files, **words}
        Photo.objects.create(article=article, number=number, uploaded_by=article.created_by, **fields)
    return article


@pytest.mark.django_db
def test_readers_see_the_photo_where_its_marker_stands(client):
    page = client.get(_article().get_absolute_url()).content.decode()
    story = page[page.index('class="prose"') :]
    order = re.findall(
        r"Foto ke-\d \(Siti\)|Foto ke-\d|Pasar buka|Ramai sekali|\[foto", re.sub(r'="[^"]*"', "", story)
    )
    assert [words.removesuffix(" (Siti)") for words in order] == [
        "Foto ke-1",
        "Pasar buka",
        "Foto ke-2",
        "Ramai sekali",
        "Foto ke-3",
    ]


@pytest.mark.django_db
def test_the_marker_is_no_word_of_the_text(client):
    article = _article(lead="Pasar pagi.")
    excerpt = with_excerpts([article.pk], "ramai")[0].excerpt
    assert "foto" not in "".join(part.text for part in excerpt)
    assert "foto" not in texts_of(article)["body"]
    assert "[foto" not in article.content_words("body", article.body)
    plain = "Warga desa datang ke pasar sejak pagi membawa hasil kebun mereka sendiri. " * 4
    texts = [f"<p>{plain}</p><p>{plain}</p>", f"<p>{plain}</p><p>[foto 1]</p><p>{plain}</p>"]
    assert len({tuple(signature(Article(lead="x", body=text))) for text in texts}) == 1
    assert MARKER.search(article.body)


@pytest.mark.django_db
def test_a_body_of_nothing_but_photos_is_still_empty():
    article = _article(status=Status.DRAFT)
    Article.objects.filter(pk=article.pk).update(body="<p>[foto 1]</p>")
    article.refresh_from_db()
    assert len(article.problems_before_submitting()) == 1


@pytest.mark.django_db
def test_the_place_of_a_photo_is_nothing_that_is_searched():
    placed = make_article(title="Pasar pagi", body="<p>Ramai.</p><p>[foto 2]</p><p>Sore sepi.</p>")
    told = make_article(title="Lomba", body="<p>Warga berlomba memotret: foto terbaik dipajang.</p>")
    assert list(Article.objects.search("foto").values_list("pk", flat=True)) == [told.pk]
    assert list(Article.objects.search('"ramai sore"').values_list("pk", flat=True)) == [placed.pk]
