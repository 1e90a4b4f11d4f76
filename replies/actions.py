"""Things people do with replies, beyond the moves of every item: send one, send it again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import moderation.actions
from accounts.models import User
from articles.models import Article
from moderation.appeals import APPEAL
from moderation.errors import TransitionRefused
from replies.models import OPEN, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

# An office of two people has to read them.
MOST_A_DAY = 5
WORDS = ("name", "relation", "passage", "text")


def send(reply: Reply, *, by: User) -> Reply:
    """Send a new reply to the office; of two clicks the second finds what the first has sent.

    TransitionRefused where the article cannot be read any more, where an earlier reply of the same person to
    it still waits, or beyond what one person may send in a day.
    """
    with transaction.atomic():
        # One at a time a person, so that the limits hold.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        earlier = Reply.objects.filter(form_key=reply.form_key).first()
        if earlier is not None:
            return _of_first_click(earlier, by=by)
        _require_article(reply)
        _require_room(reply, by=by)
        reply.created_by = by
        reply.save(force_insert=True)
        return moderation.actions.move(reply, "submit", by=by)


def send_again(reply: Reply, words: Mapping[str, str], *, by: User) -> Reply:
    """Send what the office has returned, or what was taken back, with other words."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        _require_article(reply)
        if Reply.objects.filter(article=reply.article, created_by=by, status__in=OPEN).exclude(pk=reply.pk):
            raise TransitionRefused(_waits())
        for name in WORDS:
            setattr(reply, name, words[name])
        saved = moderation.actions.save_changes(reply, by=by, only=WORDS)
        return moderation.actions.move(saved, "submit", by=by)


def appeal(reply: Reply, words: str, *, by: User) -> Reply:
    """Appeal against its rejection, once and in time: see moderation.appeals. Raises as every move does."""
    with transaction.atomic():
        # One at a time a person, so that no second reply is sent meanwhile.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        return moderation.actions.move(reply, APPEAL, by=by, reason=words)


def _of_first_click(earlier: Reply, *, by: User) -> Reply:
    if earlier.created_by_id != by.pk:
        raise PermissionDenied
    return earlier


def _require_article(reply: Reply) -> None:
    if not Article.objects.public().filter(pk=reply.article_id).exists():
        raise TransitionRefused(_("The article cannot be read any more, so there is nothing to reply to."))


def _require_room(reply: Reply, *, by: User) -> None:
    own = Reply.objects.filter(created_by=by)
    if own.filter(article=reply.article_id, status__in=OPEN).exists():
        raise TransitionRefused(_waits())
    if own.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TransitionRefused(_("That is enough for one day. Please write again tomorrow."))


def _waits() -> str:
    return _("An earlier reply of yours to this article still waits. Repair that one, or take it back.")
