"""The sheet of questions: needed to publish, kept with the decision, shown to officers alone."""

import pytest
from django.urls import reverse

import moderation.actions
from activity.models import Activity
from articles.models import Article
from events.models import Event
from moderation import sheet
from moderation.errors import TransitionRefused
from moderation.kinds import kinds
from moderation.states import Status
from office.audit_words import particulars
from tests.factories import all_yes, make_article, make_event, make_item, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return user


def address(name, item):
    return reverse(f"office:{name}", args=[item.KIND, item.pk])


def decide(client, item, move="approve", **sent):
    return client.post(address("decide", item), {"move": move, "seen": item.submitted_at.isoformat(), **sent})


def status_of(item):
    item.refresh_from_db()
    return item.status


@pytest.mark.parametrize("kind", ["article", "event"])
def test_without_answers_nothing_is_published(client, officer, kind):
    item = make_item(kind, Status.SUBMITTED)
    answer = decide(client, item)
    assert answer.status_code == 422
    assert [row.is_missing for row in answer.context["form"].sheet] == [True] * len(type(item).SHEET)
    assert status_of(item) == Status.SUBMITTED


def test_the_answers_stand_in_the_history_with_the_decision(client, officer):
    item = make_article(Status.SUBMITTED)
    decide(client, item, **{**all_yes(Article), "periksa-photos": "na"})
    assert status_of(item) == Status.APPROVED
    kept = Activity.objects.of(item).get().details["sheet"]
    assert kept == {**dict.fromkeys(Article.SHEET, "yes"), "photos": "na"}
    page = client.get(address("item", item))
    (decision,) = page.context["history"]
    assert [len(names.split(", ")) for _answer, names in decision.answers] == [1, 5]


def test_a_no_holds_up_publishing_and_goes_along_with_a_repair(client, officer):
    item = make_article(Status.SUBMITTED)
    answers = {**all_yes(Article), "periksa-children": "no"}
    assert decide(client, item, **answers).status_code == 422
    assert status_of(item) == Status.SUBMITTED
    decide(client, item, "return", reason="Samarkan nama anak.", **answers)
    assert status_of(item) == Status.RETURNED
    assert Activity.objects.of(item).get().details["sheet"]["children"] == "no"


def test_the_door_itself_publishes_nothing_against_the_sheet():
    item = make_article(Status.SUBMITTED)
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, "approve", by=make_officer(), answers={"hate": "no"})


def test_a_repair_needs_no_answers_and_keeps_those_there_are(client, officer):
    item = make_article(Status.SUBMITTED)
    decide(client, item, "return", reason="Mohon dilengkapi.", **{"periksa-sources": "no"})
    assert Activity.objects.of(item).get().details["sheet"] == {"sources": "no"}


def test_when_it_comes_again_the_no_of_last_time_is_seen(client, officer):
    item = make_article(Status.DRAFT)
    item = moderation.actions.move(item, "submit", by=item.created_by)
    decide(client, item, "return", reason="Sumber?", **{"periksa-sources": "no", "periksa-hate": "yes"})
    item.refresh_from_db()
    moderation.actions.move(item, "submit", by=item.created_by)
    rows = client.get(address("item", item)).context["form"].sheet
    assert [row.question.code for row in rows if row.before == "no"] == ["sources"]


def test_all_yes_answers_the_rest_and_keeps_what_was_typed(client, officer):
    item = make_event(Status.SUBMITTED)
    sent = {"semua": "1", "reason": "Bagus.", "periksa-hate": "na"}
    form = client.post(address("decide", item), sent).context["form"]
    shown = {code: form[f"periksa-{code}"].value() for code in Event.SHEET}
    assert shown == {**dict.fromkeys(Event.SHEET, "yes"), "hate": "na"}
    assert form["reason"].value() == "Bagus."
    assert status_of(item) == Status.SUBMITTED


def test_one_sheet_holds_for_all_that_are_decided_together(client, officer):
    items = [make_article(Status.SUBMITTED) for _ in range(2)]
    ticked = [f"article:{item.pk}:{item.submitted_at.isoformat()}" for item in items]
    sent = {"butir": ticked, "move": "approve"}
    assert client.post(reverse("office:together"), sent).status_code == 422
    again = client.post(reverse("office:together"), {**sent, "semua": "1"})
    assert (again.status_code, again.context["ticked"]) == (200, ticked)
    client.post(reverse("office:together"), {**sent, **all_yes(Article)})
    kept = [Activity.objects.of(item).get().details["sheet"] for item in items]
    assert kept == [dict.fromkeys(Article.SHEET, "yes")] * 2


def test_its_author_never_sees_the_sheet(client, officer):
    item = make_article(Status.SUBMITTED)
    decide(client, item, "return", reason="Sumber?", **{"periksa-sources": "no"})
    client.force_login(item.created_by)
    history = client.get(item.get_absolute_url()).context["history"]
    assert [hasattr(entry, "answers") for entry in history] == [False]


def test_the_audit_says_it_in_words(client, officer):
    item = make_article(Status.SUBMITTED)
    decide(client, item, "return", reason="Sumber?", **{"periksa-sources": "no"})
    question = sheet.QUESTIONS["sources"]
    said = particulars(Activity.objects.of(item).get())
    assert said.endswith(f": {question.name} {sheet.Answer.NO.label}")


def test_every_kind_asks_what_is_on_the_list():
    assert {code for model in kinds().values() for code in model.SHEET} <= set(sheet.QUESTIONS)
