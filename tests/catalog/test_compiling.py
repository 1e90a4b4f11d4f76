import gettext
import os

import polib

from kimportal.catalog import catalog_files, compile_catalogs


def test_a_catalog_is_compiled_once_until_it_changes(tmp_path):
    path = tmp_path / "locale/id/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}
    po.extend([polib.POEntry(msgid="News", msgstr="Berita"), polib.POEntry(msgid="Later", msgstr="")])
    po.save(str(path))

    assert catalog_files(tmp_path) == [path]
    assert compile_catalogs(tmp_path) == 1
    assert compile_catalogs(tmp_path) == 0
    words = gettext.translation("django", str(tmp_path / "locale"), ["id"])
    assert (words.gettext("News"), words.gettext("Later")) == ("Berita", "Later")
    assert [file.name for file in path.parent.iterdir() if file != path] == ["django.mo"]

    later = path.with_suffix(".mo").stat().st_mtime + 5
    os.utime(path, (later, later))
    assert compile_catalogs(tmp_path) == 1
