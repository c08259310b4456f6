"""Tables as CSV (RFC 4180) that spreadsheets open, and open safely."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

CSV: Final = "text/csv; charset=utf-8"
BOM: Final = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of its country."""
# What makes a spreadsheet take text for a formula, full-width signs included (OWASP,
# CSV Injection).
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")

Cell = str | int | float | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a table; text that reads as a formula has an apostrophe before it."""
    return BOM + csv_rows([header, *rows])


def csv_rows(rows: Iterable[Sequence[Cell]]) -> str:
    """Write rows, without what a table begins with."""
    written = io.StringIO()
    csv.writer(written).writerows([_safe(cell) for cell in row] for row in rows)
    return written.getvalue()


def _safe(cell: Cell) -> Cell:
    """Make a cell text where it would be a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
