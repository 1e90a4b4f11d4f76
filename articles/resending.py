"""A send whose answer was lost: it comes again, and is told that it is through.

The composer repeats a send until an answer comes. Once the first one has put the article before the office,
the form is no longer open; saying so would sound as if nothing had arrived.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from articles import conflicts, photos_on_page
from articles.forms import ArticleForm
from articles.models import Article
from articles.photo_forms import PhotoForms
from communities.composing import wants_to_send
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from accounts.requests import SignedInRequest


def answered(request: SignedInRequest) -> HttpResponse | None:
    """The answer to what was sent before; None for everything else."""
    sent = _sent_before(request) if wants_to_send(request) else None
    if sent is None:
        return None
    if _says_the_same(request, sent):
        return JsonResponse({"url": sent.get_absolute_url(), "version": sent.changed_at.isoformat()})
    return JsonResponse({"errors": {"": [_too_late()]}, "url": sent.get_absolute_url()}, status=422)


def require_stored(stored: Article, typed: Article) -> None:
    """TransitionRefused where the same form was sent before, and what it says now did not arrive."""
    typed = copy.copy(typed)
    typed.pk = stored.pk
    if not stored.is_editable and conflicts.differing(stored, typed):
        raise TransitionRefused(_too_late())


def _too_late() -> str:
    return _("It was sent already, without what you changed since. Take it back to send it with that.")


def _sent_before(request: SignedInRequest) -> Article | None:
    if request.method != "POST" or request.headers.get("Accept") != "application/json":
        return None
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
    found = Article.objects.filter(form_key=key).select_related("community__region", "region").first()
    if found is None or found.is_editable or not found.is_authored_by(request.user):
        return None
    return found


def _says_the_same(request: SignedInRequest, sent: Article) -> bool:
    """Whether the words are those that arrived, also those of the photos that the article has."""
    form = ArticleForm(request.POST, instance=copy.copy(sent), user=request.user)
    photos = PhotoForms(sent, request.POST)
    if not all([form.is_valid(), photos.is_valid()]) or conflicts.differing(sent, form.instance):
        return False
    return not photos_on_page.swallows(sent, photos)
