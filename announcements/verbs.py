"""What can happen to an announcement."""

from django.utils.translation import gettext_lazy as _

SEND = "announcement.send"
WITHDRAW = "announcement.withdraw"
FORWARD = "announcement.forward"

LABELS = {
    SEND: _("Announcement sent"),
    WITHDRAW: _("Announcement withdrawn"),
    FORWARD: _("Announcement passed on as news"),
}
