"""No form of the portal sends anybody to another place."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_community, make_user

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://jahat.example/",
    "//jahat.example/",
    "/\\jahat.example/",
    "\\\\jahat.example",
    "http:///jahat.example/",
    "https:jahat.example",
    "javascript:alert(1)",
    "\thttps://jahat.example/",
    "https://testserver@jahat.example/",
    "https://testserver.jahat.example/",
    "ftp://testserver/",
    "\x00//jahat.example",
]


def stays(answer) -> bool:
    """Whether the answer, if it leads on, leads to a page of the portal."""
    target = urlsplit(answer.headers.get("Location", "/"))
    return (
        target.scheme in {"", "http"} and target.netloc in {"", "testserver"} and target.path.startswith("/")
    )


@pytest.mark.parametrize("next_url", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client: Client, next_url: str):
    user = make_user()
    sent = {"login": user.email, "password": PASSWORD, "next": next_url}
    answer = client.post(reverse("account_login"), sent)
    assert answer.status_code == 302
    assert stays(answer)


@pytest.mark.parametrize("next_url", ELSEWHERE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_that_lead_on_lead_nowhere_else(client: Client, method: str, next_url: str):
    community = make_community()
    client.force_login(make_user())
    addresses = [
        reverse("accounts:terms"),
        reverse("accounts:second_factor"),
        reverse("set_language"),
        reverse("account_login"),
        reverse("account_signup"),
        reverse("notifications:follow", kwargs={"community": community.slug}),
        reverse("notifications:unfollow", kwargs={"community": community.slug}),
        reverse("account_logout"),
    ]
    for url in addresses:
        sent = {"next": next_url, "agreed": "on", "language": "id"}
        answer = getattr(client, method)(url, sent, headers={"referer": next_url.strip("\t\0")})
        assert stays(answer), f"{method} {url}: {answer.headers.get('Location')}"


def test_a_page_of_ours_is_where_one_goes_on(client: Client):
    user = make_user()
    sent = {"login": user.email, "password": PASSWORD, "next": reverse("notifications:inbox")}
    assert client.post(reverse("account_login"), sent).url == reverse("notifications:inbox")
