from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

import activity.actions
import complaints.actions
from accounts.models import Posting, User
from activity.models import Activity
from announcements.models import Announcement
from aspirations.models import Aspiration
from communities import forum_actions
from communities.invitation_actions import invite
from communities.models import Community, ForumMembership, Invitation, Membership
from complaints.models import Case
from events.models import Event
from moderation.states import MOVES, Status
from notifications import letters, wording
from notifications.audiences import AUDIENCES
from notifications.links import path_of
from regions.models import Level, Region
from tests.factories import (
    LOMBOK_TENGAH,
    make_announcement,
    make_article,
    make_aspiration,
    make_community,
    make_event,
    make_forum,
    make_item,
    make_member,
    make_officer,
    make_user,
)

WORDS = settings.BASE_DIR / "templates" / "notifications"

LINES = {
    "community.submit": "KIM Surya in Desa Toman asks to be registered.",
    "community.approve": "KIM Surya is verified. Its registry number is 160606200801.",
    "community.return": "The application of KIM Surya needs repair.",
    "community.reject": "The application of KIM Surya was rejected.",
    "community.suspend": "KIM Surya is suspended.",
    "community.restore": "KIM Surya is no longer suspended.",
    "community.expiring": "The SK of KIM Surya runs out within 30 days.",
    "community.warn": "Nothing was published by KIM Surya for long.",
    "community.rest": "KIM Surya now counts as not active.",
    "community.keep": "Your office noted that KIM Surya is active.",
    "community.dissolve": "KIM Surya has been dissolved.",
    "community.move": "KIM Surya now lies in Desa Toman, by a decree on the regions.",
    "community.place": "The village of KIM Surya was split by a decree: it now stands under Desa Toman.",
    "change.submit": "KIM Surya asks for a change: Change of name, kind or village",
    "change.approve": "The office agreed for KIM Surya: Change of name, kind or village",
    "change.return": "The change request of KIM Surya needs repair: Change of name, kind or village",
    "change.reject": "The office did not agree for KIM Surya: Change of name, kind or village",
    "article.submit": "An article of KIM Surya waits for your review: “Air & listrik”",
    "article.appeal": "Appeal of KIM Surya against a rejection: “Air & listrik”",
    "article.approve": "Your article “Air & listrik” is published.",
    "article.publish": "Your article “Air & listrik” is published.",
    "article.return": "Your article “Air & listrik” needs repair.",
    "article.reject": "Your article “Air & listrik” was rejected.",
    "article.suspend": "Your article “Air & listrik” was withdrawn from the public.",
    "article.restore": "Your article “Air & listrik” can be read by everybody again.",
    "article.slip": "The office has corrected a slip in your article “Air & listrik”.",
    "article.fix_slip": "A typing slip in “Air & listrik” was mended.",
    "event.move": "Moved: “Air & listrik” of KIM Surya is on Monday, 1 June 2026, 09:00 WIB, "
    "Balai Desa Toman.",
    "event.cancel": "Cancelled: “Air & listrik” of KIM Surya, Monday, 1 June 2026, 09:00 WIB.",
    "event.resume": "It takes place after all: “Air & listrik” of KIM Surya, Monday, 1 June 2026, 09:00 WIB, "
    "Balai Desa Toman.",
    "eventchange.submit": "KIM Surya wants to change a published event: “Air & listrik”",
    "eventchange.approve": "The change of “Air & listrik” is published.",
    "eventchange.return": "The change of “Air & listrik” needs repair.",
    "amendment.submit": "KIM Surya wants to change a published article: “Air & listrik”",
    "amendment.appeal": "Appeal of KIM Surya against a rejection: “Air & listrik”",
    "amendment.approve": "The change of “Air & listrik” is published.",
    "amendment.return": "The change of “Air & listrik” needs repair.",
    "amendment.reject": "The change of “Air & listrik” was rejected. The article stays as it was published.",
    "event.submit": "An event of KIM Surya waits for your review: “Air & listrik”",
    "event.appeal": "Appeal of KIM Surya against a rejection: “Air & listrik”",
    "event.approve": "Your event “Air & listrik” is published.",
    "event.return": "Your event “Air & listrik” needs repair.",
    "event.reject": "Your event “Air & listrik” was rejected.",
    "event.suspend": "Your event “Air & listrik” was withdrawn from the public.",
    "event.restore": "Your event “Air & listrik” can be read by everybody again.",
    "event.slip": "The office has corrected a slip in your event “Air & listrik”.",
    "article.publish_first": "Your article “Air & listrik” is published.",
    "event.publish_first": "Your event “Air & listrik” is published.",
    "community.trust": "KIM Surya is trusted: what it sends is public at once, and reviewed after.",
    "community.distrust": "KIM Surya no longer publishes first: the office reviews what it sends before.",
    "article.hand_in": "An article of KIM Surya waits for you to read it first: “Air & listrik”",
    "article.hand_back": "A manager of your KIM has given “Air & listrik” back to you.",
    "event.hand_in": "An event of KIM Surya waits for you to read it first: “Air & listrik”",
    "event.hand_back": "A manager of your KIM has given “Air & listrik” back to you.",
    "amendment.hand_in": "A change of a published article of KIM Surya waits for you to read it first: "
    "“Air & listrik”",
    "amendment.hand_back": "A manager of your KIM has given “Air & listrik” back to you.",
    "factcheck.hand_in": "A fact check of KIM Surya waits for you to read it first: “Air & listrik”",
    "factcheck.hand_back": "A manager of your KIM has given “Air & listrik” back to you.",
    "membership.ask": "Sari Dewi asks to join KIM Surya.",
    "membership.accept": "You are now a member of KIM Surya.",
    "membership.decline": "Your request to join KIM Surya was declined.",
    "membership.end": "Your membership of KIM Surya has ended.",
    "membership.promote": "You are now a manager of KIM Surya.",
    "membership.demote": "You are no longer a manager of KIM Surya.",
    "membership.join": "Sari Dewi joined KIM Surya by an invitation.",
    "invitation.send": "You are invited to join KIM Surya.",
    "forum.ask": "KIM Surya asks to join Forum KIM Muba.",
    "forum.invite": "Forum KIM Muba invites KIM Surya to become a member.",
    "forum.join": "KIM Surya is now a member of Forum KIM Muba.",
    "forum.decline": "KIM Surya and Forum KIM Muba: the other side declined the membership.",
    "forum.end": "KIM Surya is no longer a member of Forum KIM Muba.",
    "posting.appoint": "You are appointed: Officer, Kabupaten Musi Banyuasin.",
    "posting.end": "Your posting has ended: Officer, Kabupaten Musi Banyuasin.",
    "posting.substitute": "You stand in for Wati from 1 June 2026 to 5 June 2026: "
    "Officer, Kabupaten Musi Banyuasin.",
    "announcement.send": "Announcement of Dinkominfo Musi Banyuasin: “Air & listrik”",
    "announcement.withdraw": "Dinkominfo Musi Banyuasin has withdrawn “Air & listrik”, "
    "which your KIM has passed on",
    "aspiration.send": "A new aspiration waits for your office: “Air & listrik”",
    "aspiration.arrive": "An aspiration was handed to your office: “Air & listrik”",
    "aspiration.receive": "The office has received the aspiration “Air & listrik”.",
    "aspiration.work": "The aspiration “Air & listrik” is being worked on.",
    "aspiration.hand_over": "The aspiration “Air & listrik” was handed to Dinas PUPR.",
    "aspiration.forward": "The aspiration “Air & listrik” was forwarded to Dinas PUPR.",
    "aspiration.answer": "The office has answered the aspiration “Air & listrik”.",
    "aspiration.close": "The aspiration “Air & listrik” is closed.",
    "aspiration.lapse": "The aspiration “Air & listrik” was closed 14 days after the answer.",
    "aspiration.reopen": "The author is not satisfied with the answer: “Air & listrik”",
    "aspiration.keep_back": "The office keeps the aspiration “Air & listrik” from the public.",
    "aspiration.show": "Everybody can read the aspiration “Air & listrik” now.",
    "factcheck.submit": "A fact check of KIM Surya waits for your review: “Air & listrik”",
    "factcheck.appeal": "Appeal of KIM Surya against a rejection: “Air & listrik”",
    "factcheck.approve": "Your fact check “Air & listrik” is published.",
    "factcheck.return": "Your fact check “Air & listrik” needs repair.",
    "factcheck.reject": "Your fact check “Air & listrik” was rejected.",
    "factcheck.suspend": "Your fact check “Air & listrik” was withdrawn from the public.",
    "factcheck.restore": "Your fact check “Air & listrik” can be read by everybody again.",
    "reply.appeal": "Appeal of Ahmad Fauzi against the rejection of a reply: “Air & listrik”",
    "reply.submit": "A reply of Ahmad Fauzi waits for your review: “Air & listrik”",
    "reply.approve": "Your reply to “Air & listrik” is published.",
    "reply.return": "Your reply to “Air & listrik” needs repair.",
    "reply.reject": "Your reply to “Air & listrik” will not be published.",
    "reply.suspend": "Your reply to “Air & listrik” was withdrawn from the public.",
    "reply.restore": "Your reply to “Air & listrik” can be read by everybody again.",
    "desk.overdue": "0 items wait too long in the offices beneath yours.",
    "report.open": "A reader has reported: “Air & listrik”",
    "report.decide": "What you reported stays as it is: “Air & listrik”",
}


