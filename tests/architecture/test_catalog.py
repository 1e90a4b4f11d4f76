import re
from html.parser import HTMLParser

import pytest
from django.template.base import Lexer, TokenType

from kimportal.catalog import ROOT
from kimportal.catalog.checking import problems

TEMPLATES = ROOT / "templates"
# Texts of one language by nature, and the gallery of components that only developers see.
OF_ONE_LANGUAGE = {"about", "gaya"}
SHOWN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "label"}
# Names that are the same in every language, and class names inside a block.
NAMES = {"Portal KIM", "RSS", "JSON", "CSV", "XLSX", "PDF", "Bahasa Indonesia", "English", "desk"}


class Words(HTMLParser):
    """Collects what a reader would see or hear."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in {"script", "style"}
        self.found += [value for name, value in attrs if name in SHOWN_ATTRIBUTES and value]

    def handle_endtag(self, tag):
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.hidden:
            self.found.append(data)


def outside_gettext(template):
    """The words of a template that no tag of translation holds."""
    shown, inside = [], None
    for token in Lexer(template).tokenize():
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if inside is None and name in {"comment", "blocktranslate", "blocktrans"}:
            inside = f"end{name}"
        elif name == inside:
            inside = None
        elif inside is None and token.token_type == TokenType.TEXT:
            shown.append(token.contents)
        elif inside is None and token.token_type == TokenType.VAR:
            shown.append("x ")
    words = Words()
    words.feed("".join(shown))
    words.close()
    rest = [re.sub("|".join(sorted(NAMES)), "", text).strip() for text in words.found]
    return [text for text in rest if re.search(r"[^\W\d_]{2,}", text)]


def test_every_string_is_translated_and_fits():
    assert problems(ROOT) == []


def test_no_word_of_a_template_passes_by_gettext():
    templates = [path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".xml"}]
    found = {
        str(path.relative_to(TEMPLATES)): outside_gettext(path.read_text())
        for path in templates
        if not OF_ONE_LANGUAGE & set(path.parts)
    }
    assert len(found) > 100
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Send it</p>", ["Send it"]),
        ('<img alt="A photo"><i title="{{ x }}">1</i>', ["A photo"]),
        ('{% comment %}Not shown{% endcomment %}<p>{% translate "Send" %} {{ name }} · 5</p>', []),
        ("{% blocktranslate %}By {{ name }}{% endblocktranslate %} <b>Portal KIM</b>", []),
    ],
)
def test_bare_words_are_recognised(template, found):
    assert outside_gettext(template) == found
