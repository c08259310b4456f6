"""Queries that no document can match, whatever the archive holds."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from index.whoosh_schema import region_terms, term_of
from search.query import And, Attribute, Not, Or, Query, YearRange

# A document has one of each; of sites it has several names, of a region two.
_SINGLE: Final = frozenset({"source", "region", "kind", "script", "complete"})


def conflict(query: Query) -> tuple[str, str] | None:
    """Give two clauses that exclude each other, so that nothing can be found.

    Returns:
        The clauses as they are written; ``None`` where none are found.
    """
    return next(_conflicts(query), None)


def _conflicts(query: Query) -> Iterator[tuple[str, str]]:
    """Walk over the clauses that exclude each other in every document."""
    match query:
        case And(clauses):
            for one, other in combinations(clauses, 2):
                if _exclude(one, other) or _exclude(other, one):
                    yield str(one), str(other)
            for clause in clauses:
                yield from _conflicts(clause)
        case Or(clauses):
            found = [conflict(clause) for clause in clauses]
            if None not in found:
                yield from filter(None, found)
        case _:
            return


def _exclude(one: Query, other: Query) -> bool:
    """Tell whether a document that matches one clause cannot match the other."""
    match one, other:
        case Attribute(field), Attribute(same):
            single = field == same and field in _SINGLE
            return single and not (_says(one, other) or _says(other, one))
        case YearRange(_, last), YearRange(first, _):
            return first is not None and last is not None and last < first
        case Attribute() as clause, Not(Attribute() as excluded):
            return _says(clause, excluded)
        case clause, Not(excluded):
            return clause == excluded
        case _:
            return False


def _says(one: Attribute, other: Attribute) -> bool:
    """Tell whether the value of one filter says that of another: 江苏省 says 江苏."""
    term = term_of(one.field, one.value)
    terms = region_terms(one.value) if one.field == "region" else (term,)
    return one.field == other.field and term_of(other.field, other.value) in terms
