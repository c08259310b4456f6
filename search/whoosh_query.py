"""Our query tree as Whoosh's query classes.

A ``Word`` or an ``Exact`` is ``AndMaybe(documents holding the string, Or(words in
title, headings, body))``: the first part decides what matches, exactly as grep
would, the second scores by BM25F. Filters match and score nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq
from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.query.qcore import Query as WhooshQuery
from whoosh.reading import IndexReader
from whoosh.searching import Searcher as WhooshSearcher

from index.analysis import Analyzer
from index.fold import fold
from index.whoosh_schema import TEXT_FIELDS, site_term
from search.query import (
    And,
    Attribute,
    Everything,
    Exact,
    Not,
    Or,
    Query,
    Word,
    Words,
    YearRange,
)

BOOSTS = {"title": 3.0, "headings": 1.5, "body": 1.0}
Docnums = NDArray[np.int64]
_LONGEST_GRAM = 2
Finder = Callable[[IndexReader], Docnums]
Holds = Callable[[Sequence[int], str, str], NDArray[np.bool_]]
"""Tells for revisions whether a text holds a folded string: (revisions, string,
field) to a mask, shape (n_revisions,)."""


class Members(WhooshQuery):  # type: ignore[misc]  # Whoosh is untyped
    """Matches the docnums that a function finds in a reader; scores nothing."""

    def __init__(self, name: str, find: Finder) -> None:
        """Take a name for display, and the function."""
        super().__init__()
        self.name = name
        self.find = find

    def __repr__(self) -> str:
        """Show the name."""
        return f"Members({self.name})"

    def estimate_size(self, reader: IndexReader) -> int:
        """Give the most there can be; Whoosh puts its tree of matchers in order by it.

        To know better, the function would have to be called twice.
        """
        return int(reader.doc_count_all())

    def matcher(self, searcher: WhooshSearcher, context: object = None) -> Matcher:  # noqa: ARG002 (Whoosh's contract)
        """List the docnums, each with weight 0."""
        docnums = self.find(searcher.reader()).tolist()
        if not docnums:
            return NullMatcher()
        return ListMatcher(docnums, weights=[0.0] * len(docnums))


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates query trees for one index.

    Attributes:
        analyzer: The analyzer the index was built with.
        holds: Looks strings of three and more characters up in the stored text.
    """

    analyzer: Analyzer
    holds: Holds

    def translate(self, tree: Query) -> WhooshQuery:
        """Translate a tree."""
        match tree:
            case Word(text, field) | Exact(text, field) | Words(text, field):
                return self._string(text, field)
            case Not(clause):
                return wq.AndNot(_EVERYTHING, self.translate(clause))
            case Or(clauses):
                return wq.Or([self.translate(clause) for clause in clauses])
            case And(clauses):
                return self._all(clauses)
            case _:
                return _filter(tree)

    def _all(self, clauses: Iterable[Query]) -> WhooshQuery:
        """Translate clauses that must all match; Whoosh wants negatives apart."""
        listed = list(clauses)
        negative = [
            self.translate(one.clause) for one in listed if isinstance(one, Not)
        ]
        positive = [self.translate(one) for one in listed if not isinstance(one, Not)]
        required = positive or [_EVERYTHING]
        whole = wq.And(required) if len(required) > 1 else required[0]
        return wq.AndNot(whole, wq.Or(negative)) if negative else whole

    def _string(self, text: str, field: str) -> WhooshQuery:
        """Translate a word or an exact string."""
        folded = fold(text)
        found = Members(folded, self.literal(folded, field))
        words = dict.fromkeys(token.text for token in self.analyzer.words(text))
        fields = [field] if field else TEXT_FIELDS
        scored = [
            wq.Term(name, word, boost=BOOSTS[name]) for word in words for name in fields
        ]
        return wq.AndMaybe(found, wq.Or(scored)) if scored else found

    def literal(self, folded: str, field: str) -> Finder:
        """Make the function that finds the documents holding a folded string."""
        terms = self.analyzer.gram_query(folded)
        name = "title_grams" if field == "title" else "grams"

        def find(reader: IndexReader) -> Docnums:
            docnums = _intersect(reader, name, terms)
            if len(folded) <= _LONGEST_GRAM or not docnums.size:
                return docnums
            fields = [field] if field else TEXT_FIELDS
            sure = np.isin(docnums, _union_of_fields(reader, fields, folded))
            unsure = docnums[~sure]
            revisions = [
                int(reader.stored_fields(docnum)["row"]["revision"])
                for docnum in unsure.tolist()
            ]
            sure[~sure] = self.holds(revisions, folded, field)
            return docnums[sure]

        return find


def _intersect(reader: IndexReader, field: str, terms: Sequence[str]) -> Docnums:
    """Find the docnums that have all terms in a field, rarest term first."""
    if any((field, term) not in reader for term in terms):
        return np.empty(0, np.int64)
    ordered = sorted(terms, key=lambda term: int(reader.doc_frequency(field, term)))
    docnums = _postings(reader, field, ordered[0])
    for term in ordered[1:]:
        if not docnums.size:
            break
        docnums = np.intersect1d(
            docnums, _postings(reader, field, term), assume_unique=True
        )
    return docnums


def _postings(reader: IndexReader, field: str, term: str) -> Docnums:
    """Read one posting list, deleted docnums left out."""
    return np.fromiter(reader.postings(field, term).all_ids(), np.int64)


def _union(reader: IndexReader, field: str, terms: Iterable[str]) -> Docnums:
    """Find the docnums that have any of the terms."""
    lists = [
        _postings(reader, field, term) for term in terms if (field, term) in reader
    ]
    return np.unique(np.concatenate(lists)) if lists else np.empty(0, np.int64)


def _union_of_fields(reader: IndexReader, fields: Iterable[str], term: str) -> Docnums:
    """Find the docnums that have a term in any of the fields.

    A document that has a word as a token holds it literally: these need no look
    at the text.
    """
    return np.unique(
        np.concatenate([_union(reader, field, [term]) for field in fields])
    )


def _all_docnums(reader: IndexReader) -> Docnums:
    """List the docnums that are not deleted."""
    return np.fromiter(reader.all_doc_ids(), np.int64)


_EVERYTHING = Members("everything", _all_docnums)


def _filter(tree: Everything | Attribute | YearRange) -> Members:
    """Translate a clause that matches and scores nothing."""
    match tree:
        case Everything():
            return _EVERYTHING
        case Attribute(field, value):
            return Members(str(tree), _having(field, value))
        case YearRange(first, last):
            return Members(str(tree), _years(first, last))


def _having(field: str, value: str) -> Finder:
    """Make the function that finds documents with a value."""
    term = site_term(value) if field == "site" else fold(value)
    return lambda reader: _union(reader, field, [term])


def _years(first: int | None, last: int | None) -> Finder:
    """Make the function that finds documents about a range of years."""

    def find(reader: IndexReader) -> Docnums:
        inside = [
            term.decode()
            for term in reader.lexicon("year")
            if term.isdigit()
            and (first is None or int(term) >= first)
            and (last is None or int(term) <= last)
        ]
        return _union(reader, "year", inside)

    return find
