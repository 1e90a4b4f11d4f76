"""Modules stay small enough to be read at once."""

from pathlib import Path

from django.conf import settings

LIMIT = 400


def test_no_module_is_longer_than_400_lines():
    root = Path(settings.BASE_DIR)
    modules = [path for path in root.rglob("*.py") if not {".venv", ".local", "migrations"} & set(path.parts)]
    long = {str(path.relative_to(root)) for path in modules if len(path.read_text().splitlines()) > LIMIT}
    assert long == set()
