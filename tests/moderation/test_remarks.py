"""Notes at places in the text: whose they are, where they stand, what their author says."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder

import moderation.actions
from accounts import personal_data
from activity.models import Activity
from moderation import claims, remarks
from moderation.errors import TransitionRefused
from moderation.models import Remark
from moderation.remarks import Answer, Place
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
    SUMATERA_SELATAN,
    make_amendment,
    make_article,
    make_event,
    make_item,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
BODY = "<p>Warga menanam bakau di pantai.</p><p>Sebanyak 500 bibit ditanam hari ini.</p><p>Selesai siang.</p>"


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def article():
    return make_article(Status.SUBMITTED, body=BODY)


def note(item, officer, number=1, **words):
    return remarks.write(
        item, Place("body", number), by=officer, **{"text": "Siapa yang menghitung?", **words}
    )


def returned(item, officer):
    return moderation.actions.move(item, "return", by=officer, reason="Lihat catatan.")


def test_a_note_stands_at_its_paragraph_with_the_words_it_is_about(article, officer):
    note(article, officer, quote=" 500 bibit ")
    kept = Remark.objects.get()
    assert (kept.passage, kept.quote) == ("Sebanyak 500 bibit ditanam hari ini.", "500 bibit")
    assert list(remarks.margin(article, remarks.about(article)).here) == [Place("body", 1)]


def test_words_that_do_not_stand_there_are_not_quoted(article, officer):
    assert note(article, officer, quote="seribu bibit").quote == ""


def test_a_second_click_is_the_same_note(article, officer):
    assert note(article, officer).pk == note(article, officer).pk
    assert note(article, officer, text="Lain.").pk != note(article, officer).pk


@pytest.mark.parametrize(
    "place", [Place("body", 3), Place("body", -1), Place("byline", 0), Place("search", 0)]
)
def test_there_is_no_note_where_there_is_no_place(article, officer, place):
    with pytest.raises(TransitionRefused):
        remarks.write(article, place, by=officer, text="?")


def test_only_who_decides_leaves_notes(article, officer):
    for stranger in (
        article.created_by,
        make_user(),
        make_officer(LOMBOK_TENGAH),
        make_officer(SUMATERA_SELATAN),
    ):
        with pytest.raises(PermissionDenied):
            note(article, stranger)


def test_while_another_officer_has_it_nobody_else_leaves_notes(article, officer):
    claims.take(article, by=officer)
    with pytest.raises(TransitionRefused):
        note(article, make_officer(name="Budi"))


@pytest.mark.parametrize("status", [Status.APPROVED, Status.RETURNED, Status.REJECTED])
def test_what_is_decided_gets_no_more_notes(officer, status):
    with pytest.raises(PermissionDenied):
        note(make_article(status, body=BODY), officer)


@pytest.mark.parametrize("move", ["return", "approve", "reject"])
def test_its_author_sees_it_with_the_decision_and_not_before(article, officer, move):
    kept = note(article, officer)
    assert list(remarks.told(article)) == []
    moderation.actions.move(article, move, by=officer, reason="Lihat catatan.", cited="untrue")
    assert list(remarks.told(article)) == [kept]


def test_until_then_its_officer_takes_it_off_and_nobody_else(article, officer):
    kept = note(article, officer)
    with pytest.raises(PermissionDenied):
        remarks.take_back(kept, by=make_officer(name="Budi"))
    remarks.take_back(kept, by=officer)
    assert not Remark.objects.exists()


def test_what_its_author_has_seen_stays(article, officer):
    kept = note(article, officer)
    returned(article, officer)
    with pytest.raises(PermissionDenied):
        remarks.take_back(kept, by=officer)


def test_its_author_answers_what_was_told_until_it_is_sent(article, officer):
    kept = note(article, officer)
    returned(article, officer)
    remarks.answer(article, {kept.pk: Answer("Ketua kelompok.", is_repaired=True)}, by=article.created_by)
    kept.refresh_from_db()
    assert (kept.answer, kept.is_repaired, kept.answered_by) == ("Ketua kelompok.", True, article.created_by)
    moderation.actions.move(article, "submit", by=article.created_by)
    remarks.answer(article, {kept.pk: Answer("Lain.", is_repaired=False)}, by=article.created_by)
    kept.refresh_from_db()
    assert kept.answer == "Ketua kelompok."


def test_an_answer_that_is_emptied_is_none(article, officer):
    kept = note(article, officer)
    returned(article, officer)
    for said in (Answer("Ya.", is_repaired=False), Answer("", is_repaired=False)):
        remarks.answer(article, {kept.pk: said}, by=article.created_by)
    kept.refresh_from_db()
    assert (kept.answered_at, kept.answered_by) == (None, None)


def test_nobody_answers_for_its_authors_or_beside_their_item(article, officer):
    kept = note(article, officer)
    returned(article, officer)
    said = {kept.pk: Answer("Saya.", is_repaired=False)}
    for stranger in (make_user(), make_member(article.community), officer):
        with pytest.raises(PermissionDenied):
            remarks.answer(article, said, by=stranger)
    other = make_article(Status.RETURNED)
    remarks.answer(other, said, by=other.created_by)
    kept.refresh_from_db()
    assert kept.answer == ""


def test_the_note_stays_with_its_paragraph_when_others_come_before_it(article, officer):
    kept = note(article, officer, number=1)
    article.body = "<h2>Bakau</h2><p>Pada pagi hari.</p>" + BODY
    (place,) = remarks.margin(article, [kept]).here
    assert place == Place("body", 3)
    assert kept.changes == []


def test_what_changed_at_its_place_is_seen(article, officer):
    kept = note(article, officer, number=1, quote="500 bibit")
    article.body = BODY.replace("500 bibit ditanam", "450 bibit ditanam, kata ketua,")
    (place,) = remarks.margin(article, [kept]).here
    assert place == Place("body", 1)
    changed = [(piece.kind, piece.text.strip()) for piece in kept.changes if piece.kind != "same"]
    assert changed == [("gone", "500"), ("new", "450"), ("gone", "ditanam"), ("new", "ditanam, kata ketua,")]


def test_a_note_whose_paragraph_is_gone_is_not_lost(article, officer):
    kept = note(article, officer, number=2)
    article.body = "<p>Warga menanam bakau di pantai.</p>"
    page = remarks.margin(article, [kept])
    assert (page.here, page.lost, page.all) == ({}, [kept], [kept])


def test_the_next_round_settles_what_is_done(article, officer):
    kept = note(article, officer)
    returned(article, officer)
    article.refresh_from_db()
    with pytest.raises(PermissionDenied):
        remarks.settle(kept, by=officer)
    moderation.actions.move(article, "submit", by=article.created_by)
    remarks.settle(kept, by=officer)
    kept.refresh_from_db()
    assert (kept.is_open, kept.settled_by) == (False, officer)


@pytest.mark.parametrize("kind", ["article", "event", "amendment"])
def test_every_place_of_a_kind_has_words(kind, officer):
    item = make_amendment() if kind == "amendment" else make_item(kind, Status.SUBMITTED)
    shown = [part for part in type(item).PLACES if item.passages(part)]
    assert shown == [part for part in type(item).PLACES if part != "photos"]
    for part in shown:
        remarks.write(item, Place(part, 0), by=officer, text="Periksa.")
    assert Remark.objects.count() == len(shown)


def test_paragraphs_of_plain_text_are_those_of_the_page():
    event = make_event(text="Satu\r\nbaris.\r\n\r\n\r\nDua.\n \n\nTiga.")
    assert event.passages("text") == ["Satu\nbaris.", "Dua.", "Tiga."]


def test_sending_again_keeps_history_notes_and_place_in_the_queue(officer):
    article = make_article(Status.DRAFT, body=BODY)
    morning = datetime(2026, 11, 16, 9, tzinfo=article.region.zone)
    noon = morning + timedelta(hours=3)
    article = moderation.actions.move(article, "submit", by=article.created_by, at=morning)
    first_due = article.due_at
    kept = note(article, officer)
    article = moderation.actions.move(article, "return", by=officer, reason="Lihat catatan.", at=noon)
    article = moderation.actions.move(article, "submit", by=article.created_by, at=noon)
    assert article.due_at == first_due
    assert list(remarks.told(article)) == [kept]
    verbs = Activity.objects.of(article).values_list("verb", flat=True)
    assert list(verbs) == ["article.submit", "article.return", "article.submit"]


def test_people_take_along_what_they_said_and_nobody_elses(article, officer):
    kept = note(article, officer)
    returned(article, officer)
    remarks.answer(article, {kept.pk: Answer("Ketua kelompok.", is_repaired=False)}, by=article.created_by)
    said = json.dumps(personal_data.export(officer), cls=DjangoJSONEncoder)
    answered = json.dumps(personal_data.export(article.created_by), cls=DjangoJSONEncoder)
    assert ("Siapa yang menghitung?" in said, "Ketua kelompok." in said) == (True, False)
    assert ("Siapa yang menghitung?" in answered, "Ketua kelompok." in answered) == (False, True)