def test_every_verb_that_is_told_has_its_words_and_no_words_are_left_over():
    folders = {path.name for path in WORDS.iterdir() if path.is_dir()}
    assert folders == set(AUDIENCES)
    assert {path.name for folder in folders for path in (WORDS / folder).iterdir()} == {
        "line.txt",
        "mail.txt",
    }
    for folder in folders:
        assert len(list((WORDS / folder).iterdir())) == 2


@pytest.mark.parametrize("verb", sorted(AUDIENCES))
def test_words_pass_gettext(verb: str):
    for name in ("line.txt", "mail.txt"):
        text = (WORDS / verb / name).read_text()
        assert any(tag in text for tag in ("translate", "include", "target.lead"))


def a_case_of(verb: str) -> Activity:
    """An activity of the verb, told to who is concerned as author or member."""
    subject, what = verb.split(".")
    if verb in OF_FACTS:
        target = an_event(is_cancelled=verb == "event.cancel")
    elif subject in BY_SUBJECT:
        target = BY_SUBJECT[subject](verb)
    elif subject == "membership":
        target = Membership.objects.create(community=a_community(), user=make_user("Sari Dewi"))
    elif subject == "invitation":
        community = a_community()
        target = invite(community, by=community.created_by, email=make_user("Sari Dewi").email)
    elif subject == "community" and what not in MOVES:
        target = a_community()
    elif subject == "change":
        target = make_item(subject, MOVES[what].target, community=a_community())
    elif subject == "community":
        target = make_community(MOVES[what].target, name="KIM Surya", **numbers(what))
    else:
        status = MOVES[what].target if what in MOVES else Status.APPROVED
        target = make_item(subject, status, title="Air & listrik", community=a_community())
    with transaction.atomic():
        return activity.actions.record(
            verb,
            target,
            by=None,
            region=getattr(target, "region", None),
            reason="Mohon <b>dilengkapi</b>.",
            details={"days": 30},
        )


