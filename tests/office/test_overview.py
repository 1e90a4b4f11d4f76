"""The overview: at every level, of one's own regions only; screen, rows and files say the same number."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from activity.models import Activity
from communities.models import Community
from figures.counting import count
from figures.definitions import FIGURES
from figures.lists import LISTS, OF_OFFICE
from figures.periods import Period
from figures.wording import percent
from moderation.states import Status
from regions.models import Level, Region
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_community,
    make_event,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    here = make_community(name="=KIM Rumus")
    make_article(community=here)
    make_event(community=here)
    make_article(Status.SUBMITTED, community=here, due_at=timezone.now() - timedelta(hours=3))
    make_article(Status.RETURNED, community=here)
    make_community(Status.SUBMITTED, village="16.06.01.2001")
    return here


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of_csv(client, code, slug):
    answer = client.get(reverse("office:export", args=[code, slug, "csv"]))
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("office", "code"),
    [(None, "nasional"), (SUMATERA_SELATAN, SUMATERA_SELATAN), (MUSI_BANYUASIN, MUSI_BANYUASIN),
     (MUSI_BANYUASIN, TOMAN[:8])],
)  # fmt: skip
def test_it_opens_at_every_level(client, network, office, code):
    client.force_login(make_officer(office))
    assert client.get(reverse("office:overview", args=[code])).status_code == 200


def test_it_begins_with_the_officers_own_region(client):
    client.force_login(make_officer())
    answer = client.get(reverse("office:overview_home"))
    assert answer.url == reverse("office:overview", args=[MUSI_BANYUASIN])


def addresses(code):
    yield reverse("office:overview", args=[code])
    yield reverse("office:reports", args=[code])
    for figure in FIGURES.values():
        yield reverse("office:figure", args=[code, figure.slug])
    for slug in LISTS:
        yield reverse("office:export", args=[code, slug, "csv"])
        yield reverse("office:export", args=[code, slug, "xlsx"])


@pytest.mark.parametrize("code", ["nasional", SUMATERA_SELATAN, LOMBOK_TENGAH])
def test_what_lies_outside_the_posting_does_not_exist(client, network, code):
    client.force_login(make_officer())
    assert {client.get(url).status_code for url in addresses(code)} == {404}
    assert Activity.objects.filter(verb="export.make").count() == 0


def test_who_is_no_officer_is_turned_away(client):
    client.force_login(make_user())
    assert {client.get(url).status_code for url in addresses(MUSI_BANYUASIN)} == {403}


def test_screen_rows_and_files_say_the_same_number(client, network):
    client.force_login(make_officer())
    page = client.get(reverse("office:overview", args=[MUSI_BANYUASIN])).context
    shown = {one.figure.name: one.now for _label, group in page["groups"] for one in group}
    for name in ("verified", "status_submitted", "articles", "events", "overdue", "waiting", "decided"):
        slug = FIGURES[name].slug
        rows = client.get(reverse("office:figure", args=[MUSI_BANYUASIN, slug])).context["rows"]
        lines = rows_of_csv(client, MUSI_BANYUASIN, slug)
        answer = client.get(reverse("office:export", args=[MUSI_BANYUASIN, slug, "xlsx"]))
        sheet = openpyxl.load_workbook(io.BytesIO(content(answer))).worksheets[0]
        assert (name, len(rows), len(lines) - 1, sheet.max_row - 1) == (name, *[shown[name]] * 3)
        assert [list(cells) for cells in sheet.iter_rows(max_row=1, values_only=True)] == [lines[0]]


def test_villages_without_a_kim_are_listed_and_paged(client, network):
    client.force_login(make_officer())
    address = reverse("office:figure", args=[MUSI_BANYUASIN, "desa-tanpa-kim"])
    first = client.get(address).context
    second = client.get(f"{address}?hal=2").context
    assert (len(first["rows"]), first["next_page"], second["previous_page"]) == (50, 2, 1)
    total = count(region(MUSI_BANYUASIN), Period.current(None)).total["villages_without"][0]
    lines = rows_of_csv(client, MUSI_BANYUASIN, "desa-tanpa-kim")
    assert len(lines) - 1 == total
    assert TOMAN not in {line[-1] for line in lines}


def test_no_cell_is_a_formula(client, network):
    client.force_login(make_officer())
    lines = rows_of_csv(client, MUSI_BANYUASIN, "komunitas")
    assert "'=KIM Rumus" in {line[0] for line in lines}
    answer = client.get(reverse("office:export", args=[MUSI_BANYUASIN, "komunitas", "xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(content(answer)))
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {
        "s",
        "n",
        "inlineStr",
    }


@pytest.mark.parametrize("named", OF_OFFICE, ids=lambda named: named.slug)
def test_every_list_leaves_as_a_file_and_is_in_the_history(client, network, named):
    officer = make_officer()
    client.force_login(officer)
    lines = rows_of_csv(client, MUSI_BANYUASIN, named.slug)
    assert len(lines) > 1
    noted = Activity.objects.get(verb="export.make")
    assert (noted.actor, noted.region_id, noted.target) == (officer, MUSI_BANYUASIN, officer.postings.get())
    assert noted.details["list"] == named.slug


def test_no_export_holds_what_an_author_has_not_sent(client):
    community = make_community()
    make_article(Status.DRAFT, community=community, title="Rahasia penulis")
    client.force_login(make_officer())
    assert len(rows_of_csv(client, MUSI_BANYUASIN, "berita")) == 1


@pytest.mark.parametrize("query", ["?bulan=2026-13", "?bulan=x", "?angka=x", "?bulan=2999-01", "?bulan=2025"])
def test_an_odd_query_shows_a_page(client, query):
    client.force_login(make_officer())
    assert client.get(reverse("office:overview", args=[MUSI_BANYUASIN]) + query).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "rekap/99/",
        "rekap/x/",
        f"rekap/{TOMAN}/",
        "rekap/16.06/x/",
        "unduh/16.06/x.csv",
        "unduh/16.06/komunitas.exe",
    ],
)
def test_an_unknown_address_is_not_found(client, path):
    client.force_login(make_officer())
    assert client.get(f"/kantor/{path}").status_code == 404


@pytest.mark.parametrize("code", ["nasional", MUSI_BANYUASIN])
def test_the_overview_asks_as_often_for_many_as_for_few(client, django_assert_max_num_queries, code):
    client.force_login(make_officer(None))
    for village in Region.objects.within(MUSI_BANYUASIN).at(Level.VILLAGE)[:5]:
        make_article(community=make_community(village=village.code))
    with django_assert_max_num_queries(15):
        client.get(reverse("office:overview", args=[code]))
    assert Community.objects.count() == 5


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0%"), (0.4, "<1%"), (37.8, "37%"), (99.9, "99%"), (100, "100%")]
)
def test_a_share_never_says_nothing_where_there_is_something(share, words):
    assert percent(share) == words


def test_the_data_say_what_the_screen_says(client, network):
    client.force_login(make_officer())
    screen = client.get(reverse("office:overview", args=[MUSI_BANYUASIN])).context
    shown = {one.figure.name: one.now for _label, group in screen["groups"] for one in group}
    data = client.get(reverse("office:overview_data", args=[MUSI_BANYUASIN])).json()
    assert {name: data["figures"][name]["now"] for name in shown} == shown
    assert data["figures"]["verified"]["now"] == 1
    beneath = {part["region"]: part["figures"]["verified"]["now"] for part in data["beneath"]}
    assert {code for code, number in beneath.items() if number} == {TOMAN[:8]}
