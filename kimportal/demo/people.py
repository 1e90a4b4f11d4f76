"""The people of the demo, their offices and postings, and what they follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

import notifications.actions
import office.posting_actions
from accounts.consent import agree_to_all
from accounts.models import Office, User
from communities.models import Community
from kimportal.demo import content, moments
from kimportal.demo.accounts import DEMO_DOMAIN, DEMO_PASSWORD
from kimportal.demo.steps import Step
from regions.models import Region

JAKARTA = ZoneInfo("Asia/Jakarta")
ADMIN = {"key": "admin", "name": "Admin Sistem", "joined": 425}


def address(key: str) -> str:
    """The e-mail address of a person of the content."""
    return f"{key}@{DEMO_DOMAIN}"


def person(key: str) -> User:
    """Somebody of the content, asked anew: postings may have changed."""
    return User.objects.get(email=address(key))


def all_people() -> Any:
    """Every account of the demo."""
    return User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}")


def joining(now: datetime) -> Iterator[Step]:
    """Everybody signs up, the administrator first. One password, so it is hashed once."""
    password = make_password(DEMO_PASSWORD)
    for entry in [ADMIN, *content.read("people")["people"]]:
        # With the day itself: whatever they do on it comes later, at whatever hour the demo is loaded.
        at = moments.past(f"{entry['joined']}d 00.00", now=now, zone=JAKARTA)
        yield Step(at, partial(_join, entry, password))


def _join(entry: dict[str, Any], password: str) -> None:
    is_admin = entry is ADMIN
    user = User.objects.create(
        email=address(entry["key"]),
        name=entry["name"],
        password=password,
        home_region_id=entry.get("region"),
        is_staff=is_admin,
        is_superuser=is_admin,
        # Nobody is mailed about the past; loading ends by switching it on.
        wants_email=False,
    )
    user.confirm_address()
    agree_to_all(user)


def postings(now: datetime) -> Iterator[Step]:
    """The offices, and who was appointed by whom."""
    offices = content.read("offices")
    for entry in offices["offices"]:
        Office.objects.get_or_create(region_id=entry["region"], defaults={"name": entry["name"]})
    for entry in offices["postings"]:
        region = _region(entry)
        at = moments.past(entry["ago"], now=now, zone=region.zone if region else JAKARTA)
        yield Step(at, partial(_appoint, entry, region))


def _appoint(entry: dict[str, Any], region: Region | None) -> None:
    by = person(entry["by"]) if "by" in entry else None
    office.posting_actions.appoint(email=address(entry["person"]), role=entry["role"], region=region, by=by)


def subscriptions(now: datetime) -> Iterator[Step]:
    """Who begins to follow what."""
    for entry in content.read("people")["subscriptions"]:
        at = moments.past(entry["ago"], now=now, zone=JAKARTA)
        yield Step(at, partial(_follow, entry))


def _follow(entry: dict[str, Any]) -> None:
    follower, region = person(entry["person"]), _region(entry)
    if region:
        notifications.actions.follow(follower, region=region)
    else:
        name = content.read(f"communities/{entry['community']}")["registration"]["name"]
        notifications.actions.follow(follower, community=Community.objects.get(name=name))


def _region(entry: dict[str, Any]) -> Region | None:
    return Region.objects.get(pk=entry["region"]) if "region" in entry else None
