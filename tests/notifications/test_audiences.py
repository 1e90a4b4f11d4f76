from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

import activity.actions
import complaints.actions
import moderation.actions
from accounts.models import Posting, User
from accounts.roles import Role
from activity import verbs
from activity.models import Activity
from announcements import passing_on
from communities import forum_actions
from communities.invitation_actions import invite
from communities.models import ForumMembership, Membership
from events.models import Event
from moderation.states import MOVES, Status
from notifications import aspiring
from notifications.audiences import AUDIENCES, SILENT, audience, rhythm_of
from notifications.models import Mute, Rhythm, Subscription
from notifications.stories import KINDS
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_announcement,
    make_article,
    make_aspiration,
    make_community,
    make_event,
    make_event_change,
    make_forum,
    make_item,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db


def record(verb: str, target: object, by: User | None = None, reason: str = "") -> Activity:
    with transaction.atomic():
        recorded = activity.actions.record(verb, target, by=by, reason=reason)
    return Activity.objects.get(pk=recorded.pk)


def test_every_verb_has_one_audience_or_is_silent():
    assert set(AUDIENCES) & SILENT == set()
    assert set(verbs.LABELS) == set(AUDIENCES) | SILENT
    assert set(KINDS) == set(AUDIENCES)


@pytest.mark.parametrize("kind", ["community", "article", "event"])
def test_what_is_submitted_is_told_to_the_officers_of_the_lowest_office(kind):
    here = make_officer(MUSI_BANYUASIN)
    head = make_officer(MUSI_BANYUASIN, role=Role.HEAD)
    make_officer(SUMATERA_SELATAN)
    make_officer(LOMBOK_TENGAH)
    make_officer(None)
    item = make_item(kind, Status.SUBMITTED)
    assert set(audience(record(f"{kind}.submit", item, by=item.created_by))) == {here, head}


def test_where_nobody_is_posted_the_office_above_is_told():
    above = make_officer(SUMATERA_SELATAN)
    make_officer(None)
    article = make_article(Status.SUBMITTED)
    assert list(audience(record("article.submit", article))) == [above]


def test_the_ministry_is_told_where_no_office_is_below():
    ministry = make_officer(None)
    assert list(audience(record("article.submit", make_article(Status.SUBMITTED)))) == [ministry]


def test_nobody_is_told_of_a_request_that_was_decided_meanwhile():
    make_officer(MUSI_BANYUASIN)
    assert list(audience(record("article.submit", make_article(Status.APPROVED)))) == []


def test_whose_posting_has_ended_is_not_told():
    gone = make_officer(MUSI_BANYUASIN)
    Posting.objects.filter(user=gone).update(ended_at=timezone.now(), ended_by=gone)
    assert list(audience(record("event.submit", make_event(Status.SUBMITTED)))) == []


@pytest.mark.parametrize("kind", ["article", "event"])
@pytest.mark.parametrize("move", ["return", "reject", "suspend", "restore"])
def test_decisions_are_told_to_the_writer_and_the_managers(kind, move):
    community = make_community()
    writer = make_member(community)
    make_member(community)
    item = make_item(kind, MOVES[move].target, community=community, author=writer)
    Subscription.objects.create(user=make_user(), community=community)
    told = audience(record(f"{kind}.{move}", item, by=make_officer()))
    assert set(told) == {writer, community.created_by}


def test_a_writer_who_left_the_community_is_not_told():
    community = make_community()
    writer = make_member(community)
    article = make_article(Status.RETURNED, community=community, author=writer)
    Membership.objects.filter(user=writer).update(ended_at=timezone.now(), ended_by=writer)
    assert list(audience(record("article.return", article))) == [community.created_by]


@pytest.mark.parametrize("move", ["approve", "return", "reject", "suspend", "restore"])
def test_decisions_on_a_community_are_told_to_the_applicant_and_the_managers(move):
    community = make_community(MOVES[move].target)
    manager = make_member(community, role=Membership.Role.MANAGER)
    make_member(community)
    assert set(audience(record(f"community.{move}", community))) == {community.created_by, manager}


@pytest.mark.parametrize("make", [make_article, make_event])
def test_what_is_published_is_told_to_followers_of_the_community_and_of_every_region_above(make):
    item = make()
    codes = [TOMAN, "16.06.06", MUSI_BANYUASIN, SUMATERA_SELATAN]
    followers = {Subscription.objects.create(user=make_user(), region=region(code)).user for code in codes}
    followers.add(Subscription.objects.create(user=make_user(), community=item.community).user)
    for code in (LOMBOK_TENGAH, "16.06.06.2009", "16.07"):
        Subscription.objects.create(user=make_user(), region=region(code))
    told = audience(record(f"{item.KIND}.approve", item, by=make_officer()))
    assert set(told) == followers | {item.created_by}


