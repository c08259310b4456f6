"""Rows of data tables as single lines.

Old pages lay out everything with tables, so a table's rows become lines of their
own only where its shape says that it holds data: no table inside, at least two
rows with two filled cells or more, and no cell that holds a page's worth of text.
"""

from dataclasses import dataclass, field

from crawler.lines import Line
from index.document import BlockKind

MAX_CELL_LINES = 8
MAX_CELL_CHARACTERS = 400
MIN_FULL_ROWS = 2
MIN_FULL_SHARE = 0.5


@dataclass(slots=True)
class Table:
    """A table as far as it has been walked.

    Attributes:
        start: Its first line.
        nested: Whether it holds another table.
        row: Number of the row the walk is in, 0 before the first.
        cell: Number of the cell the walk is in, 0 before the first.
        places: Row and cell of each line that stands in a cell.
    """

    start: int
    nested: bool = False
    row: int = 0
    cell: int = 0
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    def next_row(self) -> None:
        """Step to the next row."""
        self.row += 1
        self.cell = 0


def folded(table: Table, lines: list[Line]) -> list[Line] | None:
    """Return a data table's lines with each row as one, ``None`` for layout.

    Args:
        table: The table, its end reached.
        lines: All lines of the page so far; the table's are the last.
    """
    if table.nested or not _holds_data(table, lines):
        return None
    rows: dict[int, list[Line]] = {}
    result: list[Line] = []
    for number in range(table.start, len(lines)):
        line = lines[number]
        place = table.places.get(number)
        if place is None or line.aside:
            result.append(line)
        elif line.text:
            row = rows.setdefault(place[0], [])
            if not row:
                result.append(line)
            row.append(line)
    for row in rows.values():
        row[0].linked = sum(line.linked for line in row)
        row[0].text = " ".join(line.text for line in row)
        row[0].kind = BlockKind.ROW
    return result


def _holds_data(table: Table, lines: list[Line]) -> bool:
    """Tell a data table from a layout table by its shape."""
    cells: dict[tuple[int, int], list[int]] = {}
    for number, place in table.places.items():
        if lines[number].text:
            cells.setdefault(place, []).append(len(lines[number].text))
    filled: dict[int, int] = {}
    for row, _ in cells:
        filled[row] = filled.get(row, 0) + 1
    full = sum(1 for count in filled.values() if count > 1)
    return (
        full >= MIN_FULL_ROWS
        and full >= MIN_FULL_SHARE * len(filled)
        and max(map(len, cells.values())) <= MAX_CELL_LINES
        and max(map(sum, cells.values())) <= MAX_CELL_CHARACTERS
    )
