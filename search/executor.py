"""Answers query trees from whole posting lists at once.

Lists of all segments are joined, scored and combined by a few NumPy calls; what was
read for one query is kept for the next, up to a stated number of bytes. The answers
are those of Whoosh's own searcher, which answers where a segment is not ours.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

import numpy as np

from index.analysis import Analyzer
from index.codec.elias_fano import Ints
from index.codec.segment_file import SegmentFile, to_bytes
from index.fold import fold
from index.whoosh_schema import TEXT_FIELDS
from search import bm25
from search.bm25 import Floats
from search.cache import CACHE_BYTES, Cache
from search.filters import passing
from search.found import (
    Docnums,
    Found,
    Mask,
    ScoredTerm,
    all_of,
    any_of,
    of_docnums,
    of_mask,
    union,
    without,
)
from search.query import (
    And,
    Attribute,
    Everything,
    Exact,
    Near,
    Not,
    Or,
    Prefix,
    Query,
    Word,
    Words,
    YearRange,
)
from search.strings import Positions, documents_near, documents_with

_SPARSE: Final = 64
_PAIR: Final = 2


class Executor:
    """Answers from the segments of one commit; safe to share between threads."""

    def __init__(
        self,
        parts: Sequence[tuple[SegmentFile, Sequence[int]]],
        analyzer: Analyzer,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        """Take the segments, each with the docnums deleted of it, and the analyzer."""
        self._analyzer = analyzer
        self._cache = Cache(cache_bytes)
        self._files: list[tuple[SegmentFile, int]] = []
        self.documents = 0
        gone: list[int] = []
        for file, deleted in parts:
            self._files.append((file, self.documents))
            gone += [self.documents + docnum for docnum in deleted]
            self.documents += file.documents
        self._alive = np.ones(self.documents, np.bool_)
        self._alive[gone] = False
        self._whole = not gone
        self._norms = {name: bm25.norms(self._tokens(name)) for name in TEXT_FIELDS}

    @property
    def files(self) -> list[SegmentFile]:
        """The segments in order."""
        return [file for file, _ in self._files]

    @property
    def alive(self) -> Mask:
        """Tell of each document whether it is not deleted."""
        return self._alive

    def run(self, query: Query) -> tuple[Docnums, Floats]:
        """Find all documents of a query.

        Returns:
            Docnums, ascending, and BM25F scores, each of shape (n_matches,).
        """
        return self._find(query).listed()

    def _tokens(self, field: str) -> Ints:
        """Join the tokens of a field's documents, shape (n_docs,)."""
        parts = [
            np.zeros(file.documents, np.int32) if tokens is None else tokens
            for file, _ in self._files
            for tokens in [file.tokens(field)]
        ]
        return np.concatenate([np.empty(0, np.int32), *parts]).astype(np.int32)

    @classmethod
    def takes(cls, query: Query) -> bool:
        """Tell whether a query is for this executor, or for Whoosh's own searcher."""
        match query:
            case Near(texts, _, _):
                return all(len(text) >= _PAIR for text in texts)
            case Not(clause):
                return cls.takes(clause)
            case And(clauses) | Or(clauses):
                return all(map(cls.takes, clauses))
            case _:
                return True

    def _find(self, query: Query) -> Found:  # noqa: PLR0911 (one a kind)
        """Find the documents of a tree."""
        match query:
            case Prefix(text, field):
                key = ("prefix", text, field)
                return self._cache.get(key, Found, lambda: self._prefix(text, field))
            case Near():
                return self._near(query)
            case Word(text, field) | Exact(text, field) | Words(text, field):
                key = ("string", text, field)
                return self._cache.get(key, Found, lambda: self._string(text, field))
            case Not(clause):
                return without(of_mask(self._alive), self._find(clause))
            case Or(clauses):
                return any_of([self._find(clause) for clause in clauses])
            case And(clauses):
                return self._all(clauses)
            case Everything():
                return of_mask(self._alive)
            case Attribute() | YearRange():
                name = str(query)
                make = partial(self._filter, query)
                return self._cache.get(("filter", name), Found, make)

    def _all(self, clauses: Sequence[Query]) -> Found:
        """Find the documents of all clauses, negative ones last."""
        negative = [one.clause for one in clauses if isinstance(one, Not)]
        positive = [self._find(one) for one in clauses if not isinstance(one, Not)]
        found = all_of(positive) if positive else of_mask(self._alive)
        for clause in negative:
            found = without(found, self._find(clause))
        return found

    def _string(self, text: str, field: str) -> Found:
        """Find and score the documents that hold a string."""
        folded = fold(text)
        words = self._words(text)
        scored = self._scored(words, field)
        if not field and words == [folded] and self._always_token(folded, scored):
            docnums = self._joined([union(self.documents, scored)])
        else:
            docnums = self._literal(folded, field == "title")
        if not scored or not docnums.size:
            return of_docnums(self.documents, docnums)
        return of_docnums(self.documents, docnums, self._scores(docnums, scored))

    def _words(self, text: str) -> list[str]:
        """Cut a text into words, each once."""
        return list(dict.fromkeys(token.text for token in self._analyzer.words(text)))

    def _scored(self, words: Iterable[str], field: str) -> list[ScoredTerm]:
        """Score words in a field, or in all."""
        fields = [field] if field else TEXT_FIELDS
        weighed = [self._term(name, word) for word in words for name in fields]
        return [each for each in weighed if each.docnums.size]

    def _near(self, near: Near) -> Found:
        """Find and score the documents in which strings stand near each other."""
        folded, title = [fold(text) for text in near.texts], near.field == "title"
        docnums = self._in_files(
            lambda file, positions: documents_near(
                file, folded, near.distance, title=title, positions=positions
            )
        )
        words = [word for text in near.texts for word in self._words(text)]
        scored = self._scored(words, near.field)
        return of_docnums(self.documents, docnums, self._scores(docnums, scored))

    def _prefix(self, text: str, field: str) -> Found:
        """Find and score the documents with a token that begins with a string."""
        start = to_bytes(fold(text))
        mask = np.zeros(self.documents, np.bool_)
        scores = np.zeros(self.documents, np.float64)
        for name in [field] if field else TEXT_FIELDS:
            held = (file.fields[name] for file, _ in self._files if name in file.fields)
            for word in sorted({word for lists in held for word in lists.begin(start)}):
                term = self._weighed(name, word.decode("utf-8", "surrogatepass"))
                mask[term.docnums] = True
                scores[term.docnums] += term.scores
        mask &= self._alive
        return Found(self.documents, None, mask, scores, clean=self._whole)

    def _always_token(self, folded: str, scored: Sequence[ScoredTerm]) -> bool:
        """Tell whether two characters are a token wherever they stand.

        Then the documents of the token are those that hold them, and the positions
        of the pair need not be read.
        """
        if len(folded) != _PAIR:
            return False
        pair = to_bytes(folded)
        held = 0
        for file, _ in self._files:
            number = file.pairs.find(pair)
            held += int(file.pairs.counts[number]) if number >= 0 else 0
        return held == sum(each.occurrences for each in scored)

    def _scores(self, docnums: Docnums, scored: Sequence[ScoredTerm]) -> Floats:
        """Add up the scores of words for the documents that hold a string."""
        total = docnums.size + sum(each.docnums.size for each in scored)
        if total * _SPARSE > self.documents:
            spread = np.zeros(self.documents, np.float64)
            for each in scored:
                spread[each.docnums] += each.scores
            found: Floats = spread[docnums]
            return found
        sums = np.zeros(docnums.size, np.float64)
        for each in scored:
            listed = each.docnums
            place = np.minimum(np.searchsorted(listed, docnums), listed.size - 1)
            kept = listed[place] == docnums
            sums[kept] += each.scores[place[kept]]
        return sums

    def _literal(self, folded: str, title: bool) -> Docnums:  # noqa: FBT001 (a field or all)
        """Find the documents that hold a folded string."""
        if not folded:
            return of_mask(self._alive).listed()[0]
        return self._in_files(
            lambda file, positions: documents_with(
                file, folded, title=title, positions=positions
            )
        )

    def _in_files(self, find: Callable[[SegmentFile, Positions], Docnums]) -> Docnums:
        """Find documents in every segment."""
        found = [
            find(file, self._positions(file, base)) + np.int32(base)
            for file, base in self._files
        ]
        return self._joined(found)

    def _positions(self, file: SegmentFile, base: int) -> Positions:
        """Make what reads lists of pairs, and remembers them."""

        def read(number: int) -> Ints:
            key = ("pair", base, number)
            return self._cache.get(key, np.ndarray, lambda: file.pairs.values(number))

        return read

    def _joined(self, parts: Sequence[Docnums]) -> Docnums:
        """Join docnums of the segments, deleted ones left out."""
        docnums = np.concatenate([np.empty(0, np.int32), *parts]).astype(np.int32)
        return docnums if self._whole else docnums[self._alive[docnums]]

    def _term(self, field: str, word: str) -> ScoredTerm:
        """Score the documents that have a word as a token of a field, or remember."""
        make = partial(self._weighed, field, word)
        return self._cache.get(("term", field, word), ScoredTerm, make)

    def _weighed(self, field: str, word: str) -> ScoredTerm:
        """Score the documents that have a word as a token of a field."""
        term = to_bytes(word)
        docnums, freqs = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
        for file, base in self._files:
            lists = file.fields.get(field)
            number = lists.find(term) if lists is not None else -1
            if lists is not None and number >= 0:
                docnums.append(lists.values(number) + np.int32(base))
                freqs.append(lists.freqs(number))
        listed, often = np.concatenate(docnums), np.concatenate(freqs)
        weight = bm25.BOOSTS[field] * bm25.idf(self.documents, listed.size)
        scores = bm25.scores(often, self._norms[field][listed], weight)
        return ScoredTerm(listed, scores, int(often.sum()))

    def _filter(self, query: Attribute | YearRange) -> Found:
        """Find the documents of a filter."""
        mask = passing(query, self._files, self.documents) & self._alive
        return of_docnums(self.documents, of_mask(mask).listed()[0])
