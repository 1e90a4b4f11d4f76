"""The service worker at the root: one script of all parts, never kept by a browser without asking."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from home.service_worker import PARTS

pytestmark = pytest.mark.django_db


def test_it_is_one_script_that_browsers_ask_for_anew(client: Client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    script = answer.content.decode()
    assert [
        part for part in PARTS if (settings.BASE_DIR / "static/js" / part).read_text() not in script
    ] == []


def test_what_it_asks_for_is_there(client: Client):
    script = client.get("/sw.js").content.decode()
    assert f'"{reverse("notifications:renew_device")}"' in script
    pictures = re.findall(r'"/static/([^"]+)"', script)
    assert [name for name in pictures if not finders.find(name)] == []
    assert pictures != []


def test_a_browser_that_has_it_gets_nothing_again(client: Client):
    etag = client.get("/sw.js")["ETag"]
    assert client.get("/sw.js", headers={"if-none-match": etag}).status_code == 304


def test_it_keeps_the_pages_of_the_composer_and_forgets_them_at_sign_out(client: Client):
    script = client.get("/sw.js").content.decode()
    pattern = re.search(r"const WRITING = /(.+)/, LEAVING = (\[.+\]);", script)
    assert pattern is not None
    pages = [reverse("articles:compose"), reverse("articles:edit", args=[7, "warga-menanam"])]
    others = [reverse("articles:mine"), reverse("articles:detail", args=[7, "tulis"]), "/"]
    kept = re.compile(pattern[1].replace(r"\/", "/"))
    assert [bool(kept.search(each)) for each in (*pages, *others)] == [True, True, False, False, False]
    assert json.loads(pattern[2]) == [reverse("account_logout"), reverse("accounts:erase")]
