"""The door of the office: no view without it, and it opens to nobody whose posting has ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from moderation.states import Status
from office import posting_actions
from tests.factories import SUMATERA_SELATAN, make_article, make_officer

pytestmark = pytest.mark.django_db


def office_views() -> Iterator[URLPattern]:
    """Every pattern beneath /kantor/."""
    for resolver in get_resolver().url_patterns:
        if str(resolver.pattern) == "kantor/":
            yield from resolver.url_patterns


def addresses(article) -> list[str]:
    """Every page of the office that can be opened."""
    return [
        reverse("office:desk"),
        reverse("office:item", args=["article", article.pk]),
        reverse("office:postings"),
        reverse("office:appoint"),
    ]


@pytest.fixture
def head() -> User:
    """Who may open everything under /kantor/."""
    return make_officer(role=Role.HEAD)


@pytest.fixture
def article():
    return make_article(Status.SUBMITTED)


def test_every_view_of_the_office_goes_through_its_door():
    patterns = list(office_views())
    assert len(patterns) >= 6
    assert [
        str(pattern.pattern) for pattern in patterns if not hasattr(pattern.callback, "is_office_view")
    ] == []


def test_a_posting_that_ends_in_the_middle_takes_every_right_along(client: Client, settings, head, article):
    settings.OFFICE_REQUIRES_MFA = False
    client.force_login(head)
    assert {client.get(url).status_code for url in addresses(article)} == {200}
    above = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    posting_actions.end(head.postings.get(), by=above)
    assert {client.get(url).status_code for url in addresses(article)} == {403}
    decision = {"move": "approve", "seen": article.submitted_at.isoformat()}
    assert client.post(reverse("office:decide", args=["article", article.pk]), decision).status_code == 403
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED


def test_an_account_that_is_switched_off_is_outside_at_once(client: Client, settings, head, article):
    settings.OFFICE_REQUIRES_MFA = False
    client.force_login(head)
    User.objects.filter(pk=head.pk).update(is_active=False)
    answers = [client.get(url) for url in addresses(article)]
    assert {answer.url.partition("?")[0] for answer in answers} == {reverse("account_login")}


def test_without_a_second_factor_every_page_leads_to_setting_one_up(client: Client, settings, head, article):
    settings.OFFICE_REQUIRES_MFA = True
    client.force_login(head)
    for url in addresses(article):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer.url == f"{reverse('accounts:second_factor')}?next={url.replace('/', '%2F')}"
    decision = {"move": "approve", "seen": article.submitted_at.isoformat()}
    client.post(reverse("office:decide", args=["article", article.pk]), decision)
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED


def test_with_a_second_factor_the_desk_opens(client: Client, settings, head, article):
    settings.OFFICE_REQUIRES_MFA = True
    TOTP.activate(head, generate_totp_secret())
    client.force_login(head)
    assert {client.get(url).status_code for url in addresses(article)} == {200}


def test_the_way_to_a_second_factor_is_no_way_around_the_door(client: Client, settings, head):
    settings.OFFICE_REQUIRES_MFA = True
    head.postings.update(ended_at=timezone.now(), ended_by=head)
    client.force_login(head)
    assert client.get(reverse("office:desk")).status_code == 403
