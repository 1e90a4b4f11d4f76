"""What can happen to postings; the moves of items are registered by moderation."""

from django.utils.translation import gettext_lazy as _

POSTING_APPOINT = "posting.appoint"
POSTING_END = "posting.end"

LABELS = {
    POSTING_APPOINT: _("Posting given"),
    POSTING_END: _("Posting ended"),
}
