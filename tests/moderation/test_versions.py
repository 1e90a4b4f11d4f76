"""What changed since an item was returned, from what was kept each time it was sent."""

import pytest

import moderation.actions
from articles.models import Photo
from moderation import versions
from moderation.differences import MOST_WORDS, changed
from moderation.reviewing import Version
from moderation.states import Status
from tests.factories import make_article, make_community, make_decree, make_event, make_officer

pytestmark = pytest.mark.django_db


def _resend(item, **fields):
    author, officer = item.created_by, make_officer()
    moderation.actions.move(item, "submit", by=author)
    moderation.actions.move(item, "return", by=officer, reason="Mohon dilengkapi.")
    type(item).objects.filter(pk=item.pk).update(**fields)
    item.refresh_from_db()
    moderation.actions.move(item, "submit", by=author)
    item.refresh_from_db()
    return item


def _changes(item):
    return {
        str(change.label): [(piece.kind, piece.text.strip()) for piece in change.pieces]
        for change in versions.comparison(item).changes
    }


def test_a_first_sending_has_nothing_to_compare_with():
    item = make_article(Status.DRAFT)
    moderation.actions.move(item, "submit", by=item.created_by)
    assert versions.comparison(item) is None
    assert Version.objects.of(item).get().content["title"] == item.title


def test_the_changed_words_are_named_and_what_stayed_is_not():
    item = _resend(
        make_article(Status.DRAFT, title="Warga membersihkan sungai"), title="Warga desa membersihkan sungai"
    )
    labels = {str(change.label) for change in versions.comparison(item).changes}
    assert labels == {str(item._meta.get_field("title").verbose_name)}
    assert list(_changes(item).values()) == [
        [("same", "Warga"), ("new", "desa"), ("same", "membersihkan sungai")]
    ]


def test_rich_text_is_compared_by_its_words():
    item = _resend(
        make_article(Status.DRAFT, body="<p>Mulai pukul tujuh.</p>"), body="<p>Mulai pukul enam.</p>"
    )
    assert list(_changes(item).values()) == [[("same", "Mulai pukul"), ("gone", "tujuh."), ("new", "enam.")]]


def test_choices_and_times_are_read_as_people_read_them():
    item = _resend(make_article(Status.DRAFT, category="health"), category="sport")
    assert "sport" not in str(_changes(item))
    event = make_event(Status.DRAFT)
    event = _resend(event, ends_at=event.ends_at + (event.ends_at - event.starts_at))
    assert "WIB" in str(_changes(event))


def test_what_was_taken_back_in_between_counts_as_one_change():
    item = make_article(Status.DRAFT, lead="Satu.")
    author = item.created_by
    item = _resend(item, lead="Dua.")
    moderation.actions.move(item, "withdraw", by=author)
    type(item).objects.update(lead="Tiga.")
    item.refresh_from_db()
    moderation.actions.move(item, "submit", by=author)
    assert list(_changes(item).values()) == [[("gone", "Satu."), ("new", "Tiga.")]]


def test_a_resend_without_a_change_says_so():
    assert versions.comparison(_resend(make_article(Status.DRAFT))).changes == []


def test_the_application_of_a_community_is_compared_too():
    community = make_community(Status.DRAFT)
    make_decree(community)
    item = _resend(community, chair_name="Yusuf Hamdani")
    assert list(_changes(item).values()) == [[("gone", "Bahar Udin"), ("new", "Yusuf Hamdani")]]


def test_the_words_of_photos_belong_to_the_content():
    article = make_article(Status.DRAFT)
    assert article.content()["photos"] == ""
    Photo.objects.create(
        article=article,
        caption="Warga di sungai",
        credit="Rina",
        fingerprint="a" * 64,
        width=4,
        height=3,
        uploaded_by=article.created_by,
    )
    assert article.content()["photos"] == "Warga di sungai (Rina)"


@pytest.mark.django_db(databases=[])
class TestWords:
    def test_long_stretches_that_stayed_are_left_out(self):
        middle = " ".join(f"kata{n}" for n in range(200))
        pieces = changed(f"awal {middle} akhir", f"mula {middle} habis")
        assert [piece.kind for piece in pieces] == [
            "gone", "new", "same", "gap", "same", "gone", "new",
        ]  # fmt: skip
        assert len(" ".join(piece.text for piece in pieces).split()) < 40

    def test_putting_the_pieces_together_gives_both_texts(self):
        before, after = "Satu dua\n\ntiga empat", "Satu  dua lima\n\ntiga"
        pieces = changed(before, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after

    def test_a_very_long_text_is_compared_by_lines(self):
        lines = [f"baris {n} panjang sekali" for n in range(MOST_WORDS // 4)]
        pieces = changed("\n".join(lines), "\n".join([*lines[:-1], "lain"]))
        assert [piece.text.strip() for piece in pieces if piece.kind == "new"] == ["lain"]
