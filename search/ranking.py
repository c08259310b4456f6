"""Order: one page of hits out of all, without sorting the rest where that will do."""

import numpy as np
from numpy.typing import NDArray

from search import facets
from search.bm25 import Floats
from search.columns import Columns
from search.results import Sort

_SORT_ALL = 512
"""Below so many documents a whole sort is quicker than choosing first."""


def first_places(
    columns: Columns,
    docnums: NDArray[np.integer],
    scores: Floats,
    sort: Sort,
    wanted: int,
) -> NDArray[np.int64]:
    """Put the first documents in order, at least ``wanted`` if there are so many.

    Returns:
        Places in ``docnums``, best first; a beginning of what ``facets.order`` gives.
    """
    if docnums.size <= max(wanted, _SORT_ALL):
        return facets.order(columns, docnums, scores, sort)
    if sort is Sort.RELEVANCE:
        rank: NDArray[np.generic] = scores
    else:
        dates = columns.dates[docnums]
        day = np.where(dates == 0, np.iinfo(np.int64).max, dates)
        rank = np.where(dates == 0, -1, dates) if sort is Sort.NEWEST else -day
    least = np.partition(rank, docnums.size - wanted)[docnums.size - wanted]
    chosen = np.flatnonzero(rank >= least)
    ordered = facets.order(columns, docnums[chosen], scores[chosen], sort)
    places: NDArray[np.int64] = chosen[ordered]
    return places


def folded_places(
    columns: Columns,
    docnums: NDArray[np.integer],
    scores: Floats,
    sort: Sort,
    wanted: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Put the first hits in order, copies of one text folded into the best of them.

    Returns:
        Places in ``docnums``, best first, at least ``wanted`` if there are so many;
        how many further documents each stands for; how many hits there are in all.
    """
    if columns.all_different:
        places = first_places(columns, docnums, scores, sort, wanted)
        return places, np.zeros(places.size, np.int64), int(docnums.size)
    groups = columns.groups[docnums]
    members = np.bincount(groups)
    total = int(np.count_nonzero(members))
    taken = wanted
    while True:
        places = first_places(columns, docnums, scores, sort, taken)
        first, _ = facets.fold_copies(groups[places])
        if first.size >= min(wanted, total):
            kept = places[first]
            return kept, members[groups[kept]] - 1, total
        taken *= 4
