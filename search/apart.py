"""Parting the words of a query, which are read together, from its other clauses."""

from collections.abc import Sequence

from index.fold import fold
from search.query import Query, Verbatim, Word


def in_any_script(query: Query) -> Query:
    """Give a clause as it is sought in lists, which know one script only."""
    return query.clause if isinstance(query, Verbatim) else query


def plain(query: Query) -> str:
    """Give, folded, a word that is sought in all fields; else nothing."""
    return fold(query.text) if isinstance(query, Word) and not query.field else ""


def apart(clauses: Sequence[Query]) -> tuple[list[str], list[Query]]:
    """Part the plain words, folded, from other clauses."""
    words = [*map(plain, clauses)]
    others = [each for each, word in zip(clauses, words, strict=True) if not word]
    return [*filter(None, words)], others
