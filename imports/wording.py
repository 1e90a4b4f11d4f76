"""The words for what is wrong: with a file, with a step, with a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from imports.columns import BY_NAME

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# About the file, or about a step that is not possible.
PROBLEMS: dict[str, StrOrPromise] = {
    "empty": _("There is nothing in this file. Choose the file again."),
    "no_rows": _("There are headings in this file, but no rows beneath them."),
    "too_many_rows": _("This file has more than 50,000 rows. Split it and import one part after the other."),
    "old_excel": _(
        "This is the old Excel format (.xls), or protected by a password. Save it as .xlsx, without "
        "a password."
    ),
    "not_a_spreadsheet": _("This is not a spreadsheet, whatever its name says. Choose an XLSX or CSV file."),
    "broken_workbook": _(
        "This XLSX file is damaged. Open it in Excel or LibreOffice, save it anew, and try "
        "again."
    ),
    "bomb": _("This file unpacks to far too much. Copy the rows into a new spreadsheet and save that."),
    "wrong_encoding": _("The letters of this file cannot be read. Save it as XLSX, or as CSV UTF-8."),
    "rights_ended": _("Who started this no longer decides here. Somebody of the office must start it again."),
    "forgotten": _("What stood in this file has been deleted, 30 days after its import. Upload it again."),
    "not_now": _("This is not possible now. Reload the page to see where the import stands."),
    "too_late": _(
        "An import can be undone within 24 hours. What is to go now goes one by one, from the "
        "desk."
    ),
}  # fmt: skip

# About a cell. A row with one of these is left out.
ERRORS: dict[str, StrOrPromise] = {
    "missing": _("This must be filled in."),
    "formula": _("There is a formula here. Write the value itself: copy, then paste as values."),
    "too_long": _("This is too long: at most %(limit)s characters."),
    "date": _("“%(text)s” is not a date. Write it like 17 Agustus 2020 or 17/08/2020."),
    "date_ahead": _("This date lies ahead."),
    "decree_ends_first": _("The SK must be valid beyond its own date."),
    "phone": _("“%(text)s” is not a telephone number. Write it like 0812 3456 7890."),
    "email": _("“%(text)s” is not an e-mail address."),
    "number": _("“%(text)s” is not a whole number."),
    "kind": _("“%(text)s” is none of the kinds: KIM, media tradisional, kreator konten, kelompok strategis."),
    "forum": _("A Forum KIM has other rules. Register it by its own form."),
    "url": _("“%(text)s” is not an address of a page."),
    "village_missing": _("The village is missing. Give its code or its name."),
    "village_code": _("“%(text)s” is not a village code. It has ten digits, like 16.06.06.2008."),
    "village_code_unknown": _("There is no village with the code %(code)s."),
    "village_closed": _("The village %(code)s no longer exists. Give its successor."),
    "village_outside": _("This village is not in your region: %(place)s."),
    "village_several": _("There are several villages %(name)s: %(places)s. Add the kecamatan or the code."),
    "village_other_district": _("%(name)s does not lie in this kecamatan. There is: %(places)s."),
    "village_unknown": _("There is no village %(name)s in your region."),
    "village_unknown_alike": _("There is no village %(name)s in your region. Do you mean %(suggestions)s?"),
    "other_office": _("The office of %(office)s decides here. They import it themselves."),
    "double_name": _("The same group as in row %(row)s: same village, alike name."),
    "double_decree": _("The same SK number as in row %(row)s, in the same village."),
    "alike": _(
        "Very like %(name)s (%(number)s), which is registered in this village. If it is another "
        "group, register it by the form."
    ),
    "decree_taken": _(
        "This SK number is that of %(name)s (%(number)s), which is registered in this "
        "village."
    ),
    "waiting": _("%(name)s of this village waits for a decision on the desk. Decide there."),
    # About what cannot be undone.
    "kept": _("Not undone: something has happened to it since (%(what)s)."),
}  # fmt: skip

# Worth a look; the row is taken.
HINTS: dict[str, StrOrPromise] = {
    "merged": _("This cell is merged with another: only the first one's value counts, this one is empty."),
    "same_decree": _("Row %(row)s has the same SK number, in another village."),
    "registered": _("Registered already: %(name)s (%(number)s). Nothing is changed."),
    "no_decree": _("Without an SK number."),
    "decree_over": _("The SK has run out."),
}


def problem(code: str) -> str:
    """The words for a problem of the file."""
    return str(PROBLEMS.get(code, PROBLEMS["not_now"]))


def sentence(code: str, parameters: dict[str, Any]) -> str:
    """The words for an error or a hint."""
    if code == "village_unknown" and parameters.get("suggestions"):
        code = "village_unknown_alike"
    return str(ERRORS.get(code) or HINTS[code]) % parameters


def label(field: str) -> str:
    """The words for a field."""
    return str(BY_NAME[field].label) if field in BY_NAME else _now("row")
