"""Signs of a chat: what is typed with them, and stored text shown with them again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.chat import as_typed, marked
from common.html import clean_html, plain_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ini *tebal* dan _miring_.", "<p>Ini <strong>tebal</strong> dan <em>miring</em>.</p>"),
        ("*_keduanya_* (_satu_)", "<p><strong><em>keduanya</em></strong> (<em>satu</em>)</p>"),
        ("2 * 3 * 4 dan a*b*c", "<p>2 * 3 * 4 dan a*b*c</p>"),
        ("https://desa.example/a_b_c dan _b", "<p>https://desa.example/a_b_c dan _b</p>"),
        ("5 < 7 & *benar*", "<p>5 &lt; 7 &amp; <strong>benar</strong></p>"),
        ("*satu\ndua*", "<p>*satu<br>dua*</p>"),
        ("[21/11 10.12] Pak Udin: Rapat\n[21/11 10.13] +62 812-3: besok", "<p>Rapat<br>besok</p>"),
        ("[foto 2]", "<p>[foto 2]</p>"),
        ("<p>*sudah* HTML</p>", "<p>*sudah* HTML</p>"),
        ("&lt;kami&gt; hadir", "<p>&amp;lt;kami&amp;gt; hadir</p>"),
    ],
)
def test_signs_become_marks(typed, kept):
    assert clean_html(marked(typed)) == kept


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<p>Satu</p><p>Dua<br>baris</p>", "Satu\n\nDua\nbaris"),
        ("<p>Ini <strong>tebal</strong> &amp; <em>miring</em></p>", "Ini *tebal* & _miring_"),
        ("<h2>Judul</h2><p>a</p>", "<h2>Judul</h2><p>a</p>"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("<p>2 *3* 4</p>", "<p>2 *3* 4</p>"),
        ("", ""),
    ],
)
def test_what_is_stored_is_shown_as_it_would_be_typed(stored, shown):
    assert as_typed(stored) == shown


@settings(deadline=None)
@given(st.text(st.sampled_from("ab *_~<>&\n[]():1"), max_size=40))
def test_showing_and_saving_again_changes_nothing(text):
    body = clean_html(marked(text))
    assert clean_html(marked(as_typed(body))) == body


@settings(deadline=None)
@given(st.text(st.sampled_from("ab *_~.\n"), max_size=40))
def test_signs_take_no_letters_away(text):
    letters = [sign for sign in text if sign.isalpha()]
    assert [sign for sign in plain_text(clean_html(marked(text))) if sign.isalpha()] == letters
