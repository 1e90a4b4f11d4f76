"""Bringing a decree of a test into the portal."""

from __future__ import annotations

from accounts.models import User
from office.decree.applying import Change, change_regions
from regions.changing.lists import read_list, read_mapping
from tests.regions.decrees import Decree


def run(decree: Decree, by: User | None = None, *, apply: bool = True) -> Change:
    """The list and its mapping; only rehearsed where nobody applies it."""
    return change_regions(
        read_list(decree.list, decree.only),
        read_mapping(decree.mapping),
        by=by,
        decree="Kepmendagri uji",
        only=decree.only,
        apply=apply,
    )
