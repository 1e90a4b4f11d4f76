"""What authors say to the notes of the office, from the form of a composer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from common.fields import typed
from moderation.remarks import Answer

ANSWER = re.compile(r"jawab-(\d{1,18})", re.ASCII)
LONGEST = 1000


def answers_in(data: Mapping[str, str]) -> dict[int, Answer]:
    """The answers that were sent, by number of the note: the words, and whether it is repaired."""
    numbers = [int(found[1]) for name in data if (found := ANSWER.fullmatch(name))]
    return {
        number: Answer(typed(data[f"jawab-{number}"].strip(), LONGEST), f"beres-{number}" in data)
        for number in numbers
    }
