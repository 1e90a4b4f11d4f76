"""What did not go out, in Django's admin: administrators read why, and have it tried again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.read_only_admin import ReadOnlyAdmin
from mailing.models import Setback


@admin.register(Setback)
class SetbackAdmin(ReadOnlyAdmin):
    """Mails by the number of what they are about: to whom they go stands in that row alone."""

    list_display = ["id", "kind", "about", "attempts", "said", "due_at", "given_up_at"]
    list_filter = ["kind", ("given_up_at", admin.EmptyFieldListFilter)]
    fields = ["kind", "about", "attempts", "said", "began_at", "due_at", "given_up_at"]
    actions = ["try_again"]
    ordering = ["-due_at"]

    def has_try_permission(self, request: HttpRequest) -> bool:
        """Whoever administers the installation and may read them."""
        return request.user.has_perm("mailing.view_setback")

    @admin.action(description=_("Try again"), permissions=["try"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Setback]) -> None:
        """Send them once more, from the first attempt on."""
        now, what = timezone.now(), _("Tried again")
        for setback in chosen:
            self.log_change(request, setback, str(what))
        count = chosen.update(attempts=0, began_at=now, due_at=now, given_up_at=None)
        said = ngettext("%(count)s is sent again.", "%(count)s are sent again.", count)
        messages.success(request, said % {"count": count})
