import csv
import gzip
import io

import pytest
from django.core.management import CommandError, call_command

from regions import loading
from regions.models import Level, Region

pytestmark = pytest.mark.django_db

HEADER = loading.HEADER.decode()


@pytest.fixture
def file_of(tmp_path):
    def write(text):
        path = tmp_path / "regions.csv.gz"
        path.write_bytes(gzip.compress(text.encode()))
        return path

    return write


def own_text():
    return gzip.decompress(loading.FILE.read_bytes()).decode()


def state():
    return Region.objects.open().count(), Region.objects.get(pk="16.06.06.2008").name


def test_a_second_load_changes_nothing():
    assert loading.load_regions() == loading.Loaded(total=91_599, written=0, closed=0)


def test_a_load_writes_what_differs_and_closes_what_is_gone(file_of):
    text = own_text()
    gone = next(line for line in text.splitlines(keepends=True) if line.startswith("16.06.06.2043,"))
    changed = text.replace(gone, "").replace(
        "16.06.06,district,Asia/Jakarta,Babat Toman\n", "16.06.06,district,Asia/Jakarta,Toman Raya\n"
    )
    counts = {**loading.COUNTS, Level.VILLAGE: 83_761}

    loaded = loading.load_regions(file_of(changed), counts)

    in_the_district = Region.objects.open().within("16.06.06").count()
    assert loaded == loading.Loaded(total=91_598, written=in_the_district, closed=1)
    assert Region.objects.get(pk="16.06.06.2043").closed_at is not None
    assert (
        Region.objects.get(pk="16.06.06.2008").full_name
        == "Toman, Toman Raya, Musi Banyuasin, Sumatera Selatan"
    )
    assert loading.load_regions().written == in_the_district + 1
    assert Region.objects.get(pk="16.06.06.2043").closed_at is None


def test_a_count_that_differs_from_the_decree_loads_nothing(file_of):
    before = state()
    with pytest.raises(loading.RegionsRefused, match="level VILLAGE, the decree 83762"):
        loading.load_regions(file_of(own_text().replace("16.06.06.2008,village,Asia/Jakarta,Toman\n", "")))
    assert state() == before


@pytest.mark.parametrize(
    "rows",
    [
        "16.06,regency,Asia/Jakarta\n",
        "16.06,regency,Asia/Jakarta,Musi Banyuasin,extra\n",
        "16,province,Asia/Jakarta,Sumatera Selatan\n16,province,Asia/Jakarta,Twice\n",
        "166,province,Asia/Jakarta,Three digits\n",
        "16.06,regency,Asia/Jakarta,Musi Banyuasin\n",
        "16,regency,Asia/Jakarta,Sumatera Selatan\n",
        "16,province,Asia/Nowhere,Sumatera Selatan\n",
        "16,province,Asia/Jakarta,\n",
        "16.06.06.2008.1,village,Asia/Jakarta,Too deep\n",
        f"16,province,Asia/Jakarta,{'x' * 81}\n",
    ],
)
def test_a_bad_row_loads_nothing(file_of, rows):
    before = state()
    with pytest.raises(loading.RegionsRefused):
        loading.load_regions(file_of(HEADER + rows), {})
    assert state() == before


def test_another_file_is_refused(tmp_path, file_of):
    with pytest.raises(loading.RegionsRefused, match="first line"):
        loading.load_regions(file_of("id;nama\n16;Sumatera Selatan\n"))
    plain = tmp_path / "plain.csv"
    plain.write_text("16")
    with pytest.raises(loading.RegionsRefused, match="cannot be read"):
        loading.load_regions(plain)
    with pytest.raises(loading.RegionsRefused, match="cannot be read"):
        loading.load_regions(tmp_path / "missing.csv.gz")
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(loading.FILE.read_bytes()[:100_000])
    with pytest.raises(loading.RegionsRefused):
        loading.load_regions(cut)


def test_the_command_says_what_it_did_and_what_is_wrong(tmp_path):
    out = io.StringIO()
    call_command("load_regions", replace=True, stdout=out)
    assert out.getvalue().startswith("91,599 regions: 0 written, 0 closed")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_regions", replace=True, file=tmp_path / "missing.csv.gz")


def test_the_command_leaves_regions_alone_that_are_there(file_of):
    before = state()
    out = io.StringIO()
    call_command("load_regions", file=file_of(HEADER + "16,province,Asia/Jakarta,Sumsel\n"), stdout=out)
    assert out.getvalue().startswith("91,599 regions are there: nothing to load")
    assert state() == before


def test_the_file_is_sorted_and_holds_each_code_once():
    codes = [row["code"] for row in csv.DictReader(io.StringIO(own_text()))]
    assert codes == sorted(set(codes))
    assert len(codes) == 91_599
