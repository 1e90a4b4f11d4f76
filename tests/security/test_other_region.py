"""Nobody sees or does anything outside their region: every address, as each role of other regions.

The addresses are those of the table in tests/architecture/test_urls.py, which knows every name.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from figures.models import Report
from imports.models import State
from moderation.states import Status
from office import posting_actions
from tests.architecture.addresses import address
from tests.architecture.test_urls import SENT, rows
from tests.architecture.world import World
from tests.factories import LOMBOK_TENGAH, MUSI_BANYUASIN, SUMATERA_SELATAN, make_officer, make_user

pytestmark = pytest.mark.django_db

# In the same province, and another one.
OTHER_REGENCY, OTHER_PROVINCE = "16.07", "52"
CLOSED = {403, 404}
# Asked for by the other method, an address answers nobody.
NO_SUCH_METHOD = 405
# Addresses with arguments that name no thing: the own region is meant where none is asked for.
ABOUT_ONES_OWN = {"office:audit_file"}
# Where an officer writes in the name of the own office, wherever that is.
FOR_ONES_OWN_OFFICE = {"factchecks:compose"}
# What stands in Musi Banyuasin and nowhere else.
MARKS = (
    "Warga membersihkan", "KIM Surya", "KIM Baru", "Gotong royong", "Bahar Udin", "Siti Aminah",
    "Joko Susilo", "Wati Kusuma", "data-kim.csv", "sk.pdf",
)  # fmt: skip
# What a list of one's own may be searched for; no mark, for a page repeats it.
SEARCH = {"wilayah": MUSI_BANYUASIN, "kim": "surya", "status": "approved", "q": "warga", "tentang": "surya"}


@dataclass
class Region:
    """Musi Banyuasin with one of everything that has an address, and what a stranger may send there."""

    world: World = field(default_factory=World)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Where everything is: a line of the table, and its address."""
        return {str(row): address(self.world, row.name, row.variant) for row in rows()}

    @cached_property
    def office(self) -> dict[str, tuple[str, str]]:
        """The addresses of the office: each with its name, once."""
        found = {}
        for row in rows():
            if row.name.startswith("office:"):
                found[f"{row.name} {row.variant}"] = (row.name, self.addresses[str(row)])
        return found

    @cached_property
    def files(self) -> list[str]:
        """What can be downloaded, by its address: every export, and the files of a report and an import."""
        report = self.world.report()
        report.spreadsheet.save("laporan", ContentFile(b"rahasia"), save=False)
        report.document.save("laporan", ContentFile(b"rahasia"), save=False)
        report.state, report.finished_at = Report.State.DONE, timezone.now()
        report.save()
        lists = ["antrean", "komunitas", "berita", "kegiatan", "anggota", "petugas", "desa-tanpa-kim"]
        return [
            *(reverse("office:export", args=[MUSI_BANYUASIN, name, "csv"]) for name in lists),
            *(reverse("office:export", args=[MUSI_BANYUASIN, name, "xlsx"]) for name in lists),
            *(reverse("office:report_file", args=[report.pk, ending]) for ending in ("pdf", "xlsx")),
            *(
                reverse("office:audit_file", args=[ending]) + f"?wilayah={MUSI_BANYUASIN}"
                for ending in ("csv", "xlsx")
            ),
            reverse("communities:document", args=[self.world.document().pk]),
            reverse("communities:picture", args=[self.world.picture(Status.SUBMITTED).key, "small"]),
            reverse("articles:photo", args=[self.world.photo(Status.SUBMITTED).key, "small"]),
            *(self._of_imports()),
        ]

    def _of_imports(self) -> Iterator[str]:
        for state in (State.CHECKED, State.APPLIED, State.UNDONE):
            made = self.world.checked_import()
            type(made).objects.filter(pk=made.pk).update(state=state, applied_at=timezone.now(),
                                                         applied_by=self.world.officer)  # fmt: skip
            for name in ("import", "import_errors", "import_letters"):
                yield reverse(f"office:{name}", args=[made.pk])

    @cached_property
    def sent(self) -> dict[str, Any]:
        """One body for every form: it names things and places of the region wherever a form has a place."""
        article = self.world.article(Status.SUBMITTED)
        return {
            "move": "approve", "seen": article.submitted_at.isoformat(), "reason": "Sudah.", "note": "Sudah.",
            "text": "Catatan", "title": "Judul", "on": "2026-01-01", "email": self.world.reader.email,
            "role": "viewer", "region": MUSI_BANYUASIN, "office": MUSI_BANYUASIN, "wilayah": MUSI_BANYUASIN,
            "name": "Dinas Lain",
            "day": "2027-01-01", "period": "2026-01", "form_key": str(uuid.uuid4()), "step": "rest",
            "kim": [str(self.world.kim.pk)], "butir": [f"article:{article.pk}"], "posting": "",
            "first_day": "2026-12-01", "last_day": "2026-12-02",
        }  # fmt: skip

    def make_all(self) -> None:
        """Everything, before anybody looks."""
        assert self.addresses
        assert self.files
        assert self.sent


@pytest.fixture
def here(settings) -> Region:
    settings.OFFICE_REQUIRES_MFA = False
    region = Region()
    region.make_all()
    return region


