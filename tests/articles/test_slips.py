"""What passes at once as a typing slip, and what is more than that."""

import pytest

from articles import slips
from articles.parts import words_of
from tests.factories import make_article

pytestmark = pytest.mark.django_db

BODY = (
    "<p>Wargga desa mengikuti pelatihan mengelola sampah di balai desa.</p>"
    "<p>Kepala desa Budi menyerahkan bantuan 25 bibit kepada dua kelompok.</p>"
)


def is_slip(**words: str) -> bool:
    """Whether these words may take the place of those of an article."""
    article = make_article(
        title="Warga belajar mengelola sampah", lead="Pelatihan di di balai desa diikuti wrga.", body=BODY
    )
    changed = {name: BODY.replace(*text) if isinstance(text, tuple) else text for name, text in words.items()}
    return slips.problems(article, {**words_of(article), **changed}) == []


@pytest.mark.parametrize(
    "words",
    [
        {"lead": "Pelatihan di balai desa diikuti wrga."},
        {"lead": "Pelatihan di di balai desa diikuti warga."},
        {"lead": "Pelatihan di di balai desa, diikuti wrga!"},
        {"title": "Warga Belajar Mengelola Sampah"},
        {"body": ("pelatihan", "pelathian")},
        {"body": ("balai desa", "balaidesa")},
    ],
)
def test_a_few_letters_are_a_slip(words):
    assert is_slip(**words) is True


@pytest.mark.parametrize(
    "words",
    [
        {"body": ("25 bibit", "35 bibit")},
        {"body": ("dua kelompok", "tiga kelompok")},
        {"body": ("Budi", "Rudi")},
        {"body": ("mengikuti pelatihan", "tidak mengikuti pelatihan")},
        {"body": ("bantuan", "pungutan")},
        {"body": ("desa.</p>", "desa.</p><p>Baru.</p>")},
        {"body": ("balai desa.", '<a href="https://contoh.example">balai desa</a>.')},
        {"title": "Warga belajar membakar sampah"},
        {"category": "health"},
        {"byline": "Orang lain"},
        {"place": "Balai desa"},
        {
            "body": (
                "mengikuti pelatihan mengelola sampah di balai",
                "mengikti pelathan mengella sampa di bali",
            ),
            "lead": "Pelathan di balai desa diikuti warga.",
        },
    ],
)
def test_what_may_change_the_meaning_is_not(words):
    assert is_slip(**words) is False


def test_a_word_of_other_published_news_was_meant():
    article = make_article(lead="Panitia siap menerima warga.")
    suspicious = {**words_of(article), "lead": "Panitia suap menerima warga."}
    assert slips.problems(article, suspicious) == []
    make_article(lead="Warga siap membantu.")
    assert len(slips.problems(article, suspicious)) == 1


@pytest.mark.parametrize(
    ("after", "passes"),
    [
        ("warga {} sampah", True),
        ("warga {} bukan", False),
        ("warga {} sampah sampah", False),
    ],
)
def test_of_a_very_long_text_each_word_is_compared_in_its_place(after, passes):
    long = " ".join(["kata"] * 15_000)
    article = make_article(title="Warga belajar", body=f"<p>wargga {long} sampha</p>")
    body = f"<p>{after.format(long)}</p>"
    assert (slips.problems(article, {**words_of(article), "body": body}) == []) is passes


def test_what_is_longer_than_words_are_is_no_slip():
    article = make_article(title="Warga belajar", body=f"<p>{'ab' * 50_000}</p>")
    body = f"<p>b{'ab' * 50_000}</p>"
    assert len(slips.problems(article, {**words_of(article), "body": body})) == 1
