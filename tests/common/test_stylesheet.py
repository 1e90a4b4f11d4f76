import gzip
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from common import stylesheet


def test_the_sheet_holds_every_file_in_layers_tokens_first() -> None:
    sheet = stylesheet.text()
    assert sheet.index("@layer tokens, base, layout, parts;") < sheet.index("@layer base {")
    for path in (settings.BASE_DIR / "static" / "css").rglob("*.css"):
        assert path.read_text() in sheet


def test_every_file_stays_within_a_layer() -> None:
    assert [path.name for path in stylesheet.sources() if "@layer " not in path.read_text()] == []


def test_staticfiles_finds_the_joined_sheet_and_nothing_else_there(settings, tmp_path) -> None:
    settings.LOCAL_DIR = tmp_path
    finder = stylesheet.StylesheetFinder()
    assert Path(finder.find("css/portal.css")).read_text() == stylesheet.text()
    assert finder.find("css/other.css") == []
    assert [name for name, _storage in finder.list(None)] == ["css/portal.css"]


def test_a_changed_file_changes_the_sheet(settings, tmp_path) -> None:
    settings.LOCAL_DIR = tmp_path
    finder = stylesheet.StylesheetFinder()
    stale = tmp_path / "joined" / "css" / "portal.css"
    stale.parent.mkdir(parents=True)
    stale.write_text("old")
    finder.find("css/portal.css")
    assert stale.read_text() == stylesheet.text()


def test_the_finder_is_in_use() -> None:
    assert finders.find("css/portal.css").endswith("joined/css/portal.css")


def test_braces_are_balanced() -> None:
    for path in stylesheet.sources():
        source = path.read_text()
        assert (path.name, source.count("{")) == (path.name, source.count("}"))


def test_style_and_scripts_of_a_public_page_stay_small() -> None:
    scripts = [settings.BASE_DIR / "static" / "js" / name for name in ("once.js", "share.js")]
    assert len(gzip.compress(stylesheet.text().encode())) < 12_000
    assert sum(path.stat().st_size for path in scripts) < 4096