def test_who_follows_several_is_told_once():
    article = make_article()
    reader = make_user()
    for code in article.region.ancestor_codes:
        Subscription.objects.create(user=reader, region=region(code))
    Subscription.objects.create(user=reader, community=article.community)
    recorded = record("article.approve", article, by=article.created_by)
    assert list(audience(recorded)) == [reader]


@pytest.mark.parametrize("verb", ["event.move", "event.cancel", "event.resume"])
def test_a_fact_of_an_event_is_told_to_followers_while_it_is_true(verb):
    follower, event = make_user(), make_event()
    Subscription.objects.create(user=follower, community=event.community)
    is_cancelled = {"cancelled_at": timezone.now(), "cancelled_by": event.created_by}
    states = {False: {"cancelled_at": None, "cancelled_by": None}, True: is_cancelled}
    for cancelled, state in states.items():
        Event.objects.update(**state)
        told = set(audience(record(verb, event, by=event.created_by)))
        assert told == ({follower} if cancelled == (verb == "event.cancel") else set())


def test_nobody_is_told_of_what_is_over():
    event = make_event()
    Subscription.objects.create(user=make_user(), community=event.community)
    past = timezone.now() - timedelta(days=3)
    Event.objects.update(starts_at=past, ends_at=past + timedelta(hours=1))
    assert set(audience(record("event.move", event, by=event.created_by))) == set()


def test_other_words_of_an_event_are_told_to_who_is_concerned_alone():
    change = make_event_change(Status.APPROVED)
    manager = make_member(change.community, role=Membership.Role.MANAGER)
    Subscription.objects.create(user=make_user(), community=change.community)
    told = set(audience(record("eventchange.approve", change, by=make_officer())))
    assert told == {change.created_by, manager}
    assert set(audience(record("event.reword", change.event, by=make_officer()))) == set()


def test_followers_are_not_told_of_what_was_withdrawn_meanwhile():
    article = make_article(Status.SUSPENDED)
    Subscription.objects.create(user=make_user(), community=article.community)
    assert list(audience(record("article.approve", article))) == [article.created_by]


def test_followers_are_not_told_of_what_a_suspended_community_wrote():
    article = make_article(community=make_community(Status.SUSPENDED))
    Subscription.objects.create(user=make_user(), region=region(TOMAN))
    assert list(audience(record("article.approve", article))) == [article.created_by]


@pytest.mark.parametrize("verb", sorted(AUDIENCES))
def test_nobody_is_told_of_their_own_act(verb):
    target, concerned = a_case_of(verb)
    assert concerned in audience(record(verb, target))
    assert concerned not in audience(record(verb, target, by=concerned))


@pytest.mark.parametrize("verb", sorted(AUDIENCES))
def test_accounts_that_are_closed_are_not_told(verb):
    target, concerned = a_case_of(verb)
    User.objects.filter(pk=concerned.pk).update(is_active=False)
    assert concerned not in audience(record(verb, target))


@pytest.mark.parametrize("verb", sorted(SILENT))
def test_silent_verbs_tell_nobody(verb):
    community = make_community()
    make_officer()
    assert list(audience(record(verb, community))) == []


def a_wish(what: str) -> tuple[ForumMembership, User]:
    """What happens between a forum and a community, and a manager who has to be told."""
    forum, community = make_forum(), make_community()
    if what == "invite":
        return forum_actions.invite(forum, community, by=forum.created_by), community.created_by
    wish = forum_actions.ask(community, forum, by=community.created_by)
    return wish, (community if what == "decline" else forum).created_by


def a_posting() -> tuple[object, User]:
    officer = make_officer()
    return officer.postings.get(), officer


def an_announcement(what: str) -> tuple[object, User]:
    announcement, community = make_announcement(), make_community()
    if what == "withdraw":
        passing_on.pass_on(announcement, community, by=community.created_by)
    return announcement, community.created_by


def an_aspiration(verb: str) -> tuple[object, User]:
    if verb in aspiring.ON_DESK:
        officer = make_officer()
        return make_aspiration("sent"), officer
    aspiration = make_aspiration("answered")
    return aspiration, aspiration.sent_by


def a_case(what: str) -> tuple[object, User]:
    officer, reader = make_officer(), make_user("Sari")
    case = complaints.actions.report(make_article(), rule="untrue", by=reader).case
    return case, officer if what == "open" else reader


