"""What a community did: its registration, its members, its news and its events, as steps in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone

import articles.actions
import communities.actions
import moderation.actions
from accounts.models import User
from articles.models import Article, Photo
from common.html import clean_html
from common.uploads import DocumentField
from communities import developing
from communities.models import Community, Kind, Membership, Picture
from events.models import Event
from kimportal.demo import moments, pictures
from kimportal.demo.people import person
from kimportal.demo.pictures import decree
from kimportal.demo.steps import Step
from moderation.models import Moderated
from regions.models import Region

CREDIT = "ilustrasi Portal KIM"
# How long before sending a text was begun, and how long a request to join waited.
WRITING = timedelta(minutes=95)
WAITING = timedelta(hours=20)
DECREE_YEARS = 5
DUTIES = {
    "chair_name": "Ketua",
    "secretary_name": "Sekretaris",
    "treasurer_name": "Bendahara",
    "collecting_head_name": "Bidang Pengumpulan",
    "processing_head_name": "Bidang Pengolahan",
    "spreading_head_name": "Bidang Penyebaran",
}


class Tale:
    """One community of the content, and everything about it."""

    def __init__(self, content: dict[str, Any], now: datetime) -> None:
        self.content, self.now = content, now
        self.registration = dict(content["registration"])
        village = Region.objects.select_related("parent__parent__parent")
        self.region = village.get(pk=self.registration.pop("region"))
        self.community = Community(region=self.region)

    def steps(self) -> Iterator[Step]:
        """All of it; the caller sorts."""
        applicant = self.content["applicant"]
        yield Step(self._begun(self.content), self._apply)
        yield from self._moves(self.community, self.content["history"], applicant)
        for entry in self.content.get("members", []):
            yield from self._joining(entry, accepted=True)
        for entry in self.content.get("asking", []):
            yield from self._joining(entry, accepted=False)
        for entry in self.content.get("articles", []):
            yield from self._item(entry, self._write_article, Article())
        for entry in self.content.get("events", []):
            yield from self._item(entry, self._announce_event, Event())

    # Registration
    def _apply(self) -> None:
        _begin(self.community)
        fields = dict(self.registration)
        scan = self._decree(fields)
        for name, value in fields.items():
            setattr(self.community, name, value.strip() if isinstance(value, str) else value)
        applicant = person(self.content["applicant"])
        communities.actions.save_application(self.community, by=applicant, decree=scan)
        self._show_itself(by=applicant)

    def _show_itself(self, *, by: User) -> None:
        """Logo and group photo, where a community has them; the others show their cloth."""
        chosen = self.content.get("pictures", {})
        if "logo" in chosen:
            logo = _jpeg("logo.jpg", pictures.render_emblem(chosen["logo"]))
            self._shows(Picture.Use.LOGO, logo, by=by)
        if "group" in chosen:
            photo = _jpeg("bersama.jpg", pictures.render("group", chosen["group"]))
            self._shows(Picture.Use.GROUP, photo, by=by)

    def _shows(self, use: str, upload: UploadedFile, *, by: User) -> None:
        picture = communities.actions.set_picture(self.community, use, upload, by=by)
        developing.make_ready(Picture, picture.pk, render=developing.render_here)

    def _decree(self, fields: dict[str, Any]) -> UploadedFile | None:
        """Fill in the dates of the SK, and draw it; without a number there is none yet."""
        if "decree_number" not in fields:
            return None
        signed = (self.now - timedelta(days=fields.pop("decree_ago"))).date()
        fields["decree_number"] = fields["decree_number"].replace("{tahun}", str(signed.year))
        fields["decree_date"] = signed
        fields["decree_valid_until"] = signed + timedelta(days=round(365.25 * DECREE_YEARS))
        return _scan(self._paper(fields), as_photo=len(fields["name"]) % 2 == 1)

    def _paper(self, fields: dict[str, Any]) -> decree.Decree:
        signed = fields["decree_date"]
        # A village stands beneath its district, a forum's regency alone.
        government, *beneath = self.region.lineage[1:] or self.region.lineage
        term = f"{signed.year}-{signed.year + DECREE_YEARS}"
        duties = {**DUTIES, "chair_name": "Koordinator"} if fields["kind"] == Kind.FORUM else DUTIES
        return decree.Decree(
            letterhead=[f"Pemerintah {government}", *map(str, beneath)],
            issuer=fields["decree_issuer"],
            number=fields["decree_number"],
            subject=f"Pengukuhan Pengurus {fields['name']} Masa Bakti {term}",
            place=self.region.name,
            date=moments.long_date(signed),
            officers=[(duty, fields[name]) for name, duty in duties.items() if name in fields],
        )

    # Members
    def _joining(self, entry: dict[str, Any], *, accepted: bool) -> Iterator[Step]:
        at = self._at(entry["ago"])
        yield Step(at - WAITING if accepted else at, partial(self._ask, entry["person"]))
        if accepted:
            yield Step(at, partial(self._accept, entry["person"]))

    def _ask(self, key: str) -> None:
        community = Community.objects.get(pk=self.community.pk)
        communities.actions.ask_to_join(community, by=person(key))

    def _accept(self, key: str) -> None:
        request = Membership.objects.asked().get(community=self.community, user=person(key))
        communities.actions.accept_member(request, by=person(self.content["applicant"]))

    # News and events
    def _item(
        self, entry: dict[str, Any], write: Callable[[dict[str, Any], Any], None], item: Moderated
    ) -> Iterator[Step]:
        yield Step(self._begun(entry), partial(write, entry, item))
        yield from self._moves(item, entry["history"], entry["by"])

    def _write_article(self, entry: dict[str, Any], article: Article) -> None:
        author = person(entry["by"])
        _begin(article)
        article.community = self.community
        for name in ("category", "dateline", "title"):
            setattr(article, name, entry[name])
        article.source = entry.get("source", article.source)
        article.lead = self._with_days(entry, entry["lead"])
        article.body = clean_html(self._with_days(entry, entry["body"]))
        communities.actions.save_item(article, by=author)
        for photo in entry.get("photos", []):
            upload = _jpeg(f"{photo['motif']}.jpg", pictures.render(photo["motif"], photo["seed"]))
            added = articles.actions.add_photo(
                article, upload, caption=photo["caption"], credit=CREDIT, by=author
            )
            developing.make_ready(Photo, added.pk, render=developing.render_here)

    def _announce_event(self, entry: dict[str, Any], event: Event) -> None:
        _begin(event)
        event.community = self.community
        event.title, event.place = entry["title"], entry["place"]
        event.text = self._with_days(entry, entry["text"]).strip()
        event.starts_at = moments.planned(entry["starts"], now=self.now, zone=self.region.zone)
        event.ends_at = event.starts_at + timedelta(hours=entry["hours"])
        communities.actions.save_item(event, by=person(entry["by"]))

    def _moves(self, item: Moderated, history: list[dict[str, Any]], author: str) -> Iterator[Step]:
        for entry in history:
            yield Step(self._at(entry["ago"]), partial(_move, item, entry, author))

    # Time
    def _at(self, ago: str) -> datetime:
        return moments.past(ago, now=self.now, zone=self.region.zone)

    def _begun(self, entry: dict[str, Any]) -> datetime:
        """When a text was begun: as it says, or a while before it was first sent."""
        if "written" in entry:
            return self._at(entry["written"])
        return self._at(entry["history"][0]["ago"]) - WRITING

    def _with_days(self, entry: dict[str, Any], text: str) -> str:
        return moments.with_days(text, self._begun(entry).astimezone(self.region.zone).date())


def _begin(item: Moderated) -> None:
    """The item was made when the steps were collected; its life begins now."""
    item.created_at = item.changed_at = timezone.now()


def _move(item: Moderated, entry: dict[str, Any], author: str) -> None:
    by = person(entry.get("by", author))
    reason, cited = entry.get("reason", ""), entry.get("rule", "")
    answers = dict.fromkeys(item.SHEET, "yes") if entry["move"] == "approve" else {}
    moderation.actions.move(item, entry["move"], by=by, reason=reason, cited=cited, answers=answers)


def _jpeg(name: str, data: bytes) -> UploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def _scan(paper: decree.Decree, *, as_photo: bool) -> UploadedFile:
    """The SK as the form hands it over: some people photograph it, some have a PDF."""
    if as_photo:
        upload = _jpeg("foto-sk.jpg", decree.as_jpeg(paper))
    else:
        upload = SimpleUploadedFile("sk.pdf", decree.as_pdf(paper), "application/pdf")
    return DocumentField().clean(upload)
