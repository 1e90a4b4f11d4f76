"""Who writes has agreed to the terms as they stand now."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts import consent
from accounts.models import Consent
from accounts.terms import CURRENT_VERSIONS, TERMS_VERSION
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@consent.agreed_required
def compose(request):
    return HttpResponse("the form")


def ask(user, method: str = "get", path: str = "/berita/tulis/?k=1"):
    request = getattr(RequestFactory(), method)(path)
    request.user = user
    return compose(request)


def test_who_has_agreed_writes():
    assert ask(make_user()).content == b"the form"


def test_who_has_not_agreed_is_led_to_the_terms():
    answer = ask(make_user(agreed=False))
    assert answer.url == reverse("accounts:terms") + "?next=%2Fberita%2Ftulis%2F%3Fk%3D1"


def test_an_earlier_version_is_not_enough():
    user = make_user(agreed=False)
    consent.agree(user, Consent.Document.TERMS, "2020-01-01")
    assert ask(user).status_code == 302


def test_the_privacy_notice_alone_is_not_enough():
    user = make_user(agreed=False)
    consent.agree(user, Consent.Document.PRIVACY, TERMS_VERSION)
    assert ask(user).status_code == 302


def test_what_was_composed_under_an_earlier_version_is_still_taken():
    user = make_user(agreed=False)
    consent.agree(user, Consent.Document.TERMS, "2020-01-01")
    assert ask(user, "post").content == b"the form"


def test_who_never_agreed_cannot_send_either():
    assert ask(make_user(agreed=False), "post").status_code == 302


def test_agreeing_twice_keeps_the_first_time():
    user = make_user(agreed=False)
    first = consent.agree(user, Consent.Document.TERMS, TERMS_VERSION)
    second = consent.agree(user, Consent.Document.TERMS, TERMS_VERSION)
    assert (first.pk, first.agreed_at) == (second.pk, second.agreed_at)


def test_agreeing_is_recorded_and_leads_on(client):
    user = make_user(agreed=False)
    client.force_login(user)
    goal = reverse("communities:begin")
    page = reverse("accounts:terms") + f"?next={goal}"
    assert client.get(page).status_code == 200
    response = client.post(reverse("accounts:terms"), {"agreed": "on", "next": goal})
    assert response.url == goal
    assert dict(user.consents.values_list("document", "version")) == CURRENT_VERSIONS


def test_agreeing_takes_a_tick(client):
    user = make_user(agreed=False)
    client.force_login(user)
    response = client.post(reverse("accounts:terms"), {"next": "/"})
    assert list(response.context["form"].errors) == ["agreed"]
    assert response.context["next"] == "/"
    assert not consent.has_agreed(user)


def test_agreeing_leads_to_no_other_site(client):
    client.force_login(make_user(agreed=False))
    response = client.post(reverse("accounts:terms"), {"agreed": "on", "next": "//jahat.example/"})
    assert response.url == reverse("accounts:profile")


def test_who_has_agreed_sees_when(client):
    client.force_login(make_user())
    page = client.get(reverse("accounts:terms"))
    assert TERMS_VERSION in page.content.decode()
