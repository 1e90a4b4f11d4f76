"""Who gets what at every address: the table is access.txt. A new address needs its row there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.addresses import address
from tests.architecture.world import CAST, World

pytestmark = pytest.mark.django_db

# 302 for a visitor is the way to sign in. What is not for somebody is not there (404); what they may know of
# but not do is 403. healthz says 503 because no worker runs beside these tests.
TABLE = (Path(__file__).parent / "access.txt").read_text()


# What a POST carries where an empty one would be answered before anything is decided.
SENT = {
    **{f"{app}:move": {"move": "submit"} for app in ("communities", "articles", "events", "factchecks")},
    "communities:change_member": {"step": "accept"},
    "aspirations:step": {"step": "close"},
    "office:step_aspiration": {"step": "receive"},
    "communities:move_change": {"move": "submit"},
    "articles:move_amendment": {"move": "submit"},
    "events:move_change": {"move": "submit"},
}


class Row(NamedTuple):
    """One line of the table."""

    method: str
    name: str
    variant: str
    statuses: dict[str, int]

    def __str__(self) -> str:
        return " ".join(filter(None, self[:3]))


def rows() -> Iterator[Row]:
    """The table, read."""
    heading, *lines = (line.split() for line in TABLE.splitlines() if line.strip())
    assert tuple(heading[2:]) == CAST
    for method, name, variant, *statuses in lines:
        yield Row(method, name, variant.strip("-"), dict(zip(CAST, map(int, statuses), strict=True)))


def named_addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Every name in the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_addresses(pattern, inner)


def is_of_others(name: str) -> bool:
    """Addresses that Django and allauth bring along; they stand in test_other_urls.py."""
    return name.startswith(("admin:", "account_", "mfa_"))


def test_every_address_stands_in_the_table():
    ours = {name for name in named_addresses() if not is_of_others(name)}
    assert ours == {row.name for row in rows()}


@pytest.mark.parametrize("row", list(rows()), ids=str)
def test_everybody_gets_what_is_theirs(row: Row, settings):
    settings.OFFICE_REQUIRES_MFA = False
    world = World()
    url = address(world, row.name, row.variant)
    found = {}
    for name in CAST:
        client = world.client(name)
        with transaction.atomic():  # what one does is undone before the next comes
            found[name] = ask(client, row, url)
            transaction.set_rollback(True)
    assert found == row.statuses


def ask(client: Client, row: Row, url: str) -> int:
    """The status of the answer, read to its end: that closes files."""
    if row.method == "POST":
        response = client.post(url, SENT.get(row.name, {}))
    else:
        response = client.get(url)
    response.getvalue()
    return response.status_code


# These answer visitors by leading them on: the language, a finished erasure, what a signed link allows.
FOR_VISITORS = {
    "set_language",
    "accounts:erased",
    "notifications:unsubscribe",
    "notifications:resume",
    "notifications:confirm",
    "notifications:manage",
    "aspirations:confirm",
    "aspirations:own",
    "replies:confirm",
    "replies:own",
}


def test_visitors_who_need_an_account_are_led_to_sign_in():
    world = World()
    led = {}
    for row in rows():
        if row.statuses["visitor"] == 302 and row.name not in FOR_VISITORS:
            url = address(world, row.name, row.variant)
            led[str(row)] = (
                world.client("visitor").generic(row.method, url).headers["Location"].partition("?")[0]
            )
    assert set(led.values()) == {reverse("account_login")}
