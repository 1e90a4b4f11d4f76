"""A small cast that everybody knows, and one of everything that has an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

import complaints.actions
import replies.by_email
from accounts.models import Posting, User
from accounts.staged import owner_of
from announcements.models import Announcement
from articles.actions import add_photo
from articles.developing import make_ready, render_here
from articles.models import Amendment, Article
from aspirations import by_email
from aspirations.models import Aspiration, Request
from communities import forum_actions
from communities.actions import set_picture
from communities.invitation_actions import invite
from communities.models import (
    ChangeRequest,
    Community,
    Document,
    ForumMembership,
    Invitation,
    Membership,
    Picture,
)
from complaints.models import Case
from events.models import Event, EventChange
from factchecks.models import FactCheck
from figures.models import Report
from imports.models import Import, PageClaim, State
from moderation import remarks
from moderation.models import Moderated, Remark
from moderation.remarks import Place
from moderation.states import Status
from notifications import manage_link, requests, stories
from notifications.models import FollowRequest, Notification, PushDevice, Subscription
from replies.models import Reply
from replies.models import Request as ReplyRequest
from tests.common.pictures import as_file, halves
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    TOMAN,
    make_amendment,
    make_announcement,
    make_article,
    make_aspiration,
    make_change,
    make_community,
    make_event,
    make_event_change,
    make_fact_check,
    make_forum,
    make_member,
    make_officer,
    make_reply,
    make_user,
)

CAST = ("visitor", "reader", "writer", "fellow", "manager", "officer", "elsewhere")


@dataclass
class World:
    """One community with its people, items in every state, and two officers of different regions.

    The writer wrote the items and has applied for a community that waits; the fellow is another member.
    """

    manager: User = field(default_factory=lambda: make_user("Bahar Udin"))
    reader: User = field(default_factory=lambda: make_user("Rina Oktavia"))
    officer: User = field(default_factory=lambda: make_officer(name="Wati Kusuma"))
    elsewhere: User = field(default_factory=lambda: make_officer(LOMBOK_TENGAH, name="Lalu Ahmad"))

    @cached_property
    def kim(self) -> Community:
        """A verified community."""
        return make_community(applicant=self.manager)

    @cached_property
    def writer(self) -> User:
        """A member of it."""
        return make_member(self.kim, user=make_user("Siti Aminah"))

    @cached_property
    def fellow(self) -> User:
        """Another one."""
        return make_member(self.kim, user=make_user("Joko Susilo"))

    def client(self, name: str) -> Client:
        """The browser of somebody of the cast."""
        client = Client(raise_request_exception=False)
        if name != "visitor":
            client.force_login(getattr(self, name))
        return client

    def community(self, status: str) -> Community:
        """The verified one, or one that the writer has applied for."""
        return self.kim if status == Status.APPROVED else make_community(status, applicant=self.writer)

    def article(self, status: str) -> Article:
        """The writer's."""
        return make_article(status, community=self.kim, author=self.writer)

    def amendment(self, status: str) -> Amendment:
        """A correction of a published article of the writer's."""
        return make_amendment(status, article=self.article(Status.APPROVED))

    def event(self, status: str) -> Event:
        """The same."""
        return make_event(status, community=self.kim, author=self.writer)

    def eventchange(self, status: str) -> EventChange:
        """Other words of a published event of the writer's."""
        return make_event_change(status, event=self.event(Status.APPROVED))

    def factcheck(self, status: str) -> FactCheck:
        """The writer's, for their KIM."""
        return make_fact_check(status, community=self.kim, author=self.writer)

    def reply(self, status: str) -> Reply:
        """The reader's, to the writer's article."""
        return make_reply(status, article=self.article(Status.APPROVED), author=self.reader)

    def reply_by_email(self) -> str:
        """The token of a link by which somebody without an account sends theirs."""
        asked = ReplyRequest.objects.create(
            email="siti@contoh.example", article=self.article(Status.APPROVED), name="Siti",
            relation="Warga", text="Bukan begitu.",
        )  # fmt: skip
        return replies.by_email.token_for(asked)

    def own_reply(self) -> str:
        """The token of a link by which somebody without an account comes back to theirs."""
        author = owner_of("siti@contoh.example", language="id")
        return replies.by_email.own_token(make_reply(Status.RETURNED, author=author))

    def item(self, kind: str, status: str) -> Moderated:
        """An item of any kind."""
        return getattr(self, kind)(status)  # type: ignore[no-any-return]

    def change(self, status: str) -> ChangeRequest:
        """A change request of the community."""
        self.kim.changes.all().delete()  # one is open at a time
        return make_change(status, community=self.kim)

    def document(self) -> Document:
        """The scan of the community's SK, with a file behind it."""
        scan = ContentFile(b"%PDF-1.4 rahasia", name="sk.pdf")
        return Document.objects.create(
            community=self.kim,
            file=scan,
            original_name="sk.pdf",
            content_type="application/pdf",
            size=scan.size,
            uploaded_by=self.manager,
        )

    def photo(self, status: str) -> Any:
        """A photo of an article in this state."""
        draft = self.article(Status.DRAFT)
        photo = add_photo(draft, small_picture(), caption="Warga", credit="Siti", by=self.writer)
        make_ready(photo.pk, render=render_here)
        photo.refresh_from_db()
        if status != Status.DRAFT:
            photo.article = self.article(status)
            photo.save()
        return photo

    def picture(self, status: str) -> Picture:
        """The logo of a community."""
        draft = self.community(Status.DRAFT)
        picture = set_picture(draft, Picture.Use.LOGO, small_picture(), by=self.writer)
        if status != Status.DRAFT:
            picture.community = self.community(status)
            picture.save()
        return picture

    def membership(self) -> Membership:
        """The reader's request to join."""
        return Membership.objects.create(community=self.kim, user=self.reader)

    @cached_property
    def forum(self) -> Community:
        """The forum of the regency; somebody else coordinates it."""
        return make_forum()

    def forum_membership(self) -> ForumMembership:
        """That the forum invites the community."""
        return forum_actions.invite(self.forum, self.kim, by=self.forum.created_by)

    def invitation(self) -> Invitation:
        """A link of the manager's."""
        return invite(self.kim, by=self.manager)

    def case(self) -> Case:
        """What is to be decided about an article that a reader has reported."""
        return complaints.actions.report(self.article(Status.APPROVED), rule="untrue").case

    def remark(self) -> Remark:
        """A note of the officer in an article that waits."""
        place = Place("title", 0)
        return remarks.write(self.article(Status.SUBMITTED), place, by=self.officer, text="Siapa?")

    def report(self) -> Report:
        """A report of the officer's region that waits to be made."""
        return Report.objects.create(region_id=MUSI_BANYUASIN, period="2026-01", asked_by=self.officer)

    def checked_import(self) -> Import:
        """A spreadsheet of the officer's, after its dry run."""
        return Import.objects.create(
            region_id=MUSI_BANYUASIN,
            original_name="data-kim.csv",
            headings=["Nama KIM", "Kode Desa"],
            mapping={"name": 0, "village_code": 1},
            state=State.CHECKED,
            row_count=1,
            made_by=self.officer,
        )

    def announcement(self, variant: str) -> Announcement:
        """One of the officer's office: a draft, or sent to members or to everybody; a file is attached."""
        fields = {} if variant == "draft" else {"audience": variant}
        letter = ContentFile(b"%PDF-1.4 surat", name="surat.pdf")
        named = {"attachment_name": "surat.pdf", "attachment_type": "application/pdf"}
        self.kim, self.writer, self.fellow  # noqa: B018 - who belongs to the community when it is sent
        return make_announcement(
            by=self.officer, sent=variant != "draft", attachment=letter, **named, **fields
        )

    def aspiration(self, variant: str) -> Aspiration:
        """The writer's for their KIM's village, public in any status; or one for the office only."""
        status = "working" if variant == "office" else variant
        return make_aspiration(
            status, author=self.writer, community=self.kim, by=self.officer, is_public=variant != "office"
        )

    def aspiration_by_email(self) -> str:
        """The token of a link by which somebody without an account sends theirs."""
        asked = Request.objects.create(
            email="siti@contoh.example", region_id=TOMAN, title="Jembatan rusak", text="Sejak bulan lalu."
        )
        return by_email.token_for(asked)

    def own_aspiration(self) -> str:
        """The token of a link by which somebody without an account comes back to theirs."""
        author = owner_of("siti@contoh.example", language="id")
        return by_email.own_token(make_aspiration("answered", author=author))

    def page_claim(self) -> PageClaim:
        """The link to an imported community."""
        later = timezone.now() + timedelta(days=1)
        return PageClaim.objects.create(
            community=self.kim, of=self.checked_import(), made_by=self.officer, expires_at=later
        )

    def posting(self) -> Posting:
        """The officer's."""
        return self.officer.postings.get()

    def notification(self) -> Notification:
        """What the reader has been told of an article."""
        import activity.actions

        article = self.article(Status.APPROVED)
        recorded = activity.actions.record("article.approve", article, by=self.officer, region=article.region)
        stories.story_of(recorded).save(force_insert=True)
        return Notification.objects.create(activity=recorded, recipient=self.reader)

    def subscription(self) -> Subscription:
        """That the reader follows the community."""
        return Subscription.objects.get_or_create(user=self.reader, community=self.kim)[0]

    def device(self) -> PushDevice:
        """A browser of the reader's, of an installation that has no key any more."""
        endpoint = f"https://push.example/{PushDevice.objects.count()}"
        return PushDevice.objects.create(user=self.reader, endpoint=endpoint, label="Web")

    def request_to_follow(self) -> str:
        """The token of a link by which somebody without an account confirms."""
        asked = FollowRequest.objects.create(email="siti@contoh.example", community=self.kim)
        return requests.token_for(asked)

    def follower_by_email(self) -> str:
        """The token of a link by which somebody without an account manages what they follow."""
        asked = FollowRequest.objects.create(email="siti@contoh.example", community=self.kim)
        return manage_link.token_for(requests.confirm(asked))


def small_picture() -> SimpleUploadedFile:
    """A JPEG of a few hundred bytes, as an upload."""
    return SimpleUploadedFile("gambar.jpg", as_file(halves(60, 40), "JPEG").read(), "image/jpeg")
