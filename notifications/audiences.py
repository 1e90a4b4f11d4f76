"""Who is told of what: every verb stands in AUDIENCES or in SILENT, and in one of them only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import Posting, User
from accounts.roles import roles_with
from activity.models import Activity
from communities.models import Community, ForumMembership, Invitation, Membership
from complaints.models import Case, Report
from moderation import rules
from moderation.states import Status
from notifications import amending, announcing, aspiring, checking, replying
from notifications.circles import Circle, people, strongest
from notifications.models import Mute, Rhythm, Subscription

if TYPE_CHECKING:
    from communities.handing import HandedIn
    from communities.items import CommunityItem
    from events.models import Event
    from moderation.models import Moderated

Reasons = tuple[Callable[..., list[Circle]], ...]


def deciding_officers(item: Moderated) -> list[Circle]:
    """While it waits: the officers of its kind in the office whose turn it is, the lowest that has any."""
    if item.status != Status.SUBMITTED:
        return []
    postings = [posting.pk for posting in rules.postings_for(item)]
    return [Circle(Posting.objects.current().filter(pk__in=postings))]


def appealed_against(item: CommunityItem) -> list[Circle]:
    """Of an answer to an appeal: who had decided before, as long as they work in an office above it."""
    if item.appealed_against_id is None:
        return []
    above = Posting.objects.current().covering(item.region)
    return [Circle(above.filter(user=item.appealed_against_id))]


def applicant_and_managers(community: Community) -> list[Circle]:
    """Who applied for the community, and who manages it."""
    return [
        Circle(User.objects.filter(pk=community.created_by_id), person="id"),
        Circle(Membership.objects.current().managers().filter(community=community)),
    ]


def writer_and_managers(item: CommunityItem) -> list[Circle]:
    """Who wrote it, while a member, and the managers of its community: the twin of is_authored_by()."""
    members = Membership.objects.current().filter(community=item.community_id)
    return [Circle(members.filter(Q(role=Membership.Role.MANAGER) | Q(user=item.created_by_id)))]


def followers(item: CommunityItem) -> list[Circle]:
    """Who follows its community, its region, a region above it, or its category there; while it is public.

    One circle for each thing that can be followed: so the index of each hands out its people in order.
    A community that a person has muted is not told of through a region.
    """
    if not type(item)._default_manager.public().filter(pk=item.pk).exists():  # type: ignore[attr-defined]
        return []
    muted = Mute.objects.filter(community=item.community_id, user=OuterRef("user"))
    things = [
        Q(~Exists(muted), region=code, category=category)
        for code in item.region.ancestor_codes
        for category in {"", getattr(item, "category", "")}
    ]
    own = Q(community=item.community_id)
    return [Circle(Subscription.objects.filter(thing), rhythm=F("rhythm")) for thing in (own, *things)]


def followers_at_once(item: CommunityItem) -> list[Circle]:
    """The same on approval; of what is approved for a later time, they hear when it comes."""
    set_for = getattr(item, "publish_at", None)
    return [] if set_for and item.decided_at and set_for > item.decided_at else followers(item)


def followers_while_on(event: Event) -> list[Circle]:
    """Of another time or place, and of what takes place after all: as long as that is true."""
    return [] if event.is_cancelled or event.is_over else followers(event)


def followers_while_off(event: Event) -> list[Circle]:
    """Of a cancellation: as long as it stands, and somebody could come in vain."""
    return followers(event) if event.is_cancelled and not event.is_over else []


def managers_who_read_first(item: HandedIn) -> list[Circle]:
    """While a member's text waits for them: who manages its community."""
    return managers(item.community) if item.is_handed_in else []


def who_handed_in(item: HandedIn) -> list[Circle]:
    """Who gave it to the managers last, while a member."""
    handed = Activity.objects.of(item).filter(verb=f"{item.KIND}.hand_in").order_by("pk").last()
    members = Membership.objects.current().filter(community=item.community_id)
    return [Circle(members.filter(user=handed.actor_id if handed else item.created_by_id))]


def the_member(membership: Membership) -> list[Circle]:
    """Whose membership it is."""
    return [Circle(User.objects.filter(pk=membership.user_id), person="id")]


def managers_of_membership(membership: Membership) -> list[Circle]:
    """While the request to join waits: who answers it."""
    if membership.accepted_at or membership.ended_at:
        return []
    return [Circle(Membership.objects.current().managers().filter(community=membership.community_id))]


