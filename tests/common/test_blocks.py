"""Clean HTML cut into blocks: nothing is lost, and words are replaced without touching marks or links."""

from hypothesis import given, settings
from hypothesis import strategies as st

from common.blocks import blocks, marked, replaced
from common.html import clean_html, plain_text

TAGS = [
    "p",
    "h1",
    "h2",
    "ul",
    "ol",
    "li",
    "blockquote",
    "strong",
    "em",
    "br",
    "div",
    'a href="https://x.example/?a>b"',
]
SOUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
        st.text(alphabet="ab <>&\n\"'", max_size=8),
    ),
    max_size=25,
).map("".join)


@settings(deadline=None)
@given(SOUP)
def test_joined_the_blocks_are_the_text(soup):
    clean = clean_html(soup)
    found = blocks(clean)
    assert "".join(found) == clean
    assert all(plain_text(block).strip() for block in found)


@settings(deadline=None)
@given(SOUP, st.text(alphabet="<>&\"' abc", min_size=1, max_size=6))
def test_what_is_replaced_stays_clean(soup, words):
    for block in blocks(clean_html(f"<p>Kata</p>{soup}")):
        corrected = replaced(block, "Kata", words)
        if corrected is not None:
            assert corrected == block.replace("Kata", corrected[len("<p>") : -len("</p>")])
            assert plain_text(clean_html(corrected)).split() == words.split()


def test_words_across_a_mark_do_not_stand_there():
    block = "<p>Satu <strong>dua</strong> tiga &amp; tiga</p>"
    assert replaced(block, "Satu dua", "x") is None
    assert replaced(block, "tiga", "x") is None
    assert replaced(block, "& tiga", "dan tiga") == "<p>Satu <strong>dua</strong> tiga dan tiga</p>"
    assert replaced(block, "strong", "em") is None


@settings(deadline=None)
@given(SOUP, st.text(alphabet="<>&\"' abp", max_size=5))
def test_what_is_marked_says_the_same(soup, words):
    for block in blocks(clean_html(soup)):
        shown = marked(block, words)
        assert shown.replace("<mark>", "").replace("</mark>", "") == block


def test_words_are_marked_in_the_text_alone():
    block = '<p>Satu <a href="https://a.example/dua">dua &amp; tiga</a></p>'
    assert marked(block, "dua & tiga").count("<mark>dua &amp; tiga</mark>") == 1
    assert marked(block, "Satu dua") == block
