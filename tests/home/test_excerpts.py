"""Excerpts: text in, text out."""

from home.excerpts import START, STOP, parts


def test_hits_and_the_words_between_them_are_told_apart() -> None:
    assert parts(f"kain {START}songket{STOP} dan {START}tenun{STOP}") == [
        ("kain ", False), ("songket", True), (" dan ", False), ("tenun", True),
    ]  # fmt: skip


def test_a_mark_without_an_end_stays_text() -> None:
    assert parts(f"kain {START}songket") == [(f"kain {START}songket", False)]


def test_nothing_gives_nothing() -> None:
    assert parts("") == []