def a_posting(verb: str) -> Posting:
    return a_substitute() if verb == "posting.substitute" else make_officer().postings.get()


def an_announcement(verb: str) -> Announcement:
    return make_announcement(title="Air & listrik")


def an_event(*, is_cancelled: bool) -> Event:
    june, community = datetime(2026, 6, 1, 2, tzinfo=UTC), a_community()
    cancelled = {"cancelled_at": june, "cancelled_by": community.created_by} if is_cancelled else {}
    return make_event(
        title="Air & listrik",
        community=community,
        starts_at=june,
        ends_at=june + timedelta(hours=2),
        **cancelled,
    )


def an_aspiration(verb: str) -> Aspiration:
    return make_aspiration("forwarded", title="Air & listrik")


def a_wish(_verb: str) -> ForumMembership:
    forum, community = make_forum(name="Forum KIM Muba"), a_community()
    return forum_actions.ask(community, forum, by=community.created_by)


def a_reported_case(_verb: str) -> Case:
    item = make_article(title="Air & listrik", community=a_community())
    return complaints.actions.report(item, rule="untrue", by=make_user("Sari Dewi")).case


OF_FACTS = ("event.move", "event.cancel", "event.resume")
BY_SUBJECT = {
    "forum": a_wish,
    "report": a_reported_case,
    "posting": a_posting,
    "desk": a_posting,
    "announcement": an_announcement,
    "aspiration": an_aspiration,
}


