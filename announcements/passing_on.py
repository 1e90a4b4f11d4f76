"""An announcement becomes a news item of a community, with the office named as its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

import activity.actions
import communities.actions
from announcements import rules
from announcements.models import Announcement, PassedOn
from announcements.verbs import FORWARD
from articles.models import Article, Category, Source
from common.html import clean_html, excerpt

if TYPE_CHECKING:
    from accounts.models import User
    from communities.models import Community

WORDS_OF_LEAD = 40


def pass_on(announcement: Announcement, community: Community, *, by: User) -> tuple[PassedOn, bool]:
    """Begin a draft that tells the same as a press release; a community has one of each announcement.

    Returns it, and whether it is new. PermissionDenied for who does not write for the community, or where it
    was not meant for it.
    """
    if not rules.communities_passing_on(by, announcement).filter(pk=community.pk).exists():
        raise PermissionDenied
    with transaction.atomic():
        # Two members press at the same moment: the second waits here, and finds the first one's draft.
        type(community).objects.select_for_update(of=("self",)).get(pk=community.pk)
        found = PassedOn.objects.filter(announcement=announcement, community=community)
        existing = found.select_related("article").first()
        if existing is not None:
            return existing, False
        article = communities.actions.save_item(_draft(announcement, community), by=by)
        passed = PassedOn.objects.create(
            announcement=announcement, community=community, article=article, passed_on_by=by
        )
        activity.actions.record(FORWARD, passed, by=by, region=community.region)
    return passed, True


def _draft(announcement: Announcement, community: Community) -> Article:
    return Article(
        community=community,
        title=announcement.title,
        lead=excerpt(announcement.text, WORDS_OF_LEAD)[:600],
        body=_body(announcement),
        category=Category.GOVERNMENT,
        dateline=community.region.name.upper()[:60],
        source=Source.RELEASE,
    )


def _body(announcement: Announcement) -> str:
    """The office's words, then whose they are. News are Indonesian, whoever passes them on.

    Without a link: the plain field of a slow phone would show its tags. The page of the article has it.
    """
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Source: announcement of %(office)s, “%(title)s”.") % {
            "office": announcement.source,
            "title": announcement.title,
        }
    return clean_html(announcement.text + format_html("<p>{}</p>", words))