OF_OFFICES = {"posting": a_posting, "desk": a_posting}
BY_VERB = {"forum": a_wish, "report": a_case, "announcement": an_announcement}


def handed_in(kind: str) -> tuple[object, User]:
    """An item that waits for the managers of its community."""
    item = make_item(kind, Status.DRAFT)
    item.handed_in_at, item.handed_in_by = timezone.now(), item.created_by
    item.save()
    return item, item.created_by


def a_case_of(verb: str) -> tuple[object, User]:  # noqa: C901, PLR0911 - one for each subject
    """A target of the verb, and somebody who has to be told of it."""
    subject, what = verb.split(".")
    if subject == "aspiration":
        return an_aspiration(verb)
    if subject in OF_OFFICES:
        return OF_OFFICES[subject]()
    if subject == "membership":
        community = make_community()
        if what == "ask":
            asked = Membership.objects.create(community=community, user=make_user("Sari"))
            return asked, community.created_by
        member = make_member(community)
        return member.memberships.get(), community.created_by if what == "join" else member
    if subject in BY_VERB:
        return BY_VERB[subject](what)
    if subject == "invitation":
        community, person = make_community(), make_user("Sari")
        return invite(community, by=community.created_by, email=person.email), person
    if subject == "community" and what not in MOVES:
        community = make_community()
        return community, community.created_by
    if what == "hand_in":
        return handed_in(subject)
    officer = make_officer()
    item = make_item(subject, MOVES[what].target if what in MOVES else Status.APPROVED)
    return item, officer if what in ("submit", "appeal") else item.created_by


def test_managers_are_told_who_asks_to_join():
    community = make_community()
    make_member(community)
    asked = Membership.objects.create(community=community, user=make_user("Sari"))
    assert list(audience(record("membership.ask", asked, by=asked.user))) == [community.created_by]


def test_an_answered_request_to_join_is_told_to_no_other_manager():
    community = make_community()
    member = make_member(community)
    assert list(audience(record("membership.ask", member.memberships.get()))) == []


def test_the_strongest_rhythm_of_all_reasons_wins():
    article = make_article()
    reader = make_user()
    Subscription.objects.create(user=reader, community=article.community, rhythm=Rhythm.OFF)
    recorded = record("article.approve", article, by=article.created_by)
    found = [rhythm_of(recorded, reader)]
    for code, rhythm in ((TOMAN, Rhythm.WEEKLY), (MUSI_BANYUASIN, Rhythm.DAILY), ("16", Rhythm.WEEKLY)):
        Subscription.objects.create(user=reader, region=region(code), rhythm=rhythm)
        found.append(rhythm_of(recorded, reader))
    Subscription.objects.create(user=reader, region=region("16"), category=article.category)
    found.append(rhythm_of(recorded, reader))
    assert found == [Rhythm.OFF, Rhythm.WEEKLY, Rhythm.DAILY, Rhythm.DAILY, Rhythm.AT_ONCE]


def test_who_is_not_concerned_has_no_rhythm():
    article = make_article()
    recorded = record("article.approve", article, by=article.created_by)
    closed = Subscription.objects.create(user=make_user(is_active=False), community=article.community).user
    assert [rhythm_of(recorded, person) for person in (make_user(), article.created_by, closed)] == [None] * 3


def test_a_category_of_a_region_tells_of_that_category_only():
    reader, other = make_user(), make_user()
    Subscription.objects.create(user=reader, region=region("16"), category="farming")
    Subscription.objects.create(user=other, region=region("16"), category="health")
    farming, event = make_article(category="farming"), make_event()
    assert set(audience(record("article.approve", farming, by=farming.created_by))) == {reader}
    assert set(audience(record("event.approve", event, by=event.created_by))) == set()


def test_a_muted_community_is_not_told_of_through_a_region():
    article = make_article()
    by_region, by_choice, other = make_user(), make_user(), make_user()
    for person in (by_region, by_choice, other):
        Subscription.objects.create(user=person, region=region(TOMAN))
    for person in (by_region, by_choice):
        Mute.objects.create(user=person, community=article.community)
    Subscription.objects.create(user=by_choice, community=article.community)
    recorded = record("article.approve", article, by=article.created_by)
    assert set(audience(recorded)) == {by_choice, other}
    beside = make_article()
    assert by_region in audience(record("article.approve", beside, by=beside.created_by))


def test_moderation_announces_what_the_audiences_know():
    """The verbs that moves record are those that have an audience."""
    officer = make_officer()
    article = make_article(Status.SUBMITTED)
    moderation.actions.move(article, "approve", by=officer)
    assert list(audience(Activity.objects.get())) == [article.created_by]
