"""Answers query trees from whole posting lists at once.

The lists of words are read, scored and joined in a few compiled calls; what was found
for strings, filters and beginnings of words is kept for the next query, up to a stated
number of bytes. A clause that nothing can match ends the reading of an AND. The answers
are those of Whoosh's own searcher, which answers where a segment is not ours.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from hashlib import sha256
from itertools import compress
from typing import Final

import numpy as np

from index.analysis import Analyzer
from index.codec.segment_file import SegmentFile
from index.fold import fold, has_variants
from search.apart import apart, in_any_script, plain
from search.bm25 import Floats, equivalent_weight
from search.cache import CACHE_BYTES, Cache
from search.columns import read_numbers
from search.filters import passing
from search.found import Docnums, Found, Mask, all_of, any_of, best_of, without
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
    Variants,
    Verbatim,
    Word,
    Words,
    YearRange,
)
from search.strings import documents_near, documents_with
from search.texts import FoldedText, Looks
from search.words import Combine, Known, WordLists

_PAIR: Final = 2
Matching = Callable[[Sequence[str], Known], Found]
_REMEMBERED_WORDS: Final = 1 << 14


class NotFromListsError(Exception):
    """A query asks what no list tells, such as where single characters stand."""


class Executor:
    """Answers from the segments of one commit; safe to share between threads."""

    def __init__(
        self,
        parts: Sequence[tuple[SegmentFile, Sequence[int]]],
        analyzer: Analyzer,
        cache_bytes: int = CACHE_BYTES,
        looks: Looks | None = None,
    ) -> None:
        """Take what it answers from.

        Args:
            parts: The segments, each with the docnums deleted of it.
            analyzer: The analyzer the index was built with.
            cache_bytes: The most memory for what was found.
            looks: Looks at texts, for strings whose script counts.
        """
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
        self._looks = looks
        self._lists = WordLists(self._files)

        @lru_cache(_REMEMBERED_WORDS)
        def cut(text: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(token.text for token in analyzer.words(text)))

        self._cut = cut

    @property
    def segments(self) -> list[tuple[SegmentFile, int]]:
        """The segments in order, each with the docnum of its first document."""
        return self._files

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
            NotFromListsError: The query is for Whoosh's own searcher.
            ValueError: A segment is damaged.
        """
        return self._find(query).listed()

    def count(self, word: Word) -> int | None:
        """Count the documents of a word by the lengths of its lists, if they tell."""
        folded = plain(word)
        if not folded or not self._whole:
            return None
        return self._lists.count(self._lists.look_up([folded]))

    def _find(self, query: Query) -> Found:  # noqa: C901, PLR0911 (one a kind)
        """Find the documents of a tree."""
        match query:
            case Word():
                return self._all([query]) if plain(query) else self._word(query)
            case And(clauses):
                return self._all(clauses)
            case Or(clauses):
                return self._any(clauses)
            case Not(clause):
                return without(self._everything(), self._find(clause))
            case Exact(text, field) | Words(text, field):
                key = ("string", text, field)
                return self._cache.get(key, Found, lambda: self._string(text, field))
            case Prefix(text, field):
                key = ("prefix", text, field)
                return self._cache.get(key, Found, lambda: self._beginning(text, field))
            case Near() | Verbatim():
                make = partial(self._passages, query)
                return self._cache.get(("passage", str(query)), Found, make)
            case Variants():
                members = self.weigh(query)
                return best_of([self._find(each).times(by) for each, by in members])
            case Everything():
                return self._everything()
            case Attribute() | YearRange():
                make = partial(self._filter, query)
                return self._cache.get(("filter", str(query)), Found, make)

    def scored_words(self, leaf: Word | Exact | Words | Prefix | Near) -> list[str]:
        """List the folded words that score the documents of a clause."""
        match leaf:
            case Prefix(text, _):
                return self._lists.beginning_words(fold(text))
            case Near(texts=texts):
                return [
                    *dict.fromkeys(word for text in texts for word in self._cut(text))
                ]
            case Word(text, _) if any(self._lists.look_up([fold(text)]).tokens()):
                return [fold(text)]
            case Word(text, _) | Exact(text, _) | Words(text, _):
                return [*self._cut(text)]

    def score(self, docnums: Docnums, word: str, field: str) -> Floats:
        """Score documents by a folded word in one field, shape (n,)."""
        return self._lists.score(docnums, [word], field).listed()[1]

    def weigh(self, variants: Variants) -> list[tuple[Query, float]]:
        """List the members of variants, and by what the score of each is multiplied.

        An equivalent is worth as much as what was typed: by ``equivalent_weight``.
        """
        typed = self._lists.rarity(self._cut(variants.text))
        rarities = [self._lists.rarity(self._cut(e.text)) for e in variants.equivalents]
        weights = [equivalent_weight(typed, rarity) for rarity in rarities]
        members = (variants.typed, *variants.equivalents)
        return [*zip(members, (1.0, *weights), strict=True)]

    def _everything(self) -> Found:
        """Find all documents that are not deleted."""
        return Found(np.flatnonzero(self._alive).astype(np.int32))

    def _all(self, clauses: Sequence[Query]) -> Found:
        """Find the documents of all clauses; negative ones only where some are left."""
        words, others = apart(clauses)
        positive = [self._words(words, self._lists.all_of, all_of)] if words else []
        for clause in others:
            if positive and not positive[-1].docnums.size:
                return positive[-1]
            if not isinstance(clause, Not):
                positive.append(self._find(in_any_script(clause)))
        found = all_of(positive) if positive else self._everything()
        for clause in others:
            if isinstance(clause, Verbatim):
                found = self._verified(clause.clause, found)
        for clause in others:
            if isinstance(clause, Not) and found.docnums.size:
                found = without(found, self._find(clause.clause))
        return found

    def _any(self, clauses: Sequence[Query]) -> Found:
        """Find the documents of any clause."""
        words, others = apart(clauses)
        found = [self._words(words, self._lists.any_of, any_of)] if words else []
        return any_of([*found, *map(self._find, others)])

    def _words(self, words: Sequence[str], match: Matching, combine: Combine) -> Found:
        """Match folded words; one that is a token nowhere is a string like others."""
        known = self._lists.look_up(words)
        tokens = known.tokens()
        if all(tokens):
            return self._kept(match(words, known))
        known_words = [*compress(words, tokens)]
        found = [self._words(known_words, match, combine)] if known_words else []
        strings = [word for word, token in zip(words, tokens, strict=True) if not token]
        return combine([*found, *(self._string(word, "") for word in strings)])

    def _word(self, word: Word) -> Found:
        """Find the documents that hold a word, scored by it or by the words in it."""
        folded = fold(word.text)
        if not any(self._lists.look_up([folded]).tokens()):
            return self._string(folded, word.field)
        docnums = self._literal(folded, title=word.field == "title")
        return self._lists.score(docnums, [folded], word.field)

    def _string(self, text: str, field: str) -> Found:
        """Find the documents that hold a string, scored by its words."""
        docnums = self._literal(fold(text), title=field == "title")
        return self._lists.score(docnums, self._cut(text), field)

    def _kept(self, found: Found) -> Found:
        """Leave out what is deleted."""
        return found if self._whole else found.among(self._alive)

    def _passages(self, query: Near | Verbatim) -> Found:
        """Find the documents of what single lists do not tell."""
        if isinstance(query, Near):
            return self._near(query)
        return self._verified(query.clause, self._find(query.clause))

    def _near(self, near: Near) -> Found:
        """Find and score the documents in which strings stand near each other."""
        folded, title = [fold(text) for text in near.texts], near.field == "title"
        if min(map(len, folded)) < _PAIR:
            raise NotFromListsError
        docnums = self._joined(
            documents_near(
                file, folded, near.distance, title=title, ordered=near.ordered
            )
            + np.int32(base)
            for file, base in self._files
        )
        return self._lists.score(docnums, self.scored_words(near), near.field)

    def _verified(self, clause: Exact | Near, found: Found) -> Found:
        """Keep the documents that hold strings in the script they are typed in."""
        text = clause.text if isinstance(clause, Exact) else "".join(clause.texts)
        if not found.docnums.size or not has_variants(text):
            return found
        looked_at = sha256(found.docnums.tobytes()).digest()
        make = partial(self._looked_at, clause, found.docnums)
        kept = self._cache.get(("script", str(clause), looked_at), Found, make)
        return found.only(np.isin(found.docnums, kept.docnums, assume_unique=True))

    def _looked_at(self, clause: Exact | Near, docnums: Docnums) -> Found:
        """Look at the texts of documents for strings in their script."""
        if self._looks is None:
            raise NotFromListsError
        revisions = read_numbers(self.files, "revision")[docnums].tolist()
        holds = partial(FoldedText.holds_verbatim, clause=clause)
        return Found(docnums[self._looks(revisions, holds)])

    def _beginning(self, text: str, field: str) -> Found:
        """Find and score the documents with a token that begins with a string."""
        return self._kept(self._lists.beginning(fold(text), field))

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
