"""What ends the benchmark of killing with an error."""

from __future__ import annotations

import pytest

from benchmarks.killing import LABELS, SCENES, broken

KEPT = {f"{scene}_{name}": 0 for scene in SCENES for name in LABELS}


@pytest.mark.parametrize(
    ("figure", "number", "expected"),
    [
        ("workers_missing_rows", 1, ["workers_missing_rows"]),
        ("redis_unexplained", 2, ["redis_unexplained"]),
        ("answers_longest_silence", 20.0, ["answers_longest_silence"]),
        ("answers_longest_silence", 0.8, []),
        ("workers_doubles", 1, []),
    ],
)
def test_a_promise_that_is_broken_is_named(figure: str, number: float, expected: list[str]):
    assert broken(KEPT | {figure: number}, SCENES) == expected
