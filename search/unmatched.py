"""Filters of a query that match nothing in the archive, and what there is instead."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Final

from index.fold import fold
from index.whoosh_schema import region_terms
from search.engine import Answer
from search.query import And, Attribute, Everything, Or, Query, YearRange
from search.results import FacetCount, Unmatched

_MOST: Final = 3
"""Similar values shown of one filter."""

Search = Callable[[Query], Answer]


def unmatched(query: Query, search: Search) -> tuple[Unmatched, ...]:
    """Find the filters that match no document.

    Args:
        query: A query that found nothing.
        search: Finds the documents of a query and counts facets.
    """
    missed = [each for each in dict.fromkeys(_filters(query)) if not _any(each, search)]
    facets = search(Everything()).facets if missed else {}
    return tuple(
        Unmatched(clause=str(each), similar=_similar(each, facets)) for each in missed
    )


def _any(query: Query, search: Search) -> bool:
    """Tell whether a query finds anything."""
    return search(query).total_documents > 0


def _filters(query: Query) -> Iterator[Attribute | YearRange]:
    """Walk over the filters that are not under a minus."""
    match query:
        case Attribute() | YearRange():
            yield query
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _filters(clause)
        case _:
            return


def _similar(
    query: Attribute | YearRange, facets: dict[str, tuple[FacetCount, ...]]
) -> tuple[str, ...]:
    """Write filters like one that matches nothing, of values that the archive has."""
    if isinstance(query, YearRange):
        years = [int(value) for value, _ in facets.get("year", ()) if value]
        return (str(YearRange(min(years), max(years))),) if years else ()
    values = [str(value) for value, _ in facets.get(query.field, ()) if value]
    region = query.field == "region"
    terms = {each: region_terms(each) if region else (fold(each),) for each in values}
    alike = _alike(fold(query.value), terms)
    return tuple(str(Attribute(query.field, value)) for value in alike)


def _alike(wanted: str, terms: dict[str, tuple[str, ...]]) -> list[str]:
    """Choose the values that hold what is wanted, are held by it, or look like it.

    Args:
        wanted: What is wanted, folded.
        terms: The terms of each value there is.
    """
    values = {each: value for value in reversed(terms) for each in terms[value]}
    held = [each for each in values if wanted in each or each in wanted]
    close = get_close_matches(wanted, values, n=_MOST)
    found = (values[each] for each in (*reversed(held), *close))
    return [*dict.fromkeys(found)][:_MOST]
