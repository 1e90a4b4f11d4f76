"""Taking an item at the desk, and going on to the next."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from moderation import claims
from moderation.reviewing import Claim
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
    SUMATERA_SELATAN,
    all_yes,
    make_article,
    make_community,
    make_event,
    make_officer,
)

pytestmark = pytest.mark.django_db
DESK = reverse("office:desk")


@pytest.fixture
def wati(client):
    user = make_officer(name="Wati")
    client.force_login(user)
    return user


@pytest.fixture
def item():
    return make_article(Status.SUBMITTED)


def address(name, item):
    return reverse(f"office:{name}", args=[item.KIND, item.pk])


def decide(client, item, move="approve", query="", **sent):
    item.refresh_from_db()
    seen = item.submitted_at.isoformat()
    sent = {"move": move, "seen": seen, **all_yes(type(item)), **sent}
    return client.post(f"{address('decide', item)}?{query}", sent)


def test_opening_an_item_changes_nothing(client, wati, item):
    client.get(address("item", item))
    assert not Claim.objects.exists()


def test_the_button_takes_it_and_everybody_sees_who_has_it(client, wati, item):
    assert client.post(f"{address('take', item)}?q=warga").url == f"{address('item', item)}?q=warga"
    assert claims.current(item).taken_by == wati
    client.force_login(make_officer(name="Budi"))
    for url in (DESK, address("item", item)):
        assert "Wati" in client.get(url).content.decode()


def test_while_another_has_it_there_is_no_decision_to_press(client, wati, item):
    claims.take(item, by=make_officer(name="Budi Santoso"))
    page = client.get(address("item", item)).content.decode()
    assert 'name="move"' not in page
    decide(client, item)
    item.refresh_from_db()
    assert item.status == Status.SUBMITTED
    page = client.get(DESK).content.decode()
    assert "Budi Santoso" in page


def test_it_is_given_back(client, wati, item):
    client.post(address("take", item))
    client.post(address("release", item))
    assert not Claim.objects.exists()


@pytest.mark.parametrize(("role", "taker"), [(Role.HEAD, "Kepala"), (Role.OFFICER, "Wati")])
def test_only_a_head_takes_over(client, item, wati, role, taker):
    claims.take(item, by=wati)
    client.force_login(make_officer(name="Kepala", role=role))
    offered = 'name="alih"' in client.get(address("item", item)).content.decode()
    client.post(address("take", item), {"alih": "1"})
    assert offered is (role == Role.HEAD)
    assert claims.current(item).taken_by.name == taker


def test_the_quiet_way_answers_without_a_page(client, wati, item):
    assert client.post(address("take", item), {"diam": "1"}).status_code == 204
    client.force_login(make_officer(name="Budi"))
    refused = client.post(address("take", item), {"diam": "1"})
    assert refused.status_code == 409
    assert "Wati" in refused.content.decode()


@pytest.mark.parametrize("name", ["take", "release", "note"])
def test_another_region_finds_nothing(client, item, name):
    client.force_login(make_officer(LOMBOK_TENGAH))
    assert client.post(address(name, item), {"text": "Halo"}).status_code == 404


def test_the_level_above_may_not_take_what_is_not_its_turn(client, item):
    make_officer()
    client.force_login(make_officer(SUMATERA_SELATAN))
    client.post(address("take", item))
    assert not Claim.objects.exists()
    assert client.post(address("take", item), {"diam": "1"}).status_code == 403


def test_after_a_decision_comes_the_next_of_the_same_list_and_it_is_taken(client, wati):
    community = make_community()
    now = timezone.now()
    first, event, second, third = (
        make(Status.SUBMITTED, community=community, due_at=now + timedelta(hours=hours))
        for hours, make in enumerate((make_article, make_event, make_article, make_article), 1)
    )
    claims.take(second, by=make_officer(name="Budi"))
    answer = decide(client, first, query="jenis=article")
    assert answer.url == f"{address('item', third)}?jenis=article"
    assert claims.current(third).taken_by == wati
    assert claims.current(event) is None


def test_the_next_lies_behind_the_one_that_was_decided_and_then_at_the_top(client, wati):
    now = timezone.now()
    items = [make_event(Status.SUBMITTED, due_at=now + timedelta(hours=hours)) for hours in (1, 2, 3)]
    assert decide(client, items[1]).url == address("item", items[2])
    assert decide(client, items[2]).url == address("item", items[0])
    assert decide(client, items[0]).url == DESK


def test_newest_first_goes_on_to_the_older_one(client, wati):
    items = [make_event(Status.SUBMITTED) for _ in range(3)]
    for age, item in enumerate(items):
        type(item).objects.filter(pk=item.pk).update(submitted_at=timezone.now() - timedelta(hours=age))
    assert decide(client, items[1], query="urut=baru").url == f"{address('item', items[2])}?urut=baru"


def test_a_decided_list_is_shown_again_after_a_decision(client, wati):
    item = make_article()
    answer = decide(client, item, "suspend", query="status=approved", reason="Foto anak.", rule="children")
    assert answer.url == f"{DESK}?status=approved"


def test_the_next_free_one_is_taken_from_the_list(client, wati):
    now = timezone.now()
    first, second = (make_article(Status.SUBMITTED, due_at=now + timedelta(hours=hours)) for hours in (1, 2))
    claims.take(first, by=make_officer(name="Budi"))
    assert client.post(reverse("office:take_next")).url == address("item", second)
    assert claims.current(second).taken_by == wati


def test_nothing_free_leads_back_to_the_list(client, wati):
    assert client.post(f"{reverse('office:take_next')}?jenis=event").url == f"{DESK}?jenis=event"


def test_a_saved_reply_is_put_into_the_note_without_javascript(client, wati, item):
    from accounts.models import Office
    from tests.factories import MUSI_BANYUASIN

    office = Office.objects.create(region_id=MUSI_BANYUASIN, name="Dinas Kominfo")
    reply = office.saved_replies.create(title="Sumber", text="Mohon sebutkan <sumbernya>.")
    answer = client.post(address("decide", item), {"sisip": "1", "balasan": reply.pk, "reason": "Halo Rina,"})
    assert answer.status_code == 200
    assert answer.context["form"]["reason"].value() == "Halo Rina,\nMohon sebutkan <sumbernya>."
    item.refresh_from_db()
    assert item.status == Status.SUBMITTED


def test_replies_of_other_offices_are_not_offered(client, wati, item):
    from accounts.models import Office

    office = Office.objects.create(region_id=LOMBOK_TENGAH, name="Dinas lain")
    reply = office.saved_replies.create(title="Rahasia dinas lain", text="Bukan untuk Anda.")
    page = client.post(address("decide", item), {"sisip": "1", "balasan": reply.pk}).content.decode()
    assert "Rahasia dinas lain" not in page
    assert "Bukan untuk Anda." not in page


def test_a_note_is_left_at_the_item_and_shown_there(client, wati, item):
    answer = client.post(address("note", item), {"text": "Sudah saya telepon <b>ketuanya</b>."})
    assert answer.url == f"{address('item', item)}#catatan"
    assert (
        "Sudah saya telepon &lt;b&gt;ketuanya&lt;/b&gt;."
        in client.get(address("item", item)).content.decode()
    )


def test_an_empty_note_is_asked_for(client, wati, item):
    assert client.post(address("note", item), {"text": "  "}).status_code == 422


def test_what_changed_since_it_was_returned_stands_on_the_item(client, wati):
    import moderation.actions

    item = make_article(Status.DRAFT, lead="Warga <b>bergotong</b> royong.")
    author = item.created_by
    moderation.actions.move(item, "submit", by=author)
    moderation.actions.move(item, "return", by=wati, reason="Mohon dilengkapi.")
    type(item).objects.update(lead="Warga desa <b>bergotong</b> royong.")
    item.refresh_from_db()
    moderation.actions.move(item, "submit", by=author)
    page = client.get(address("item", item)).content.decode()
    section = page[page.index('class="note changes"') :]
    section = section[: section.index("</section>")]
    assert "<ins>" in section
    assert "&lt;b&gt;bergotong" in section
    assert "<b>bergotong" not in section
