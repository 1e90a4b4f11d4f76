"""Brings the catalogs up to date with the code: new strings in, vanished ones out, translations kept."""

from pathlib import Path

import polib

from kimportal.catalog import catalog_files
from kimportal.catalog.sources import Key, Message, find_messages
from kimportal.catalog.third_party import MARK, untranslated_elsewhere

WIDTH = 100
PLURAL_FORMS = {"id": "nplurals=1; plural=0;"}
HEADER = "The interface in another language than English. Written by kimportal.catalog; translate here."


def needed_messages(root: Path, language: str) -> dict[Key, Message]:
    """All that this language's catalog must translate."""
    return {**untranslated_elsewhere(language), **find_messages(root)}


def language_of(path: Path) -> str:
    """The language of a catalog, by its place."""
    return path.parent.parent.name


def is_kept(entry: polib.POEntry) -> bool:
    """Whether it overrides a package's own translation: then no string of ours names it."""
    return str(entry.comment).startswith(MARK)


def extract_catalogs(root: Path) -> list[str]:
    """Rewrite every catalog that changes, and tell in a line what happened to each."""
    for language in PLURAL_FORMS:
        path = root / "locale" / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            polib.POFile().save(str(path))
    return [_update(path, needed_messages(root, language_of(path))) for path in catalog_files(root)]


def _update(path: Path, needed: dict[Key, Message]) -> str:
    before = polib.pofile(str(path))
    after = merged(before, needed, language_of(path))
    text = str(after) + "\n"
    if path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    open_entries = [entry for entry in after if not entry.translated()]
    return f"{language_of(path)}: {len(after)} strings, {len(open_entries)} to translate."


def merged(before: polib.POFile, needed: dict[Key, Message], language: str) -> polib.POFile:
    """The catalog with exactly the needed strings; nothing in it depends on lines or dates."""
    old = {(entry.msgctxt, entry.msgid): entry for entry in before if not entry.obsolete}
    entries = [_entry(message, old.get(key)) for key, message in needed.items()]
    entries += [entry for key, entry in old.items() if key not in needed and is_kept(entry)]
    after = polib.POFile(wrapwidth=WIDTH)
    after.header = HEADER
    after.metadata = {
        "Project-Id-Version": "Portal KIM",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    after.extend(sorted(entries, key=_place))
    return after


def _entry(message: Message, old: polib.POEntry | None) -> polib.POEntry:
    """One string, with the translation it had."""
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.msgid,
        occurrences=[(path, "") for path in sorted(message.paths)],
        comment="\n".join(sorted(message.comments)),
        flags=["python-format"] if "%(" in message.msgid + message.plural else [],
    )
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old and old.msgstr_plural else {0: ""}
    elif old:
        entry.msgstr = old.msgstr
    if old and old.fuzzy:
        entry.flags.append("fuzzy")
    return entry


def _place(entry: polib.POEntry) -> tuple[str, str, str]:
    """Strings stand together by the first file that uses them."""
    return (entry.occurrences[0][0] if entry.occurrences else "", entry.msgid, entry.msgctxt or "")
