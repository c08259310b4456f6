"""Facets, filters and order over all matching docnums at once."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from search.columns import FACETS, Columns, Value
from search.results import FacetCount, SearchRequest, Sort

MAX_VALUES = 100


def filter_masks(
    columns: Columns, request: SearchRequest
) -> dict[str, NDArray[np.bool_]]:
    """Make a mask over all docnums for each facet that the request restricts."""
    masks = {
        name: columns.facets[name].mask(wanted)
        for name, wanted in _wanted(request).items()
        if wanted
    }
    first, last = request.year_from, request.year_to
    if first is not None or last is not None:
        years = columns.facets["year"].values
        inside = [
            isinstance(year, int)
            and (first is None or year >= first)
            and (last is None or year <= last)
            for year in years
        ]
        held = np.asarray([*inside, False], dtype=np.bool_)[
            columns.facets["year"].codes
        ]
        masks["year"] = masks["year"] & held if "year" in masks else held
    return masks


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
    }


def all_but(
    masks: Mapping[str, NDArray[np.bool_]], name: str, docnums: NDArray[np.integer]
) -> NDArray[np.integer]:
    """Keep the docnums that pass every mask but one facet's own."""
    for other, mask in masks.items():
        if other != name:
            docnums = docnums[mask[docnums]]
    return docnums


def count_facets(
    columns: Columns,
    docnums: NDArray[np.integer],
    masks: Mapping[str, NDArray[np.bool_]],
    *,
    collapse: bool,
) -> dict[str, tuple[FacetCount, ...]]:
    """Count the values of every facet over the matching docnums.

    A facet is counted without its own filter, so that its other values can be
    added. With ``collapse`` copies of one text count once for each value, as the
    hits do.
    """
    kept = all_but(masks, "", docnums)
    counts: dict[str, NDArray[np.int64]] = {}
    for joint in columns.joints:
        free = [name for name in joint.names if name not in masks]
        single, several = _apart(columns, kept, collapse=collapse)
        if free:
            counts |= joint.counts(single)
        for name in free:
            counts[name] = counts[name] + _of_copies(columns, name, several)
    for name in masks:
        single, several = _apart(
            columns, all_but(masks, name, docnums), collapse=collapse
        )
        column = columns.facets[name]
        alone = np.bincount(column.codes[single], minlength=len(column.values))
        counts[name] = alone + _of_copies(columns, name, several)
    return {name: _listed(columns, name, counts[name]) for name in FACETS}


def _apart(
    columns: Columns, docnums: NDArray[np.integer], *, collapse: bool
) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """Part the documents that have no copies from those that may have some."""
    if not collapse or columns.all_different:
        return docnums, docnums[:0]
    copied = columns.copied[docnums]
    return docnums[~copied], docnums[copied]


def _of_copies(
    columns: Columns, name: str, docnums: NDArray[np.integer]
) -> NDArray[np.int64]:
    """Count one facet's values, once for each text that has them."""
    column = columns.facets[name]
    size = len(column.values)
    if docnums.size:
        pairs = np.unique(columns.groups[docnums] * size + column.codes[docnums])
        return np.bincount(pairs % size, minlength=size)
    return np.zeros(size, np.int64)


def _listed(
    columns: Columns, name: str, counts: NDArray[np.int64]
) -> tuple[FacetCount, ...]:
    """List one facet's values in order; unknown values are not listed."""
    values = columns.facets[name].values
    some = np.flatnonzero(counts)
    found = [
        FacetCount(value=value, count=count)
        for place, count in zip(some.tolist(), counts[some].tolist(), strict=True)
        if (value := values[place]) is not None
    ]
    if name == "year":
        found.sort(key=lambda facet: -int(facet.value))
    else:
        found.sort(key=lambda facet: (-facet.count, str(facet.value)))
    return tuple(found[:MAX_VALUES])


def order(
    columns: Columns,
    docnums: NDArray[np.integer],
    scores: NDArray[np.float64],
    sort: Sort,
) -> NDArray[np.int64]:
    """Put docnums in order; equal ones by date, then by id, so pages are stable.

    Returns:
        Places in ``docnums``, best first, shape (n_hits,).
    """
    dates = columns.dates[docnums]
    ranks = columns.ranks[docnums]
    unknown = dates == 0
    if sort is Sort.NEWEST:
        return np.lexsort((ranks, -scores, -dates, unknown))
    if sort is Sort.OLDEST:
        return np.lexsort((ranks, -scores, dates, unknown))
    return np.lexsort((ranks, -dates, -scores))


def fold_copies(
    groups: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Keep the first of each group.

    Args:
        groups: Group of each hit, in order, shape (n_hits,).

    Returns:
        Places kept, ascending, and how many further hits each stands for.
    """
    _, first, counts = np.unique(groups, return_index=True, return_counts=True)
    by_place = np.argsort(first)
    return first[by_place], counts[by_place] - 1
