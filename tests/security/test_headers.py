"""Security headers on every kind of answer: pages, errors, files, feeds, data, redirects."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from moderation.states import Status
from tests.architecture.addresses import address
from tests.architecture.world import World
from tests.bad_input.pages import Page

pytestmark = pytest.mark.django_db

# Who opens what: a page of each kind, and each way to answer without a page.
ANSWERS = [
    ("visitor", "home:front", "", 200),
    ("visitor", "articles:list", "", 200),
    ("visitor", "articles:detail", "approved", 200),
    ("visitor", "articles:detail", "suspended", 410),
    ("visitor", "articles:detail", "draft", 404),
    ("visitor", "articles:photo", "approved", 200),
    ("visitor", "communities:detail", "approved", 200),
    ("visitor", "communities:picture", "approved", 200),
    ("visitor", "events:ical", "approved", 200),
    ("visitor", "articles:feed", "", 200),
    ("visitor", "home:sitemap", "", 200),
    ("visitor", "home:robots", "", 200),
    ("visitor", "home:about", "privasi", 200),
    ("visitor", "healthz", "", 503),
    ("visitor", "regions:search", "", 200),
    ("visitor", "account_login", "", 200),
    ("visitor", "account_signup", "", 200),
    ("visitor", "office:desk", "", 302),
    ("reader", "office:desk", "", 403),
    ("reader", "notifications:inbox", "", 200),
    ("reader", "accounts:profile", "", 200),
    ("reader", "accounts:export", "", 200),
    ("reader", "mfa_index", "", 200),
    ("writer", "communities:apply", "", 200),
    ("writer", "articles:compose", "", 200),
    ("manager", "communities:document", "", 200),
    ("officer", "office:desk", "", 200),
    ("officer", "office:item", "article.submitted", 200),
    ("officer", "office:postings", "", 200),
]
# What a policy must say, and may say at most.
NOTHING_ELSE = {"default-src": {"'none'"}}
OWN_ONLY = {"'self'", "'none'", "data:"}


@pytest.fixture(autouse=True)
def _desk_without_second_step(settings) -> None:
    settings.OFFICE_REQUIRES_MFA = False


def policy_of(header: str) -> dict[str, set[str]]:
    """A content security policy by its directives."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize(("who", "name", "variant", "status"), ANSWERS)
def test_it_is_guarded(who: str, name: str, variant: str, status: int):
    world = World()
    answer = world.client(who).get(address(world, name, variant))
    answer.getvalue()
    assert answer.status_code == status
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] in {"same-origin", "strict-origin-when-cross-origin"}
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = policy_of(answer["Content-Security-Policy"])
    assert policy["default-src"] == {"'none'"}
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert all(sources <= OWN_ONLY for sources in policy.values())


def test_a_page_may_be_framed_by_nobody_and_sends_forms_to_nobody_else():
    policy = policy_of(Client().get(reverse("home:front"))["Content-Security-Policy"])
    assert policy["frame-ancestors"] == {"'none'"}
    assert policy["form-action"] == {"'self'"}
    assert policy["base-uri"] == {"'none'"}
    assert policy["script-src"] == {"'self'"}
    assert policy["style-src"] == {"'self'"}


@pytest.mark.parametrize("who", ["reader", "writer", "manager", "officer"])
def test_no_page_needs_what_the_policy_forbids(who: str):
    """Inline styles, scripts and handlers would be dead; so none is there."""
    world = World()
    world.article(Status.APPROVED)
    world.event(Status.APPROVED)
    client = world.client(who)
    names = ["home:front", "articles:list", "events:list", "communities:directory", "communities:apply"]
    names += [
        "articles:compose",
        "events:compose",
        "articles:mine",
        "notifications:inbox",
        "accounts:profile",
    ]
    for name in names:
        answer = client.get(reverse(name))
        assert Page(answer).dangers == []
        assert not re.search(r"<[^>]+\sstyle=", answer.content.decode())


def test_an_error_of_the_portal_itself_is_guarded_too(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("home.views.front_page.front", lambda region: 1 / 0)
    client.raise_request_exception = False
    answer = client.get(reverse("home:front"))
    assert answer.status_code == 500
    assert policy_of(answer["Content-Security-Policy"])["default-src"] == {"'none'"}
    assert "ZeroDivisionError" not in answer.content.decode()
    assert Page(answer).dangers == []


def test_what_is_personal_is_kept_by_nobody_on_the_way():
    world = World()
    private = [
        ("manager", "communities:document", ""),
        ("writer", "articles:photo", "draft"),
        ("reader", "accounts:export", ""),
        ("reader", "notifications:inbox", ""),
    ]
    for who, name, variant in private:
        answer = world.client(who).get(address(world, name, variant))
        answer.getvalue()
        assert re.search(r"private|no-store", answer["Cache-Control"]), name


@pytest.mark.parametrize("name", ["account_login", "account_signup", "home:choose_region", "set_language"])
def test_a_form_from_elsewhere_is_refused_in_words(name: str):
    answer = Client(enforce_csrf_checks=True).post(reverse(name), {"language": "en"})
    assert answer.status_code == 403
    page = Page(answer)
    assert page.dangers == []
    assert len(page.text.split()) > 20
