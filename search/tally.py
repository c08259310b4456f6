"""Documents counted by the year or month they are from, and the first and last."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from index.compiled import compiled
from search.columns import FACETS, Columns, Ints, Longs
from search.results import Axis

_HUNDRED: Final = 100
"""Days are written YYYYMMDD; a day or a month that is not known is 00."""
_MONTHS: Final = 12
_KEY_BITS: Final = 32
_UNKNOWN: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Documents by when they are from.

    Attributes:
        years: Year to documents, ascending; years without any are left out.
        months: The same by month, as YYYYMM; empty unless years are of publication.
        undated: Documents whose year is not known.
        total: All documents, each text once where copies are folded.
        first: Docnum of the earliest document, ``None`` where none has a year.
        last: Docnum of the latest.
    """

    years: dict[int, int]
    months: dict[int, int]
    undated: int
    total: int
    first: int | None
    last: int | None


class _Dated(NamedTuple):
    """Documents with what is known of when they are from; 0 is not known.

    Attributes:
        docnums: The documents, shape (n,).
        years: The year that counts, shape (n,).
        days: The day each was put up, as YYYYMMDD, shape (n,).
        groups: See ``Columns.groups``; -1 for all where copies are not folded.
    """

    docnums: Ints
    years: Longs
    days: Longs
    groups: Ints


def count_dates(
    columns: Columns, docnums: Ints, axis: Axis, *, collapse: bool
) -> Counted:
    """Count documents by the year they are from.

    Where copies are folded, a text counts once in each year that it has a copy in,
    as facets and hits count it; first and last are looked for among all copies.

    Args:
        columns: The columns.
        docnums: The documents, none of them deleted, shape (n,).
        axis: Which year counts.
        collapse: Whether copies are folded.
    """
    dated = _dates(columns, docnums, axis, collapse=collapse)
    counts, undated, total = _count(dated.years, dated.groups)
    return Counted(
        years=_listed(counts),
        months=_months(dated) if axis is Axis.PUBLISHED else {},
        undated=undated,
        total=total,
        first=_end(columns, dated, last=False),
        last=_end(columns, dated, last=True),
    )


def _dates(columns: Columns, docnums: Ints, axis: Axis, *, collapse: bool) -> _Dated:
    """Read of the columns when documents are from."""
    published = _years(columns, docnums, Axis.PUBLISHED)
    alone = np.full(0 if collapse else docnums.size, -1, np.int32)
    return _Dated(
        docnums=docnums,
        years=published if axis is Axis.PUBLISHED else _years(columns, docnums, axis),
        # Without a year of publication the column tells the year of the text.
        days=np.where(published > 0, columns.dates[docnums], 0),
        groups=columns.groups[docnums] if collapse else alone,
    )


def _years(columns: Columns, docnums: Ints, axis: Axis) -> Longs:
    """Give the years of documents, 0 where there is none."""
    place = FACETS.index(axis)
    known = np.asarray([int(year or 0) for year in columns.values[place]], np.int64)
    codes = columns.codes[docnums, place] - columns.starts[place]
    return known[codes] if codes.size else np.empty(0, np.int64)


def _months(dated: _Dated) -> dict[int, int]:
    """Count documents by month, where it is known."""
    dates = dated.days // _HUNDRED
    years = dates // _HUNDRED
    months = dates - years * _HUNDRED
    numbers = np.where(months > 0, years * _MONTHS + months, 0)
    counts, _, _ = _count(numbers, dated.groups)
    return {
        (number - 1) // _MONTHS * _HUNDRED + (number - 1) % _MONTHS + 1: count
        for number, count in _listed(counts).items()
    }


def _listed(counts: Longs) -> dict[int, int]:
    """List the numbers that any document has, with their counts."""
    found = np.flatnonzero(counts)
    return dict(zip(found.tolist(), counts[found].tolist(), strict=True))


@compiled
def _count(keys: Longs, groups: Ints) -> tuple[Longs, int, int]:
    """Count documents by a number, each group once for each number.

    Args:
        keys: The number of each document; 0 where it is not known, shape (n,).
        groups: See ``_Dated``.

    Returns:
        Documents by number, that of 0 left out, shape (n_numbers,); those that have
        none, nor a copy with one; and all, each group once.
    """
    counts = np.zeros((keys.max() if keys.size else 0) + 1, np.int64)
    several = np.empty(keys.size, np.int64)
    size = 0
    for place in range(keys.size):
        if groups[place] < 0:
            counts[keys[place]] += 1
        else:
            several[size] = (np.int64(groups[place]) << _KEY_BITS) | keys[place]
            size += 1
    undated, total = counts[0], keys.size - size
    counts[0] = 0
    several = several[:size]
    several.sort()
    last, waiting = np.int64(-1), False
    for place in range(size):
        if place and several[place] == several[place - 1]:
            continue
        group = several[place] >> _KEY_BITS
        key = several[place] & ((1 << _KEY_BITS) - 1)
        if group != last:
            total, last, waiting = total + 1, group, False
        if key:
            counts[key] += 1
            undated -= waiting
        else:
            undated += 1
        waiting = key == 0
    return counts, undated, total


def _end(columns: Columns, dated: _Dated, *, last: bool) -> int | None:
    """Find the first or the last document.

    Within the first and the last year the day of publication decides, one that is
    not known coming last; of days known in part the first counts; then the id.
    """
    years = dated.years[dated.years > 0]
    if not years.size:
        return None
    places = np.flatnonzero(dated.years == (years.max() if last else years.min()))
    days = dated.days[places]
    keys = np.where(days > 0, -days if last else days, _UNKNOWN)
    docnums = dated.docnums[places]
    return int(docnums[np.lexsort((columns.ranks[docnums], keys))[0]])
