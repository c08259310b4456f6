"""The words of all segments: looked up, matched and scored together."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from index.codec.elias_fano import Longs
from index.codec.segment_file import BODY, WORD_FIELDS, SegmentFile, to_bytes, to_str
from index.codec.words import BODY as BODY_PLACE
from index.codec.words import Arrays, look_up
from search import bm25
from search.bm25 import Floats, Statistics
from search.found import Docnums, Found, all_of, any_of, chained
from search.matching import all_words, any_word, score_words
from search.strings import documents_with

Match = Callable[[Arrays, Longs, Longs, Statistics, int], tuple[Docnums, Floats]]
"""``all_words`` or ``any_word``."""


Combine = Callable[[Sequence[Found]], Found]


class _Part(NamedTuple):
    """A segment.

    Attributes:
        file: Its file.
        base: The docnum of its first document.
        words: Its words.
    """

    file: SegmentFile
    base: int
    words: Arrays


class Known(NamedTuple):
    """What the dictionaries say of some words.

    Attributes:
        numbers: For each segment the place of each word, -1 where it is no token.
        lists: The same, -1 where there is no list of all documents that hold it, too.
        held: How many documents have each as a token of each field, shape
            (n_words, n_fields).
    """

    numbers: tuple[Longs, ...]
    lists: tuple[Longs, ...]
    held: Longs

    def tokens(self) -> list[bool]:
        """Tell of each word whether it is a token anywhere."""
        return [any(held) for held in self.held.tolist()]


class WordLists:
    """Matches and scores words; what is deleted is not left out."""

    def __init__(self, files: Sequence[tuple[SegmentFile, int]]) -> None:
        """Take the segments, each with the docnum of its first document."""
        self._parts = [_Part(file, base, file.words.arrays) for file, base in files]
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
        for file, _, _ in self._parts:
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
        found = [look_up(part.words, sought, ends, held) for part in self._parts]
        numbers, lists = zip(*found, strict=True)
        return Known(numbers, lists, held)

    def count(self, known: Known) -> int | None:
        """Count the documents that hold one word; none if a list is not whole."""
        total = 0
        for part, numbers in zip(self._parts, known.lists, strict=True):
            number = int(numbers[0])
            if number < 0:
                return None
            total += int(part.words.layout[number, BODY_PLACE])
        return total

    def all_of(self, words: Sequence[str], known: Known) -> Found:
        """Find and score the documents that hold every word.

        Args:
            words: Folded words, not empty.
            known: What was found of them.

        Raises:
            ValueError: A list is damaged.
        """
        return self._match(words, known, all_words, all_of)

    def any_of(self, words: Sequence[str], known: Known) -> Found:
        """Find and score the documents that hold any word, as ``all_of`` does."""
        return self._match(words, known, any_word, any_of)

    def _match(
        self, words: Sequence[str], known: Known, match: Match, combine: Combine
    ) -> Found:
        """Match words segment by segment."""
        statistics, held = self._statistics[""], known.held
        found = [
            Found(*match(part.words, lists, held, statistics, part.base))
            if -1 not in lists.tolist()
            else self._match_some(place, words, known, match, combine)
            for place, (part, lists) in enumerate(
                zip(self._parts, known.lists, strict=True)
            )
        ]
        return chained(found)

    def _match_some(
        self,
        place: int,
        words: Sequence[str],
        known: Known,
        match: Match,
        combine: Combine,
    ) -> Found:
        """Match words in a segment in which one that has no whole list is a string."""
        part, lists = self._parts[place], known.lists[place]
        found, statistics, held = [], self._statistics[""], known.held
        if (some := lists >= 0).any():
            matched = match(part.words, lists[some], held[some], statistics, part.base)
            found.append(Found(*matched))
        for word in np.flatnonzero(~some).tolist():
            docnums = documents_with(part.file, words[word]) + np.int32(part.base)
            one = slice(word, word + 1)
            number = known.numbers[place][one]
            scores = score_words(
                part.words, number, held[one], statistics, part.base, docnums
            )
            found.append(Found(docnums, scores))
        return combine(found)

    def score(self, docnums: Docnums, words: Sequence[str], field: str) -> Found:
        """Score documents by folded words in a field, or in all."""
        if not docnums.size or not words:
            return Found(docnums)
        known, statistics = self.look_up(words), self._statistics[field]
        starts = np.searchsorted(docnums, [part.base for part in self._parts])
        parts = zip(
            self._parts, known.numbers, np.split(docnums, starts[1:]), strict=True
        )
        scores = [
            score_words(part.words, numbers, known.held, statistics, part.base, some)
            for part, numbers, some in parts
        ]
        return Found(docnums, np.concatenate(scores))

    def rarity(self, words: Sequence[str]) -> float:
        """Sum what folded words weigh by their rarity in bodies, each once."""
        documents = self._statistics[""].lengths.shape[1]
        held = self.look_up(words).held[:, WORD_FIELDS.index(BODY)].tolist()
        return sum(bm25.idf(documents, each) for each in held)

    def beginning_words(self, start: str) -> list[str]:
        """List the tokens that begin with a string, in order."""
        words = {
            to_str(part.file.words.terms[number])
            for part in self._parts
            for number in part.file.words.terms.beginning(to_bytes(start))
        }
        return sorted(words)

    def beginning(self, start: str, field: str) -> Found:
        """Find and score the documents with a token that begins with a string."""
        words = self.beginning_words(start)
        if not words:
            return Found(np.empty(0, np.int32))
        known, statistics = self.look_up(words), self._statistics[field]
        found = []
        for part, numbers in zip(self._parts, known.numbers, strict=True):
            some, held = numbers[numbers >= 0], known.held[numbers >= 0]
            matched = any_word(part.words, some, held, statistics, part.base)
            each = Found(*matched)
            found.append(each.only(each.scores > 0))
        return chained(found)
