"""The pages of those who write, read and support aspirations, and of the office."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from accounts.actions import erase
from accounts.models import User
from activity.models import Activity
from aspirations import actions
from aspirations.models import Aspiration, Support
from communities.models import Membership
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_aspiration,
    make_community,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
WRITE = reverse("aspirations:write")
LIST = reverse("aspirations:list")


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.OFFICE_REQUIRES_MFA = False


def typed(**fields) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "region": TOMAN,
        "title": "Perbaiki jembatan dusun dua",
        "text": "Jembatan dusun dua rusak sejak bulan lalu dan anak sekolah memutar jauh.",
        "is_public": "1",
        **fields,
    }


def titles(answer) -> set[str]:
    return {aspiration.title for aspiration in answer.context["page_obj"].object_list}


def test_a_citizen_sends_one_to_the_office_of_the_region(client):
    author = make_user()
    client.force_login(author)
    answer = client.post(WRITE, typed())
    sent = Aspiration.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, sent.get_absolute_url())
    assert (sent.sent_by, sent.region_id, sent.desk_id, sent.status) == (author, TOMAN, TOMAN, "sent")
    assert sent.due_at == sent.receive_due_at < sent.answer_due_at
    assert Activity.objects.get().verb == "aspiration.send"


def test_of_two_clicks_one_is_sent(client):
    client.force_login(make_user())
    given = typed()
    found = {client.post(WRITE, given)["Location"] for _click in range(2)}
    assert (len(found), Aspiration.objects.count(), Activity.objects.count()) == (1, 1, 1)


def test_a_manager_speaks_for_the_village_of_the_kim(client):
    community = make_community(name="KIM Surya")
    client.force_login(community.created_by)
    client.post(WRITE, typed(region="", community=str(community.pk)))
    sent = Aspiration.objects.get()
    assert (sent.community, sent.region_id, sent.speaker) == (community, TOMAN, "KIM Surya")


def test_a_member_does_not_speak_for_the_kim(client):
    community = make_community()
    client.force_login(make_member(community))
    client.post(WRITE, typed(community=str(community.pk)))
    assert Aspiration.objects.get().community is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"text": "Pendek"}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": "a\x00" * 30}, "text"),
        ({"region": ""}, "region"),
        ({"region": "16"}, "region"),
        ({"region": "99.99"}, "region"),
        ({"is_public": "2"}, "is_public"),
        ({"form_key": "x"}, "form_key"),
    ],
)
def test_bad_input_is_said_and_nothing_is_sent(client, wrong, field):
    client.force_login(make_user())
    answer = client.post(WRITE, typed(**wrong))
    assert (answer.status_code, Aspiration.objects.count()) == (422, 0)
    assert field in answer.context["form"].errors


def test_words_are_shown_as_words(client):
    aspiration = make_aspiration("working", title="<b>Judul</b>", text="<script>alert(1)</script>\n\nBaris")
    page = client.get(aspiration.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<b>Judul" not in page


def test_who_has_not_agreed_to_the_terms_is_led_there(client):
    client.force_login(make_user(agreed=False))
    assert client.get(WRITE)["Location"].startswith(reverse("accounts:terms"))


def test_nobody_floods_an_office(client):
    client.force_login(make_user())
    codes = [client.post(WRITE, typed()).status_code for _ in range(actions.MOST_A_DAY + 1)]
    assert codes == [302] * actions.MOST_A_DAY + [422]


def test_the_list_holds_what_an_office_has_received_and_does_not_keep_back(client):
    officer = make_officer()
    make_aspiration("sent", title="Baru")
    make_aspiration("working", title="Dikerjakan")
    make_aspiration("working", title="Rahasia", is_public=False)
    make_aspiration("withdrawn", title="Ditarik")
    hidden = make_aspiration("answered", title="Menyebut nama anak")
    actions.take_step(hidden, "keep_back", by=officer, words="Nama anak.")
    assert titles(client.get(LIST)) == {"Dikerjakan"}
    assert client.get(hidden.get_absolute_url()).status_code == 404
    actions.take_step(hidden, "show", by=officer)
    assert titles(client.get(LIST)) == {"Dikerjakan", "Menyebut nama anak"}


def test_the_list_is_narrowed_and_ordered(client):
    make_aspiration("answered", title="Toman", support_count=3)
    make_aspiration("working", title="Sekayu", region_id="16.06.01.2001", support_count=9)
    make_aspiration("working", title="Lombok", region_id="52.02.01.2010")
    assert titles(client.get(LIST, {"wilayah": MUSI_BANYUASIN})) == {"Toman", "Sekayu"}
    assert titles(client.get(LIST, {"status": "answered"})) == {"Toman"}
    ordered = client.get(LIST, {"urut": "dukungan"}).context["page_obj"].object_list
    assert [aspiration.title for aspiration in ordered] == ["Sekayu", "Toman", "Lombok"]


@pytest.mark.parametrize(
    "query", ["?wilayah=x", "?status=draft", "?urut=x", "?komunitas=%00", "?sesudah=x", "?wilayah=99.99"]
)
def test_an_odd_query_shows_the_list(client, query):
    assert client.get(LIST + query).status_code == 200


def test_private_ones_are_seen_by_their_own_and_the_offices_alone(client):
    community = make_community()
    author = make_member(community, role=Membership.Role.MANAGER)
    people = {
        "author": author,
        "manager": community.created_by,
        "member": make_member(community),
        "officer": make_officer(),
        "above": make_officer(SUMATERA_SELATAN),
        "elsewhere": make_officer(LOMBOK_TENGAH),
        "stranger": make_user(),
    }
    aspiration = make_aspiration("working", author=author, community=community, is_public=False)
    found = {"visitor": client.get(aspiration.get_absolute_url()).status_code}
    for name, person in people.items():
        client.force_login(person)
        found[name] = client.get(aspiration.get_absolute_url()).status_code
    assert found == {
        "visitor": 404, "author": 200, "manager": 200, "member": 404, "officer": 200, "above": 200,
        "elsewhere": 404, "stranger": 404,
    }  # fmt: skip


def test_a_citizen_is_not_named_to_the_public(client):
    aspiration = make_aspiration("working", author=make_user("Nyai Ratna"))
    assert "Nyai Ratna" not in client.get(aspiration.get_absolute_url()).content.decode()
    client.force_login(make_officer())
    office = reverse("office:aspiration", args=[aspiration.pk])
    assert "Nyai Ratna" in client.get(office).content.decode()


def test_what_the_author_says_to_the_office_is_not_public(client):
    author, officer = make_user(), make_officer()
    aspiration = make_aspiration("answered", author=author)
    actions.take_step(aspiration, "reopen", by=author, words="Rumah saya nomor tujuh.")
    actions.take_step(aspiration, "work", by=officer, words="Tim ke lokasi.")
    page = client.get(aspiration.get_absolute_url()).content.decode()
    assert ("nomor tujuh" in page, "Tim ke lokasi" in page) == (False, True)
    client.force_login(author)
    assert "nomor tujuh" in client.get(aspiration.get_absolute_url()).content.decode()


def test_people_support_once_and_may_undo_it(client):
    aspiration = make_aspiration("working")
    address = reverse("aspirations:support", args=[aspiration.pk])

    def count() -> tuple[int, int]:
        aspiration.refresh_from_db()
        return aspiration.support_count, Support.objects.count()

    for _person in range(2):
        client.force_login(make_user())
        for _click in range(2):
            client.post(address)
    assert count() == (2, 2)
    for _click in range(2):
        client.post(address, {"do": "undo"})
    assert count() == (1, 1)
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(("status", "expected"), [("answered", 1), ("closed", 0)])
def test_what_is_closed_takes_no_support(client, status: str, expected: int):
    client.force_login(make_user())
    client.post(reverse("aspirations:support", args=[make_aspiration(status).pk]))
    assert Support.objects.count() == expected


def test_nobody_supports_their_own(client):
    aspiration = make_aspiration("working")
    client.force_login(aspiration.sent_by)
    client.post(reverse("aspirations:support", args=[aspiration.pk]))
    assert Support.objects.count() == 0


def test_an_office_does_its_work_through_its_pages(client):
    client.force_login(make_officer())
    aspiration = make_aspiration()
    page, step = (
        reverse(f"office:{name}", args=[aspiration.pk]) for name in ("aspiration", "step_aspiration")
    )
    assert client.get(page).status_code == 200
    posted = [
        {"step": "receive"},
        {"step": "work", "words": "Kami survei."},
        {"step": "forward", "forwarded_to": "Dinas PUPR", "lapor_number": "8123"},
        {"step": "answer", "words": "Sudah diperbaiki."},
    ]
    assert [client.post(step, data).status_code for data in posted] == [302] * 4
    aspiration.refresh_from_db()
    assert (aspiration.status, aspiration.answer, aspiration.lapor_number) == (
        "answered", "Sudah diperbaiki.", "8123",
    )  # fmt: skip
    assert "Dinas PUPR (SP4N-LAPOR! 8123)" in client.get(page).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"step": "answer", "words": ""},
        {"step": "forward"},
        {"step": "hand_over"},
        {"step": "hand_over", "office": TOMAN},
        {"step": "hand_over", "office": MUSI_BANYUASIN},
        {"step": "hand_over", "office": SUMATERA_SELATAN, "to_ministry": "on"},
        {"step": "work", "words": "x" * 4001},
    ],
)
def test_what_is_missing_is_said_and_nothing_is_done(client, data):
    client.force_login(make_officer())
    aspiration = make_aspiration("working")
    answer = client.post(reverse("office:step_aspiration", args=[aspiration.pk]), data)
    assert (answer.status_code, Activity.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["", "close", "lapse", "nonsense"])
def test_a_step_that_is_not_the_offices_is_not_known(client, name):
    client.force_login(make_officer())
    aspiration = make_aspiration("answered")
    answer = client.post(reverse("office:step_aspiration", args=[aspiration.pk]), {"step": name})
    assert (answer.status_code, Activity.objects.count()) == (302, 0)


def test_the_office_finds_by_status_number_title_region_and_delay(client):
    from datetime import timedelta

    from django.utils import timezone

    client.force_login(make_officer())
    first = make_aspiration(title="Jembatan", due_at=timezone.now() - timedelta(hours=1))
    make_aspiration("answered", title="Air bersih", region_id="16.06.01.2001")
    make_aspiration("working", title="Lampu jalan", region_id="16.06.01.2001")
    make_aspiration("working", title="Jauh", region_id="52.02.01.2010")
    handed = make_aspiration(
        "forwarded", title="Dari sebelah", region_id="16.07.01.2001", desk_id=MUSI_BANYUASIN
    )
    address = reverse("office:aspirations")
    found = {
        query: titles(client.get(f"{address}?{query}"))
        for query in ("", "status=answered", "status=semua", f"q={first.reference}", "q=lampu", "terlambat=1",
                      "wilayah=16.06.01", "wilayah=x&status=y&q=%00")
    }  # fmt: skip
    waiting = {"Jembatan", "Lampu jalan", handed.title}
    assert found == {
        "": waiting,
        "status=answered": {"Air bersih"},
        "status=semua": waiting | {"Air bersih"},
        f"q={first.reference}": {"Jembatan"},
        "q=lampu": {"Lampu jalan"},
        "terlambat=1": {"Jembatan"},
        "wilayah=16.06.01": {"Lampu jalan"},
        "wilayah=x&status=y&q=%00": waiting,
    }


def test_who_goes_leaves_what_is_public_and_takes_the_rest(client):
    author = make_user("Siti Aminah")
    shown = make_aspiration("working", author=author, title="Jembatan")
    hidden = make_aspiration("working", author=author, is_public=False, title="Urusan saya")
    other = make_aspiration("working", support_count=1)
    Support.objects.create(aspiration=other, user=author)
    erase(author)
    for aspiration in (shown, hidden, other):
        aspiration.refresh_from_db()
    assert (shown.title, shown.status, shown.sent_by.name) == ("Jembatan", "working", "")
    assert (hidden.status, hidden.due_at, "Urusan" in hidden.title) == ("withdrawn", None, False)
    assert (other.support_count, Support.objects.count()) == (0, 0)


def test_people_take_along_what_they_wrote_and_support(client):
    author = make_user()
    make_aspiration("answered", author=author, title="Jembatan")
    Support.objects.create(aspiration=make_aspiration("working", title="Lampu"), user=author)
    client.force_login(author)
    data = client.get(reverse("accounts:export")).json()
    assert [one["title"] for one in data["aspirations"]] == ["Jembatan"]
    assert [one["aspiration__title"] for one in data["supported_aspirations"]] == ["Lampu"]


def test_public_ones_stand_in_the_sitemap(client):
    shown, hidden = make_aspiration("working"), make_aspiration("working", is_public=False)
    page = client.get(reverse("home:sitemap_section", args=["aspirasi"])).content.decode()
    assert (shown.get_absolute_url() in page, hidden.get_absolute_url() in page) == (True, False)


def test_nothing_is_mailed_by_writing_with_an_account(client):
    client.force_login(User.objects.get(pk=make_user().pk))
    client.post(WRITE, typed())
    assert mail.outbox == []
