"""A portal that grows: one of everything, then thirty, so that lists can be measured."""

from __future__ import annotations

from functools import cached_property
from itertools import cycle
from uuid import uuid4

from django.urls import reverse

import activity.actions
from accounts.models import User
from accounts.roles import Role
from announcements.models import Receipt
from articles.amendment_actions import CORRECT
from articles.models import Article, Photo, PublicChange
from articles.parts import words_of
from aspirations.models import Support
from communities import forum_actions
from communities.models import Community, Membership
from events.change_actions import REWORD
from moderation.models import Moderated
from moderation.states import Status
from notifications.models import Notification, Subscription
from regions.models import Level, Region
from tests.factories import (
    MUSI_BANYUASIN,
    TOMAN,
    make_amendment,
    make_announcement,
    make_article,
    make_aspiration,
    make_community,
    make_decree,
    make_event,
    make_event_change,
    make_fact_check,
    make_forum,
    make_forum_member,
    make_member,
    make_officer,
    make_reply,
    make_user,
)

# Decided or not, an item of each state lies in somebody's list.
STATES = [Status.SUBMITTED, Status.SUBMITTED, Status.RETURNED, Status.DRAFT]


class Crowd:
    """Things are added one by one, each in another village and with people of its own."""

    def __init__(self) -> None:
        self.size = 0
        self.member = make_user("Siti Aminah", home_region_id=MUSI_BANYUASIN)
        self.officer = make_officer(role=Role.HEAD, name="Wati Kusuma")
        self.kim = make_community(applicant=self.member, village=TOMAN, name="KIM Gerbang")
        make_decree(self.kim)
        self.article = make_article(community=self.kim, author=self.member, title="Gerbang sungai dibuka")
        self.event = make_event(community=self.kim, author=self.member)
        self.waiting = make_article(Status.SUBMITTED, community=self.kim, author=self.member)
        self.draft = make_article(Status.DRAFT, community=self.kim, author=self.member)
        self.announcement = make_announcement(audience="readers")
        self.aspiration = make_aspiration("received", author=self.member, community=self.kim)
        self.amended = make_article(community=self.kim, author=self.member)
        self.amendment = make_amendment(article=self.amended, author=self.member)
        returned = make_article(community=self.kim, author=self.member)
        self.repair = make_amendment(Status.RETURNED, article=returned, author=self.member)
        self.changed_event = make_event(community=self.kim, author=self.member)
        self.event_change = make_event_change(
            event=make_event(community=self.kim, author=self.member), author=self.member
        )
        self.fact_check = make_fact_check(community=self.kim, author=self.member)
        self.fact_check.articles.add(self.article)
        self.reply = make_reply(article=self.article, author=self.member)
        self._states = cycle(STATES)
        self.application = make_community(Status.DRAFT, applicant=self.member)
        self.sent = make_community(Status.SUBMITTED, applicant=self.member)
        self.forum = make_forum(applicant=self.member)
        make_article(community=self.forum, author=self.member)

    def grow_to(self, size: int) -> None:
        """Until there are so many of everything."""
        while self.size < size:
            self._add_one(self.villages[self.size])
            self.size += 1

    def step(self, slug: str) -> str:
        """Where a step of the application is."""
        return reverse("communities:step", args=[self.application.slug, slug])

    @cached_property
    def villages(self) -> list[Region]:
        """Of one kabupaten, the first ones in the kecamatan of the community that is shown."""
        inside = Region.objects.within(Region.objects.get(pk=MUSI_BANYUASIN)).filter(level=Level.VILLAGE)
        near = inside.filter(parent__children=TOMAN)
        return [*near, *inside.exclude(pk__in=near)]

    def _add_one(self, village: Region) -> None:
        community = make_community(village=village.pk)
        make_member(community, user=self.member, role=Membership.Role.MANAGER)
        self._add_people(community)
        make_forum_member(self.forum, community)
        self._add_federation(community)
        writer = community.created_by
        articles = [
            make_article(community=community, author=writer, title=f"Kabar sungai {village.name}"),
            make_article(community=self.kim, author=make_member(self.kim)),
        ]
        for article in articles:
            add_photo(article)
        make_reply(article=self.article)
        make_reply(next(self._states), article=articles[0], author=self.member)
        self.fact_check.articles.add(articles[0])
        make_fact_check(community=community, author=self.member).articles.add(self.article, articles[0])
        make_fact_check(community=self.kim, author=self.member, title=f"Sungai {village.name} tidak kering")
        make_event(community=community, author=writer, title=f"Jaga sungai {village.name}")
        make_event(community=self.kim, author=make_member(self.kim))
        self._add_work(community)
        self._add_changes(community)
        self._add_event_changes(community)
        self._add_told(articles)
        make_announcement(audience="readers")
        self._add_aspirations(community)
        Receipt.objects.create(announcement=self.announcement, user=writer)

    def _add_aspirations(self, community: Community) -> None:
        make_aspiration(
            "working", community=community, region_id=community.region_id, support_count=self.size
        )
        make_aspiration("sent", author=self.member, region_id=community.region_id)
        Support.objects.create(aspiration=self.aspiration, user=community.created_by)
        for verb in ("aspiration.receive", "aspiration.work"):
            happened = activity.actions.record(
                verb, self.aspiration, by=make_user("Petugas"), region=self.aspiration.region
            )
            Notification.objects.create(activity=happened, recipient=self.member)

    def _add_people(self, community: Community) -> None:
        Membership.objects.create(community=self.kim, user=make_user("Peminta"))
        Subscription.objects.create(user=self.member, community=community)
        Subscription.objects.create(user=self.officer, community=community)
        Subscription.objects.create(user=self.member, region=community.region)
        make_officer(MUSI_BANYUASIN, name="Rekan")

    def _add_federation(self, community: Community) -> None:
        """Another forum that has asked, one that the community belongs to, and one that it could ask."""
        forum_actions.invite(make_forum(applicant=self.officer), self.kim, by=self.officer)
        make_forum_member(make_forum(), self.kim)
        make_forum()
        wishing = make_community(village=community.region_id)
        forum_actions.ask(wishing, self.forum, by=wishing.created_by)

    def _add_work(self, community: Community) -> None:
        status = next(self._states)
        make_article(status, community=community, author=self.member)
        make_event(status, community=community, author=self.member)
        make_decree(make_community(status, village=community.region_id, applicant=self.member))
        for thing in (self.waiting, self.draft):
            if thing.photos.count() < 12:
                add_photo(thing)
        for item in (self.waiting, self.article, self.event, self.kim):
            note(item, "return", by=make_user("Petugas lama"))

    def _add_changes(self, community: Community) -> None:
        """A change of an article that waits, and one more correction that everybody reads."""
        make_amendment(article=make_article(community=community, author=self.member), author=self.member)
        for article in (self.amended, self.repair.article):
            add_photo(article)
        words = words_of(self.amended)
        change = PublicChange.objects.create(
            article=self.amended, nature="correction", was_wrong="Pukul tujuh.", is_right="Pukul enam.",
            before=words, after={**words, "lead": f"Teras {self.size}."}, changed_by=self.member,
            corrects=self.amended.public_changes.last(),
        )  # fmt: skip
        Article.objects.filter(pk=self.amended.pk).update(amended_at=change.changed_at)
        activity.actions.record(
            CORRECT, self.amended, by=self.officer, region=self.amended.region, details={"change": change.pk}
        )

    def _add_event_changes(self, community: Community) -> None:
        """Words that wait, words that are public, and a time that is."""
        make_event_change(event=make_event(community=community, author=self.member), author=self.member)
        change = make_event_change(Status.APPROVED, event=self.changed_event, author=self.member)
        activity.actions.record(
            REWORD, self.changed_event, by=self.officer, region=change.region, details={"change": change.pk}
        )
        make_event_change(
            Status.APPROVED, event=self.changed_event, author=self.member, nature="moved", decided_at=None,
            decided_by=None, is_unreviewed=True,
        )  # fmt: skip

    def _add_told(self, articles: list[Article]) -> None:
        for article in articles:
            recorded = note(article, "approve", by=self.officer)
            for person in (self.member, self.officer):
                Notification.objects.create(activity=recorded, recipient=person)


def note(item: Moderated, move: str, *, by: User) -> activity.actions.Activity:
    """A line of its history, without the move."""
    return activity.actions.record(item.verb(move), item, by=by, region=item.region)


def add_photo(article: Article) -> Photo:
    """A row for a photo, without files behind it."""
    return Photo.objects.create(
        article=article, fingerprint=uuid4().hex, caption="Warga menenun", credit="Rina", width=960,
        height=640, small="a.webp", medium="b.webp", fallback="c.jpg", uploaded_by=article.created_by,
    )  # fmt: skip
