"""A bilingual sheet (XLSX) for those who work outside with a spreadsheet.

One row a segment: its key, where it stands, the original, the translation, and why it is left out. Marks stand as
``<1>…</1>``, as in the workbench. Only the last two columns are read back, by the key.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils.exceptions import InvalidFileException

from translations.exchange import safe
from translations.exchange.sheet import Line, Returned, Row, Sheet, Unreadable, job_name, job_of, key_of
from translations.workbench.typed import to_coded, to_typed

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = {"A": 14, "B": 18, "C": 60, "D": 60, "E": 30}
_HEAD = 2  # rows above the segments: the job, and the headings
_COLUMNS = 5
_MOST_ROWS = 20_000
_LONGEST_CELL = 32_767  # of the format


def write(sheet: Sheet) -> bytes:
    """The job as a workbook."""
    book = Workbook()
    page: Any = book.active
    page.title = job_name(sheet.job)
    _put(page, 1, [job_name(sheet.job), f"{sheet.source_language} → {sheet.target_language}", sheet.headline])
    headings = [_("key"), _("where"), _("original"), _("translation"), _("left out because")]
    _put(page, _HEAD, headings)
    for number, line in enumerate(sheet.lines, start=_HEAD + 1):
        _put(page, number, _cells(line))
        for cell in page[number][3:]:
            cell.protection = Protection(locked=False)
    for column, width in _WIDTHS.items():
        page.column_dimensions[column].width = width
        page[f"{column}{_HEAD}"].font = Font(bold=True)
        page[f"{column}{_HEAD}"].fill = PatternFill("solid", fgColor="DDDDDD")
    page.freeze_panes = f"A{_HEAD + 1}"
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes) -> Returned:
    """What a workbook of ours says now. Raises ``Unreadable``."""
    safe.unpackable(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        page: Any = book.worksheets[0]
        page.reset_dimensions()
        rows = [
            [_said(value) for value in row]
            for row in page.iter_rows(max_col=_COLUMNS, max_row=_MOST_ROWS, values_only=True)
        ]
    except (InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError) as error:
        raise Unreadable(_("The file is no XLSX workbook. Save it as XLSX and send it again.")) from error
    rows = [row + [""] * (_COLUMNS - len(row)) for row in rows]
    job = job_of(rows[0][0]) if rows else None
    if job is None:
        raise Unreadable(
            _("The first cell has to name the translation. Send the sheet that was downloaded here, whole.")
        )
    source, _arrow, target = rows[0][1].partition(" → ")
    return Returned(job, source, target, tuple(_row(row) for row in rows[_HEAD:] if any(row)))


def _cells(line: Line) -> list[str]:
    return [line.key, f"{line.field} {line.paragraph + 1}", to_typed(line.source), to_typed(line.target), line.omitted]


def _put(page: Any, number: int, values: list[str]) -> None:
    """Writes texts as texts: one that begins with "=" is no formula."""
    for column, value in enumerate(values, start=1):
        cell = page.cell(row=number, column=column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _said(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").replace("_x000D_", "")


def _row(cells: list[str]) -> Row:
    key = key_of(cells[0])
    if key is None:
        raise Unreadable(
            _("A row has no key of a segment: “%(cell)s”. Leave the first column as it was.") % {"cell": cells[0][:40]}
        )
    return Row(*key, source=to_coded(cells[2]), target=to_coded(cells[3]), omitted=" ".join(cells[4].split()))
