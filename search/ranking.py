"""Order: one page of hits out of all, and copies of one text folded into one hit."""

from typing import NamedTuple

import numpy as np

from index.compiled import compiled
from search.bm25 import Floats
from search.columns import Columns, Ints, Longs
from search.results import Sort

_ALL = np.empty(0, np.int64)
_NO_MEMBERS = np.zeros(1, np.int64)
_DEEP = 100
"""From this hit on a page is cut out before it is put in order."""


class _Keys(NamedTuple):
    """What documents are compared by, one after the other.

    Attributes:
        first: The larger comes first, shape (n,).
        second: The same, for those alike, shape (n,).
        last: The smaller comes first, all different, shape (n_docs,).
        docnums: The place in ``last`` of each, shape (n,).
    """

    first: Floats
    second: Floats
    last: Ints
    docnums: Ints


class Ranked(NamedTuple):
    """The hits of a page, in order.

    Attributes:
        docnums: Of each.
        scores: Of each.
        copies: Further documents that each stands for.
        total: How many hits there are in all.
    """

    docnums: Ints
    scores: Floats
    copies: Longs
    total: int


def rank(  # noqa: PLR0913 (what an order depends on)
    columns: Columns,
    docnums: Ints,
    scores: Floats,
    sort: Sort,
    page: range,
    *,
    collapse: bool,
) -> Ranked:
    """Put the hits of a page in order; equal ones by date, then by id.

    Args:
        columns: The columns.
        docnums: The matches, ascending, shape (n,).
        scores: Of each.
        sort: The order.
        page: Which hits, from 0.
        collapse: Whether copies of one text are folded into the first of them.
    """
    keys = _keys(columns, docnums, scores, sort)
    places, members, total = _ALL, _NO_MEMBERS, docnums.size
    if collapse and columns.group_count:
        places, members = _fold(keys, columns.groups, columns.group_count)
        total = places.size
    before = 0
    if page.start >= _DEEP and total > page.start:
        places, before = _around(keys.first, places, page)
    start, stop = page.start - before, max(min(page.stop, total) - before, 0)
    groups = columns.groups
    return Ranked(*_rank(keys, scores, places, start, stop, groups, members), total)


def _around(first: Floats, places: Longs, page: range) -> tuple[Longs, int]:
    """Leave out, by the first key alone, what is before a page or behind it.

    Returns:
        The places left, those of the page among them, and how many are before them.
    """
    places = places if places.size else np.arange(first.size)
    keys = -first[places]
    last = min(page.stop, places.size) - 1
    bounds = np.partition(keys, (page.start, last))
    inside = (keys >= bounds[page.start]) & (keys <= bounds[last])
    return places[inside], int(np.count_nonzero(keys < bounds[page.start]))


def _keys(columns: Columns, docnums: Ints, scores: Floats, sort: Sort) -> _Keys:
    """Say what documents are compared by; unknown dates come last."""
    if sort is Sort.RELEVANCE:
        return _Keys(scores, scores, columns.latest, docnums)
    days = columns.dates[docnums].astype(np.float64)
    if sort is Sort.OLDEST:
        days = np.where(days == 0, -np.inf, -days)
    return _Keys(days, scores, columns.ranks, docnums)


@compiled
def _before(keys: _Keys, one: int, other: int) -> bool:
    """Tell whether one document comes before another."""
    if keys.first[one] != keys.first[other]:
        return bool(keys.first[one] > keys.first[other])
    if keys.second[one] != keys.second[other]:
        return bool(keys.second[one] > keys.second[other])
    return bool(keys.last[keys.docnums[one]] < keys.last[keys.docnums[other]])


@compiled
def _sink(keys: _Keys, heap: Longs, size: int, at: int) -> None:
    """Move a document of a heap down to its place; the last in order is on top."""
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and _before(keys, heap[child], heap[child + 1]):
            child += 1
        if not _before(keys, heap[at], heap[child]):
            return
        heap[at], heap[child] = heap[child], heap[at]
        at = child


@compiled
def _first(keys: _Keys, places: Longs, wanted: int) -> Longs:
    """Put the first of some matches in order, or of all where no places are given.

    A heap holds the best so far, the last of them on top.
    """
    size = places.size or keys.docnums.size
    heap = np.empty(wanted, np.int64)
    for at in range(wanted):
        heap[at] = places[at] if places.size else at
    for at in range(wanted // 2 - 1, -1, -1):
        _sink(keys, heap, wanted, at)
    least = keys.first[heap[0]] if wanted else 0.0
    for at in range(wanted, size if wanted else 0):
        place = places[at] if places.size else at
        if keys.first[place] >= least and _before(keys, place, heap[0]):
            heap[0] = place
            _sink(keys, heap, wanted, 0)
            least = keys.first[heap[0]]
    for left in range(wanted - 1, 0, -1):
        heap[0], heap[left] = heap[left], heap[0]
        _sink(keys, heap, left, 0)
    return heap


@compiled
def _fold(keys: _Keys, groups: Ints, group_count: int) -> tuple[Longs, Longs]:
    """Keep the documents without copies, and the first in order of each group.

    Returns:
        Places, ascending, and how many documents each group has here.
    """
    best = np.full(group_count, -1, np.int64)
    members = np.zeros(group_count, np.int64)
    for place in range(keys.docnums.size):
        group = groups[keys.docnums[place]]
        if group >= 0:
            members[group] += 1
            if best[group] < 0 or _before(keys, place, best[group]):
                best[group] = place
    kept = np.empty(keys.docnums.size, np.int64)
    size = 0
    for place in range(keys.docnums.size):
        group = groups[keys.docnums[place]]
        if group < 0 or best[group] == place:
            kept[size] = place
            size += 1
    return kept[:size], members


@compiled
def _rank(  # noqa: PLR0913, PLR0917 (compiled)
    keys: _Keys,
    scores: Floats,
    places: Longs,
    start: int,
    stop: int,
    groups: Ints,
    members: Longs,
) -> tuple[Ints, Floats, Longs]:
    """Put the matches at some places in order; give some of them, see ``Ranked``."""
    chosen = _first(keys, places, stop)[start:]
    docnums = keys.docnums[chosen]
    copies = np.zeros(chosen.size, np.int64)
    for place in range(chosen.size):
        group = groups[docnums[place]]
        if 0 <= group < members.size:
            copies[place] = max(members[group] - 1, 0)
    return docnums, scores[chosen], copies
