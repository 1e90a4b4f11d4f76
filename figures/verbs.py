"""What can happen to figures: they are taken along."""

from django.utils.translation import gettext_lazy as _

EXPORT = "export.make"
REPORT_ASK = "report.ask"
REPORT_VIEW = "report.download"

LABELS = {
    EXPORT: _("List exported"),
    REPORT_ASK: _("Report asked for"),
    REPORT_VIEW: _("Report downloaded"),
}
# What is done for an office; any posting allows it.
OF_OFFICE = {EXPORT: None, REPORT_ASK: None, REPORT_VIEW: None}
