"""What every RSS feed of the portal has in common."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.feedgenerator import Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import linebreaks

LENGTH = 30
# What XML 1.0 cannot hold: one such character in a title would break the whole feed.
UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def speakable(text: str | None) -> str:
    """The text without the characters that XML cannot hold."""
    return UNSPEAKABLE.sub("", str(text or ""))


class PlainTextRss(Rss201rev2Feed):
    """RSS whose items are given as plain text, and are text for readers that show HTML too."""

    def add_item(self, title: str, link: str, description: str, **fields: Any) -> None:  # type: ignore[override]
        """Take one item; what looks like a tag in it stays words."""
        fields["author_name"] = speakable(fields.get("author_name")) or None
        fields["categories"] = [speakable(name) for name in fields.get("categories") or ()]
        named = speakable(title).replace("<", "&lt;").replace(">", "&gt;")
        told = linebreaks(speakable(description), autoescape=True)
        super().add_item(named, link, told, **fields)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """RSS has no word for the time of a change; Atom's is understood beside it."""
        super().add_item_elements(handler, item)
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))


class ListFeed(Feed):
    """A public list as RSS, newest first, under the same filters as the page.

    A child gives `title`, `description`, `link` (the page) and `queryset(request)`; item_title() and the
    like answer plain text. Content is Indonesian, so its frame is too, whoever fetches it.
    """

    feed_type = PlainTextRss
    language = "id"
    login_required = False  # read by LoginRequiredMiddleware
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A feed is only read."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return super().__call__(request, *args, **kwargs)

    def queryset(self, request: HttpRequest) -> QuerySet:
        """The rows of the list, filtered as the request asks, newest first."""
        raise NotImplementedError

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """What the hooks of Django's feeds are given: here the request."""
        return request

    def items(self, request: HttpRequest) -> QuerySet:
        """The newest of the list."""
        return self.queryset(request)[:LENGTH]

    def item_title(self, item: Model) -> str:
        """The item in a few words, as plain text."""
        return str(item)

    def item_guid(self, item: Model) -> str:
        """The same forever, whatever becomes of the title and the address."""
        return f"urn:portal-kim:{item._meta.model_name}:{item.pk}"

    def get_feed(self, obj: HttpRequest, request: HttpRequest) -> SyndicationFeed:
        """The feed with its own address and that of its page, filters included."""
        with translation.override(self.language):
            feed = super().get_feed(obj, request)
        query = request.META.get("QUERY_STRING", "")
        feed.feed["feed_url"] = request.build_absolute_uri()
        feed.feed["link"] += f"?{query}" if query else ""
        return feed
