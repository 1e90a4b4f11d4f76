"""Questions about many accounts and postings."""

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Role

if TYPE_CHECKING:
    from accounts.models import User
    from regions.models import Region


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an e-mail address is kept in lower case, so that one person is one account."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A new account. ValueError without an e-mail address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """An administrator of the installation (Django admin); holds no posting.

        Made by hand on the server, so the address counts as confirmed.
        """
        user = self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})
        user.confirm_address()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in by e-mail, whatever the case it is typed in."""
        return self.get(email=(username or "").strip().lower())


class PostingQuerySet(models.QuerySet):
    """Postings: who holds which role in which region."""

    def current(self) -> "PostingQuerySet":
        """Those that have begun and not ended, of people whose account is active."""
        now = timezone.now()
        not_over = Q(ends_at=None) | Q(ends_at__gt=now)
        return self.filter(not_over, ended_at=None, started_at__lte=now, user__is_active=True)

    def upcoming(self) -> "PostingQuerySet":
        """Those that begin later."""
        return self.filter(ended_at=None, started_at__gt=timezone.now(), user__is_active=True)

    def run_out(self) -> "PostingQuerySet":
        """Those whose day has come and that nobody has closed yet."""
        return self.filter(ended_at=None, ends_at__lte=timezone.now())

    def heads_of(self, region: "Region | None") -> "PostingQuerySet":
        """The lasting heads of one office, in one order: two who lock them never wait crosswise."""
        return self.filter(region=region, role=Role.HEAD, ends_at=None).order_by("pk")

    def covering(self, region: "Region | None") -> "PostingQuerySet":
        """Those whose region is this one or lies above it; the nation covers all."""
        if region is None:
            return self.filter(region=None)
        return self.filter(Q(region=None) | Q(region__in=region.ancestor_codes))

    def beneath(self, posting: "models.Model") -> "PostingQuerySet":
        """Those in the region of the given posting or beneath it."""
        from regions.querysets import within_q

        return self.filter(within_q("region", posting.region))  # type: ignore[attr-defined]
