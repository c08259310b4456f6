"""Where a document stands among the hits of a search, or which filters keep it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from search.bm25 import Floats
from search.columns import FACETS, Columns, Ints, Value
from search.explanations import FailedFilter
from search.facets import PASSES, failures, make_filters
from search.ranking import Ranked
from search.results import SearchRequest


class Matches(NamedTuple):
    """All documents of a query.

    Attributes:
        docnums: Ascending, shape (n,).
        scores: Of each.
    """

    docnums: Ints
    scores: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where an indexed document stands.

    Attributes:
        revision: The revision of it that was indexed.
        matches: Whether it matches the query, filters of the request aside.
        failed: The filters of the request that it does not pass.
        rank: The rank of the hit that shows it, from 1; 0 where none does.
        shown_as: The id of that hit: its own, or that of a near-duplicate.
    """

    revision: int
    matches: bool
    failed: tuple[FailedFilter, ...]
    rank: int
    shown_as: str


Order = Callable[[Matches, range], Ranked]
"""Gives a page of some matches in order."""


def locate(
    columns: Columns,
    found: Matches,
    request: SearchRequest,
    docnum: int,
    order: Order,
) -> Location:
    """Tell where a document stands among all matches of a query."""
    matches = bool(np.isin(docnum, found.docnums))
    failed = _failed(columns, request, docnum)
    place, shown = 0, -1
    if matches and not failed:
        passing = _passing(columns, found, request)
        every = order(passing, range(passing.docnums.size))
        place, shown = _place(columns, every, request, docnum)
    return Location(
        revision=int(columns.revisions[docnum]),
        matches=matches,
        failed=failed,
        rank=place,
        shown_as=columns.ids[shown] if place else "",
    )


def _passing(columns: Columns, found: Matches, request: SearchRequest) -> Matches:
    """Keep what passes the filters of a request."""
    filters = make_filters(columns, request)
    if filters is None:
        return found
    passing = failures(columns, found.docnums, filters) == PASSES
    return Matches(found.docnums[passing], found.scores[passing])


def _place(
    columns: Columns, ranked: Ranked, request: SearchRequest, docnum: int
) -> tuple[int, int]:
    """Give the rank of the hit that shows a document, and the document it is."""
    group = columns.groups[docnum]
    shown = ranked.docnums == docnum
    if request.collapse and group >= 0:
        shown = columns.groups[ranked.docnums] == group
    place = int(np.argmax(shown))
    return place + 1, int(ranked.docnums[place])


def _failed(
    columns: Columns, request: SearchRequest, docnum: int
) -> tuple[FailedFilter, ...]:
    """List the filters of a request that a document does not pass."""
    filters = make_filters(columns, request)
    if filters is None:
        return ()
    codes = columns.codes[docnum]
    return tuple(
        FailedFilter(FACETS[facet], _value(columns, facet, codes[facet]), wanted)
        for facet in filters.facets.tolist()
        if not filters.allowed[codes[facet]]
        for wanted in [_wanted(request, FACETS[facet])]
    )


def _value(columns: Columns, facet: int, code: int) -> Value:
    """Give the value that a code of a facet stands for."""
    return columns.values[facet][code - int(columns.starts[facet])]


def _wanted(request: SearchRequest, facet: str) -> tuple[str, ...]:
    """Write the values that a request keeps."""
    if facet == "complete":
        return (str(request.complete).lower(),)
    wanted = tuple(str(value) for value in getattr(request, facet))
    first, last = request.year_from, request.year_to
    if facet == "year" and (first, last) != (None, None):
        wanted = (*wanted, f"{first or ''}..{last or ''}")
    return (*wanted, *(f"-{value}" for value in getattr(request, f"not_{facet}")))
