"""What readers have reported, on the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import complaints.actions
from activity.models import Activity
from complaints.models import Case
from moderation.states import Status
from office import overdue
from tests.factories import (
    LOMBOK_TENGAH,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_event,
    make_officer,
    make_reply,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST = reverse("office:cases")
WORDS = "Kami periksa: sumbernya ada."


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.OFFICE_REQUIRES_MFA = False


@pytest.fixture
def officer(client):
    found = make_officer(name="Wati Kusuma")
    client.force_login(found)
    return found


def reported(item=None, **said) -> Case:
    """A case of an item that a reader has reported."""
    return complaints.actions.report(item or make_article(), **{"rule": "untrue", **said}).case


def overdue_case(item=None) -> Case:
    """One that waits for more than 48 hours."""
    case = reported(item)
    then = timezone.now() - timedelta(hours=50)
    Case.objects.filter(pk=case.pk).update(opened_at=then, due_at=then + timedelta(hours=48))
    return case


def desk_of(item) -> str:
    return reverse("office:item", args=[item.KIND, item.pk])


def test_open_cases_lie_on_the_desk_by_deadline(client, officer):
    later, sooner = reported(), overdue_case(make_event())
    page = client.get(LIST)
    assert [case.pk for case in page.context["page_obj"]] == [sooner.pk, later.pk]
    desk = client.get(reverse("office:desk"))
    assert (desk.context["reported"].number, desk.context["reported"].late) == (2, 1)


def test_what_lies_elsewhere_is_not_listed(client):
    case = reported()
    client.force_login(make_officer(LOMBOK_TENGAH))
    assert len(client.get(LIST).context["page_obj"]) == 0
    assert client.post(reverse("office:decide_case", args=[case.pk])).status_code == 404


def test_the_item_shows_what_readers_say_but_not_who_they_are(client, officer):
    item, reader = make_article(), make_user("Rina Pelapor")
    reported(item, words="Jembatan itu belum selesai.", by=reader)
    page = client.get(desk_of(item)).content.decode()
    assert "Jembatan itu belum selesai." in page
    assert reader.name not in page


@pytest.mark.parametrize("outcome", ["kept", "repaired"])
def test_a_case_is_decided_with_words(client, officer, outcome):
    case = reported()
    url = reverse("office:decide_case", args=[case.pk])
    client.post(url, {"outcome": outcome})
    assert Case.objects.get().outcome == ""
    assert client.post(url, {"outcome": outcome, "words": WORDS}).url == LIST
    case.refresh_from_db()
    assert (case.outcome, case.decided_by) == (outcome, officer)
    assert [row.pk for row in client.get(f"{LIST}?selesai=1").context["page_obj"]] == [case.pk]


def test_a_report_that_nobody_has_read_is_not_answered_and_the_typed_words_stay(client, officer):
    item = make_article()
    case = reported(item, words="Jembatan itu belum selesai.")
    url = reverse("office:decide_case", args=[case.pk])
    sent = {"outcome": "kept", "words": WORDS}
    read = client.get(desk_of(item)).context["read_until"].isoformat()
    reported(item, rule="children", words="Nama sekolahnya disebut.")
    answer = client.post(url, {**sent, "read_until": read})
    page = answer.content.decode()
    assert (answer.status_code, Case.objects.get().outcome) == (409, "")
    assert "Nama sekolahnya disebut." in page
    assert f">\n{WORDS}</textarea>" in page
    read = answer.context["read_until"].isoformat()
    assert client.post(url, {**sent, "read_until": read}).url == LIST
    assert Case.objects.get().outcome == "kept"


def test_the_newest_words_of_who_reports_again_are_read_too(client, officer):
    item, reader = make_article(), make_user("Rina Pelapor")
    case = reported(item, by=reader)
    read = client.get(desk_of(item)).context["read_until"].isoformat()
    reported(item, by=reader, words="Nama sekolahnya disebut.")
    url = reverse("office:decide_case", args=[case.pk])
    assert client.post(url, {"outcome": "kept", "words": WORDS, "read_until": read}).status_code == 409


def test_words_that_are_too_long_are_not_lost(client, officer):
    case = reported()
    url = reverse("office:decide_case", args=[case.pk])
    answer = client.post(url, {"outcome": "kept", "words": "panjang " * 251})
    assert (answer.status_code, "panjang " * 251 in answer.content.decode()) == (422, True)


def test_withdrawing_on_the_desk_answers_the_reports(client, officer):
    item = make_article()
    reported(item)
    withdrawal = {"move": "suspend", "rule": "children", "reason": "Dapat dikenali.", "hides_title": "on"}
    client.post(reverse("office:decide", args=["article", item.pk]), withdrawal)
    item.refresh_from_db()
    assert (item.status, item.is_title_hidden) == (Status.SUSPENDED, True)
    assert Case.objects.get().outcome == "withdrawn"


def test_the_level_above_decides_once_it_is_overdue(client, officer):
    item = make_article()
    case = reported(item)
    client.force_login(make_officer(SUMATERA_SELATAN))
    url = reverse("office:decide_case", args=[case.pk])
    client.post(url, {"outcome": "kept", "words": WORDS})
    assert Case.objects.get().outcome == ""
    now = timezone.now()
    Case.objects.update(opened_at=now - timedelta(days=3), due_at=now - timedelta(days=1))
    assert client.get(desk_of(item)).context["may_decide_case"]
    client.post(url, {"outcome": "kept", "words": WORDS})
    assert Case.objects.get().outcome == "kept"


def test_overdue_cases_are_told_to_the_office_and_the_level_above():
    own = make_officer(name="Kabupaten")
    above = make_officer(SUMATERA_SELATAN, name="Provinsi")
    overdue_case()
    overdue_case(make_community())
    overdue.tell()
    told = {row.target.user: row.details for row in Activity.objects.filter(verb="desk.overdue")}
    assert [(told[one]["own"], told[one]["number"]) for one in (own, above)] == [(2, 0), (0, 2)]


def test_the_pages_ask_as_much_for_many_as_for_one(client, officer):
    item = make_article()
    case = reported(item)
    reported(make_reply())
    pages = [LIST, desk_of(item)]

    def asked() -> list[int]:
        found = []
        for url in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
        return found

    asked()
    few = asked()
    for _ in range(8):
        reported()
        reported(make_reply())
        complaints.actions.report(item, rule="children")
    assert case.reports.count() == 9
    assert asked() == few
    assert max(few) <= 15
