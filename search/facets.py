"""Filters of the request, and facet counts, over all matching docnums at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled
from index.whoosh_schema import region_terms, term_of
from search.columns import FACETS, YEARS, Columns, Ints, Longs, Value
from search.results import FacetCount, SearchRequest

MAX_VALUES = 100
PASSES = -1
"""What ``failures`` says of a document that passes all filters."""

_SEVERAL = 127
_PLACE_BITS = 32
_YEAR = FACETS.index("year")
Failures = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Filters:
    """The facets that a request restricts.

    Attributes:
        facets: Their places in ``FACETS``, shape (n,).
        allowed: Which values of all facets are allowed, shape (n_values,).
    """

    facets: Longs
    allowed: NDArray[np.bool_]


def make_filters(columns: Columns, request: SearchRequest) -> Filters | None:
    """List what a request allows; nothing where it restricts nothing."""
    wanted, unwanted = _wanted(request), _unwanted(request)
    ranged = request.year_from is not None or request.year_to is not None
    facets = [
        place
        for place, name in enumerate(FACETS)
        if wanted[name] or unwanted[name] or (place == _YEAR and ranged)
    ]
    if not facets:
        return None
    allowed = np.ones(int(columns.starts[-1]), np.bool_)
    for place in facets:
        name, values = FACETS[place], columns.values[place]
        chosen = named(name, values, wanted[name]) if wanted[name] else set(values)
        if place == _YEAR and ranged:
            chosen = {year for year in chosen if _in_range(year, request)}
        chosen.difference_update(named(name, values, unwanted[name]))
        start = columns.starts[place]
        allowed[start : start + len(values)] = [value in chosen for value in values]
    return Filters(np.asarray(facets, np.int64), allowed)


def named(facet: str, values: Sequence[Value], asked: Sequence[Value]) -> set[Value]:
    """List the values of a facet that are asked for, a region by its short name too.

    Args:
        facet: The facet.
        values: The values it has.
        asked: What is asked for; it stands in the answer as it is.
    """
    if facet != "region":
        return set(asked)
    terms = {term_of(facet, str(each)) for each in asked}
    known = (value for value in values if isinstance(value, str))
    also = (value for value in known if not terms.isdisjoint(region_terms(value)))
    return {*asked, *also}


def _in_range(year: Value, request: SearchRequest) -> bool:
    """Tell whether a year is known and within the request's limits."""
    first, last = request.year_from, request.year_to
    return (
        isinstance(year, int)
        and (first is None or year >= first)
        and (last is None or year <= last)
    )


def _wanted(request: SearchRequest) -> dict[str, tuple[Value, ...]]:
    """List the values the request keeps, by facet."""
    return {
        "year": request.year,
        "site": request.site,
        "script": tuple(str(script) for script in request.script),
        "kind": tuple(str(kind) for kind in request.kind),
        "source": request.source,
        "region": request.region,
        "complete": () if request.complete is None else (request.complete,),
        "published": request.published,
    }


def _unwanted(request: SearchRequest) -> dict[str, tuple[Value, ...]]:
    """List the values the request leaves out, by facet."""
    return {
        "year": request.not_year,
        "site": request.not_site,
        "script": tuple(str(script) for script in request.not_script),
        "kind": tuple(str(kind) for kind in request.not_kind),
        "source": request.not_source,
        "region": request.not_region,
        "complete": (),
        "published": request.not_published,
    }


def in_group(columns: Columns, docnums: Ints, name: str) -> NDArray[np.bool_]:
    """Tell of documents whether they are a document or a near-duplicate of it.

    Args:
        columns: The columns.
        docnums: The documents, shape (n,).
        name: Id of the document; nothing is a near-duplicate of one that is unknown.
    """
    if not name or name not in columns.ids:
        return np.zeros(docnums.size, np.bool_)
    docnum = columns.ids.index(name)
    group = columns.groups[docnum]
    inside: NDArray[np.bool_] = columns.groups[docnums] == group
    return inside if group >= 0 else docnums == docnum


