import polib

from kimportal.catalog.extraction import extract_catalogs, merged
from kimportal.catalog.sources import Message


def needed(*messages):
    return {message.key: message for message in messages}


def catalog(*entries):
    po = polib.POFile()
    po.extend(entries)
    return po


def test_new_strings_are_empty_old_ones_kept_and_vanished_ones_gone():
    before = catalog(
        polib.POEntry(msgid="News", msgstr="Berita", occurrences=[("old.py", "12")]),
        polib.POEntry(msgid="Gone", msgstr="Hilang"),
        polib.POEntry(msgid="Event", msgstr="Acara", flags=["fuzzy"]),
        polib.POEntry(msgid="Was obsolete", msgstr="Usang", obsolete=True),
    )
    wanted = needed(Message(None, "News", paths={"b.py"}), Message(None, "Event"), Message("verb", "Follow"))
    after = merged(before, wanted, "id")
    assert {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in after} == {
        (None, "News", "Berita"),
        (None, "Event", "Acara"),
        ("verb", "Follow", ""),
    }
    assert [entry.msgid for entry in after if entry.fuzzy] == ["Event"]


def test_a_string_that_gets_a_plural_is_translated_anew():
    before = catalog(polib.POEntry(msgid="%(n)s day", msgstr="%(n)s hari"))
    (entry,) = merged(before, needed(Message(None, "%(n)s day", "%(n)s days")), "id")
    assert (entry.msgid_plural, entry.msgstr_plural) == ("%(n)s days", {0: ""})


def test_what_overrides_a_package_is_kept():
    before = catalog(polib.POEntry(msgid="Log out", msgstr="Keluar", comment="third party: override"))
    assert [entry.msgstr for entry in merged(before, {}, "id")] == ["Keluar"]


def test_order_and_places_hang_on_files_alone():
    wanted = needed(
        Message(None, "Zebra", paths={"a.py", "z.py"}),
        Message(None, "Ant", paths={"b.py"}),
        Message(None, "Bee", paths={"a.py"}),
    )
    text = str(merged(catalog(), wanted, "id"))
    assert text == str(merged(merged(catalog(), wanted, "id"), dict(reversed(wanted.items())), "id"))
    assert "#: a.py z.py\n" in text
    assert text.index("Bee") < text.index("Zebra") < text.index("Ant")
    assert "POT-Creation-Date" not in text


def test_extracting_twice_changes_nothing(tmp_path):
    (tmp_path / "berita").mkdir()
    (tmp_path / "berita" / "__init__.py").write_text('_("News")')
    (line,) = extract_catalogs(tmp_path)
    path = tmp_path / "locale/id/LC_MESSAGES/django.po"
    once = path.read_text()
    assert [
        entry.msgid for entry in polib.pofile(str(path)) if "berita/__init__.py" in str(entry.occurrences)
    ] == ["News"]
    assert extract_catalogs(tmp_path) == [line]
    assert path.read_text() == once
