"""One style sheet from a file per component: css/portal.css, put together where static files are found.

On a weak signal one request arrives sooner than twenty. No build step: the finder joins the files of
static/css/ whenever one of them has changed, for the development server, for tests and for collectstatic.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

NAME = "css/portal.css"
FIRST = ("tokens.css", "base.css", "layout.css")


def sources() -> list[Path]:
    """The files that make the sheet, in their order."""
    folder = settings.BASE_DIR / "static" / "css"
    return [*(folder / name for name in FIRST), *sorted((folder / "parts").glob("*.css"))]


def text() -> str:
    """The whole sheet."""
    return "\n".join(path.read_text() for path in sources())


class StylesheetFinder(BaseFinder):
    """Offers the joined sheet to staticfiles, next to the finders of folders and apps."""

    def __init__(self) -> None:
        self.storage = FileSystemStorage(location=settings.LOCAL_DIR / "joined")

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """There is nothing to configure."""
        return []

    # Signature of Django's BaseFinder.
    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Where the joined sheet lies, freshly written; nothing for any other file."""
        if path != NAME:
            return []
        found = str(self._join())
        return [found] if find_all else found

    def list(
        self,
        ignore_patterns: Iterable[str] | None,
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """The one file that this finder has."""
        self._join()
        yield NAME, self.storage

    def _join(self) -> Path:
        target = Path(self.storage.path(NAME))
        sheet = text()
        if not target.exists() or target.read_text() != sheet:
            _replace(target, sheet)
        return target


def _replace(target: Path, sheet: str) -> None:
    """Write beside and rename, so that nobody ever reads half a sheet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "w") as file:
        file.write(sheet)
    Path(name).chmod(0o644)
    Path(name).replace(target)
