"""What the engine keeps in memory for each document: columns of small codes.

A column gives every docnum a code; the values are listed once. Facets are then
counts of codes, filters are masks, and orders are sorts of integers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.codec.segment_file import SegmentFile

FACETS = ("year", "site", "script", "kind", "source", "region", "complete")
Value = str | int | bool | None
Row = tuple[str, dict[str, Value]]
"""What is stored of a document: its id, and ``index.whoosh_schema.to_row``."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field over all docnums.

    Attributes:
        codes: Place of each docnum's value in ``values``, shape (n_docs,).
        values: The different values.
    """

    codes: NDArray[np.int32]
    values: tuple[Value, ...]

    def listed(self) -> list[Value]:
        """Give the value of every docnum."""
        return [self.values[code] for code in self.codes.tolist()]

    def numbers(self) -> NDArray[np.int64]:
        """Give the number of every docnum, shape (n_docs,)."""
        numbers = np.asarray([int(value or 0) for value in self.values], np.int64)
        return np.append(numbers, 0)[self.codes]

    def mask(self, wanted: Iterable[Value]) -> NDArray[np.bool_]:
        """Mark the docnums that have any of the values, shape (n_docs,)."""
        hits = [value in set(wanted) for value in self.values]
        return np.asarray([*hits, False], dtype=np.bool_)[self.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """All columns of one index state; docnums deleted have code -1.

    Attributes:
        ids: Document ids by docnum, ``""`` where deleted.
        revisions: Revision indexed, shape (n_docs,).
        dates: Day to sort by as YYYYMMDD, 0 unknown, shape (n_docs,).
        groups: Number shared by copies of one text, shape (n_docs,).
        ranks: Place of each id in the order of ids, shape (n_docs,).
        facets: The columns of ``FACETS``.
        all_different: Whether no two documents have one group.
    """

    ids: tuple[str, ...]
    revisions: NDArray[np.int64]
    dates: NDArray[np.int64]
    groups: NDArray[np.int64]
    ranks: NDArray[np.int64]
    facets: dict[str, Column]
    all_different: bool = False


def make_columns(
    rows: Sequence[Row | None],
) -> Columns:
    """Build the columns from the stored rows, one a docnum, ``None`` if deleted."""
    ids = tuple(row[0] if row else "" for row in rows)
    order = np.argsort(np.asarray(ids, dtype=np.str_), kind="stable")
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[order] = np.arange(len(ids))
    return Columns(
        ids=ids,
        revisions=_numbers(rows, "revision"),
        dates=_numbers(rows, "date"),
        groups=_encode(rows, "fingerprint").codes.astype(np.int64),
        ranks=ranks,
        facets={name: _encode(rows, name) for name in FACETS},
    )


def read_columns(files: Sequence[SegmentFile], alive: NDArray[np.bool_]) -> Columns:
    """Read the columns of segments of ours.

    Args:
        files: The segments in order.
        alive: Which documents are not deleted, shape (n_docs,).
    """
    ids = [
        str(value) if kept else ""
        for value, kept in zip(_join(files, "id").listed(), alive, strict=True)
    ]
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[np.argsort(np.asarray(ids, dtype=np.str_), kind="stable")] = np.arange(
        len(ids)
    )
    groups = _join(files, "fingerprint").codes.astype(np.int64)
    living = groups[alive]
    return Columns(
        ids=tuple(ids),
        revisions=_join(files, "revision").numbers(),
        dates=_join(files, "date").numbers(),
        groups=groups,
        ranks=ranks,
        facets={name: _masked(_join(files, name), alive) for name in FACETS},
        all_different=np.unique(living).size == living.size,
    )


def _masked(column: Column, alive: NDArray[np.bool_]) -> Column:
    """Give deleted documents the code -1."""
    codes = np.where(alive, column.codes, -1).astype(np.int32)
    return Column(codes, column.values)


def _join(files: Sequence[SegmentFile], name: str) -> Column:
    """Join one column of all segments."""
    known: dict[tuple[type, Value], int] = {}
    parts = [np.empty(0, np.int32)]
    for file in files:
        values, codes = file.row(name)
        joined = [known.setdefault((type(each), each), len(known)) for each in values]
        parts.append(np.asarray(joined, np.int32)[codes])
    return Column(np.concatenate(parts), tuple(value for _, value in known))


def _numbers(rows: Sequence[Row | None], name: str) -> NDArray[np.int64]:
    """Collect a number of every row."""
    return np.asarray([int(row[1][name] or 0) if row else 0 for row in rows], np.int64)


def _encode(rows: Sequence[Row | None], name: str) -> Column:
    """Give every different value a code, in order of appearance."""
    codes: dict[Value, int] = {}
    encoded = [
        codes.setdefault(row[1][name], len(codes)) if row else -1 for row in rows
    ]
    return Column(np.asarray(encoded, np.int32), tuple(codes))
