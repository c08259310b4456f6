"""The words of all segments: looked up, matched and scored together."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from index.codec.elias_fano import Longs
from index.codec.segment_file import WORD_FIELDS, SegmentFile, to_bytes, to_str
from index.codec.words import Arrays, look_up
from search import bm25
from search.bm25 import Floats, Statistics
from search.found import Docnums, Found, all_of, any_of, chained
from search.matching import all_words, any_word, score_words
from search.strings import documents_with

Match = Callable[[Arrays, Longs, Longs, Statistics, int], tuple[Docnums, Floats]]
"""``all_words`` or ``any_word``."""


class Known(NamedTuple):
    """What the dictionaries say of some words.

    Attributes:
        numbers: For each segment the place of each word, -1 where it is no token.
        held: How many documents have each as a token of each field, shape
            (n_words, n_fields).
    """

    numbers: list[Longs]
    held: Longs

    def tokens(self) -> list[bool]:
        """Tell of each word whether it is a token anywhere."""
        return [any(held) for held in self.held.tolist()]


class WordLists:
    """Matches and scores words; what is deleted is not left out."""

    def __init__(self, files: Sequence[tuple[SegmentFile, int]]) -> None:
        """Take the segments, each with the docnum of its first document."""
        self._files = files
        lengths = np.stack([self._tokens(name) for name in WORD_FIELDS])
        boosts = np.asarray([bm25.BOOSTS[name] for name in WORD_FIELDS])
        averages = bm25.average_lengths(lengths)
        counted = {"": boosts, **dict(zip(WORD_FIELDS, np.diag(boosts), strict=True))}
        self._statistics = {
            field: Statistics(lengths, np.stack((averages, counts)))
            for field, counts in counted.items()
        }

    def _tokens(self, field: str) -> Docnums:
        """Join the tokens of a field's documents, shape (n_docs,)."""
        parts = [np.empty(0, np.int32)]
        for file, _ in self._files:
            parts.append(file.tokens(field).astype(np.int32))
            if parts[-1].size != file.documents:
                file.container.refuse(f"{field} has tokens of other documents")
        return np.concatenate(parts)

    def look_up(self, words: Sequence[str]) -> Known:
        """Find folded words in the dictionaries."""
        terms = [*map(to_bytes, words)]
        sought = np.frombuffer(b"".join(terms), np.uint8)
        ends = np.asarray([*accumulate(map(len, terms))], np.int64)
        held = np.zeros((len(terms), len(WORD_FIELDS)), np.int64)
        numbers = [
            look_up(file.words.arrays, sought, ends, held) for file, _ in self._files
        ]
        return Known(numbers, held)

    def all_of(self, words: Sequence[str], known: Known) -> Found:
        """Find and score the documents that hold every word.

        Args:
            words: Folded words of two characters and more.
            known: What was found of them.

        Raises:
            ValueError: A list is damaged.
        """
        return self._match(words, known, all_words, all_of)

    def any_of(self, words: Sequence[str], known: Known) -> Found:
        """Find and score the documents that hold any word, as ``all_of`` does."""
        return self._match(words, known, any_word, any_of)

    def _match(
        self,
        words: Sequence[str],
        known: Known,
        match: Match,
        combine: Callable[[Sequence[Found]], Found],
    ) -> Found:
        """Match words segment by segment; one that has no list is a string there."""
        parts = []
        for (file, base), numbers in zip(self._files, known.numbers, strict=True):
            found, listed = [], numbers >= 0
            if listed.all():
                found.append(self._run(match, file, base, numbers, known.held, ""))
            else:
                some, held = numbers[listed], known.held[listed]
                if some.size:
                    found.append(self._run(match, file, base, some, held, ""))
                for place in np.flatnonzero(~listed).tolist():
                    docnums = documents_with(file, words[place]) + np.int32(base)
                    found.append(Found(docnums))
            parts.append(combine(found) if len(found) > 1 else found[0])
        return chained(parts)

    def _run(  # noqa: PLR0913, PLR0917 (what matching takes)
        self,
        match: Match,
        file: SegmentFile,
        base: int,
        numbers: Longs,
        held: Longs,
        field: str,
    ) -> Found:
        """Match words in a segment."""
        statistics = self._statistics[field]
        return Found(*match(file.words.arrays, numbers, held, statistics, base))

    def score(self, docnums: Docnums, words: Sequence[str], field: str) -> Found:
        """Score documents by folded words in a field, or in all."""
        if not docnums.size or not words:
            return Found(docnums)
        known = self.look_up(words)
        starts = np.searchsorted(docnums, [base for _, base in self._files])
        parts = []
        for (file, base), numbers, part in zip(
            self._files, known.numbers, np.split(docnums, starts[1:]), strict=True
        ):
            arrays, statistics = file.words.arrays, self._statistics[field]
            parts.append(
                score_words(arrays, numbers, known.held, statistics, base, part)
            )
        return Found(docnums, np.concatenate(parts))

    def beginning(self, start: str, field: str) -> Found:
        """Find and score the documents with a token that begins with a string."""
        words = {
            to_str(file.words.terms[number])
            for file, _ in self._files
            for number in file.words.terms.beginning(to_bytes(start))
        }
        if not words:
            return Found(np.empty(0, np.int32))
        known = self.look_up([*words])
        parts = []
        for (file, base), numbers in zip(self._files, known.numbers, strict=True):
            some, held = numbers[numbers >= 0], known.held[numbers >= 0]
            found = self._run(any_word, file, base, some, held, field)
            parts.append(found.only(found.scores > 0))
        return chained(parts)