def state() -> dict[str, str]:
    """All that the database holds, but sessions and what is told of other regions."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model is Session or model._meta.proxy:
                continue
            table = model._meta.db_table
            where = f"WHERE region_id LIKE '{MUSI_BANYUASIN}%'" if table == "activity_activity" else ""
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t {where}")
            found[table] = cursor.fetchone()[0]
    return found


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def body_of(answer: HttpResponseBase) -> str:
    """The answer, read to its end."""
    return answer.getvalue().decode(errors="replace")  # type: ignore[attr-defined]


def office_names() -> set[str]:
    """Every name beneath /kantor/."""
    office = next(each for each in get_resolver().url_patterns if str(each.pattern) == "kantor/")
    return {f"office:{each.name}" for each in office.url_patterns if isinstance(each, URLPattern)}


def test_every_address_of_the_office_has_an_example():
    assert {row.name for row in rows() if row.name.startswith("office:")} == office_names()


def wrong_answers(here: Region, client: Client) -> dict[str, Any]:
    """What the office of Musi Banyuasin answered, where it should not."""
    wrong: dict[str, Any] = {}
    for example, (name, url) in here.office.items():
        asked = {"GET": client.get(url), "POST": client.post(url, here.sent)}
        is_closed = is_of_region(url) and name not in ABOUT_ONES_OWN
        if not is_closed:
            asked["search"] = client.get(url, SEARCH)
        for method, answer in asked.items():
            shown = [mark for mark in MARKS if mark in body_of(answer)]
            if shown:
                wrong[f"{method} {example}"] = shown
            elif is_closed and answer.status_code not in {*CLOSED, NO_SUCH_METHOD}:
                wrong[f"{method} {example}"] = answer.status_code
    return wrong


def is_of_region(url: str) -> bool:
    """Whether an address names a thing or a place of the region, or the nation."""
    return any(part in (MUSI_BANYUASIN, "nasional") or part.isdigit() for part in url.split("/"))


@pytest.mark.parametrize(
    ("code", "role"), [*product((OTHER_REGENCY, OTHER_PROVINCE), Role.values), (LOMBOK_TENGAH, Role.HEAD)]
)
def test_the_office_is_closed_to_every_role_of_another_region(here: Region, code: str, role: str):
    stranger = make_officer(code, role=role, name="Orang Lain")
    client = client_of(stranger)
    before = state()
    wrong = wrong_answers(here, client)
    wrong |= {
        url: answer.status_code
        for url in here.files
        if (answer := client.get(url)).status_code not in CLOSED
    }  # fmt: skip
    assert wrong == {}
    assert changed(before) == []


def test_the_walk_would_see_what_there_is(here: Region):
    wrong = wrong_answers(here, client_of(here.world.officer))
    assert {"GET office:desk ", "GET office:export 16.06", "search office:postings "} <= set(wrong)


def changed(before: dict[str, str]) -> list[str]:
    """The tables that are not as they were."""
    after = state()
    return [table for table in before if before[table] != after[table]]


def test_beyond_the_office_a_posting_elsewhere_gives_nothing(here: Region):
    """Each answer, to reading and to writing, is the one that anybody with an account gets."""
    postings = [(OTHER_REGENCY, Role.HEAD), (OTHER_PROVINCE, Role.VIEWER), (LOMBOK_TENGAH, Role.VERIFIER)]
    officers = [make_officer(code, role=role, name="Orang Lain") for code, role in postings]
    clients = [client_of(each) for each in (make_user("Orang Lain"), *officers)]
    differing = {}
    for row in rows():
        if row.name.startswith("office:") or row.name in FOR_ONES_OWN_OFFICE:
            continue
        url = here.addresses[str(row)]
        answers = [answer_to(client, row, url) for client in clients]
        if any(answer != answers[0] for answer in answers):
            differing[str(row)] = answers
    assert differing == {}


def answer_to(client: Client, row: Any, url: str) -> tuple[int, list[str]]:
    """Status, and which marks of the region stand on the page; what was done is undone."""
    with transaction.atomic():
        if row.method == "POST":
            answer = client.post(url, SENT.get(row.name, {}))
        else:
            answer = client.get(url)
        body = body_of(answer)
        transaction.set_rollback(True)
    return answer.status_code, [mark for mark in MARKS if mark in body]


@pytest.mark.parametrize("role", [Role.HEAD, Role.VIEWER])
def test_a_posting_that_ends_takes_every_right_along_with_the_next_request(here: Region, role: str):
    person = make_officer(role=role, name="Orang Lain")
    client = client_of(person)
    assert client.get(reverse("office:desk")).status_code == 200
    posting_actions.end(person.postings.get(), by=make_officer(SUMATERA_SELATAN, role=Role.HEAD))
    before = state()
    answers = {}
    for example, (_name, url) in here.office.items():
        answers[f"GET {example}"] = client.get(url).status_code
        answers[f"POST {example}"] = client.post(url, here.sent).status_code
    answers |= {url: client.get(url).status_code for url in here.files}
    assert {each: status for each, status in answers.items() if status not in CLOSED} == {}
    assert changed(before) == []
