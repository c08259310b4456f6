"""The files that the answers to a batch of queries may be.

NDJSON has a line for each query; CSV a row for each hit, and one for a query without
any. As in ``export_formats`` the last line says whether the file is whole. No cell has
a line end, so that a file cut off anywhere can be read as far as it goes.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, Protocol

from search.batch import Answered, Progress
from search.errors import QuerySyntaxError, RequestError, SearchError
from search.export_formats import (
    HIT_NAMES,
    NDJSON,
    hit_cells,
    hit_values,
    json_line,
)
from search.sheets import BOM, CSV, Cell, csv_rows


class BatchFormat(StrEnum):
    """What the answers to a batch may be."""

    NDJSON = "ndjson"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """Its media type."""
        return CSV if self is BatchFormat.CSV else NDJSON


NAMES: Final = (
    *("line", "query", "parsed", "total", "total_documents", "index_version"),
    *("error", "position", "suggestion"),
    *HIT_NAMES,
)
"""The columns of the table."""


class BatchWriter(Protocol):
    """Writes a file of one format."""

    def begin(self) -> str:
        """Write what stands before the answers."""
        ...

    def answered(self, answered: Answered) -> str:
        """Write an answer."""
        ...

    def end(self, progress: Progress, queries: int, reason: str | None) -> str:
        """Write the last line: what was answered, of how many, why not all."""
        ...


class BatchFile:
    """A file under way."""

    def __init__(
        self,
        answers: Iterable[Answered],
        queries: int,
        form: BatchFormat,
        progress: Progress | None = None,
    ) -> None:
        """Take what is written.

        Args:
            answers: The answers, made as they are written.
            queries: How many queries the batch has.
            form: How they are written.
            progress: What an earlier run has written; nothing else begins a file.
        """
        self.progress = progress or Progress()
        self._answers = answers
        self._queries = queries
        self._begun = progress is not None
        self._writer = _WRITERS[form]()

    def pieces(self) -> Iterator[str]:
        """Write it answer by answer; may raise IndexNotUsable or StoreError."""
        if not self._begun:
            yield self._writer.begin()
        for each in self._answers:
            version = each.found.index_version if each.found else None
            self.progress = self.progress.after(
                failed=each.error is not None, version=version
            )
            yield self._writer.answered(each)
        yield self._writer.end(self.progress, self._queries, None)

    def broken(self, reason: str) -> str:
        """Write the last line of a file that is not whole."""
        return self._writer.end(self.progress, self._queries, reason)


class _Ndjson:
    """One JSON object a query."""

    def begin(self) -> str:
        """Begin with the first answer."""
        return ""

    def answered(self, answered: Answered) -> str:
        """Write an answer."""
        found, error = answered.found, answered.error
        return json_line(
            {
                "line": answered.line.number,
                "query": answered.line.text,
                "parsed": found.parsed if found else None,
                "total": found.total if found else None,
                "total_documents": found.total_documents if found else None,
                "index_version": found.index_version if found else None,
                "hits": [*map(hit_values, answered.records)],
                "error": error_values(error) if error else None,
            }
        )

    def end(self, progress: Progress, queries: int, reason: str | None) -> str:
        """Write the one line without a number."""
        versions = progress.versions
        return json_line(
            {
                "complete": reason is None,
                "count": progress.answered,
                "total": queries,
                "failed": progress.failed,
                "index_version": versions[0] if len(versions) == 1 else None,
                "reason": reason,
            }
        )


class _Csv:
    """A table."""

    def begin(self) -> str:
        """Write the row of names."""
        return BOM + csv_rows([NAMES])

    def answered(self, answered: Answered) -> str:
        """Write a row for each hit, and one where there is none."""
        found, error = answered.found, answered.error
        told = error_values(error) if error else {}
        query: list[object] = [
            answered.line.number,
            answered.line.text,
            *((found.parsed, found.total) if found else (None, None)),
            *((found.total_documents, found.index_version) if found else (None, None)),
            *(told.get(name) for name in ("detail", "position", "suggestion")),
        ]
        hits = [hit_cells(hit_values(each)) for each in answered.records]
        nothing: list[Cell] = [None] * len(HIT_NAMES)
        rows = ([*query, *hit] for hit in hits or [nothing])
        return csv_rows([*map(_one_line, row)] for row in rows)

    def end(self, progress: Progress, queries: int, reason: str | None) -> str:
        """Write a row with one cell that is not empty."""
        state = "whole" if reason is None else "not whole"
        index = f"index {' '.join(progress.versions) or '-'}"
        told = f"{progress.answered} of {queries} queries, {progress.failed} refused"
        why = f": {' '.join(reason.split())}" if reason else ""
        sentence = f"# {state}: {told}, {index}{why}"
        return csv_rows([[sentence, *[None] * (len(NAMES) - 1)]])


def error_values(error: SearchError) -> dict[str, object]:
    """Tell a mistake as the API does."""
    values: dict[str, object] = {"detail": str(error)}
    if isinstance(error, QuerySyntaxError):
        values |= {
            "position": error.position,
            "expected": error.expected,
            "mistake": error.mistake.value,
            "suggestion": error.suggestion,
        }
    if isinstance(error, RequestError):
        values["parameter"] = error.parameter
    return values


def _one_line(cell: object) -> Cell:
    """Write a cell without line ends."""
    if isinstance(cell, str):
        return " ".join(cell.splitlines())
    return cell if isinstance(cell, int | float) else None


_WRITERS: Final[dict[BatchFormat, type[_Ndjson | _Csv]]] = {
    BatchFormat.NDJSON: _Ndjson,
    BatchFormat.CSV: _Csv,
}
