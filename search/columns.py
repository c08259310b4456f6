"""What the engine keeps in memory for each document: columns of small codes.

A column gives every docnum a code; the values are listed once. Facets are then
counts of codes, filters are masks, and orders are sorts of integers.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.codec.segment_file import SegmentFile

FACETS = ("year", "site", "script", "kind", "source", "region", "complete")
_MOST_VALUES = 4096
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


@dataclass(frozen=True, slots=True)
class Joint:
    """Several columns as one, so that one count gives the counts of all.

    Attributes:
        names: The columns.
        shape: How many values each has.
        codes: One code for the values of all of them, shape (n_docs,).
    """

    names: tuple[str, ...]
    shape: tuple[int, ...]
    codes: NDArray[np.int64]

    def counts(self, docnums: NDArray[np.integer]) -> dict[str, NDArray[np.int64]]:
        """Count the values of each column over some docnums."""
        table = np.bincount(self.codes[docnums], minlength=math.prod(self.shape))
        table = table.reshape(self.shape)
        axes = range(len(self.shape))
        return {
            name: table.sum(axis=tuple(other for other in axes if other != axis))
            for axis, name in enumerate(self.names)
        }


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
        joints: The same, joined as far as their values are few.
        copied: Which documents have a copy, shape (n_docs,).
        all_different: Whether none has.
    """

    ids: tuple[str, ...]
    revisions: NDArray[np.int64]
    dates: NDArray[np.int64]
    groups: NDArray[np.int64]
    ranks: NDArray[np.int64]
    facets: dict[str, Column]
    joints: tuple[Joint, ...]
    copied: NDArray[np.bool_]
    all_different: bool


def make_columns(rows: Sequence[Row | None]) -> Columns:
    """Build the columns from the stored rows, one a docnum, ``None`` if deleted."""
    return _make(
        tuple(row[0] if row else "" for row in rows),
        _numbers(rows, "revision"),
        _numbers(rows, "date"),
        _encode(rows, "fingerprint").codes,
        {name: _encode(rows, name) for name in FACETS},
    )


def read_columns(files: Sequence[SegmentFile], alive: NDArray[np.bool_]) -> Columns:
    """Read the columns of segments of ours.

    Args:
        files: The segments in order.
        alive: Which documents are not deleted, shape (n_docs,).
    """
    listed = zip(_join(files, "id").listed(), alive.tolist(), strict=True)
    return _make(
        tuple(str(value) if kept else "" for value, kept in listed),
        _join(files, "revision").numbers(),
        _join(files, "date").numbers(),
        _masked(_join(files, "fingerprint"), alive).codes,
        {name: _masked(_join(files, name), alive) for name in FACETS},
    )


def _make(
    ids: tuple[str, ...],
    revisions: NDArray[np.int64],
    dates: NDArray[np.int64],
    groups: NDArray[np.int32],
    facets: dict[str, Column],
) -> Columns:
    """Put the columns together."""
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[np.argsort(np.asarray(ids, dtype=np.str_), kind="stable")] = range(len(ids))
    alive = groups >= 0
    members = np.append(np.bincount(groups[alive]), 0)
    copied = alive & (members[groups] > 1)
    return Columns(
        ids=ids,
        revisions=revisions,
        dates=dates,
        groups=groups.astype(np.int64),
        ranks=ranks,
        facets=facets,
        joints=_joints(facets),
        copied=copied,
        all_different=not copied.any(),
    )


def _joints(facets: dict[str, Column]) -> tuple[Joint, ...]:
    """Join columns, those of few values first."""
    joined: list[list[str]] = []
    size = 1
    for name in sorted(facets, key=lambda name: len(facets[name].values)):
        size *= max(len(facets[name].values), 1)
        if not joined or size > _MOST_VALUES:
            joined.append([])
            size = max(len(facets[name].values), 1)
        joined[-1].append(name)
    return tuple(_joint([(name, facets[name]) for name in names]) for names in joined)


def _joint(columns: Sequence[tuple[str, Column]]) -> Joint:
    """Join some columns."""
    shape = tuple(len(column.values) for _, column in columns)
    codes = np.zeros(columns[0][1].codes.size, np.int64)
    for _, column in columns:
        codes = codes * len(column.values) + np.maximum(column.codes, 0)
    return Joint(tuple(name for name, _ in columns), shape, codes)


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
