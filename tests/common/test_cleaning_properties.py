"""Whatever is pasted: cleaning is safe, changes nothing the second time, and keeps every word."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from hypothesis import example, given, settings
from hypothesis import strategies as st

from common.html import ALLOWED_TAGS, DROPPED, LINK_REL, READ_TAGS, clean_html, plain_text

MANY = settings(max_examples=200, deadline=None)
NEVER_READ = sorted(DROPPED - {"svg", "math", "object"})
words = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)
values = st.one_of(
    st.sampled_from(
        [
            "javascript:alert(1)",
            "JaVa\tScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//x.id",
            "/x",
            "#",
        ]
    ),
    st.sampled_from(
        ["https://a.id/?x=1&y=2", "http://a.id", "mailto:a@b.id", "font-weight:bold", "MsoNormal"]
    ),
    st.text(st.characters(codec="utf-8"), max_size=12),
)
names = st.sampled_from(
    [
        "href",
        "src",
        "style",
        "class",
        "id",
        "onclick",
        "onerror",
        "srcdoc",
        "xlink:href",
        "lang",
        "title",
        "rel",
    ]
)
attributes = st.dictionaries(names, values, max_size=3).map(
    lambda found: "".join(f' {name}="{html.escape(value)}"' for name, value in found.items())
)
known = st.sampled_from(sorted((READ_TAGS | {"u", "font", "o:p", "small"}) - {"br"}))
foreign = st.from_regex(r"[a-z][a-z0-9:-]{0,8}", fullmatch=True).filter(lambda tag: tag not in DROPPED)


def _element(parts: tuple[str, str, list[str]]) -> str:
    tag, attrs, children = parts
    return f"<{tag}{attrs}>{''.join(children)}</{tag}>"


leaves = st.one_of(words.map("{} ".format), st.just("<br>"), st.just("<!-- x -->"), st.just("\n"))
trees = st.recursive(
    leaves,
    lambda inner: st.tuples(known, attributes, st.lists(inner, max_size=4)).map(_element),
    max_leaves=20,
)
# Broken on purpose: what is opened is not closed, what is closed was not open.
broken = st.lists(
    st.one_of(
        trees,
        st.tuples(st.one_of(known, foreign), attributes).map("<{0[0]}{0[1]}>".format),
        st.one_of(known, foreign).map("</{}>".format),
        st.sampled_from(NEVER_READ).map("<{0}>alert(1)</{0}>".format),
        st.sampled_from(NEVER_READ).map("<{}>".format),
        st.text(max_size=12),
    ),
    max_size=12,
).map("".join)


class Given(HTMLParser):
    """What a browser would be given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text)


@MANY
@given(broken)
@example("<ul><p>a<li>b</ul>c")
@example("<a href='https://a.id'><p>a</p><p>b</p></a>")
def test_cleaning_what_is_clean_changes_nothing(text: str):
    once = clean_html(text)
    assert clean_html(once) == once


@MANY
@given(broken)
def test_nothing_comes_out_but_the_allowed_tags_and_attributes(text: str):
    given_to_readers = Given(clean_html(text))
    assert given_to_readers.others == []
    for tag, attrs in given_to_readers.elements:
        assert tag in ALLOWED_TAGS
        assert set(attrs) == ({"rel", "href"} & set(attrs) if tag == "a" else set())
        assert attrs.get("rel", LINK_REL) == LINK_REL
        assert re.match(r"(?:https?|mailto):", str(attrs.get("href", "https:"))) is not None


@MANY
@given(trees)
def test_every_word_is_kept_and_in_its_order(text: str):
    said = _words(re.sub(r"<!--.*?-->|<[^>]*>", " ", re.sub(r'"[^"]*"', '""', text)))
    assert "".join(_words(plain_text(clean_html(text)))) == "".join(said)


@MANY
@given(st.lists(st.lists(words, min_size=1).map(" ".join), min_size=1))
def test_what_is_typed_in_paragraphs_is_kept_to_the_letter(paragraphs: list[str]):
    typed = "\n\n".join(paragraphs)
    assert plain_text(clean_html(typed)) == typed


@MANY
@given(st.lists(st.one_of(trees, st.integers(1, 99).map("<p>[foto {}]</p>".format)), max_size=6))
def test_the_places_of_photos_stay_paragraphs_of_their_own(parts: list[str]):
    wanted = [part for part in parts if part.startswith("<p>[foto ")]
    # Between blocks that are closed; inside a list or a quotation it is part of them.
    assert re.findall(r"<p>\[foto \d+\]</p>", clean_html("".join(parts))) == wanted
