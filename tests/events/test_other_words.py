"""Other words of a published event wait for the office; until then everybody sees it as it is."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

import moderation.actions
from events import change_actions
from events.models import Event, EventChange
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
    all_yes,
    make_community,
    make_event,
    make_event_change,
    make_member,
    make_officer,
)

pytestmark = pytest.mark.django_db
LOG = ("complaints:log", "complaints:feed")


@pytest.fixture
def event() -> Event:
    """A published event of a member."""
    community = make_community()
    return make_event(
        community=community, author=make_member(community), title="Rapat warga", text="Bawa sapu."
    )


def begun(event, **words):
    """Other words of its author, not stored."""
    change = change_actions.begin(event)
    for name, said in {"text": "Bawa cangkul.", "reason": "Alatnya keliru.", **words}.items():
        setattr(change, name, said)
    return change


def sent(event, *, by=None, **words):
    """The same, with the office."""
    by = by or event.created_by
    change = change_actions.save(begun(event, **words), by=by)
    change_actions.send(change, by=by)
    change.refresh_from_db()
    return change


def approved(change):
    return moderation.actions.move(change, "approve", by=make_officer())


def page_of(client, event):
    event.refresh_from_db()
    return client.get(event.get_absolute_url()).content.decode()


def typed(client, url, **words):
    """The form of the page, sent with other words."""
    form = client.get(url, follow=True).context["form"]
    return {**{name: form[name].value() for name in form.fields}, "is_before_hidden": "", **words}


def test_the_public_version_stands_until_it_is_approved(event, client):
    client.force_login(event.created_by)
    url = reverse("events:reword", args=[event.pk, event.slug])
    words = typed(client, url, text="Bawa cangkul.", reason="Alatnya keliru.", then="submit")
    assert client.post(url, words).status_code == 302
    change = EventChange.objects.get()
    assert change.status == Status.SUBMITTED
    client.logout()
    assert "Bawa sapu." in page_of(client, event)
    assert "cangkul" not in page_of(client, event)
    approved(change)
    said = page_of(client, event)
    assert ("Bawa cangkul." in said, "Alatnya keliru." in said, "sapu" in said) == (True, True, True)
    assert (event.text, event.status, event.sequence) == ("Bawa cangkul.", Status.APPROVED, 1)


def test_it_stands_in_the_public_log_unless_the_event_is_withdrawn(event, client):
    approved(sent(event))
    assert ["Alatnya keliru." in client.get(reverse(page)).content.decode() for page in LOG] == [True, True]
    event.refresh_from_db()
    moderation.actions.move(event, "suspend", by=make_officer(), reason="Bohong.", cited="untrue")
    assert ["Alatnya keliru." in client.get(reverse(page)).content.decode() for page in LOG] == [False, False]


def test_old_words_that_name_a_child_are_hidden_here_and_in_what_came_before(event, client):
    approved(sent(event, text="Untuk Budi, 9 tahun.", reason="Untuk Budi."))
    event.refresh_from_db()
    approved(sent(event, text="Untuk anak-anak.", reason="Lebih umum.", is_before_hidden=True))
    pages = [page_of(client, event), *(client.get(reverse(page)).content.decode() for page in LOG)]
    assert ["Budi" in page for page in [*pages, client.get(reverse("events:feed")).content.decode()]] == [
        False, False, False, False,
    ]  # fmt: skip


def test_the_office_sends_it_back_and_never_rejects_it(event, client):
    change = sent(event)
    officer = make_officer()
    client.force_login(officer)
    desk = client.get(reverse("office:item", args=["eventchange", change.pk]))
    assert [move.name for move, _label in desk.context["moves"]] == ["approve", "return"]
    client.post(
        reverse("office:decide", args=["eventchange", change.pk]),
        {"move": "return", "reason": "Sebutkan alatnya.", "seen": change.submitted_at.isoformat(),
         **all_yes(EventChange)},
    )  # fmt: skip
    change.refresh_from_db()
    assert change.status == Status.RETURNED
    client.force_login(event.created_by)
    assert "Sebutkan alatnya." in client.get(f"{change.get_absolute_url()}ubah/").content.decode()
    assert change.get_absolute_url() in client.get(reverse("events:mine")).content.decode()


def test_an_officer_of_another_region_decides_nothing(event):
    with pytest.raises(PermissionDenied):
        moderation.actions.move(sent(event), "approve", by=make_officer(LOMBOK_TENGAH))


def test_a_member_of_another_kim_writes_nothing(event):
    with pytest.raises(PermissionDenied):
        change_actions.save(begun(event), by=make_community().created_by)


def test_a_second_click_is_the_same_change(event, client):
    client.force_login(event.created_by)
    url = reverse("events:reword", args=[event.pk, event.slug])
    words = typed(client, url, text="Bawa cangkul.", reason="Keliru.", then="submit")
    answers = [client.post(url, words) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert EventChange.objects.get().status == Status.SUBMITTED


def test_who_comes_second_sees_the_words_of_the_first(event, client):
    first = change_actions.save(begun(event), by=event.community.created_by)
    client.force_login(event.created_by)
    url = reverse("events:reword", args=[event.pk, event.slug])
    words = {
        "title": event.title, "text": "Bawa parang.", "reason": "Keliru.", "then": "draft",
        "event_version": event.changed_at.isoformat(),
    }  # fmt: skip
    answer = client.post(url, words)
    assert answer.status_code == 409
    assert "Bawa parang." in answer.content.decode()
    assert answer.context["stored"] == first
    again = {**words, "version": answer.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    first.refresh_from_db()
    assert first.text == "Bawa parang."


def test_a_time_moved_meanwhile_stays_and_the_words_join_it(event):
    change = sent(event)
    change_actions.move(
        event, by=event.created_by, starts_at=event.starts_at, ends_at=event.ends_at, place="Lapangan", seen=0
    )
    approved(change)
    event.refresh_from_db()
    assert (event.place, event.text, event.sequence) == ("Lapangan", "Bawa cangkul.", 2)


def test_where_the_same_words_became_others_nobody_guesses(event):
    change = sent(event)
    Event.objects.filter(pk=event.pk).update(text="Bawa sapu lidi.")
    with pytest.raises(TransitionRefused):
        approved(change)
    event.refresh_from_db()
    assert event.text == "Bawa sapu lidi."


def test_it_is_thrown_away_while_it_is_not_with_the_office(event, client):
    change = change_actions.save(begun(event), by=event.created_by)
    client.force_login(event.created_by)
    url = reverse("events:move_change", args=[change.pk])
    assert client.post(url, {"move": "discard"}).url == event.get_absolute_url()
    assert not EventChange.objects.exists()
    change = sent(event)
    client.post(reverse("events:move_change", args=[change.pk]), {"move": "discard"})
    assert EventChange.objects.get() == change


def test_a_withdrawn_event_keeps_its_words(event):
    change = sent(event)
    moderation.actions.move(event, "suspend", by=make_officer(), reason="Bohong.", cited="untrue")
    with pytest.raises(TransitionRefused):
        approved(change)


def test_without_a_reason_or_a_change_it_is_not_sent(event):
    for words in ({"reason": ""}, {"text": event.text}, {"text": " "}):
        change = change_actions.save(begun(event, **words), by=event.created_by)
        with pytest.raises(TransitionRefused):
            change_actions.send(change, by=event.created_by)
        change_actions.discard(change, by=event.created_by)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_it_at_once_one_is_told_of_the_other(event):
    outcomes: list[str] = []

    def go(place: str) -> None:
        to = {"starts_at": event.starts_at, "ends_at": event.ends_at, "place": place}
        try:
            change_actions.move(event, by=event.community.created_by, seen=0, **to)
            outcomes.append("moved")
        except change_actions.Overtaken:
            outcomes.append("overtaken")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(place,)) for place in ("Lapangan", "Sekolah")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved", "overtaken"]
    assert EventChange.objects.count() == 1


def test_facts_are_never_sent_for_review_nor_words_published_first(event):
    change = make_event_change(Status.DRAFT, event=event)
    with pytest.raises(TransitionRefused):
        moderation.actions.move(change, "publish_first", by=event.created_by)
