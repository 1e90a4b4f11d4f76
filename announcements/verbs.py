"""What can happen to an announcement."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty

SEND = "announcement.send"
WITHDRAW = "announcement.withdraw"
FORWARD = "announcement.forward"

# What is done for an office, and by which duty.
OF_OFFICE = {SEND: Duty.ANNOUNCE, WITHDRAW: Duty.ANNOUNCE}

LABELS = {
    SEND: _("Announcement sent"),
    WITHDRAW: _("Announcement withdrawn"),
    FORWARD: _("Announcement passed on as news"),
}
