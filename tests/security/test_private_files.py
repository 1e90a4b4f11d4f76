"""Scans of decrees and photos of drafts: seen by those whom they concern, and each look is noted."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activity.models import Activity
from communities.models import Document
from moderation.states import Status
from tests.architecture.addresses import address
from tests.architecture.world import World
from tests.factories import (
    LOMBOK_TENGAH,
    SUMATERA_SELATAN,
    make_community,
    make_decree,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
ABSENT, GIVEN = 404, 200


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def document(world: World) -> Document:
    return world.document()


def look(user: User | None, document: Document) -> int:
    """What somebody gets who opens the document."""
    client = Client()
    if user:
        client.force_login(user)
    answer = client.get(document.get_absolute_url())
    answer.getvalue()
    return answer.status_code


def looks() -> list[tuple[str, int]]:
    """Who is noted to have looked at what."""
    noted = Activity.objects.filter(verb="document.view").order_by("pk")
    return [(each.actor.name if each.actor else "", each.target_id) for each in noted]


def test_a_visitor_is_led_to_sign_in(document: Document):
    answer = Client().get(document.get_absolute_url())
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("who", ["reader", "writer", "fellow", "elsewhere"])
def test_whom_it_does_not_concern_it_is_not_there(world: World, document: Document, who: str):
    assert look(getattr(world, who), document) == ABSENT
    assert looks() == []


def test_its_manager_sees_it_and_that_is_nobodys_business(world: World, document: Document):
    assert look(world.manager, document) == GIVEN
    assert looks() == []


def test_each_look_of_an_officer_is_noted(world: World, document: Document):
    above = make_officer(SUMATERA_SELATAN, name="Ibu Provinsi")
    assert [look(person, document) for person in (world.officer, world.officer, above)] == [GIVEN] * 3
    assert looks() == [("Wati Kusuma", document.pk)] * 2 + [("Ibu Provinsi", document.pk)]


def test_an_officer_of_another_province_does_not_see_it(document: Document):
    assert look(make_officer("52"), document) == ABSENT
    assert look(make_officer(LOMBOK_TENGAH), document) == ABSENT


def test_with_the_posting_ends_the_look(world: World, document: Document):
    world.officer.postings.update(ended_at=timezone.now(), ended_by=world.officer)
    assert look(world.officer, document) == ABSENT


def test_a_draft_is_the_applicants_own(world: World):
    document = make_decree(make_community(Status.DRAFT, applicant=make_user()))
    assert look(world.officer, document) == ABSENT
    assert looks() == []


def test_a_former_manager_does_not_see_it(world: World, document: Document):
    former = make_user()
    world.kim.memberships.create(user=former, role="manager", accepted_at=timezone.now(), accepted_by=former)
    assert look(former, document) == GIVEN
    world.kim.memberships.filter(user=former).update(ended_at=timezone.now(), ended_by=former)
    assert look(former, document) == ABSENT


def test_a_document_can_do_nothing_but_be_read(world: World, document: Document):
    answer = world.client("manager").get(document.get_absolute_url())
    answer.getvalue()
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"


def test_no_address_leads_to_stored_files(world: World, document: Document):
    photo = world.photo(Status.APPROVED)
    client = world.client("manager")
    for name in (document.file.name, photo.small.name):
        for prefix in ("/media/", "/static/", "/static/../media/", "/", f"/{django_settings.MEDIA_ROOT}/"):
            assert client.get(f"{prefix}{name}").status_code == ABSENT


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "rejected", "suspended"])
def test_photos_of_what_is_not_public_are_not_public(world: World, status: str):
    assert Client().get(address(world, "articles:photo", status)).status_code == ABSENT


def test_photos_of_a_suspended_community_are_kept_by_nobody(world: World):
    url = address(world, "articles:photo", "approved")
    public = Client().get(url)
    public.getvalue()
    assert public["Cache-Control"].startswith("public")
    type(world.kim).objects.filter(pk=world.kim.pk).update(
        status=Status.SUSPENDED, decided_at=timezone.now(), decided_by=world.officer
    )
    assert Client().get(url).status_code == ABSENT
    own = world.client("manager").get(url)
    own.getvalue()
    assert own["Cache-Control"] == "private, no-store"
