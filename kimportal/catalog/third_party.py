"""Strings of the packages we build on that people see and that their own catalogs leave in English."""

from importlib.util import find_spec
from pathlib import Path

import polib

from kimportal.catalog.sources import Key, Message, is_source, read_messages

# The parts of each package that our pages show.
SHOWN = {
    "allauth": ("account", "mfa", "core", "templates/account", "templates/mfa", "templates/allauth"),
    "django_filters": ("conf.py", "fields.py", "filters.py", "utils.py", "widgets.py"),
}
DJANGO = (
    "conf",
    "contrib/admin",
    "contrib/auth",
    "contrib/contenttypes",
    "contrib/humanize",
    "contrib/postgres",
)
MARK = "third party"


def untranslated_elsewhere(language: str) -> dict[Key, Message]:
    """What we have to translate for them; each message says in a comment whose it is."""
    known = {key for part in DJANGO for key in _translated(_folder("django") / part, language)}
    missing: dict[Key, Message] = {}
    for package, parts in SHOWN.items():
        folder = _folder(package)
        here = known | _translated(folder, language)
        for key, message in read_messages(folder.parent, _files(folder, parts)).items():
            if key not in here:
                message.comments = {f"{MARK}: {package}"}
                missing[key] = message
    return missing


def untranslated_in_django(language: str) -> set[Key]:
    """Strings of Django itself that its catalogs have in English only."""
    parts = [_folder("django") / part for part in DJANGO]
    source = {key for part in parts for key in _keys(part / "locale/en/LC_MESSAGES/django.po")}
    return source - {key for part in parts for key in _translated(part, language)}


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise LookupError(f"{package} is not installed.")
    return Path(spec.origin).parent


def _files(folder: Path, parts: tuple[str, ...]) -> list[Path]:
    places = [folder / part for part in parts]
    inside = [path for place in places for path in place.rglob("*")]
    return sorted(path for path in places + inside if is_source(path))


def _translated(folder: Path, language: str) -> set[Key]:
    return _keys(folder / f"locale/{language}/LC_MESSAGES/django.po", only_translated=True)


def _keys(path: Path, *, only_translated: bool = False) -> set[Key]:
    if not path.exists():
        return set()
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    return {(entry.msgctxt, entry.msgid) for entry in entries if entry.translated() or not only_translated}
