"""A visit under production settings: `python -m tests.security.visit` prints what it met, as JSON.

A process of its own, for settings are read once. Static files are collected into a folder that goes away.
"""

from __future__ import annotations

import json
import re
import sys
from http.cookies import Morsel
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.test import Client, override_settings

HOST = "portal.example"


def visit() -> dict[str, Any]:
    """What a browser is told."""
    from django.urls import reverse

    from tests.factories import PASSWORD, make_officer

    client = Client(headers={"host": HOST})
    page = client.get("/akun/masuk/", secure=True)
    client.post("/wilayah/pilih/", {"wilayah": "16.06"}, secure=True)
    officer = make_officer()
    client.post("/akun/masuk/", {"login": officer.email, "password": PASSWORD}, secure=True)
    desk = client.get("/kantor/", secure=True)
    plain = client.get("/")
    return {
        "plain": {"status": plain.status_code, "location": plain.headers.get("Location")},
        "page": {"status": page.status_code, "hsts": page.headers.get("Strict-Transport-Security")},
        "cookies": {name: _flags(morsel) for name, morsel in client.cookies.items()},
        "other host": Client(headers={"host": "jahat.example"}).get("/", secure=True).status_code,
        "desk": "second factor"
        if reverse("accounts:second_factor") in desk.headers.get("Location", "")
        else "",
        "gallery": client.get("/_gaya/", secure=True).status_code,
        "style sheets": re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.content.decode()),
    }


def _flags(morsel: Morsel[str]) -> dict[str, Any]:
    return {name: morsel[name] for name in ("secure", "httponly", "samesite")}


def main() -> None:
    """Visit, and say what was met."""
    django.setup()
    from django.core.management import call_command

    with TemporaryDirectory() as folder, override_settings(STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
        json.dump(visit(), sys.stdout)


if __name__ == "__main__":
    main()
