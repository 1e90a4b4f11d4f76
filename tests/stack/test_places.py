"""Where the embedded servers live."""

import hashlib
import os
from pathlib import Path

import pytest

from kimportal.stack import places


@pytest.fixture
def ordinary_user(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.fixture
def root(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def test_everything_lies_in_the_local_folder(ordinary_user):
    local = Path("/srv/portal/.local")
    assert places.postgres_data(local) == local / "postgres" / "data"
    assert places.database_settings(local)["HOST"] == str(local / "postgres" / "socket")
    assert places.redis_url(local) == f"unix://{local}/redis/redis.sock"


@pytest.mark.parametrize("name", ["x" * 90, "a folder", "naïve", "50%"])
def test_a_path_that_no_socket_can_have_gets_a_short_one(ordinary_user, tmp_path, name):
    local = tmp_path / name / ".local"
    short = f"/tmp/kimportal-1000-{hashlib.sha256(bytes(local)).hexdigest()[:12]}"  # noqa: S108 - only its name
    assert places.database_settings(local)["HOST"] == f"{short}/postgres"
    assert places.redis_url(local) == f"unix://{short}/redis/redis.sock"
    assert places.postgres_data(local) == local / "postgres" / "data"


def test_as_root_in_an_open_folder_nothing_moves(root, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "anyone_may_enter", lambda folder: folder == tmp_path)
    assert places.postgres_home(tmp_path / ".local") == tmp_path / ".local" / "postgres"


def test_as_root_in_a_closed_folder_postgres_lives_in_the_system(root, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = places.postgres_home(closed / "portal" / ".local")
    assert home.parent == places.SYSTEM_DIR
    assert places.database_settings(closed / "portal" / ".local")["HOST"] == str(home / "socket")


def test_two_checkouts_never_share(ordinary_user, tmp_path):
    one, other = (tmp_path / ("x" * 90) / name / ".local" for name in ("one", "other"))
    assert places.database_settings(one)["HOST"] != places.database_settings(other)["HOST"]
    assert places.redis_url(one) != places.redis_url(other)
