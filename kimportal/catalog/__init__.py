"""The catalogs of the interface, kept and compiled without a system gettext.

    python -m kimportal.catalog extract | compile | check

English is the source; locale/<language>/LC_MESSAGES/django.po holds the others. Only compile_catalogs
is needed where the portal runs; the rest stands on packages of development.
"""

import os
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def catalog_files(root: Path = ROOT) -> list[Path]:
    """Every catalog of the project."""
    return sorted(root.glob("locale/*/LC_MESSAGES/django.po"))


def compile_catalogs(root: Path = ROOT) -> int:
    """Compile what is newer than its .mo, and say how many that were. Safe to run twice at once."""
    stale = [path for path in catalog_files(root) if _is_stale(path)]
    for path in stale:
        unfinished = path.with_suffix(f".{os.getpid()}.mo")
        polib.pofile(str(path)).save_as_mofile(str(unfinished))
        unfinished.replace(path.with_suffix(".mo"))
    return len(stale)


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns <= path.stat().st_mtime_ns
