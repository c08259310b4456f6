"""Answers query trees from whole posting lists at once.

The list of a word is read, scored and joined with others in a few compiled calls; what
was read for one query is kept for the next, up to a stated number of bytes. A clause
that nothing can match ends the reading of an AND. The answers are those of Whoosh's own
searcher, which answers where a segment is not ours.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np

from index.analysis import Analyzer
from index.codec.segment_file import WORD_FIELDS, SegmentFile, to_bytes, to_str
from index.codec.words import look_up
from index.fold import fold
from search import bm25
from search.bm25 import Floats, Statistics
from search.cache import CACHE_BYTES, Cache
from search.filters import passing
from search.found import (
    Docnums,
    Found,
    Mask,
    add_scores,
    all_of,
    any_of,
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
from search.strings import documents_near, documents_with

_PAIR: Final = 2
_REMEMBERED_WORDS: Final = 1 << 14


class Read(NamedTuple):
    """A word that was read.

    Attributes:
        found: The documents that have it as a token, and of a word of two characters
            and more all that hold it; scored where it is a token of the field.
        token: Whether it is a token anywhere.
    """

    found: Found
    token: bool


Known = dict[Word, Read]


class Executor:
    """Answers from the segments of one commit; safe to share between threads."""

    def __init__(
        self,
        parts: Sequence[tuple[SegmentFile, Sequence[int]]],
        analyzer: Analyzer,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        """Take the segments, each with the docnums deleted of it, and the analyzer."""
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
        self._statistics = self._make_statistics()

        @lru_cache(_REMEMBERED_WORDS)
        def cut(text: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(token.text for token in analyzer.words(text)))

        self._cut = cut

    def _make_statistics(self) -> dict[str, Statistics]:
        """Collect what scores depend on, for all fields together and for each."""
        lengths = np.stack([self._tokens(name) for name in WORD_FIELDS])
        boosts = np.asarray([bm25.BOOSTS[name] for name in WORD_FIELDS])
        every = Statistics(lengths, bm25.average_lengths(lengths), boosts)
        alone = np.diag(boosts)
        return {"": every} | {
            name: every._replace(boosts=alone[place])
            for place, name in enumerate(WORD_FIELDS)
        }

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

        Raises:
            ValueError: A segment is damaged.
        """
        words = dict.fromkeys(_words_of(query))
        read: Known = {}
        for field in dict.fromkeys(word.field for word in words):
            some = [word for word in words if word.field == field]
            listed = self._read([fold(word.text) for word in some], field)
            read |= zip(some, listed, strict=True)
        return self._find(query, read).listed()

    def _tokens(self, field: str) -> Docnums:
        """Join the tokens of a field's documents, shape (n_docs,)."""
        parts = [file.tokens(field) for file, _ in self._files]
        joined = np.concatenate([np.empty(0, np.int32), *parts]).astype(np.int32)
        if joined.size != self.documents:
            self._files[0][0].container.refuse(f"{field} has tokens of other documents")
        return joined

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

    def _find(self, query: Query, read: Known) -> Found:  # noqa: PLR0911 (one a kind)
        """Find the documents of a tree, whose words are read."""
        match query:
            case Word():
                return self._word(query, read[query])
            case And(clauses):
                return self._all(clauses, read)
            case Or(clauses):
                return any_of([self._find(clause, read) for clause in clauses])
            case Not(clause):
                return without(self._everything(), self._find(clause, read))
            case Exact(text, field) | Words(text, field):
                key = ("string", text, field)
                return self._cache.get(key, Found, lambda: self._string(text, field))
            case Prefix(text, field):
                key = ("prefix", text, field)
                return self._cache.get(key, Found, lambda: self._prefix(text, field))
            case Near():
                return self._near(query)
            case Everything():
                return self._everything()
            case Attribute() | YearRange():
                make = partial(self._filter, query)
                return self._cache.get(("filter", str(query)), Found, make)

    def _everything(self) -> Found:
        """Find all documents that are not deleted."""
        return Found(np.flatnonzero(self._alive).astype(np.int32))

    def _all(self, clauses: Sequence[Query], read: Known) -> Found:
        """Find the documents of all clauses; negative ones only where some are left."""
        positive: list[Found] = []
        for clause in clauses:
            if not isinstance(clause, Not):
                positive.append(self._find(clause, read))
                if not positive[-1].docnums.size:
                    return positive[-1]
        found = all_of(positive) if positive else self._everything()
        for clause in clauses:
            if isinstance(clause, Not) and found.docnums.size:
                found = without(found, self._find(clause.clause, read))
        return found

    def _word(self, word: Word, read: Read) -> Found:
        """Find the documents that hold a word, scored by it or by the words in it."""
        folded = fold(word.text)
        if not read.token:
            return self._string(word.text, word.field)
        if len(folded) >= _PAIR and not word.field:
            return self._kept(read.found)
        docnums = self._literal(folded, title=word.field == "title")
        scores = np.zeros(docnums.size, np.float64)
        add_scores(docnums, scores, read.found)
        return Found(docnums, scores)

    def _string(self, text: str, field: str) -> Found:
        """Find the documents that hold a string, scored by its words."""
        docnums = self._literal(fold(text), title=field == "title")
        return self._scored(docnums, self._cut(text), field)

    def _scored(self, docnums: Docnums, words: Sequence[str], field: str) -> Found:
        """Score documents by some words."""
        scores = np.zeros(docnums.size, np.float64)
        if docnums.size:
            for read in self._read(words, field):
                add_scores(docnums, scores, read.found)
        return Found(docnums, scores)

    def _read(self, words: Sequence[str], field: str) -> list[Read]:
        """Read and score folded words, in one call a segment."""
        terms = [*map(to_bytes, words)]
        sought = np.frombuffer(b"".join(terms), np.uint8)
        ends = np.asarray([*accumulate(map(len, terms))], np.int64)
        held = np.zeros((len(terms), len(WORD_FIELDS)), np.int64)
        numbers = [
            look_up(file.words.arrays, sought, ends, held) for file, _ in self._files
        ]
        parts = []
        for (file, base), places in zip(self._files, numbers, strict=True):
            docnums, scores, stops = bm25.read_words(
                file.words.arrays, places, held, self._statistics[field], base
            )
            found, start = [], 0
            for word, place, stop in zip(
                words, places.tolist(), stops.tolist(), strict=True
            ):
                if place < 0 and len(word) >= _PAIR:
                    listed = documents_with(file, word) + np.int32(base)
                    found.append(Found(listed, np.zeros(listed.size, np.float64)))
                else:
                    found.append(Found(docnums[start:stop], scores[start:stop]))
                start = stop
            parts.append(found)
        tokens = np.any(held > 0, axis=1).tolist()
        joined = map(_chained, zip(*parts, strict=True))
        return [Read(*each) for each in zip(joined, tokens, strict=True)]

    def _kept(self, found: Found) -> Found:
        """Leave out what is deleted."""
        return found if self._whole else found.among(self._alive)

    def _near(self, near: Near) -> Found:
        """Find and score the documents in which strings stand near each other."""
        folded, title = [fold(text) for text in near.texts], near.field == "title"
        docnums = self._joined(
            documents_near(file, folded, near.distance, title=title) + np.int32(base)
            for file, base in self._files
        )
        words = dict.fromkeys(word for text in near.texts for word in self._cut(text))
        return self._scored(docnums, [*words], near.field)

    def _prefix(self, text: str, field: str) -> Found:
        """Find and score the documents with a token that begins with a string."""
        start = to_bytes(fold(text))
        dictionaries = [file.words.terms for file, _ in self._files]
        words = {
            terms[number] for terms in dictionaries for number in terms.beginning(start)
        }
        read = self._read([*map(to_str, sorted(words))], field) if words else []
        return self._kept(
            any_of([each.found.only(each.found.scores > 0) for each in read])
        )

    def _literal(self, folded: str, *, title: bool) -> Docnums:
        """Find the documents that hold a folded string."""
        if not folded:
            return self._everything().docnums
        return self._joined(
            documents_with(file, folded, title=title) + np.int32(base)
            for file, base in self._files
        )

    def _joined(self, parts: Iterable[Docnums]) -> Docnums:
        """Join docnums of the segments, deleted ones left out."""
        docnums = np.concatenate([np.empty(0, np.int32), *parts])
        return docnums if self._whole else docnums[self._alive[docnums]]

    def _filter(self, query: Attribute | YearRange) -> Found:
        """Find the documents of a filter."""
        mask = passing(query, self._files, self.documents) & self._alive
        return Found(np.flatnonzero(mask).astype(np.int32))


def _words_of(query: Query) -> Iterator[Word]:
    """List the words of a tree."""
    match query:
        case Word():
            yield query
        case Not(clause):
            yield from _words_of(clause)
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _words_of(clause)


def _chained(parts: Sequence[Found]) -> Found:
    """Join what was found in the segments, one after the other."""
    if len(parts) == 1:
        return parts[0]
    return Found(
        np.concatenate([each.docnums for each in parts]),
        np.concatenate([each.scores for each in parts]),
    )
