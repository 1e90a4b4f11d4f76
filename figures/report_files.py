"""What a report is as files: a spreadsheet with the rows behind its figures, and a PDF of its page."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from figures import listings
from figures.definitions import FIGURES, Figure
from figures.spreadsheets import Book
from figures.wording import change_in_words, in_words

if TYPE_CHECKING:
    from figures.models import Report
    from figures.periods import Period

# The figures of the table by region, in the page, the spreadsheet and the PDF.
COLUMNS = ("verified", "active", "dormant", "villages_with", "villages_without", "articles", "events",
           "decided", "median", "overdue")  # fmt: skip
# Whose rows go along in the spreadsheet, and how many at most: the whole list is an export of its own.
MOST_ROWS = 100_000
SHEETS = ("verified", "villages_without", "articles", "events", "overdue")


def summary(report: Report) -> list[tuple[str, str, str, str]]:
    """Each figure with its number, that of the period before, and the change."""
    total = report.content["total"]
    return [
        (
            str(figure.label),
            in_words(figure, total[name][0]),
            _before(name, total[name][1]),
            _change(figure, *total[name]),
        )
        for name, figure in FIGURES.items()
        if name in total
    ]


def by_region(report: Report) -> list[tuple[str, list[str]]]:
    """Each region beneath with its figures."""
    return [
        (label, [in_words(FIGURES[name], numbers[name][0]) for name in COLUMNS])
        for _code, label, numbers in report.content["children"]
    ]


def heads() -> list[str]:
    """The heads of the table by region."""
    return [str(FIGURES[name].label) for name in COLUMNS]


def write_xlsx(report: Report, period: Period, file: IO[bytes]) -> None:
    """The summary, the regions, and the rows behind the figures."""
    book = Book()
    total = report.content["total"]
    head = [_("Figure"), str(period), str(period.before), _("More or less")]
    book.add(_("Summary"), head, ([str(FIGURES[n].label), *_with_change(v)] for n, v in total.items()))
    book.add(_("Regions"), [_("Region code"), _("Region"), *heads()], map(_line, report.content["children"]))
    for name in SHEETS:
        listing, rows = listings.together(FIGURES[name].rows(report.region, period))
        book.add(str(FIGURES[name].label), listing.labels, listing.stream(rows[:MOST_ROWS]))
    book.save(file)


def _line(child: list[Any]) -> list[Any]:
    code, label, numbers = child
    return [code, label, *(_cell(numbers[name][0]) for name in COLUMNS)]


def _with_change(numbers: list[float | None]) -> list[float | str]:
    now, before = numbers
    change = None if now is None or before is None else now - before
    return [_cell(now), _cell(before), _cell(change)]


def _cell(number: float | None) -> float | str:
    return "" if number is None else round(number, 1)


def _before(name: str, number: float | None) -> str:
    return in_words(FIGURES[name], number) if number is not None else ""


def _change(figure: Figure, now: float | None, before: float | None) -> str:
    return "" if figure.is_median else change_in_words(figure, now, before)


def write_pdf(report: Report, file: IO[bytes]) -> None:
    """The page as PDF, A4 across."""
    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_title(latin(str(report)))
    pdf.set_lang("id")
    pdf.add_page()
    _say(pdf, _("Report on the KIM of %(place)s") % {"place": report.place}, size=18)
    _say(pdf, report.period_words, size=12)
    _table(
        pdf,
        [_("Figure"), report.period_words, _("Before"), _("More or less")],
        [list(row) for row in summary(report)],
        (4, 2, 2, 2),
    )
    pdf.add_page()
    rows = [[label, *cells] for label, cells in by_region(report)]
    _table(pdf, [_("Region"), *heads()], rows, (4, *([2] * len(COLUMNS))))
    file.write(bytes(pdf.output()))


def _say(pdf: FPDF, text: str, *, size: int) -> None:
    pdf.set_font("Helvetica", size=size)
    pdf.cell(0, size * 0.6, latin(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _table(pdf: FPDF, head: list[str], rows: list[list[str]], widths: tuple[int, ...]) -> None:
    pdf.set_font("Helvetica", size=8)
    pdf.ln(4)
    with pdf.table(
        col_widths=widths, text_align=("LEFT", *["RIGHT"] * (len(head) - 1)), line_height=5
    ) as table:
        for line in [head, *rows]:
            cells = table.row()
            for text in line:
                cells.cell(latin(text))


def latin(text: str) -> str:
    """The text in the letters that the fonts of every PDF reader have."""
    dashes = str.maketrans({"–": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})
    return text.translate(dashes).encode("latin-1", "replace").decode("latin-1")
