"""One thing that somebody of the demo does, and when."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


class Step(NamedTuple):
    """The demo is its steps in the order of time, each done through the portal's own actions."""

    at: datetime
    do: Callable[[], object]
