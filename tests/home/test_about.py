"""The texts about the portal."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from home.views import ABOUT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("page", ABOUT)
def test_every_text_stands_in_both_languages(page: str, language: str, client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(reverse("home:about", args=[page]))
    assert response.status_code == 200
    assert f"home/about/{language}/{page}.html" in {template.name for template in response.templates}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_help_says_how_people_are_told_and_tell_the_office(language: str, client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("home:about", args=["bantuan"])).content.decode().split("<main")[1]
    assert re.findall(r'<li><a href="#(\w+)"', page) == re.findall(r'<h2 id="(\w+)"', page)
    for name in ("announcements:list", "aspirations:write"):
        assert f'href="{reverse(name)}"' in page


def test_an_unknown_text_is_not_found(client: Client) -> None:
    assert client.get("/tentang/rahasia/").status_code == 404


@override_settings(MINISTRY_NAME="Kementerian Percobaan")
def test_the_name_of_the_ministry_is_a_setting(client: Client) -> None:
    text = client.get(reverse("home:about", args=["privasi"])).content.decode()
    assert "Kementerian Percobaan" in text


def test_no_text_names_the_ministry_itself() -> None:
    folder = settings.BASE_DIR / "templates" / "home" / "about"
    named = [path.name for path in folder.rglob("*.html") if "komdigi" in path.read_text().lower()]
    assert named == []


def test_a_text_needs_no_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        client.get(reverse("home:about", args=["bantuan"]))
