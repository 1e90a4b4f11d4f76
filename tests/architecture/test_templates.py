"""Every template compiles and obeys the content security policy."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<style|\sstyle=[\"']|\son[a-z]+=[\"']", re.I
)


COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.S)


def test_there_are_templates():
    assert len(TEMPLATES) > 50


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith(".html")])
def test_it_holds_no_inline_script_or_style(name):
    text = COMMENT.sub("", (FOLDER / name).read_text(encoding="utf-8"))
    assert INLINE.search(text) is None
