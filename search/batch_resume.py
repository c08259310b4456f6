"""Where a batch that was stopped goes on: behind the last answer that is whole."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from search.batch import Progress, QueryLine
from search.batch_formats import NAMES, BatchFormat
from search.errors import RequestError
from search.sheets import BOM, csv_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What a file has already.

    Attributes:
        progress: What is answered in it.
        size: Bytes of it that are kept.
        whole: Whether nothing is left to do.
    """

    progress: Progress
    size: int
    whole: bool


class _Written(NamedTuple):
    """A row of a file as far as it matters, and where it begins and ends."""

    number: int
    query: str
    failed: bool
    version: str | None
    start: int
    stop: int


class _Last(NamedTuple):
    """The last line of a file that says whether it is whole."""

    whole: bool


def resume(path: Path, form: BatchFormat, lines: Sequence[QueryLine]) -> Resumed:
    """Read how far a file goes.

    Of a table the last query is asked again: its rows may not be all.

    Raises:
        RequestError: The file is not of this batch.
    """
    if not path.exists() or not path.stat().st_size:
        return Resumed(progress=Progress(), size=0, whole=False)
    rows: list[_Written] = []
    whole = False
    with path.open("rb") as file:
        for row in _READERS[form](file, path):
            if isinstance(row, _Last):
                whole = row.whole
            elif rows and rows[-1].number == row.number:
                rows[-1] = rows[-1]._replace(stop=row.stop)
            else:
                rows.append(row)
    _check(rows, lines, path)
    if form is BatchFormat.CSV and not whole:
        del rows[-1:]
    progress = Progress()
    for row in rows:
        progress = progress.after(failed=row.failed, version=row.version)
    head = len(_HEAD) if form is BatchFormat.CSV else 0
    size = rows[-1].stop if rows else head
    if path.stat().st_size < size:  # cut off within its first line
        size = 0
    return Resumed(
        progress=progress, size=size, whole=whole and len(rows) == len(lines)
    )


def _check(rows: Sequence[_Written], lines: Sequence[QueryLine], path: Path) -> None:
    """Refuse a file whose queries are others."""
    for place, row in enumerate(rows):
        line = lines[place] if place < len(lines) else None
        if (
            line is None
            or row.number != line.number
            or _plain(row.query) != _plain(line.text)
        ):
            raise _other(path, f"it answers {row.query!r} in line {row.number}")


def _plain(text: str) -> str:
    """Give a query without what a table adds to one that reads as a formula."""
    return text.removeprefix("'")


def _other(path: Path, why: str) -> RequestError:
    """Say that a file is not of this batch."""
    limit = f"a file of the same queries and format; {path} is another: {why}"
    return RequestError(parameter="--resume", limit=limit)


def _ndjson(file: BinaryIO, path: Path) -> Iterator[_Written | _Last]:
    """Read the lines that are whole."""
    stop = 0
    for line in file:
        start, stop = stop, stop + len(line)
        try:
            values = json.loads(line)
        except ValueError as error:
            if line.endswith(b"\n"):
                raise _other(path, "it is no NDJSON") from error
            return
        if not line.endswith(b"\n"):
            return
        match values:
            case {"line": int(number), "query": str(query)}:
                failed = bool(values.get("error"))
                version = values.get("index_version")
                yield _Written(number, query, failed, version, start, stop)
            case {"complete": bool(complete), "failed": int()}:
                yield _Last(complete)
            case _:
                raise _other(path, "it is not the answer to a batch")


def _csv(file: BinaryIO, path: Path) -> Iterator[_Written | _Last]:
    """Read the rows that are whole."""
    head = file.readline()
    if head != _HEAD:
        if _HEAD.startswith(head):
            return
        raise _other(path, "its columns are others")
    stop = len(head)
    for line in file:
        start, stop = stop, stop + len(line)
        if not line.endswith(b"\n"):
            return
        (cells,) = csv.reader([line.decode("utf-8")])
        if cells[0].startswith("#"):
            yield _Last(cells[0].startswith("# whole"))
            continue
        if len(cells) != len(NAMES) or not cells[0].isdecimal():
            raise _other(path, "it is not the answer to a batch")
        row = dict(zip(NAMES, cells, strict=True))
        yield _Written(
            int(row["line"]),
            row["query"],
            bool(row["error"]),
            row["index_version"] or None,
            start,
            stop,
        )


_HEAD: Final = (BOM + csv_rows([NAMES])).encode()
_READERS: Final = {BatchFormat.NDJSON: _ndjson, BatchFormat.CSV: _csv}
