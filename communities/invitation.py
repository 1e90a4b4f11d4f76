"""An invitation into a community: to one address by e-mail, or by a link for whoever holds it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

VALID_FOR = timedelta(days=14)


def expiry() -> datetime:
    """Until when an invitation of now holds."""
    return timezone.now() + VALID_FOR


class InvitationQuerySet(models.QuerySet):
    """Invitations by whether they still hold, and for whom."""

    def open(self) -> Self:
        """Neither used up, nor revoked, nor expired."""
        return self.filter(ended_at=None, expires_at__gt=timezone.now())

    def to(self, user: User) -> Self:
        """Those that were sent to the person's own address."""
        return self.filter(email=user.email).exclude(email="")

    def by_token(self, token: str) -> Self:
        """The one of this token, if it is one of ours."""
        try:
            return self.filter(pk=signing.Signer(salt=SALT).unsign_object(token))
        except signing.BadSignature:
            return self.none()


SALT = "communities.invitation"


class Invitation(models.Model):
    """That a community invites somebody. The token is signed, not stored: nobody can read it in the database.

    An e-mail's is for one address and once; a link is for everybody who holds it, until it expires or is
    revoked. The address is blanked as soon as it has served.
    """

    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    role = models.CharField(_("role"), max_length=10, default="member")
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(default=expiry)
    # Where the person has no account, so that only a mail can tell: when it was handed over.
    mailed_at = models.DateTimeField(null=True)
    # Used, or revoked.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["manager", "member"]), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="invitation_ended_at_has_by",
            ),
            models.UniqueConstraint(
                fields=["community", "email"],
                condition=Q(ended_at=None) & ~Q(email=""),
                name="invitation_once_an_address",
            ),
        ]
        indexes = [
            models.Index(fields=["email"], condition=~Q(email=""), name="invitation_by_address"),
            models.Index(
                fields=["id"],
                condition=Q(mailed_at=None, ended_at=None) & ~Q(email=""),
                name="invitation_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community}: {self.get_role_label()}"

    def get_role_label(self) -> str:
        """The role in words."""
        from communities.models import Membership

        return str(Membership.Role(self.role).label)

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.ended_at is None and self.expires_at > timezone.now()

    @property
    def token(self) -> str:
        """What the link carries."""
        return signing.Signer(salt=SALT).sign_object(self.pk)

    def get_absolute_url(self) -> str:
        """Where it is accepted."""
        return reverse("communities:invitation", args=[self.token])
