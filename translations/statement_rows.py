"""A statement's lines: as data, as CSV and as a sheet. Nothing here depends on the reader's language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from translations.models.ledger import LedgerEntry
from translations.models.statement import Statement

COLUMNS = (
    "line", "entry", "date", "kind", "article", "headline", "address", "source_language", "target_language", "role",
    "method", "basis", "words", "characters", "characters_no_spaces", "units", "unit", "unit_size", "spaces", "price",
    "urgent_factor", "special_factor", "bands", "share", "share_after", "amount", "currency", "text_sha256",
    "counter_version", "rate", "approver", "corrects", "reason",
)  # fmt: skip
NUMBERS = {
    "line", "entry", "article", "words", "characters", "characters_no_spaces", "units", "unit_size", "price",
    "urgent_factor", "special_factor", "share", "share_after", "amount", "rate", "corrects",
}  # fmt: skip
SHORT = 8  # signs of the text's hash that are printed


def row_of(entry: LedgerEntry, place: int, address: str) -> dict[str, Any]:
    """An entry as a line: texts and whole numbers alone, so that a third party can compute it again."""
    terms: Mapping[str, Any] = entry.terms
    return {
        "line": place,
        "entry": entry.seq,
        "date": entry.work_date.isoformat(),
        "kind": entry.kind,
        "article": entry.article_id,
        "headline": entry.title,
        "address": address,
        "source_language": entry.source_language,
        "target_language": entry.target_language,
        "role": entry.role,
        "method": _joined(entry.methods),
        "basis": entry.basis,
        "words": entry.words,
        "characters": entry.characters,
        "characters_no_spaces": entry.characters_no_spaces,
        "units": "" if entry.units is None else f"{entry.units:.4f}",
        "unit": terms.get("unit", ""),
        "unit_size": terms.get("unit_size", ""),
        "spaces": "yes" if terms.get("count_spaces") else "no" if terms else "",
        "price": terms.get("price", ""),
        "urgent_factor": terms.get("urgent_factor", "") if entry.urgent else "",
        "special_factor": terms.get("special_factor", "") if entry.special else "",
        "bands": _joined(_weighed(entry)),
        "share": f"{entry.share:.6f}",
        "share_after": f"{entry.share_after:.6f}",
        "amount": f"{entry.amount or 0:.2f}",
        "currency": entry.currency,
        "text_sha256": entry.text_sha256,
        "counter_version": entry.counter_version,
        "rate": terms.get("card"),
        "approver": str(entry.accepted_by),
        "corrects": entry.corrects.seq if entry.corrects else None,
        "reason": entry.reason,
    }


def _weighed(entry: LedgerEntry) -> dict[str, str]:
    """The characters of each kind of match with its factor, where the rate has factors."""
    factors = entry.terms.get("bands") or {}
    return {name: f"{number}×{factors.get(name, '1')}" for name, number in entry.bands.items()} if factors else {}


def _joined(told: Mapping[str, Any]) -> str:
    return "; ".join(f"{name} {value}" for name, value in sorted(told.items()))


def columns_of(statement: Statement) -> list[str]:
    """The columns of its lines: of those that were issued before a column was there, all but that one."""
    there = statement.rows[0] if statement.rows else COLUMNS
    return [name for name in COLUMNS if name in there]


def csv_of(statement: Statement) -> bytes:
    """The frozen lines as CSV (RFC 4180, UTF-8 with its mark), the total last. The same bytes every time."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = columns_of(statement)
    writer.writerow(columns)
    for row in statement.rows:
        writer.writerow(["" if row[name] is None else _plain(name, row[name]) for name in columns])
    writer.writerow(["total" if name == "line" else _last(statement, name) for name in columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _last(statement: Statement, name: str) -> str:
    return {"amount": f"{statement.total:.2f}", "currency": statement.currency}.get(name, "")


def _plain(name: str, value: Any) -> str:
    """A text that a sheet would take for a formula gets an apostrophe before it."""
    text = str(value)
    return f"'{text}" if name not in NUMBERS and text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def xlsx_of(statement: Statement) -> bytes:
    """The frozen lines as a sheet, figures as figures; the total is a figure too, and the same as on paper."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = statement.name or statement.period
    columns = columns_of(statement)
    sheet.append(columns)
    for row in statement.rows:
        sheet.append([None] * len(columns))
        for column, name in enumerate(columns, start=1):
            _put(sheet.cell(sheet.max_row, column), name, row[name])
    sheet.append(["total"])
    for name in ("amount", "currency"):
        _put(sheet.cell(sheet.max_row, columns.index(name) + 1), name, _last(statement, name))
    for line in (1, sheet.max_row):
        for cell in sheet[line]:
            cell.font = Font(bold=True)
    for column, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = (
            40 if name in {"headline", "address", "reason"} else 14
        )
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, name: str, value: Any) -> None:
    if value in (None, ""):
        return
    if name in NUMBERS:
        cell.value = Decimal(str(value)) if not isinstance(value, int) else value
        return
    cell.value = str(value)
    cell.data_type = "s"  # never a formula
