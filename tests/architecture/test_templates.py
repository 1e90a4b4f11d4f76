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


# Mails have no policy and no stylesheet: their styles come from notifications/letter_style.py.
MAIL = re.compile(r"notifications/(letter|digest)|notifications/\w+_mail\.html")
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.S)


def test_there_are_templates():
    assert len(TEMPLATES) > 50


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith(".html")])
def test_it_holds_no_inline_script_or_style(name):
    text = COMMENT.sub("", (FOLDER / name).read_text(encoding="utf-8"))
    assert INLINE.search(text) is None or MAIL.match(name)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if MAIL.match(name) and name.endswith(".html")])
def test_a_mail_takes_each_style_from_one_place(name):
    styles = re.findall(r'style="([^"]*)"', COMMENT.sub("", (FOLDER / name).read_text(encoding="utf-8")))
    hidden = "display:none;max-height:0;overflow:hidden"
    assert [style for style in styles if style != hidden and not re.fullmatch(r"{{ css\.\w+ }}", style)] == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith(".html")])
def test_no_page_keeps_the_portal_itself_from_knowing_where_a_form_comes_from(name):
    """With no-referrer browsers say "Origin: null", and no form of the page is taken; same-origin does it."""
    assert "no-referrer" not in (FOLDER / name).read_text(encoding="utf-8")