def a_substitute() -> Posting:
    away = make_officer(name="Wati").postings.get()
    june = datetime(2026, 6, 1, tzinfo=UTC)
    return Posting.objects.create(
        user=make_user("Dewi"), role=away.role, region=away.region, stands_in_for=away, started_at=june,
        ends_at=june + timedelta(days=4, hours=17),
    )  # fmt: skip


def a_community() -> Community:
    return make_community(name="KIM Surya")


def numbers(move: str) -> dict[str, object]:
    return {"registry_number": "160606200801", "verified_at": timezone.now()} if move == "approve" else {}


def recipient_of(recorded: Activity) -> User:
    target = recorded.target
    if isinstance(target, ForumMembership):
        return target.forum.created_by
    if isinstance(target, Case):
        return target.reports.get().reporter
    if isinstance(target, Invitation):
        return User.objects.get(email=target.email)
    return getattr(target, "created_by", None) or target.user


@pytest.mark.django_db
@pytest.mark.parametrize("verb", sorted(AUDIENCES))
def test_the_line_says_what_happened(verb: str):
    recorded = a_case_of(verb)
    with translation.override("en"):
        assert wording.line(recorded, recipient_of(recorded)) == LINES[verb]


@pytest.mark.django_db
@pytest.mark.parametrize("verb", sorted(AUDIENCES))
def test_the_mail_says_what_happened_why_and_where(verb: str):
    recorded = a_case_of(verb)
    recipient = recipient_of(recorded)
    recipient.language = "en"
    letter = letters.letter(recorded, recipient)
    address = f"{settings.PORTAL_URL}{path_of(recorded)}"
    assert letter.subject == LINES[verb]
    assert LINES[verb] in letter.text
    assert "Mohon <b>dilengkapi</b>." in letter.text
    assert "Mohon &lt;b&gt;dilengkapi&lt;/b&gt;." in letter.html
    assert f"\n{address}\n" in letter.text
    assert f'href="{address}"' in letter.html
    assert "{{" not in letter.text + letter.html
    assert "\n\n\n" not in letter.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "verb", "said"),
    [
        (make_article, "article.approve", "New article of KIM Surya: “Air”"),
        (make_event, "event.approve", "New event of KIM Surya: “Air”"),
        (make_article, "article.return", "The article “Air” of KIM Surya needs repair."),
    ],
)
def test_who_did_not_write_it_hears_whose_it_is(make, verb: str, said: str):
    community = a_community()
    item = make(community=community, author=make_member(community), title="Air")
    with transaction.atomic():
        recorded = activity.actions.record(verb, item, by=None)
    with translation.override("en"):
        assert wording.line(recorded, community.created_by) == said


@pytest.mark.django_db
def test_the_mail_of_an_event_has_its_time_on_the_clock_of_its_region():
    village = Region.objects.within(LOMBOK_TENGAH).at(Level.VILLAGE).first()
    community = make_community(village=village.pk)
    event = make_event(
        community=community,
        starts_at=datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
        ends_at=datetime(2026, 11, 24, 3, 0, tzinfo=UTC),
        place="Balai Desa",
    )
    with transaction.atomic():
        recorded = activity.actions.record("event.approve", event, by=None)
    text = letters.letter(recorded, make_user()).text
    assert "24 November 2026, 09.30 WITA" in text
    assert "Balai Desa" in text


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "is_cancelled"), [("event.move", True), ("event.cancel", False)])
def test_a_line_about_an_event_says_what_is_true_when_it_is_read(verb: str, is_cancelled: bool):
    event = an_event(is_cancelled=is_cancelled)
    with transaction.atomic():
        recorded = activity.actions.record(verb, event, by=None)
    with translation.override("en"):
        said = wording.line(recorded, make_user())
    assert said == LINES["event.cancel" if is_cancelled else "event.resume"]


@pytest.mark.django_db
def test_a_very_long_title_makes_a_subject_that_can_be_read():
    article = make_article(title="Sungai " * 22)
    with transaction.atomic():
        recorded = activity.actions.record("article.approve", article, by=None)
    subject = letters.letter(recorded, article.created_by).subject
    assert len(subject) == 150
    assert subject.endswith("…")


@pytest.mark.django_db
def test_the_line_is_not_taken_for_safe_html():
    with transaction.atomic():
        recorded = activity.actions.record("article.approve", make_article(), by=None)
    assert not hasattr(wording.line(recorded, make_user()), "__html__")
