import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.codes import code_range, codes_upwards, is_code, level_of

two = st.integers(0, 99).map("{:02}".format)
four = st.integers(0, 9999).map("{:04}".format)
codes = st.one_of(
    two, st.tuples(two, two).map(".".join), st.tuples(two, two, two).map(".".join),
    st.tuples(two, two, two, four).map(".".join),
)  # fmt: skip


@given(codes)
def test_every_written_code_is_a_code_and_has_a_level(code):
    assert is_code(code)
    assert level_of(code) == len(codes_upwards(code))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "16.",
        "16.6",
        "160607",
        "16.06.07.01",
        "16.06.07.20011",
        "16\n",
        "१६",
        "16.06.07.2001'--",
        None,
        16,
    ],
)
def test_other_text_is_no_code(text):
    assert not is_code(text)


@given(codes, codes)
def test_a_code_lies_in_the_range_of_each_of_its_ancestors_and_of_nothing_else(code, other):
    start, end = code_range(other)
    assert (start <= code < end) == (other in codes_upwards(code))


def test_upwards_the_own_code_comes_first():
    assert codes_upwards("16.06.07.2001") == ["16.06.07.2001", "16.06.07", "16.06", "16"]
