"""The page of components and the pages for when something goes wrong."""

import re

import pytest
from django.template.loader import get_template, render_to_string

from common.components import samples

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.fixture
def page(client, db) -> str:
    """The gallery, as a visitor gets it."""
    request = client.get("/tidak-ada-di-sini/").wsgi_request
    return render_to_string("gaya/gallery.html", samples(), request)


def test_the_gallery_shows_every_component(page: str) -> None:
    classes = (
        "btn--main",
        "pill--wait",
        "card--cloth",
        "alert--error",
        "due--late",
        "pages",
        "time",
        "empty",
    )
    assert [name for name in classes if name not in page] == []
    assert "{%" not in page
    assert "{#" not in page


def test_no_component_has_inline_style_or_script(page: str) -> None:
    assert INLINE.findall(page) == []


def test_ids_are_unique(page: str) -> None:
    """But for the two sample forms, which share their fields."""
    ids = re.findall(r'\sid="([^"]+)"', page)
    twice = {name for name in ids if ids.count(name) > 1}
    assert {name for name in twice if not name.startswith("id_")} == set()


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_pages_for_breakdowns_ask_for_nothing(name: str, django_assert_num_queries) -> None:
    shown = get_template(name).render()
    assert "<h1>" in shown
    assert INLINE.findall(shown) == []


def test_a_page_that_is_not_there_says_so_and_offers_the_search(client, db) -> None:
    answer = client.get("/tidak-ada-di-sini/")
    assert answer.status_code == 404
    assert b'role="search"' in answer.content


def test_a_withdrawn_page_keeps_showing_the_reason(client, db) -> None:
    request = client.get("/tidak-ada-di-sini/").wsgi_request
    item = {"heading": "Judul", "decision_reason": "Memuat nama anak."}
    assert "Memuat nama anak." in render_to_string("410.html", {"item": item}, request)
