"""The portal under production settings: as it starts, and as it refuses to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.servers import environment

SECRET = "p8Zr-9dQk3vNfXw2LmT6bYhJ4cGsAe7uKxPq5RnVtWoSiDzCyB"
GOOD = {
    "DJANGO_ENV": "production",
    "SECRET_KEY": SECRET,
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_URL": "https://portal.example",
    "EMAIL_URL": "smtp://localhost:25",
}
NAMES = {*GOOD, "DEBUG", "SECURE_SSL_REDIRECT", "OFFICE_REQUIRES_MFA", "DJANGO_SETTINGS_MODULE"}


def run(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """A new Python with the settings of production, changed."""
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    wanted = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**kept, "DJANGO_SETTINGS_MODULE": "kimportal.settings", **wanted},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """What happens when the settings are read."""
    return run("-c", "import kimportal.settings as s; print(s.DEBUG)", **changes)


def test_it_starts_with_settings_of_its_own_and_never_in_debug_mode():
    assert (start().returncode, start().stdout.strip()) == (0, "False")
    assert start(DEBUG="1").stdout.strip() == "False"


@pytest.mark.parametrize(
    "secret", [None, "", "change-me-to-50-random-characters", "change-me" * 9, "rahasia"]
)
def test_it_refuses_to_start_with_a_secret_that_is_none(secret: str | None):
    refused = start(SECRET_KEY=secret)
    assert refused.returncode != 0
    assert "Set SECRET_KEY" in refused.stderr


def test_the_secret_of_development_is_refused_too():
    found = run("-c", "import kimportal.settings as s; print(s.DEVELOPMENT_SECRET)", DJANGO_ENV="development")
    refused = start(SECRET_KEY=found.stdout.strip())
    assert refused.returncode != 0
    assert "Set SECRET_KEY" in refused.stderr


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "PORTAL_URL", "EMAIL_URL"])
def test_it_says_what_it_misses(name: str):
    refused = start(**{name: None})
    assert refused.returncode != 0
    assert f"Set {name} before starting" in refused.stderr


def test_django_finds_nothing_to_warn_of():
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.fixture
def visit(committed_db: None, _redis, tmp_path: Path) -> dict[str, Any]:
    """A visit of the portal under production settings, on the test's database."""
    servers = environment(tmp_path)
    wanted = {name: servers[name] for name in ("DATABASE_URL", "REDIS_URL")}
    done = run(
        "-m", "tests.security.visit", **wanted, MEDIA_ROOT=str(tmp_path), KIMPORTAL_LOCAL_DIR=str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_in_production_everything_goes_by_https_and_cookies_are_for_the_portal_alone(visit: dict[str, Any]):
    assert visit["plain"]["status"] == 301
    assert visit["plain"]["location"] == "https://portal.example/"
    assert visit["page"]["status"] == 200
    assert visit["page"]["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert visit["cookies"]["csrftoken"] == {"secure": True, "httponly": "", "samesite": "Lax"}
    assert visit["cookies"]["sessionid"] == {"secure": True, "httponly": True, "samesite": "Lax"}
    assert visit["cookies"]["wilayah"] == {"secure": True, "httponly": True, "samesite": "Lax"}
    assert visit["other host"] == 400
    assert visit["desk"] == "second factor"
    assert visit["gallery"] == 404
    assert all(".css" in name and name.count(".") == 2 for name in visit["style sheets"])
