"""Documents counted by the year or month they are from, and the first and last."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.columns import FACETS, Columns, Ints, Longs
from search.results import Axis

_MONTH: Final = 100
"""Days are written YYYYMMDD; a day or a month that is not known is 00."""
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
    groups: Longs


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
    months = dated.days // _MONTH if axis is Axis.PUBLISHED else np.zeros(0, np.int64)
    return Counted(
        years=_count(dated.years, dated.groups),
        months=_count(
            np.where(months % _MONTH, months, 0), dated.groups[: months.size]
        ),
        undated=_undated(dated),
        total=_texts(dated.groups),
        first=_end(columns, dated, last=False),
        last=_end(columns, dated, last=True),
    )


def _dates(columns: Columns, docnums: Ints, axis: Axis, *, collapse: bool) -> _Dated:
    """Read of the columns when documents are from."""
    published = _years(columns, docnums, Axis.PUBLISHED)
    groups = columns.groups if collapse else np.full_like(columns.groups, -1)
    return _Dated(
        docnums=docnums,
        years=published if axis is Axis.PUBLISHED else _years(columns, docnums, axis),
        # Without a year of publication the column tells the year of the text.
        days=np.where(published > 0, columns.dates[docnums], 0),
        groups=groups[docnums].astype(np.int64),
    )


def _years(columns: Columns, docnums: Ints, axis: Axis) -> Longs:
    """Give the years of documents, 0 where there is none."""
    place = FACETS.index(axis)
    known = np.asarray([int(year or 0) for year in columns.values[place]], np.int64)
    codes = columns.codes[docnums, place] - columns.starts[place]
    return known[codes] if codes.size else np.empty(0, np.int64)


def _count(keys: Longs, groups: Longs) -> dict[int, int]:
    """Count documents by a number that is not 0, each group once for each number."""
    alone = groups < 0
    pairs = np.unique((groups[~alone] << _KEY_BITS) | keys[~alone])
    together = pairs & ((1 << _KEY_BITS) - 1)
    counts = np.bincount(np.concatenate((keys[alone], together)))
    counts[:1] = 0
    found = np.flatnonzero(counts)
    return dict(zip(found.tolist(), counts[found].tolist(), strict=True))


def _undated(dated: _Dated) -> int:
    """Count the documents without a year; not those with a copy that has one."""
    unknown = dated.years == 0
    groups = dated.groups[unknown]
    known = np.unique(dated.groups[~unknown])
    return int(np.count_nonzero(groups < 0)) + int(
        np.setdiff1d(groups[groups >= 0], known).size
    )


def _texts(groups: NDArray[np.int64]) -> int:
    """Count documents, each group once."""
    alone = groups < 0
    return int(np.count_nonzero(alone)) + int(np.unique(groups[~alone]).size)


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
