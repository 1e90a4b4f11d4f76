import polib
import pytest

from kimportal.catalog.__main__ import main
from kimportal.catalog.checking import faults, problems
from kimportal.catalog.extraction import extract_catalogs


def entry(msgid, msgstr="", **more):
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def plural(*forms):
    return polib.POEntry(msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural=dict(enumerate(forms)))


@pytest.mark.parametrize(
    "good",
    [
        entry("News", "Berita"),
        entry("%(a)s by %(b)s", "%(b)s: %(a)s"),
        entry("%(n)s %% done", "%(n)s %% selesai"),
        entry('<a href="%(url)s">See</a>', '<a href="%(url)s">Lihat</a>'),
        plural("%(n)s hari"),
    ],
)
def test_a_fitting_translation_has_no_faults(good):
    assert faults(good) == []


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (entry("News"), "untranslated"),
        (plural(""), "untranslated"),
        (plural(), "untranslated"),
        (entry("News", "Berita", flags=["fuzzy"]), "fuzzy"),
        (plural("%(n)s hari", "%(n)s hari"), "not one form for all numbers"),
        (plural("satu hari"), "placeholders or tags differ"),
        (entry("By %(name)s", "Oleh %(nama)s"), "placeholders or tags differ"),
        (entry("By {name}", "Oleh"), "placeholders or tags differ"),
        (entry("<b>By</b>", "<b>Oleh"), "placeholders or tags differ"),
        (entry("%(n)s done", "100% %(n)s"), "a stray %"),
        (entry("News\n", "Berita"), "line breaks"),
    ],
)
def test_a_fault_is_named(bad, why):
    assert [fault[: len(why)] for fault in faults(bad)] == [why]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "berita").mkdir()
    (tmp_path / "berita/__init__.py").write_text('_("News")')
    extract_catalogs(tmp_path)
    path = tmp_path / "locale/id/LC_MESSAGES/django.po"
    po = polib.pofile(str(path))
    for each in po:
        each.msgstr = each.msgid
    po.save()
    return tmp_path


def test_a_full_catalog_passes(project):
    assert problems(project) == []


def test_what_the_code_gained_and_lost_is_told(project):
    (project / "berita/__init__.py").write_text('_("Event")')
    assert [line.split("django.po: ")[1] for line in problems(project)] == [
        "missing, run extract: 'Event' (berita/__init__.py)",
        "obsolete, run extract: 'News'",
    ]


def test_no_catalog_at_all_is_a_fault(tmp_path):
    assert problems(tmp_path) == ["locale/id: there is no catalog"]


def test_the_command_line_fails_where_something_is_wrong(project, monkeypatch, capsys):
    monkeypatch.setattr("kimportal.catalog.__main__.ROOT", project)
    assert main(["check"]) == 0
    (project / "berita/__init__.py").write_text('_("Event")')
    assert main(["check"]) == 1
    assert "'Event'" in capsys.readouterr().out
