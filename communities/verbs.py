"""What can happen to documents and memberships; the moves of a community are registered by moderation."""

from django.utils.translation import gettext_lazy as _

DOCUMENT_VIEW = "document.view"
MEMBERSHIP_ASK = "membership.ask"
MEMBERSHIP_ACCEPT = "membership.accept"
MEMBERSHIP_DECLINE = "membership.decline"
MEMBERSHIP_END = "membership.end"
MEMBERSHIP_PROMOTE = "membership.promote"

LABELS = {
    DOCUMENT_VIEW: _("Looked at a document"),
    MEMBERSHIP_ASK: _("Asked to join"),
    MEMBERSHIP_ACCEPT: _("Accepted as a member"),
    MEMBERSHIP_DECLINE: _("Request to join declined"),
    MEMBERSHIP_END: _("Membership ended"),
    MEMBERSHIP_PROMOTE: _("Made a manager"),
}
