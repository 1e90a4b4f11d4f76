"""Claiming the page of an imported community: by the mail to its address, or by a printed link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from communities.models import Community
from imports import claims
from imports.models import Import, PageClaim
from mailing import sending
from mailing.models import Setback
from tests.factories import make_member, make_user
from tests.imports.flow import apply
from tests.imports.sheets import a_row, as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_in_memory(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def invited(checked, officer) -> Import:
    file = as_csv([a_row("KIM Surya"), a_row("KIM Mekar", email="mekar@contoh.example")])
    made = apply(checked(file), by=officer)
    claims.invite(made, by=officer)
    return made


def claim_of(name: str) -> PageClaim:
    return PageClaim.objects.get(community__name=name)


def test_those_with_an_address_are_mailed_once(invited, officer):
    sending.send_due()
    sending.send_due()
    claims.invite(invited, by=officer)
    sending.send_due()
    (letter,) = mail.outbox
    assert letter.to == ["mekar@contoh.example"]
    assert claims.link_of(claim_of("KIM Mekar")) in letter.body
    assert PageClaim.objects.count() == 2


def test_a_server_that_is_away_leaves_the_mail_waiting(invited, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sending.send_due()
    claim = claim_of("KIM Mekar")
    assert (claim.mailed_at, Setback.objects.count()) == (None, 0)


def test_what_was_given_up_is_mailed_once_more_when_the_office_renews_it(invited, officer):
    claim, now = claim_of("KIM Mekar"), timezone.now()
    Setback.objects.create(kind=claims.MAIL, about=claim.pk, given_up_at=now)
    assert sending.send_due() == 0
    PageClaim.objects.update(expires_at=now - timedelta(days=1))
    claims.invite(invited, by=officer)
    sending.send_due()
    (letter,) = mail.outbox
    first, renewed = claim.expires_at, claim_of("KIM Mekar").expires_at
    assert (letter.to, renewed > first) == (["mekar@contoh.example"], True)
    assert letter.extra_headers["Message-ID"].startswith(f"<klaim-{claim.pk}.{int(renewed.timestamp())}@")


def test_who_holds_the_link_becomes_the_manager(client, invited, officer):
    claim = claim_of("KIM Surya")
    user = make_user()
    client.force_login(user)
    assert client.get(claims.path_of(claim)).status_code == 200
    assert not claim.community.has_manager(user)
    client.post(claims.path_of(claim))
    assert claim.community.has_manager(user)
    claim.refresh_from_db()
    assert claim.claimed_by == user


def test_the_link_serves_one_person_only(client, invited):
    path = claims.path_of(claim_of("KIM Surya"))
    first, second = make_user(), make_user()
    for user in (first, second):
        client.force_login(user)
        client.post(path)
    community = Community.objects.get(name="KIM Surya")
    assert community.has_manager(first)
    assert not community.has_manager(second)


def test_a_visitor_is_shown_the_way_in_and_comes_back(client, invited):
    path = claims.path_of(claim_of("KIM Surya"))
    assert client.get(path).status_code == 200
    assert client.post(path).url.startswith("/akun/")
    assert not Community.objects.get(name="KIM Surya").memberships.exists()


@pytest.mark.parametrize("code", ["aaaaaaaaaaaa", "a", "x" * 90])
def test_a_guessed_code_finds_nothing(client, invited, code):
    assert client.get(f"/klaim/{claim_of('KIM Surya').pk}/{code}/").status_code == 404


def test_the_code_of_another_page_opens_nothing(client, invited):
    surya, mekar = claim_of("KIM Surya"), claim_of("KIM Mekar")
    assert client.get(f"/klaim/{surya.pk}/{claims.code_of(mekar)}/").status_code == 404


def test_a_code_may_be_typed_in_capitals_and_groups(client, invited):
    claim = claim_of("KIM Surya")
    code = claims.code_of(claim).upper()
    assert client.get(f"/klaim/{claim.pk}/{code[:4]}-{code[4:8]}-{code[8:]}/").status_code == 200


def test_an_expired_link_gives_nothing_and_a_new_invitation_another_code(client, invited, officer):
    claim = claim_of("KIM Surya")
    PageClaim.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    claim.refresh_from_db()
    old = claims.path_of(claim)
    user = make_user()
    client.force_login(user)
    assert client.get(old).status_code == 410
    client.post(old)
    assert not claim.community.has_manager(user)
    claims.invite(invited, by=officer)
    assert client.get(old).status_code == 404
    assert client.get(claims.path_of(claim_of("KIM Surya"))).status_code == 200


def test_a_page_that_has_a_manager_is_not_claimed(client, invited):
    claim = claim_of("KIM Surya")
    make_member(claim.community, role="manager")
    user = make_user()
    client.force_login(user)
    client.post(claims.path_of(claim))
    assert not claim.community.has_manager(user)
