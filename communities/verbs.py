"""What can happen in the life of a community; its moves are registered by moderation."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty

DOCUMENT_VIEW = "document.view"
MEMBERSHIP_ASK = "membership.ask"
MEMBERSHIP_ACCEPT = "membership.accept"
MEMBERSHIP_DECLINE = "membership.decline"
MEMBERSHIP_END = "membership.end"
MEMBERSHIP_PROMOTE = "membership.promote"
MEMBERSHIP_DEMOTE = "membership.demote"
MEMBERSHIP_JOIN = "membership.join"
INVITATION_SEND = "invitation.send"
INVITATION_REVOKE = "invitation.revoke"
COMMUNITY_EDIT = "community.edit"
COMMUNITY_CHANGE = "community.change"
COMMUNITY_EXPIRING = "community.expiring"
COMMUNITY_WARN = "community.warn"
COMMUNITY_PROPOSE = "community.propose"
COMMUNITY_REST = "community.rest"
COMMUNITY_KEEP = "community.keep"
COMMUNITY_WAKE = "community.wake"
COMMUNITY_DISSOLVE = "community.dissolve"
COMMUNITY_MOVE = "community.move"
COMMUNITY_PLACE = "community.place"
COMMUNITY_TRUST = "community.trust"
COMMUNITY_DISTRUST = "community.distrust"
FORUM_ASK = "forum.ask"
FORUM_INVITE = "forum.invite"
FORUM_JOIN = "forum.join"
FORUM_DECLINE = "forum.decline"
FORUM_WITHDRAW = "forum.withdraw"
FORUM_END = "forum.end"

LABELS = {
    DOCUMENT_VIEW: _("Looked at a document"),
    MEMBERSHIP_ASK: _("Asked to join"),
    MEMBERSHIP_ACCEPT: _("Accepted as a member"),
    MEMBERSHIP_DECLINE: _("Request to join declined"),
    MEMBERSHIP_END: _("Membership ended"),
    MEMBERSHIP_PROMOTE: _("Made a manager"),
    MEMBERSHIP_DEMOTE: _("No longer a manager"),
    MEMBERSHIP_JOIN: _("Joined by invitation"),
    INVITATION_SEND: _("Invited"),
    INVITATION_REVOKE: _("Invitation revoked"),
    COMMUNITY_EDIT: _("Profile edited"),
    COMMUNITY_CHANGE: _("Changed with the office's consent"),
    COMMUNITY_EXPIRING: _("Reminded that the SK runs out"),
    COMMUNITY_WARN: _("Warned: nothing was published for long"),
    COMMUNITY_PROPOSE: _("Proposed as not active"),
    COMMUNITY_REST: _("Confirmed as not active"),
    COMMUNITY_KEEP: _("Noted as active"),
    COMMUNITY_WAKE: _("Active again"),
    COMMUNITY_DISSOLVE: _("Dissolved"),
    COMMUNITY_MOVE: _("Moved when regions changed"),
    COMMUNITY_PLACE: _("Moved when its village was split"),
    COMMUNITY_TRUST: _("Trusted to publish first"),
    COMMUNITY_DISTRUST: _("No longer trusted to publish first"),
    FORUM_ASK: _("Asked to join the forum"),
    FORUM_INVITE: _("Invited into the forum"),
    FORUM_JOIN: _("Joined the forum"),
    FORUM_DECLINE: _("Not taken into the forum"),
    FORUM_WITHDRAW: _("Took back the wish to join the forum"),
    FORUM_END: _("No longer a member of the forum"),
}
# What can happen to each kind that members hand in to their managers (communities.handing).
HANDED = {
    "hand_in": _("Handed in to the managers"),
    "hand_back": _("Given back by a manager"),
    "take_back": _("Taken back from the managers"),
}
# What is done for an office, and by which duty; None where any posting allows it.
OF_OFFICE = {
    DOCUMENT_VIEW: None,
    COMMUNITY_CHANGE: Duty.REGISTRY,
    COMMUNITY_REST: Duty.REGISTRY,
    COMMUNITY_KEEP: Duty.REGISTRY,
    COMMUNITY_DISSOLVE: Duty.REGISTRY,
    COMMUNITY_TRUST: Duty.NEWS,
    COMMUNITY_DISTRUST: Duty.NEWS,
}