def failures(columns: Columns, docnums: Ints, filters: Filters) -> Failures:
    """Tell of each document which filter it fails.

    Returns:
        ``PASSES``, or the place of the one facet, or a number above all of them
        where it fails several; shape (n,).
    """
    return _failures(docnums, columns.codes, filters.facets, filters.allowed)


@compiled
def _failures(
    docnums: Ints, codes: Ints, facets: Longs, allowed: NDArray[np.bool_]
) -> Failures:
    failed = np.empty(docnums.size, np.int8)
    for place in range(docnums.size):
        found = PASSES
        for facet in facets:
            if not allowed[codes[docnums[place], facet]]:
                found = facet if found == PASSES else _SEVERAL
        failed[place] = found
    return failed


def count_facets(
    columns: Columns, docnums: Ints, failed: Failures, *, collapse: bool
) -> dict[str, tuple[FacetCount, ...]]:
    """Count the values of every facet over the matching docnums.

    A facet is counted without its own filter, so that its other values can be
    added. With ``collapse`` copies of one text count once for each value, as the
    hits do.

    Args:
        columns: The columns.
        docnums: All matches of the query, shape (n,).
        failed: What ``failures`` says of each, or shape (0,) where nothing is
            restricted.
        collapse: See above.
    """
    groups = columns.groups if collapse and columns.group_count else columns.groups[:0]
    counts, several = _count(docnums, failed, columns.codes, columns.starts, groups)
    if several.size:
        several.sort()
        _count_groups(docnums, failed, columns.codes, several, counts)
    return {
        name: _listed(
            columns.values[place], counts[start:end], by_count=name not in YEARS
        )
        for place, (name, start, end) in enumerate(
            zip(FACETS, columns.starts[:-1], columns.starts[1:], strict=True)
        )
    }


@compiled
def _count(
    docnums: Ints, failed: Failures, codes: Ints, starts: Longs, groups: Ints
) -> tuple[Longs, Longs]:
    """Count the values of documents that fail no filter but the facet's own.

    Returns:
        Counts of the documents without copies, shape (n_values,), and of each other
        one its group, above 32 bits for its place among the documents.
    """
    counts = np.zeros(starts[-1], np.int64)
    several = np.empty(docnums.size if groups.size else 0, np.int64)
    size = 0
    for place in range(docnums.size):
        docnum = docnums[place]
        if groups.size and groups[docnum] >= 0:
            several[size] = (np.int64(groups[docnum]) << _PLACE_BITS) | place
            size += 1
            continue
        failure = failed[place] if failed.size else PASSES
        for facet in range(codes.shape[1]):
            if failure in (PASSES, facet):
                counts[codes[docnum, facet]] += 1
    return counts, several[:size]


@compiled
def _count_groups(
    docnums: Ints, failed: Failures, codes: Ints, several: Longs, counts: Longs
) -> None:
    """Count the values of documents with copies, each value once a group.

    Args:
        docnums: The documents.
        failed: See ``count_facets``.
        codes: See ``Columns``.
        several: What ``_count`` gives, sorted.
        counts: What the counts are added to.
    """
    counted = np.full(counts.size, -1, np.int64)
    for each in several:
        group, place = each >> _PLACE_BITS, each & ((1 << _PLACE_BITS) - 1)
        failure = failed[place] if failed.size else PASSES
        for facet in range(codes.shape[1]):
            code = codes[docnums[place], facet]
            if failure in (PASSES, facet) and counted[code] != group:
                counted[code] = group
                counts[code] += 1


def _listed(
    values: tuple[Value, ...], counts: Longs, *, by_count: bool
) -> tuple[FacetCount, ...]:
    """List one facet's values in order; unknown and empty values are not listed."""
    known = len(values) - (values[-1:] == (None,))
    first = int(values[:1] == ("",))
    places = first + np.flatnonzero(counts[first:known])
    if by_count:
        places = places[np.argsort(-counts[places], kind="stable")]
    places = places[:MAX_VALUES]
    return tuple(
        FacetCount(values[place], count)  # type: ignore[arg-type]  # None is left out
        for place, count in zip(places.tolist(), counts[places].tolist(), strict=True)
    )