def managers(community: Community) -> list[Circle]:
    """Who manages the community."""
    return [Circle(Membership.objects.current().managers().filter(community=community))]


def responsible(community: Community) -> list[Circle]:
    """Who manages the community; before it is verified, who applied for it."""
    if community.verified_at:
        return managers(community)
    return [Circle(User.objects.filter(pk=community.created_by_id), person="id")]


def registrars(community: Community) -> list[Circle]:
    """The officers of communities in the lowest office above it that has any; a draft is no office's yet."""
    if community.status == Status.DRAFT:
        return []
    lowest = rules.deciding_region(community.region, community.DUTY)
    return [Circle(Posting.objects.current().filter(role__in=roles_with(community.DUTY), region=lowest))]


def managers_of_member(membership: Membership) -> list[Circle]:
    """Who manages the community of a member."""
    return [Circle(Membership.objects.current().managers().filter(community=membership.community_id))]


def the_invited(invitation: Invitation) -> list[Circle]:
    """While the invitation holds: whose account has its address. Others get a mail of their own."""
    if not invitation.is_open or not invitation.email:
        return []
    return [Circle(User.objects.filter(email=invitation.email, is_staged=False), person="id")]


def managers_asked(membership: ForumMembership) -> list[Circle]:
    """While a wish between a community and a forum waits: who answers it."""
    if membership.accepted_at or membership.ended_at:
        return []
    return managers(membership.answering)


def managers_asking(membership: ForumMembership) -> list[Circle]:
    """Who manages the side that asked."""
    return managers(membership.asking)


def managers_of_both(membership: ForumMembership) -> list[Circle]:
    """Who manages the community, and who manages the forum."""
    return [*managers(membership.community), *managers(membership.forum)]


def the_officer(posting: Posting) -> list[Circle]:
    """Who was appointed, or whose posting ended."""
    return [Circle(User.objects.filter(pk=posting.user_id), person="id")]


def officers_of_case(case: Case) -> list[Circle]:
    """While it waits: who decides about what was reported."""
    if not case.is_open or case.target is None:
        return []
    lowest = rules.deciding_region(case.region, case.target.DUTY)
    return [Circle(Posting.objects.current().filter(role__in=roles_with(case.target.DUTY), region=lowest))]


def reporters(case: Case) -> list[Circle]:
    """Who reported it with an account. Others get a mail of their own."""
    return [Circle(Report.objects.filter(case=case, reporter__isnull=False), person="reporter")]


