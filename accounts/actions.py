"""Things people do with their account."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import rules, signals
from accounts.errors import ErasureRefused
from accounts.models import Posting, User

ERASED_ADDRESS = "deleted-{pk}@erased.invalid"


def erase(user: User) -> User:
    """Take the person away and leave the published work under "deleted author".

    Other apps take away what is theirs in the same transaction (signals.erasing). ErasureRefused with words
    where something has to be done first. The sessions end: an inactive account has none.
    """
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.erased_at:
            return locked
        _leave_a_head_in_the_ministry(locked)
        signals.erasing.send(sender=User, user=locked)
        _take_away_what_belongs(locked)
        _blank(locked)
    return locked


def _leave_a_head_in_the_ministry(user: User) -> None:
    heads = Posting.objects.current().heads_of(None).select_for_update(of=("self",))
    if any(rules.is_last_head(posting, heads) for posting in heads if posting.user_id == user.pk):
        raise ErasureRefused(
            _(
                "You are the only head of the ministry: nobody could appoint anyone. "
                "Appoint another head first."
            )
        )


def _take_away_what_belongs(user: User) -> None:
    user.consents.all().delete()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).update(object_repr=f"#{user.pk}")


def _blank(user: User) -> None:
    user.email = ERASED_ADDRESS.format(pk=user.pk)
    user.name = ""
    user.home_region = None
    user.last_login = None
    user.wants_email = user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.erased_at = timezone.now()
    user.save()
