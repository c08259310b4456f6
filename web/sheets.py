"""Tables as CSV (RFC 4180) that spreadsheets open, and open safely."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from flask import Response

CSV: Final = "text/csv; charset=utf-8"
_BOM: Final = "\ufeff"  # without it Excel reads UTF-8 as the code page of its country
# What makes a spreadsheet take text for a formula, full-width signs included (OWASP,
# CSV Injection).
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")

Cell = str | int | float | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a table; text that reads as a formula has an apostrophe before it."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return _BOM + written.getvalue()


def csv_response(text: str, name: str) -> Response:
    """Answer with a table that a browser saves under a name, in ASCII."""
    response = Response(text, content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _safe(cell: Cell) -> Cell:
    """Make a cell text where it would be a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
