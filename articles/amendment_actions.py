"""What becomes of an amendment: opened, sent, made true by the office, or thrown away. Slips pass at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import activity.actions
import moderation.actions
from articles import copies, merging, revisions, slips, whereabouts
from articles.amendment import Amendment, Nature, PublicChange
from articles.models import NEEDED_TO_SEND, Article
from articles.parts import WHERE, WORDS, base_of, with_words, words_of
from articles.photographs import MAX_PHOTOS, faults_of, require_ready, too_many
from articles.signals import moved
from common.html import plain_text
from communities import handing
from moderation.appeals import TIME_TO_APPEAL
from moderation.errors import TransitionRefused
from moderation.states import Status

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from accounts.models import User

CORRECT, UPDATE, FIX_SLIP = "article.correct", "article.update", "article.fix_slip"
VERBS = {Nature.CORRECTION: CORRECT, Nature.UPDATE: UPDATE, Nature.SLIP: FIX_SLIP}
LABELS = {
    CORRECT: gettext_lazy("Correction published"),
    UPDATE: gettext_lazy("Update published"),
    FIX_SLIP: gettext_lazy("Typing slip mended"),
}
# What was published once can be amended; a withdrawn article stays withdrawn with its new words.
AMENDABLE = (Status.APPROVED, Status.SUSPENDED)
EVER = (Nature.CORRECTION, Nature.SLIP)


class Overtaken(Exception):
    """Somebody else has opened or saved the amendment since this page read it; nothing was stored."""

    def __init__(self, stored: Amendment) -> None:
        super().__init__(str(stored))
        self.stored = stored


def open_one(article: Article) -> Amendment | None:
    """The amendment that is not decided for good, if any."""
    found = Amendment.objects.open().filter(article=article)
    return found.select_related("article__region", "community", "region", "happened_in", "created_by").first()


def begin(article: Article) -> Amendment:
    """A new amendment that says what the article says; not stored."""
    base = base_of(article)
    own = {name: base[name] for name in WORDS}
    return Amendment(
        article=article, community=article.community, region=article.region, base=base, **own
    )  # fmt: skip


def save(amendment: Amendment, *, by: User, seen: str = "") -> Amendment:
    """Store what an author typed. `seen`: which version of it the page had read; "" for a new one.

    PermissionDenied for who may not change the article; Overtaken where somebody else has opened or saved an
    amendment meanwhile that says something else; TransitionRefused once it is with the office.
    """
    if amendment.pk:
        return _save_again(amendment, by=by, seen=seen)
    with transaction.atomic():
        article = _locked(amendment.article)
        if not article.is_authored_by(by):
            raise PermissionDenied
        if article.status not in AMENDABLE:
            raise TransitionRefused(_("Only what is published can be amended."))
        stored_one = open_one(article)
        if stored_one is None:
            amendment.created_by = by
            amendment.region = article.region
            amendment.save(force_insert=True)
            return amendment
        if stored_one.form_key == amendment.form_key and stored_one.created_by_id == by.pk:
            return _repeated(stored_one, amendment, by=by)
        raise Overtaken(stored_one)


def _save_again(amendment: Amendment, *, by: User, seen: str) -> Amendment:
    """Under its lock, so that of two devices that save at once the second is shown what the first stored."""
    with transaction.atomic():
        stored = _locked_amendment(amendment)
        if seen != stored.changed_at.isoformat() and stored.content() != amendment.content():
            raise Overtaken(stored)
        return moderation.actions.save_changes(amendment, by=by)


def _repeated(stored: Amendment, typed: Amendment, *, by: User) -> Amendment:
    """The first answer was lost, and the same page sends again."""
    typed.pk, typed.created_by, typed.created_at = stored.pk, stored.created_by, stored.created_at
    typed._state.adding = False
    return moderation.actions.save_changes(typed, by=by) if stored.is_editable else stored


def send(amendment: Amendment, *, by: User, seen: datetime | None = None) -> Amendment | None:
    """Send it where it goes now: to the managers where they read first, else to the office.

    A small slip that the office has never seen passes at once instead of going to the office; then the
    amendment has done its work, and the answer is None. seen: the version that a manager has read.
    PermissionDenied and TransitionRefused as with a move.
    """
    if passes_at_once(amendment) and not amendment.goes_to_managers(by):
        pass_slip(amendment, by=by, seen=seen)
        return None
    return handing.send(amendment, by=by, seen=seen)


def passes_at_once(amendment: Amendment) -> bool:
    """Whether no office is asked: a small slip that none has ever seen."""
    return amendment.nature == Nature.SLIP and amendment.submitted_at is None


def pass_slip(amendment: Amendment, *, by: User, seen: datetime | None = None) -> PublicChange | None:
    """Mend a typing slip in the published article; the amendment has done its work.

    Answers its public trace; None where nobody could read the article yet. seen: as with send.
    """
    with transaction.atomic():
        locked = _locked_amendment(amendment)
        if not locked.is_authored_by(by):
            raise PermissionDenied
        handing.require_seen(locked, seen)
        locked.require_read(by=by)
        if locked.status != Status.DRAFT or locked.submitted_at:
            raise TransitionRefused(_("It was sent to the office meanwhile, which decides about it."))
        locked.article = _locked(locked.article)
        found = problems(locked)
        if found:
            raise TransitionRefused(_("This is more than a typing slip. It stays saved as a draft."), found)
        change = _make_true(locked, by=by, actor=by, at=timezone.now(), reviewed=False)
        locked.delete()
    return change


def discard(amendment: Amendment, *, by: User) -> None:
    """Throw away what is not with the office. The published article stays as it is."""
    with transaction.atomic():
        locked = _locked_amendment(amendment)
        if not locked.is_authored_by(by):
            raise PermissionDenied
        if not locked.is_editable:
            raise TransitionRefused(_("It is with the office. Take it back first."))
        discard_photos(locked)
        locked.delete()


def discard_photos(amendment: Amendment) -> None:
    """The photos that it would have added go, with their files."""
    for photo in amendment.photos.select_for_update():
        photo.discard()


def forget_rejected_photos() -> None:
    """Those of amendments that were rejected for good: nobody appealed, and nobody can any more."""
    over = timezone.now() - TIME_TO_APPEAL
    rejected = Amendment.objects.filter(status=Status.REJECTED, decided_at__lt=over, photos__isnull=False)
    for amendment in rejected.distinct():
        with transaction.atomic():
            discard_photos(amendment)


def apply(amendment: Amendment, *, by: User, at: datetime) -> None:
    """Make an approved amendment true; runs in the transaction of the decision."""
    amendment.article = _locked(amendment.article)
    found = _cannot_now(amendment)
    if found:
        raise TransitionRefused(found[0])
    require_ready(amendment.new_photos)
    author = amendment.submitted_by or amendment.created_by
    _make_true(amendment, by=author, actor=by, at=at, reviewed=True)


def problems(amendment: Amendment) -> list[StrOrPromise]:
    """What is missing or in the way before it may be sent, a sentence each."""
    found = _cannot_now(amendment)
    for name in NEEDED_TO_SEND:
        if not plain_text(getattr(amendment, name)).strip():
            found.append(_("“%(part)s” is still empty.") % {"part": amendment.content_label(name)})
    found += faults_of(amendment.new_photos)
    if len(amendment.would_be.shown_photos) > MAX_PHOTOS:
        found.append(too_many())
    if not amendment.changes:
        found.append(_("Nothing would change. Change the words first."))
    if amendment.nature == Nature.CORRECTION and not (amendment.was_wrong and amendment.is_right):
        found.append(_("Say what was wrong and what is right: readers see both."))
    if amendment.nature == Nature.SLIP and not found:
        found += slips.problems(amendment.article, merging.proposed(amendment))
    return found


def _cannot_now(amendment: Amendment) -> list[StrOrPromise]:
    """What became of the article or its community meanwhile."""
    article, community = amendment.article, amendment.article.community
    if community.status != Status.APPROVED:
        return [_("Its community is not verified at the moment, so nothing of it can be changed.")]
    if community.is_dissolved and (amendment.nature not in EVER or amendment.new_photos):
        return [_("Its community has been dissolved: errors are still corrected, but nothing new is added.")]
    if article.status not in AMENDABLE:
        return [_("Only what is published can be amended.")]
    if amendment.happened_in and not whereabouts.is_within(amendment.happened_in.code, community):
        return [
            _("%(region)s lies outside the regency of your KIM.") % {"region": amendment.happened_in.label}
        ]
    if merging.clashing(amendment):
        return [_("What is published changed in the same part: its authors look at both and send it again.")]
    return []


def _make_true(
    amendment: Amendment, *, by: User, actor: User, at: datetime, reviewed: bool
) -> PublicChange | None:
    """Let the article say it. What nobody could read yet needs no public trace; the history has it."""
    article, before = amendment.article, words_of(amendment.article)
    proposed = merging.proposed(amendment)
    for name in WORDS:
        setattr(article, name, proposed[name])
    region = amendment.happened_in if WHERE in merging.changed(amendment) else None
    if region:
        article.region = region
    article.set_slug()
    article.changed_at = at
    was_public = article.published_at is not None and article.published_at <= at
    if was_public:
        article.amended_at = at
    article.save(update_fields=[*WORDS, "region", "slug", "changed_at", "amended_at"])
    if region:
        moved.send(sender=Article, article=article)
    _describe_photos(amendment)
    added = _add_photos(amendment)
    article = Article.objects.select_related("region", "community").get(pk=article.pk)
    copies.keep(article)
    revisions.keep(article, by=by)
    change = None
    if was_public:
        told = {"before": before, "after": words_of(article), "photos_added": added}
        change = _public_change(amendment, told, by=by, at=at, reviewed=reviewed)
    activity.actions.record(
        VERBS[Nature(amendment.nature)],
        article,
        by=actor,
        region=article.region,
        details={"change": change.pk if change else None},
        happened_at=at,
    )
    return change


def _public_change(
    amendment: Amendment, told: dict[str, Any], *, by: User, at: datetime, reviewed: bool
) -> PublicChange:
    is_correction = amendment.nature == Nature.CORRECTION
    return PublicChange.objects.create(
        article=amendment.article,
        amendment=amendment if reviewed else None,
        nature=amendment.nature,
        was_wrong=amendment.was_wrong if is_correction else "",
        is_right=amendment.is_right if is_correction else "",
        corrects=amendment.corrects if is_correction else None,
        is_before_hidden=amendment.is_before_hidden,
        changed_at=at,
        changed_by=by,
        **told,
    )


def _describe_photos(amendment: Amendment) -> None:
    for photo in list(amendment.article.photos.all()):
        words = amendment.photo_words.get(str(photo.pk))
        if not words:
            continue
        if words.get("remove"):
            photo.discard()
        else:
            with_words(photo, words).save(update_fields=list(words))


def _add_photos(amendment: Amendment) -> int:
    """The new ones become the article's under the numbers by which the text names them; answers how many."""
    added = 0
    for photo in amendment.photos.select_for_update():
        if photo.refusal or amendment.article.photos.filter(fingerprint=photo.fingerprint).exists():
            photo.discard()
            continue
        photo.article, photo.amendment = amendment.article, None
        photo.save(update_fields=["article", "amendment"])
        added += 1
    return added


def is_overtaken(amendment: Amendment) -> bool:
    """Whether another change of the article has been begun since; asked under the lock of the article."""
    _locked(amendment.article)
    return Amendment.objects.open().filter(article=amendment.article_id).exclude(pk=amendment.pk).exists()


def _locked(article: Article) -> Article:
    rows = Article.objects.select_for_update(of=("self",)).select_related("community", "region")
    return rows.get(pk=article.pk)


def _locked_amendment(amendment: Amendment) -> Amendment:
    rows = Amendment.objects.select_for_update(of=("self",)).select_related("region", "article")
    found = rows.filter(pk=amendment.pk).first()
    if found is None:
        raise TransitionRefused(_("It was thrown away meanwhile. The published article stays as it is."))
    return found
