"""What could not be sent, in Django's admin: administrators read why, and have it tried again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.read_only_admin import ReadOnlyAdmin
from notifications import dead_letters
from notifications.models import AddressStop, Delivery


@admin.register(Delivery)
class DeadLetterAdmin(ReadOnlyAdmin):
    """Deliveries that failed for good. No address stands here: what a server said is kept without it."""

    list_display = ["id", "channel", "kind", "bundle", "attempts", "error", "ended_at"]
    list_filter = ["channel", "bundle", "notification__activity__story__kind"]
    list_select_related = ["notification__activity__story"]
    fields = ["channel", "kind", "bundle", "attempts", "error", "due_at", "ended_at"]
    readonly_fields = ["kind"]
    actions = ["try_again"]
    ordering = ["-ended_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """The dead letters only, of fifty million: an index holds them."""
        return Delivery.objects.dead()

    def has_try_permission(self, request: HttpRequest) -> bool:
        """Whoever administers the installation and may read them."""
        return request.user.has_perm("notifications.view_delivery")

    @admin.display(description=_("kind"))
    def kind(self, delivery: Delivery) -> str:
        """What it was about."""
        return delivery.notification.activity.story.get_kind_display()

    @admin.action(description=_("Try again"), permissions=["try"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        """Send them once more, from the first attempt on."""
        count = dead_letters.try_again(chosen, by=request.user)  # type: ignore[arg-type]
        said = ngettext("%(count)s is sent again.", "%(count)s are sent again.", count)
        messages.success(request, said % {"count": count})


@admin.register(AddressStop)
class AddressStopAdmin(ReadOnlyAdmin):
    """Addresses that take no mail, by their number: who they are is nobody's business here."""

    list_display = ["id", "reason", "said", "refusals", "stopped_at"]
    list_filter = ["reason"]
    fields = ["reason", "said", "refusals", "stopped_at"]
