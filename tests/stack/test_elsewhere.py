"""Data that lie outside their checkout."""

import shutil
from pathlib import Path

import pytest

from kimportal.stack import elsewhere, places


@pytest.fixture
def system(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(places, "SYSTEM_DIR", tmp_path / "system")
    return tmp_path / "system"


def claim(system: Path, checkout: Path, name: str = "home") -> Path:
    """A home in the system's folder with some data in it, claimed by this checkout."""
    local_dir, home = checkout / ".local", system / name
    local_dir.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True)
    elsewhere.claim(home, local_dir)
    (home / "data").mkdir(exist_ok=True)
    return home


def test_a_checkout_finds_its_data_again(system, tmp_path):
    home = claim(system, tmp_path / "portal")
    (home / "data" / "PG_VERSION").write_text("18")
    claim(system, tmp_path / "portal")
    assert (home / "data" / "PG_VERSION").read_text() == "18"
    assert str(home) in (tmp_path / "portal" / ".local" / "postgres.location").read_text()


def test_a_new_checkout_at_an_old_path_starts_empty(system, tmp_path):
    home = claim(system, tmp_path / "portal")
    (home / "data" / "PG_VERSION").write_text("18")
    shutil.rmtree(tmp_path / "portal")
    claim(system, tmp_path / "portal")
    assert list((home / "data").iterdir()) == []


def test_data_of_a_deleted_checkout_go_with_the_next_start_of_another(system, tmp_path):
    gone, kept = claim(system, tmp_path / "old", "old"), claim(system, tmp_path / "other", "other")
    shutil.rmtree(tmp_path / "old")
    claim(system, tmp_path / "portal")
    assert (gone.exists(), kept.exists()) == (False, True)
