"""What can happen to postings and offices; the moves of items are registered by moderation."""

from django.utils.translation import gettext_lazy as _

POSTING_APPOINT = "posting.appoint"
POSTING_END = "posting.end"
POSTING_SUBSTITUTE = "posting.substitute"
OFFICE_CHANGE = "office.change"
DESK_OVERDUE = "desk.overdue"

LABELS = {
    POSTING_APPOINT: _("Posting given"),
    POSTING_END: _("Posting ended"),
    POSTING_SUBSTITUTE: _("Substitute named"),
    OFFICE_CHANGE: _("Office settings changed"),
    DESK_OVERDUE: _("Told of overdue items"),
}
