"""A double click: the second answer is the first one's, and nothing is there twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Posting, User
from activity.models import Activity
from articles.models import Article, Photo
from communities.models import Community, Document, Membership, Picture
from moderation.states import Status
from notifications.models import Subscription
from tests.bad_input.forms import APPOINTMENT, ARTICLE, DECISION, EVENT, REGISTRATION, SIGN_UP, Form
from tests.common.pictures import as_file, halves
from tests.factories import make_community, make_user

pytestmark = pytest.mark.django_db
# A registration is sent from its last look, not with its form.
ITEMS = [(REGISTRATION, "next"), *((form, then) for form in (ARTICLE, EVENT) for then in ("draft", "submit"))]


@pytest.fixture(autouse=True)
def _desk_without_second_step(settings) -> None:
    settings.OFFICE_REQUIRES_MFA = False


def picture() -> SimpleUploadedFile:
    """A photo, the same each time."""
    return SimpleUploadedFile("foto.jpg", as_file(halves(60, 40), "JPEG").getvalue(), "image/jpeg")


def files_of(form: Form) -> dict[str, Any]:
    """The files of a form, new for each sending."""
    if form is ARTICLE:
        words = {"foto-baru-0-caption": "Warga", "foto-baru-0-credit": "Siti"}
        return {"foto-baru-0-file": picture(), **words}
    return {}


def stored() -> dict[str, int]:
    """How many rows there are of what a form can make."""
    return {
        model.__name__: model._default_manager.count()
        for model in (
            Community,
            Article,
            Document,
            Photo,
            Picture,
            Activity,
            Membership,
            Posting,
            Subscription,
            User,
        )
    }


def troubles(answer: HttpResponse) -> list[str]:
    """What the person would read as a fault."""
    return [str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "error"]


@pytest.mark.parametrize(("form", "then"), ITEMS, ids=str)
def test_an_item_is_there_once_and_the_second_answer_is_the_first(client: Client, form: Form, then: str):
    url = form.open(client)
    good = {**form.good(), "then": then}
    first = client.post(url, {**good, **files_of(form)})
    once = stored()
    second = client.post(url, {**good, **files_of(form)})
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert stored() == once
    assert troubles(second) == []
    wanted = Status.SUBMITTED if then == "submit" else Status.DRAFT
    assert form.makes._default_manager.get().status == wanted


def test_a_decision_is_one_decision(client: Client):
    url = DECISION.open(client)
    good = DECISION.good()
    client.post(url, good)
    second = client.post(url, good)
    assert Activity.objects.filter(verb="article.reject").count() == 1
    assert second.status_code == 302


def test_a_sign_up_is_one_account_and_says_the_same(client: Client):
    url = SIGN_UP.open(client)
    first = client.post(url, SIGN_UP.good())
    second = Client().post(url, SIGN_UP.good())
    assert User.objects.count() == 1
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert {message.to[0] for message in mail.outbox} == {"rina@contoh.example"}


def test_an_appointment_is_one_posting(client: Client):
    url = APPOINTMENT.open(client)
    good = APPOINTMENT.good()
    client.post(url, good)
    once = stored()
    answer = client.post(url, good)
    assert stored() == once
    assert answer.status_code in {200, 302, 422}


@pytest.mark.parametrize(
    ("address", "model"),
    [
        (lambda kim: reverse("notifications:follow", kwargs={"community": kim.slug}), Subscription),
        (lambda kim: reverse("notifications:follow", kwargs={"region": kim.region_id}), Subscription),
        (lambda kim: reverse("communities:join", args=[kim.slug]), Membership),
    ],
    ids=["follow a community", "follow a region", "join"],
)
def test_one_tap_too_many_changes_nothing(client: Client, address: Callable[[Community], str], model: Any):
    community, reader = make_community(), make_user()
    client.force_login(reader)
    first = client.post(address(community))
    once = stored()
    second = client.post(address(community))
    assert stored() == once
    assert model.objects.filter(user=reader).count() == 1
    assert (first.status_code, first.url) == (second.status_code, second.url)


@pytest.mark.parametrize(("form", "then"), ITEMS, ids=str)
def test_two_clicks_at_the_same_moment_are_one(committed_db: None, client: Client, form: Form, then: str):
    url = form.open(client)
    good = {**form.good(), "then": then}
    barrier = Barrier(2)

    def click(number: int) -> HttpResponse:
        browser = Client()
        browser.cookies = client.cookies
        sent = {**good, **files_of(form)}
        barrier.wait(timeout=10)
        try:
            return browser.post(url, sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(click, range(2)))
    item = form.makes._default_manager.get()
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert answers[0].url.startswith(item.get_absolute_url())
    assert item.status == (Status.SUBMITTED if then == "submit" else Status.DRAFT)
    assert (Photo.objects.count(), Document.objects.count(), Picture.objects.count()) == {
        ARTICLE: (1, 0, 0), REGISTRATION: (0, 0, 0), EVENT: (0, 0, 0),
    }[form]  # fmt: skip
    assert [trouble for answer in answers for trouble in troubles(answer)] == []
