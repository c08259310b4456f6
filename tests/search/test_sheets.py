"""Facts about tables for spreadsheets."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.sheets import csv_text

PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"))


def read(text: str) -> list[list[str]]:
    """Read a table back."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@given(st.lists(st.tuples(PLAIN, st.integers(), st.none()), max_size=5))
def test_cells_come_back_as_they_were(rows: list[tuple[str, int, None]]) -> None:
    """Commas, quotation marks and Han characters included; formulas get a sign."""
    header, *read_rows = read(csv_text(("a", "b", "c"), rows))
    assert header == ["a", "b", "c"]
    for (text, number, _), row in zip(rows, read_rows, strict=True):
        assert row[0].removeprefix("'") == text.removeprefix("'")
        assert row[1:] == [str(number), ""]


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]
)
def test_text_is_never_a_formula(sign: str) -> None:
    """A cell that a spreadsheet would calculate is text; a number stays one."""
    _, row = read(csv_text(("a", "b"), [(f"{sign}1+1", -1)]))
    assert row == [f"'{sign}1+1", "-1"]


def test_excel_reads_it_as_utf_8() -> None:
    """A byte-order mark comes first, lines end as RFC 4180 says."""
    assert csv_text(("年",), [(1,)]) == "\ufeff年\r\n1\r\n"
