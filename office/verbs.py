"""What can happen to postings and offices; the moves of items are registered by moderation."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty

POSTING_APPOINT = "posting.appoint"
POSTING_END = "posting.end"
POSTING_SUBSTITUTE = "posting.substitute"
OFFICE_CHANGE = "office.change"
DESK_OVERDUE = "desk.overdue"
REGION_CHANGE = "region.change"

LABELS = {
    POSTING_APPOINT: _("Posting given"),
    POSTING_END: _("Posting ended"),
    POSTING_SUBSTITUTE: _("Substitute named"),
    OFFICE_CHANGE: _("Office settings changed"),
    DESK_OVERDUE: _("Told of overdue items"),
    REGION_CHANGE: _("Region changed by decree"),
}
# What is done for an office, and by which duty.
OF_OFFICE = {
    POSTING_APPOINT: Duty.APPOINT,
    POSTING_SUBSTITUTE: Duty.APPOINT,
    POSTING_END: Duty.APPOINT,
    OFFICE_CHANGE: Duty.SETTINGS,
}
