"""The two files of a change: each line that is wrong is named, with its number."""

import gzip

import pytest

from regions.changing.errors import ChangeRefused
from regions.changing.lists import Pair, read_list, read_mapping
from tests.regions.decrees import HEADER

PROVINCE = "16,province,Asia/Jakarta,Sumatera Selatan\n"
REGENCY = "16.06,regency,Asia/Jakarta,Musi Banyuasin\n"


@pytest.fixture
def file_of(tmp_path):
    def write(content, name="daftar.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def problems_of(read, *args):
    with pytest.raises(ChangeRefused) as refused:
        read(*args)
    return refused.value.problems


def test_a_list_is_read_plain_packed_and_with_a_mark_at_its_beginning(file_of):
    text = HEADER + PROVINCE + "\n" + REGENCY
    plain = read_list(file_of(text))
    assert [(each.code, each.parent, each.level, each.name) for each in plain.values()] == [
        ("16", None, 1, "Sumatera Selatan"),
        ("16.06", "16", 2, "Musi Banyuasin"),
    ]
    assert read_list(file_of(gzip.compress(text.encode()), "daftar.csv.gz")) == plain
    assert read_list(file_of(b"\xef\xbb\xbf" + text.encode())) == plain


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (PROVINCE + "16.6,regency,Asia/Jakarta,Muba\n", "line 3: “16.6” is no region code"),
        (PROVINCE + PROVINCE, "line 3: 16 stands in line 2 already"),
        (PROVINCE + "16.06.06,district,Asia/Jakarta,Babat\n", "line 3: 16.06.06 stands there without 16.06"),
        (PROVINCE + "16.06,village,Asia/Jakarta,Muba\n", "line 3: “village” is no kind"),
        (PROVINCE + "16.06,regency,Asia/Palembang,Muba\n", "line 3: “Asia/Palembang” is none of"),
        (PROVINCE + "16.06,regency,Asia/Jakarta,\n", "line 3: the name of 16.06 is empty"),
        (
            PROVINCE + f"16.06,regency,Asia/Jakarta,{'x' * 81}\n",
            "line 3: the name of 16.06 is empty, or longer",
        ),
        (PROVINCE + "16.06,regency,Asia/Jakarta\n", "line 3: it has 3 columns and should have 4"),
        ("", "daftar.csv names no region"),
    ],
)
def test_a_wrong_line_is_named(file_of, rows, said):
    (problem,) = problems_of(read_list, file_of(HEADER + rows))
    assert said in problem


def test_all_wrong_lines_are_named_at_once(file_of):
    rows = "x,province,Asia/Jakarta,A\n" + PROVINCE + "y,province,Asia/Jakarta,B\n"
    assert [said.split(":")[0] for said in problems_of(read_list, file_of(HEADER + rows))] == [
        "daftar.csv, line 2",
        "daftar.csv, line 4",
    ]


def test_a_list_of_one_region_names_nothing_outside(file_of):
    rows = REGENCY + "16.07,regency,Asia/Jakarta,Banyuasin\n"
    assert list(read_list(file_of(HEADER + REGENCY), ["16.06"])) == ["16.06"]
    (problem,) = problems_of(read_list, file_of(HEADER + rows), ["16.06"])
    assert "line 3: 16.07 lies outside 16.06" in problem
    assert "is no region code" in problems_of(read_list, file_of(HEADER + REGENCY), ["Muba"])[0]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            HEADER.encode() + PROVINCE.encode() + b"16.06,regency,Asia/Jakarta,Mus\xe9\n",
            "daftar.csv",
            "line 3: the file",
        ),
        (b"id;nama\n16;Sumsel\n", "daftar.csv", "line 1: the first line must be code,kind"),
        (b"PK\x03\x04 not packed so", "daftar.csv.gz", "cannot be read"),
        (b"", "daftar.csv", "line 1: the first line must be"),
    ],
)
def test_another_file_is_refused_in_words(file_of, content, name, said):
    assert said in problems_of(read_list, file_of(content, name))[0]


def test_a_missing_file_is_refused_in_words(tmp_path):
    assert "cannot be read" in problems_of(read_list, tmp_path / "tiada.csv")[0]


def test_a_mapping_marks_the_default_where_there_are_several(file_of):
    text = "old,new,default\n16.06,16.13,\n16.06.06.2008,16.06.06.2050,\n16.06.06.2008,16.06.06.2051,ya\n"
    assert read_mapping(file_of(text)) == [
        Pair("16.06", "16.13", is_default=True, line=2),
        Pair("16.06.06.2008", "16.06.06.2050", is_default=False, line=3),
        Pair("16.06.06.2008", "16.06.06.2051", is_default=True, line=4),
    ]
    assert read_mapping(None) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("16.06,16\n", "line 2: 16.06 and 16 lie on different levels"),
        ("16.06,16.06\n", "line 2: 16.06 cannot follow itself"),
        ("16.06,16.6\n", "line 2: “16.6” is no region code"),
        ("16.06,16.13\n16.06,16.13\n", "line 3: 16.06 to 16.13 stands there already"),
        ("16.06,16.13\n16.06,16.14\n", "line 2: 16.06 has 2 successors; mark exactly one"),
        ("16.06\n", "line 2: it has 1 columns"),
    ],
)
def test_a_wrong_line_of_the_mapping_is_named(file_of, rows, said):
    assert said in problems_of(read_mapping, file_of("old,new\n" + rows))[0]
