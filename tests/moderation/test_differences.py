"""What changed between two texts, also where they are made to be hard to compare."""

import pytest

from moderation.differences import changed
from moderation.models import Remark
from moderation.remarks import located


def of(pieces, *kinds: str) -> str:
    """The text of these kinds of pieces."""
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def test_words_that_went_and_came_are_told_apart():
    pieces = changed("Warga menanam bakau di pantai.", "Warga menanam cemara di pantai.")
    assert (of(pieces, "gone"), of(pieces, "new")) == ("bakau ", "cemara ")


@pytest.mark.parametrize("number", [10, 700, 20_000])
def test_nothing_is_lost_of_texts_with_one_word_everywhere(number):
    before, after = (" ".join(f"kata {name}{at}" for at in range(number)) for name in "ab")
    pieces = changed(before, after)
    assert (of(pieces, "same", "gone"), of(pieces, "same", "new")) == (before, after)


def test_a_note_is_found_again_in_a_paragraph_of_one_word_without_end():
    passage = " ".join(["kata"] * 20_000)
    note = Remark(part="body", number=0, passage=f"{passage} satu", text="Apa ini?")
    assert located(note, ["Paragraf yang lain.", f"{passage} dua"]) == 1
    assert located(note, ["Paragraf yang lain."]) is None
