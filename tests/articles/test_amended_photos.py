"""What the office reads of a change is the text with its photos as they would be."""

import pytest
from django.urls import reverse

from moderation import remarks
from moderation.models import Remark
from moderation.remarks import Place
from moderation.states import Status
from tests.architecture.world import World
from tests.factories import make_amendment, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo():
    return World().photo(Status.APPROVED)


def desk(client, amendment):
    """The page of the officer."""
    client.force_login(make_officer())
    return client.get(reverse("office:item", args=["amendment", amendment.pk])).content.decode()


def test_the_office_sees_the_photo_with_its_new_words(client, photo, settings):
    settings.OFFICE_REQUIRES_MFA = False
    words = {str(photo.pk): {"caption": "Pengurus baru"}}
    page = desk(client, make_amendment(article=photo.article, photo_words=words))
    assert (photo.src in page, "<figcaption>Pengurus baru" in page.replace("\n", "")) == (True, True)


def test_the_office_does_not_see_a_photo_that_goes(client, photo, settings):
    settings.OFFICE_REQUIRES_MFA = False
    words = {str(photo.pk): {"remove": True}}
    assert photo.src not in desk(client, make_amendment(article=photo.article, photo_words=words))


def test_a_note_stands_at_a_photo_and_its_author_reads_it(client, photo):
    amendment, officer = make_amendment(article=photo.article), make_officer()
    remarks.write(amendment, Place("photos", 0), by=officer, text="Siapa yang memotret?")
    type(amendment).objects.update(status=Status.RETURNED, decided_at="2026-01-01T00:00Z", decided_by=officer)
    Remark.objects.update(is_told=True)
    client.force_login(amendment.created_by)
    page = client.get(reverse("articles:edit_amendment", args=[amendment.pk])).content.decode()
    assert "Siapa yang memotret?" in page
