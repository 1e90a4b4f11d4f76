import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.html import ALLOWED_TAGS, MAX_TAGS, clean_html, excerpt, plain_text

UNWRAPPED = "b i h1 h6 div span table tr td pre u section"
TAGS = [*sorted(ALLOWED_TAGS), *UNWRAPPED.split()]
HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x>",
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>",
    "<a href=' java\tscript:alert(1)'>",
    "<p style='position:fixed' onclick=alert(1) class=x id=y>",
    "<!--[if mso]><b>x</b><![endif]-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "&lt;script&gt;",
    "<",
    "\x00",
    "\u200b",
    "&nbsp;",
    "\n\n",
]

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=12)
pieces = st.one_of(
    words,
    st.sampled_from(HOSTILE),
    st.sampled_from(TAGS).map("<{}>".format),
    st.sampled_from(TAGS).map("</{}>".format),
    st.sampled_from(["http://a.id", "mailto:a@b.id", "/x", "//x", "data:x"]).map("<a href='{}'>".format),
)
pasted = st.lists(pieces, max_size=25).map("".join)


class Seen(HTMLParser):
    """Collects what a browser would be given."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.text = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


@settings(max_examples=300, deadline=None)
@given(pasted)
def test_cleaning_again_changes_nothing(text):
    once = clean_html(text)
    assert clean_html(once) == once


@settings(max_examples=300, deadline=None)
@given(pasted)
def test_only_allowed_tags_and_attributes_come_out(text):
    for tag, attributes in Seen(clean_html(text)).elements:
        assert tag in ALLOWED_TAGS
        if tag == "a":
            assert re.match(r"(https?|mailto):", attributes.pop("href", "http:"))
            assert attributes.pop("rel") == "nofollow ugc noopener"
        assert attributes == {}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(TAGS), st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)), max_size=12)
)
def test_every_word_is_kept_in_its_order(parts):
    nested = "".join(f"<{tag}>{word}</{tag}>" if tag != "br" else f"{word}<br>" for tag, word in parts)
    assert "".join(Seen(clean_html(nested)).text).replace(" ", "") == "".join(word for _, word in parts)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="<", exclude_categories=("Cc", "Cf", "Z"))))
def test_text_without_tags_is_kept_to_the_letter(text):
    assert plain_text(clean_html(text)) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Satu baris", "<p>Satu baris</p>"),
        ("Baris satu\nbaris dua", "<p>Baris satu<br>baris dua</p>"),
        ("Alinea satu\r\n\r\n  \r\nAlinea  dua\r\n", "<p>Alinea satu</p><p>Alinea dua</p>"),
        ("5 < 7 & 9 > 8", "<p>5 &lt; 7 &amp; 9 &gt; 8</p>"),
        ("Ini *tebal* dan _miring_ dari WhatsApp", "<p>Ini *tebal* dan _miring_ dari WhatsApp</p>"),
        (
            "Baris <b>satu</b>\nbaris dua\n\nalinea",
            "<p>Baris <strong>satu</strong><br>baris dua</p><p>alinea</p>",
        ),
        ("<kami> hadir", "<p>&lt;kami&gt; hadir</p>"),
        (" \n\u200b\n ", ""),
        ("", ""),
    ],
)
def test_typed_text_becomes_paragraphs(typed, kept):
    assert clean_html(typed) == kept


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<b>a</b> <i>b</i> <u>c</u>", "<p><strong>a</strong> <em>b</em> c</p>"),
        ("<h1>Judul</h1><h5>Anak judul</h5>", "<h2>Judul</h2><h3>Anak judul</h3>"),
        ("<p>a<script>alert('x')</script><style>p{}</style>b</p>", "<p>ab</p>"),
        ("<div>a</div><div><br></div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<p>a<br><br><br>b<br></p>", "<p>a</p><p>b</p>"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "<p>a b</p><p>c</p>"),
        ("<ul>a<li>b<ol><li>c</ol></ul>", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li><li> </li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<li>tanpa daftar</li>", "<p>tanpa daftar</p>"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<p><strong> </strong>a<em>&nbsp;</em>&nbsp;b</p>", "<p>a b</p>"),
        (
            '<p><a href="https://a.id/?x=1&y=2" onclick="x()">a</a> <a href="/x">b</a></p>',
            '<p><a href="https://a.id/?x=1&amp;y=2" rel="nofollow ugc noopener">a</a> b</p>',
        ),
    ],
)
def test_markup_is_brought_into_the_house_form(pasted, kept):
    assert clean_html(pasted) == kept


def test_a_paste_from_word_comes_out_clean():
    pasted = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Rapat</title>
    <style>p.MsoNormal {margin:0cm}</style><!--[if gte mso 9]><xml></xml><![endif]--></head><body lang=IN>
    <p class=MsoNormal style='margin-bottom:0cm'><b><span lang=IN style='font-size:12.0pt'>Rapat
    desa</span></b><o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
    <p class=MsoNormal>Warga&nbsp;&nbsp;&nbsp; hadir<span style='x'>  </span>semua.</p></body></html>"""
    assert clean_html(pasted) == "<p><strong>Rapat desa</strong></p><p>Warga hadir semua.</p>"


def test_a_paste_from_google_docs_is_bold_where_its_style_says_so():
    pasted = (
        '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
        '<span style="font-weight:700">Panen</span> <span style="font-style:italic">raya</span></p></b>'
    )
    assert clean_html(pasted) == "<p><strong>Panen</strong> <em>raya</em></p>"


def test_lists_stop_nesting_at_some_depth_and_keep_the_words():
    html = clean_html("<ul><li>x" * 50)
    assert html.count("<ul>") == 5
    assert html.count("x") == 50


def test_a_text_of_nothing_but_tags_is_shown_as_typed():
    assert clean_html("<div>" * (MAX_TAGS + 1)).startswith("<p>&lt;div&gt;&lt;div&gt;")


def test_plain_text_keeps_paragraphs_lines_and_items():
    html = clean_html(
        "<h2>Judul</h2><p>Satu<br>dua &amp; tiga</p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    )
    assert plain_text(html) == "Judul\n\nSatu\ndua & tiga\n\n- a\n  - b\n- c"


def test_an_excerpt_is_one_line_and_says_when_more_follows():
    html = "<p>Warga Toman, bersama petugas,</p><ul><li>menanam</li></ul>"
    assert excerpt(html, words=4) == "Warga Toman, bersama petugas…"
    assert excerpt(html, words=5) == "Warga Toman, bersama petugas, menanam"
