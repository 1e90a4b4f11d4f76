"""The demo's words, as data files: people, offices, and a file for each community."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """One file, like "people" or "communities/lais-siaga"."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def communities() -> dict[str, dict[str, Any]]:
    """Every community by the name of its file."""
    names = sorted(path.stem for path in (FOLDER / "communities").glob("*.toml"))
    return {name: read(f"communities/{name}") for name in names}