AUDIENCES: dict[str, Reasons] = {
    "community.submit": (deciding_officers,),
    "community.approve": (applicant_and_managers,),
    "community.return": (applicant_and_managers,),
    "community.reject": (applicant_and_managers,),
    "community.suspend": (applicant_and_managers,),
    "community.restore": (applicant_and_managers,),
    "community.expiring": (managers,),
    "community.warn": (managers,),
    "community.rest": (managers,),
    "community.keep": (managers,),
    "community.dissolve": (managers,),
    "community.move": (responsible,),
    "community.place": (responsible, registrars),
    "change.submit": (deciding_officers,),
    "change.approve": (writer_and_managers,),
    "change.return": (writer_and_managers,),
    "change.reject": (writer_and_managers,),
    "article.submit": (deciding_officers,),
    "article.appeal": (deciding_officers,),
    "article.approve": (writer_and_managers, followers_at_once, appealed_against),
    "article.publish_first": (writer_and_managers, followers_at_once),
    "event.publish_first": (writer_and_managers, followers),
    "community.trust": (managers,),
    "community.distrust": (managers,),
    "article.publish": (writer_and_managers, followers),
    "article.return": (writer_and_managers, appealed_against),
    "article.reject": (writer_and_managers, appealed_against),
    "article.suspend": (writer_and_managers,),
    "article.restore": (writer_and_managers,),
    "article.slip": (writer_and_managers,),
    "article.fix_slip": (writer_and_managers,),
    "amendment.submit": (deciding_officers,),
    "amendment.appeal": (deciding_officers,),
    "amendment.approve": (amending.changers, appealed_against),
    "amendment.return": (amending.changers, appealed_against),
    "amendment.reject": (amending.changers, appealed_against),
    "event.submit": (deciding_officers,),
    "event.appeal": (deciding_officers,),
    "event.approve": (writer_and_managers, followers, appealed_against),
    "event.return": (writer_and_managers, appealed_against),
    "event.reject": (writer_and_managers, appealed_against),
    "event.suspend": (writer_and_managers,),
    "event.restore": (writer_and_managers,),
    "event.slip": (writer_and_managers,),
    "event.move": (writer_and_managers, followers_while_on),
    "event.cancel": (writer_and_managers, followers_while_off),
    "event.resume": (writer_and_managers, followers_while_on),
    "eventchange.submit": (deciding_officers,),
    "eventchange.approve": (amending.changers,),
    "eventchange.return": (amending.changers,),
    **{
        f"{kind}.{step}": (told,)
        for kind in ("article", "event", "amendment", "factcheck")
        for step, told in (("hand_in", managers_who_read_first), ("hand_back", who_handed_in))
    },
    "membership.ask": (managers_of_membership,),
    "membership.accept": (the_member,),
    "membership.decline": (the_member,),
    "membership.end": (the_member,),
    "membership.promote": (the_member,),
    "membership.demote": (the_member,),
    "membership.join": (managers_of_member,),
    "invitation.send": (the_invited,),
    "forum.ask": (managers_asked,),
    "forum.invite": (managers_asked,),
    "forum.join": (managers_of_both,),
    "forum.decline": (managers_asking,),
    "forum.end": (managers_of_both,),
    "posting.appoint": (the_officer,),
    "posting.end": (the_officer,),
    "desk.overdue": (the_officer,),
    "posting.substitute": (the_officer,),
    "announcement.send": (announcing.told,),
    "announcement.withdraw": (announcing.who_passed_it_on,),
    **aspiring.AUDIENCES,
    "factcheck.submit": (deciding_officers,),
    "factcheck.appeal": (deciding_officers,),
    "factcheck.approve": (checking.checkers, checking.touched, checking.followers, appealed_against),
    "factcheck.return": (checking.checkers, appealed_against),
    "factcheck.reject": (checking.checkers, appealed_against),
    "factcheck.suspend": (checking.checkers, checking.touched),
    "factcheck.restore": (checking.checkers, checking.touched),
    "reply.submit": (deciding_officers,),
    "reply.appeal": (deciding_officers,),
    **replying.AUDIENCES,
    **{f"reply.{answer}": (*told, appealed_against) for answer, told in replying.ANSWERS.items()},
    "report.open": (officers_of_case,),
    "report.decide": (reporters,),
}
# Kept in the history; nobody is told.
SILENT = {"community.withdraw", "article.withdraw", "event.withdraw", "document.view"}
SILENT |= {f"{kind}.take_back" for kind in ("article", "event", "amendment", "factcheck")}
SILENT |= {"article.confirm", "event.confirm"}
SILENT |= {"community.edit", "community.change", "community.propose", "community.wake"}
SILENT |= {"change.withdraw", "invitation.revoke", "forum.withdraw"}
SILENT |= {"office.change", "region.change"}
SILENT |= amending.SILENT
SILENT |= {"announcement.forward"}
SILENT |= aspiring.SILENT | replying.SILENT | {"factcheck.withdraw"}
SILENT |= {"import.upload", "import.apply", "import.undo", "import.invite", "import.download"}
SILENT |= {"community.import", "community.import_undo", "community.claim"}
SILENT |= {"delivery.retry"}
SILENT |= {"export.make", "report.ask", "report.download"}


def circles(activity: Activity) -> Sequence[Circle]:
    """Everybody concerned, circle by circle. Asked anew each time: people leave, things are withdrawn."""
    reasons = AUDIENCES.get(activity.verb, ())
    target = activity.target if reasons else None
    if target is None:
        return []
    return [circle for reason in reasons for circle in reason(target)]


def audience(activity: Activity) -> QuerySet[User]:
    """Who is told: active accounts, once each, and never who did it."""
    return people(circles(activity)).exclude(pk=activity.actor_id or 0)


def rhythm_of(activity: Activity, person: User) -> Rhythm | None:
    """In which rhythm the person is told of it, asked anew; None where they are not concerned any more."""
    if person.pk == activity.actor_id or not person.is_active:
        return None
    return strongest(circles(activity), person)
