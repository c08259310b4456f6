"""What the engine keeps in memory for each document: columns of small codes.

A column gives every docnum a code; the values are listed once. Facets are then
counts of codes, filters are looked up by code, and orders compare integers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.codec.segment_file import SegmentFile

FACETS = (
    *("year", "site", "script", "kind", "source", "region", "complete"),
    "published",
)
YEARS = frozenset({"year", "published"})
"""The facets whose values are years: what a text is about, when it was put up."""

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
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

    codes: Ints
    values: tuple[Value, ...]

    def listed(self) -> list[Value]:
        """Give the value of every docnum."""
        return [self.values[code] for code in self.codes.tolist()]

    def numbers(self) -> Longs:
        """Give the number of every docnum, shape (n_docs,)."""
        numbers = np.asarray([int(value or 0) for value in self.values], np.int64)
        return np.append(numbers, 0)[self.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """All columns of one index state.

    Attributes:
        ids: Document ids by docnum, ``""`` where deleted.
        revisions: Revision indexed, shape (n_docs,).
        dates: Day to sort by as YYYYMMDD, 0 unknown, shape (n_docs,).
        ranks: Place of each id in the order of ids, shape (n_docs,).
        latest: Place of each document when the latest come first, shape (n_docs,).
        groups: Number shared by near-duplicates, from 0, and -1 for documents that
            have none, shape (n_docs,).
        group_count: How many groups there are.
        values: The different values of each of ``FACETS``, in the order in which
            those of one count are listed; an empty one is first, ``None`` last.
        starts: Where the values of each facet begin when they stand one behind
            the other, and the last end, shape (n_facets + 1,).
        codes: For each document and facet its value's place there, -1 where the
            document is deleted, shape (n_docs, n_facets).
    """

    ids: tuple[str, ...]
    revisions: Longs
    dates: Longs
    ranks: Ints
    latest: Ints
    groups: Ints
    group_count: int
    values: tuple[tuple[Value, ...], ...]
    starts: Longs
    codes: Ints

    def docnums(self, ids: Sequence[str]) -> list[int]:
        """Give the docnum of each of some ids, -1 where it is not indexed."""
        wanted = {*ids} - {""}
        found = {name: docnum for docnum, name in enumerate(self.ids) if name in wanted}
        return [found.get(each, -1) for each in ids]


def make_columns(rows: Sequence[Row | None]) -> Columns:
    """Build the columns from the stored rows, one a docnum, ``None`` if deleted."""
    return _make(
        tuple(row[0] if row else "" for row in rows),
        _numbers(rows, "revision"),
        _numbers(rows, "date"),
        _encode(rows, "group").codes,
        [_encode(rows, name) for name in FACETS],
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
        _masked(_join(files, "group"), alive).codes,
        [_masked(_join(files, name), alive) for name in FACETS],
    )


def read_numbers(files: Sequence[SegmentFile], name: str) -> Longs:
    """Read one column of numbers of segments of ours, shape (n_docs,)."""
    return _join(files, name).numbers()


def _make(
    ids: tuple[str, ...],
    revisions: Longs,
    dates: Longs,
    texts: Ints,
    facets: Sequence[Column],
) -> Columns:
    """Put the columns together."""
    facets = [*map(_in_order, FACETS, facets)]
    ranks = _places(np.argsort(np.asarray(ids, dtype=np.str_), kind="stable"))
    sizes = [len(column.values) for column in facets]
    starts = np.cumsum([0, *sizes], dtype=np.int64)
    codes = np.stack([column.codes for column in facets], axis=1)
    groups = _groups(texts)
    return Columns(
        ids=ids,
        revisions=revisions,
        dates=dates,
        ranks=ranks,
        latest=_places(np.lexsort((ranks, -dates))),
        groups=groups,
        group_count=int(groups.max(initial=-1)) + 1,
        values=tuple(column.values for column in facets),
        starts=starts,
        codes=np.where(codes < 0, -1, codes + starts[:-1]).astype(np.int32),
    )


def _in_order(name: str, column: Column) -> Column:
    """Put the values of a column in order: the latest year first, or by their text."""

    def key(place: int) -> tuple[bool, int, str]:
        value = column.values[place]
        year = int(value or 0) if name in YEARS else 0
        return value is None, -year, str(value)

    order = sorted(range(len(column.values)), key=key)
    codes = np.append(_places(np.asarray(order, np.intp)), np.int32(-1))[column.codes]
    return Column(codes, tuple(column.values[place] for place in order))


def _places(order: NDArray[np.intp]) -> Ints:
    """Tell where each document stands in an order of all."""
    places = np.empty(order.size, np.int32)
    places[order] = np.arange(order.size, dtype=np.int32)
    return places


def _groups(texts: Ints) -> Ints:
    """Number the groups that several documents are in."""
    members = np.append(np.bincount(texts[texts >= 0]), 0)
    several = members > 1
    numbers = np.where(several, np.cumsum(several) - 1, -1)
    return numbers[texts].astype(np.int32)


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
