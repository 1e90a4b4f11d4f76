"""Finds what would appear untranslated or break when shown."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import polib

from kimportal.catalog import catalog_files
from kimportal.catalog.extraction import PLURAL_FORMS, is_kept, language_of, needed_messages
from kimportal.catalog.third_party import untranslated_in_django

# What a translation must take over as it is: placeholders and tags.
MARKS = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?[a-z]\w*")


def problems(root: Path) -> list[str]:
    """One line for each fault of each catalog; none is what we want."""
    missing = [
        f"locale/{language}: there is no catalog" for language in PLURAL_FORMS if not _has(root, language)
    ]
    return missing + [line for path in catalog_files(root) for line in _of_catalog(root, path)]


def _has(root: Path, language: str) -> bool:
    return (root / "locale" / language / "LC_MESSAGES" / "django.po").exists()


def _of_catalog(root: Path, path: Path) -> list[str]:
    language = language_of(path)
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    known = {(entry.msgctxt, entry.msgid) for entry in entries}
    needed = needed_messages(root, language)
    found = [
        f"missing, run extract: {message.msgid!r} ({min(message.paths)})"
        for key, message in needed.items()
        if key not in known
    ]
    found += [
        f"missing in Django: {msgid!r}"
        for _, msgid in sorted(untranslated_in_django(language) - known, key=str)
    ]
    found += [
        f"obsolete, run extract: {entry.msgid!r}"
        for entry in entries
        if (entry.msgctxt, entry.msgid) not in needed and not is_kept(entry)
    ]
    found += [f"{fault}: {entry.msgid!r}" for entry in entries for fault in faults(entry)]
    return [f"{path.relative_to(root)}: {line}" for line in found]


def faults(entry: polib.POEntry) -> list[str]:
    """What is wrong with one translation."""
    if entry.fuzzy:
        return ["fuzzy"]
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not texts or not all(texts):
        return ["untranslated"]
    if bool(entry.msgid_plural) and set(entry.msgstr_plural) != {0}:
        return ["not one form for all numbers"]
    # One form serves all numbers, so it needs what the plural needs.
    wanted = entry.msgid_plural or entry.msgid
    return [fault for text in texts for fault in _unfit(wanted, text)]


def _unfit(wanted: str, text: str) -> list[str]:
    if Counter(MARKS.findall(wanted)) != Counter(MARKS.findall(text)):
        return [f"placeholders or tags differ in {text!r}"]
    if "%(" in wanted:
        try:
            text % defaultdict(int)
        except (TypeError, ValueError):
            return [f"a stray % in {text!r}"]
    if wanted.startswith("\n") != text.startswith("\n") or wanted.endswith("\n") != text.endswith("\n"):
        return [f"line breaks at the ends differ in {text!r}"]
    return []
