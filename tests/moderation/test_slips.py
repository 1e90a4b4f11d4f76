"""Slips that an officer corrects: small ones, at one place, seen by the author and kept in the history."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

import moderation.actions
from activity.models import Activity
from articles.models import Article
from common.html import clean_html
from moderation import claims, remarks, slips, versions
from moderation.errors import TransitionRefused
from moderation.models import Remark
from moderation.remarks import Place
from moderation.states import Status
from notifications.audiences import audience
from tests.factories import (
    LOMBOK_TENGAH,
    make_article,
    make_community,
    make_event,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
BODY = (
    '<p>Warga <a href="https://contoh.example/?a>b">menanam</a> bakau &amp; cemara di pntai.</p>'
    "<p>Hari ini hari cerah, hari baik.</p>"
)
PLACE = Place("body", 0)


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def article():
    article = make_article(Status.DRAFT, body=clean_html(BODY), title="Warga mennanam bakau")
    return moderation.actions.move(article, "submit", by=article.created_by)


def correct(item, officer, wrong="pntai", right="pantai", place=PLACE):
    return slips.correct(item, place, by=officer, wrong=wrong, right=right)


def test_the_words_are_put_right_and_nothing_else(article, officer):
    correct(article, officer)
    after = Article.objects.get(pk=article.pk)
    assert after.body == article.body.replace("pntai", "pantai")
    assert (after.status, after.submitted_at, after.due_at) == (
        "submitted",
        article.submitted_at,
        article.due_at,
    )


def test_plain_parts_and_other_kinds_too(article, officer):
    correct(article, officer, "mennanam", "menanam", Place("title", 0))
    assert Article.objects.get(pk=article.pk).title == "Warga menanam bakau"
    event = make_event(Status.SUBMITTED, text="Bawa topi.\n\nBawa airr minum.\n\nBawa bekal.")
    correct(event, officer, "airr", "air", Place("text", 1))
    event.refresh_from_db()
    assert event.text == "Bawa topi.\n\nBawa air minum.\n\nBawa bekal."


def test_its_author_sees_what_was_changed_at_once_and_is_told(article, officer):
    correct(article, officer)
    (slip,) = remarks.told(article)
    assert (slip.kind, slip.quote, slip.text, slip.written_by) == ("slip", "pntai", "pantai", officer)
    activity = Activity.objects.of(article).last()
    assert (activity.verb, activity.actor, activity.posting.user) == ("article.slip", officer, officer)
    assert activity.details == {"part": "body"}
    assert article.created_by in audience(activity)


def test_an_officers_correction_is_no_change_of_the_author(article, officer):
    correct(article, officer)
    article = moderation.actions.move(article, "return", by=officer, reason="Sumber?")
    article.lead = "Teras yang baru."
    article = moderation.actions.save_changes(article, by=article.created_by)
    article = moderation.actions.move(article, "submit", by=article.created_by)
    assert [str(change.label) for change in versions.comparison(article).changes] == [
        str(article.content_label("lead"))
    ]


def test_a_page_that_was_open_before_overwrites_nothing_in_silence(article, officer):
    before = article.changed_at
    correct(article, officer)
    after = Article.objects.get(pk=article.pk)
    assert after.changed_at > before
    assert after.saved_by_page is None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("", "pantai"),
        ("pntai", ""),
        ("pntai", "pntai"),
        ("tidak ada", "tidak adaa"),
        ("hari", "Hari"),
        ("menanam bakau", "menanan bakau"),
        ("bakau", "jati"),
        ("cemara di pntai", "cemara tidak di pantai"),
        ("pntai", "pantai 500"),
        ("bakau & cemara di pntai.", "bakau & cemara di pantai, dan kepala desa menyebut semua warga ikut."),
    ],
)
def test_what_is_more_than_a_slip_or_does_not_stand_there_once_is_refused(article, officer, wrong, right):
    place = Place("body", 1) if wrong == "hari" else PLACE
    with pytest.raises(TransitionRefused):
        correct(article, officer, wrong, right, place)
    assert Article.objects.get(pk=article.pk).body == article.body
    assert not Remark.objects.exists()


def test_only_who_decides_corrects(article, officer):
    for stranger in (article.created_by, make_officer(LOMBOK_TENGAH)):
        with pytest.raises(PermissionDenied):
            correct(article, stranger)
    claims.take(article, by=officer)
    with pytest.raises(TransitionRefused):
        correct(article, make_officer(name="Budi"))


def test_nothing_is_corrected_once_it_is_decided(article, officer):
    moderation.actions.move(article, "approve", by=officer)
    with pytest.raises(PermissionDenied):
        correct(article, officer)


def test_captions_are_asked_of_the_author(article):
    assert not slips.can_be_corrected(article, "photos")
    assert slips.can_be_corrected(article, "lead")
    assert not slips.can_be_corrected(article, "status")


def test_right_words_that_find_no_room_are_refused_in_words(officer):
    article = make_article(Status.SUBMITTED, title="pntai " * 26 + "airr")
    with pytest.raises(TransitionRefused):
        correct(article, officer, wrong="airr", right="airrr", place=Place("title", 0))
    assert Article.objects.get(pk=article.pk).title == article.title


def test_what_is_public_before_its_review_is_not_changed_without_a_public_trace(officer):
    kim = make_community(trusted_at=timezone.now(), trusted_by=make_user("Petugas"))
    draft = make_article(Status.DRAFT, community=kim, body=clean_html(BODY))
    public = moderation.actions.move(draft, "publish_first", by=draft.created_by)
    with pytest.raises(PermissionDenied):
        correct(public, officer)
    assert Article.objects.get(pk=public.pk).body == public.body
