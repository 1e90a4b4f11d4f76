"""What happens to what readers report."""

from django.utils.translation import gettext_lazy as _

REPORT_OPEN = "report.open"
REPORT_DECIDE = "report.decide"

LABELS = {
    REPORT_OPEN: _("Reported by a reader"),
    REPORT_DECIDE: _("Report decided"),
}
# What is done for an office; which duty it needs depends on what was reported.
OF_OFFICE = {REPORT_DECIDE: None}
