"""A stack of one's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.embedded import Stack


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    """Commands on a .local folder of their own; nothing of it outlives the test."""
    stack = Stack(tmp_path)
    yield stack
    stack.remove()
