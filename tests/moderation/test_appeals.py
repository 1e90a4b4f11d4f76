"""An appeal against a rejection: once, within 14 days, answered by another officer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

import moderation.actions
import moderation.rules
from accounts.models import Posting, User
from activity.models import Activity
from articles.models import Article
from moderation import appeals, claims, together
from moderation.errors import TransitionRefused
from moderation.states import Status
from notifications.audiences import audience
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_event,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
WHY = "Kepala desa sudah membenarkan beritanya."


@pytest.fixture
def writer() -> User:
    return make_user("Penulis")


@pytest.fixture
def wati() -> User:
    return make_officer(name="Wati")


def _rejected(writer: User, by: User, *, kind=make_article, at=None):
    community = make_community()
    make_member(community, user=writer)
    item = kind(Status.SUBMITTED, community=community, author=writer)
    return moderation.actions.move(
        item, "reject", by=by, reason="Tidak ada sumber.", cited="untrue", at=at or timezone.now()
    )


def _appealed(writer: User, by: User, **more):
    return moderation.actions.move(_rejected(writer, by, **more), "appeal", by=writer, reason=WHY)


def _decides(user: User, item) -> bool:
    """By the rule, and by its twin in SQL, which must agree; asked anew of the postings of now."""
    user = User.objects.get(pk=user.pk)
    by_rule = moderation.rules.may_decide(user, item)
    rows = type(item).objects.filter(pk=item.pk).on_desks_of(user).with_turn_of(user)
    assert by_rule == any(row.is_my_turn for row in rows)
    return by_rule


@pytest.mark.parametrize("kind", [make_article, make_event])
def test_it_lies_on_the_desk_again_with_its_words_and_a_deadline(writer, wati, kind):
    item = _appealed(writer, wati, kind=kind)
    assert item.status == Status.SUBMITTED
    assert item.is_on_appeal
    assert item.due_at > timezone.now()
    assert (item.appealed_by, item.appealed_against) == (writer, wati)
    assert appeals.words_of(item).reason == WHY
    row = type(item).objects.waiting().with_turn_of(wati).desk_rows().get()
    assert (row.is_on_appeal, row.is_my_turn) == (True, 0)


def test_another_officer_of_the_same_office_answers(writer, wati):
    budi, above = make_officer(name="Budi"), make_officer(SUMATERA_SELATAN)
    item = _appealed(writer, wati)
    assert [_decides(user, item) for user in (wati, budi, above)] == [False, True, False]
    with pytest.raises(PermissionDenied):
        moderation.actions.move(item, "approve", by=wati)


def test_where_the_office_has_no_other_the_next_level_answers(writer, wati):
    above, ministry, elsewhere = (
        make_officer(SUMATERA_SELATAN),
        make_officer(None),
        make_officer(LOMBOK_TENGAH),
    )
    item = _appealed(writer, wati)
    assert [_decides(user, item) for user in (wati, above, ministry, elsewhere)] == [
        False, True, False, False,
    ]  # fmt: skip


def test_where_the_level_above_is_absent_the_one_above_that_answers(writer, wati):
    ministry = make_officer(None)
    assert _decides(ministry, _appealed(writer, wati))


def test_where_nobody_else_is_posted_it_waits_for_whoever_comes(writer, wati):
    item = _appealed(writer, wati)
    assert not _decides(wati, item)
    assert appeals.answering(item) == []
    assert _decides(make_officer(name="Budi"), item)


def test_an_overdue_appeal_is_still_not_answered_by_who_rejected_it(writer, wati):
    above = make_officer(SUMATERA_SELATAN)
    make_officer(name="Budi")
    item = _appealed(writer, wati)
    type(item).objects.filter(pk=item.pk).update(due_at=timezone.now() - timedelta(hours=1))
    item.refresh_from_db()
    assert [_decides(user, item) for user in (wati, above)] == [False, True]


def test_who_rejected_and_was_posted_above_since_does_not_answer_either(writer, wati):
    Posting.objects.create(user=wati, region_id=SUMATERA_SELATAN, role="head")
    item = _appealed(writer, wati)
    assert not _decides(wati, item)
    assert not _decides(User.objects.get(pk=wati.pk), item)


def test_when_the_officer_who_would_answer_has_left_the_level_above_does(writer, wati):
    budi, above = make_officer(name="Budi"), make_officer(SUMATERA_SELATAN)
    item = _appealed(writer, wati)
    budi.postings.update(ended_at=timezone.now(), ended_by=budi)
    assert [_decides(user, item) for user in (budi, above)] == [False, True]


def test_when_who_rejected_has_left_the_others_answer(writer, wati):
    budi = make_officer(name="Budi")
    item = _rejected(writer, wati)
    wati.postings.update(ended_at=timezone.now(), ended_by=wati)
    item = moderation.actions.move(item, "appeal", by=writer, reason=WHY)
    assert _decides(budi, item)


def test_a_head_who_rejected_takes_nothing_over_from_the_colleague(writer):
    head, budi = make_officer(role="head", name="Amrul"), make_officer(name="Budi")
    item = _appealed(writer, head)
    claims.take(item, by=budi)
    with pytest.raises(PermissionDenied):
        claims.take(item, by=head, over=True)
    assert moderation.actions.move(item, "approve", by=budi).status == Status.APPROVED


@pytest.mark.parametrize(
    ("answer", "status"), [("approve", "approved"), ("return", "returned"), ("reject", "rejected")]
)
def test_the_answer_is_one_of_the_ordinary_decisions_and_says_what_it_answers(writer, wati, answer, status):
    budi = make_officer(name="Budi")
    item = moderation.actions.move(
        _appealed(writer, wati), answer, by=budi, reason="Sudah kami cek.", cited="untrue"
    )
    assert item.status == status
    answered = Activity.objects.of(item).latest("pk")
    assert (answered.verb, answered.details["on_appeal"]) == (f"article.{answer}", True)
    told = set(audience(answered))
    assert {writer, wati} <= told
    assert budi not in told


def test_it_is_made_once(writer, wati):
    budi = make_officer(name="Budi")
    item = _appealed(writer, wati)
    item = moderation.actions.move(item, "reject", by=budi, reason="Tetap.", cited="untrue")
    assert item.appeal_until is None
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, "appeal", by=writer, reason=WHY)
    assert Article.objects.get(pk=item.pk).status == Status.REJECTED


def test_what_was_returned_on_appeal_and_rejected_again_is_not_appealed_twice(writer, wati):
    budi = make_officer(name="Budi")
    item = moderation.actions.move(_appealed(writer, wati), "return", by=budi, reason="Lengkapi.")
    item = moderation.actions.move(item, "submit", by=writer)
    assert not item.is_on_appeal
    assert [_decides(user, item) for user in (wati, budi)] == [False, True]
    item = moderation.actions.move(item, "reject", by=budi, reason="Tetap.", cited="untrue")
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, "appeal", by=writer, reason=WHY)


@pytest.mark.parametrize(("days", "is_open"), [(13.99, True), (14.01, False)])
def test_it_has_fourteen_days(writer, wati, days, is_open):
    item = _rejected(writer, wati, at=timezone.now() - timedelta(days=days))
    offered = [move.name for move in moderation.actions.available_moves(item, writer)]
    assert offered == (["appeal"] if is_open else [])
    if not is_open:
        with pytest.raises(TransitionRefused):
            moderation.actions.move(item, "appeal", by=writer, reason=WHY)


def test_it_needs_words(writer, wati):
    item = _rejected(writer, wati)
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, "appeal", by=writer, reason="  ")


def test_it_is_made_by_its_author_alone(writer, wati):
    item = _rejected(writer, wati)
    fellow = make_member(item.community)
    for stranger in (fellow, wati, make_user("Orang lain")):
        with pytest.raises(PermissionDenied):
            moderation.actions.move(item, "appeal", by=stranger, reason=WHY)


def test_it_is_not_taken_back_so_that_nobody_comes_to_another_first_decision(writer, wati):
    item = _appealed(writer, wati)
    assert moderation.actions.available_moves(item, writer) == []
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, "withdraw", by=writer)


def test_the_office_that_answers_is_told_and_not_who_rejected(writer, wati):
    budi = make_officer(MUSI_BANYUASIN, name="Budi")
    item = _appealed(writer, wati)
    assert set(audience(Activity.objects.of(item).latest("pk"))) == {budi}


def test_two_clicks_are_one_appeal_and_both_are_answered_kindly(client, writer, wati):
    item = _rejected(writer, wati)
    client.force_login(writer)
    url = reverse("articles:move", args=[item.pk, item.slug])
    for _click in range(2):
        answer = client.post(url, {"move": "appeal", "reason": WHY}, follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["success"]
    assert Activity.objects.of(item).filter(verb="article.appeal").count() == 1


def test_of_an_appeal_in_many_lines_no_word_is_cut_off(client, writer, wati):
    item = _rejected(writer, wati)
    client.force_login(writer)
    typed = "Baca lagi\n" * 199 + "sampai ini"
    sent = {"move": "appeal", "reason": typed.replace("\n", "\r\n")}
    client.post(reverse("articles:move", args=[item.pk, item.slug]), sent)
    assert Activity.objects.of(item).get(verb="article.appeal").reason == typed


def test_the_page_of_what_was_rejected_has_the_form_and_the_desk_the_words(client, writer, wati):
    budi = make_officer(name="Budi")
    item = _rejected(writer, wati)
    client.force_login(writer)
    assert 'id="banding"' in client.get(item.get_absolute_url()).content.decode()
    item = moderation.actions.move(item, "appeal", by=writer, reason=WHY)
    assert 'id="banding"' not in client.get(item.get_absolute_url()).content.decode()
    for officer, decides in ((budi, True), (wati, False)):
        client.force_login(officer)
        page = client.get(reverse("office:item", args=["article", item.pk]))
        assert WHY in page.content.decode()
        assert bool(page.context["moves"]) == decides


def test_it_is_answered_by_itself_and_not_with_others(writer, wati):
    item = _appealed(writer, wati)
    outcome = together.move_together(
        [(item, None)], "return", by=make_officer(name="Budi"), reason="Lengkapi."
    )
    assert [bool(each.refusal) for each in outcome] == [True]
    assert Article.objects.get(pk=item.pk).status == Status.SUBMITTED
