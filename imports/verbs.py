"""What the history says of imports, and of the communities that came by one."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty
from communities.importing import COMMUNITY_IMPORT, COMMUNITY_IMPORT_UNDO

IMPORT_UPLOAD = "import.upload"
IMPORT_APPLY = "import.apply"
IMPORT_UNDO = "import.undo"
IMPORT_INVITE = "import.invite"
IMPORT_DOWNLOAD = "import.download"
COMMUNITY_CLAIM = "community.claim"

LABELS = {
    COMMUNITY_IMPORT: _("Imported from a spreadsheet, verified"),
    COMMUNITY_IMPORT_UNDO: _("Import undone"),
    COMMUNITY_CLAIM: _("Page claimed"),
    IMPORT_UPLOAD: _("Spreadsheet uploaded"),
    IMPORT_APPLY: _("Spreadsheet imported"),
    IMPORT_UNDO: _("Import of a spreadsheet undone"),
    IMPORT_INVITE: _("Imported KIM invited"),
    IMPORT_DOWNLOAD: _("List of an import opened"),
}
# What is done for an office, and by which duty.
OF_OFFICE = dict.fromkeys(
    (
        COMMUNITY_IMPORT, COMMUNITY_IMPORT_UNDO, IMPORT_UPLOAD, IMPORT_APPLY, IMPORT_UNDO, IMPORT_INVITE,
        IMPORT_DOWNLOAD,
    ),
    Duty.REGISTRY,
)  # fmt: skip
