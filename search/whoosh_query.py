"""Our query tree over the postings of a Whoosh index: what matches, and its score.

A string matches the documents that hold it, exactly as grep would; its words, in
title, headings and body, score by Whoosh's BM25F. Filters match and score nothing.

Whoosh gives posting lists and scores. How clauses combine is computed here, a mask and
an array of scores a segment, because Whoosh 2.7 combines them wrongly: its
``AndNotMatcher`` lets the first document through when the excluded list begins before
it, and ``AndMaybeMatcher`` loses the score of a document that it skips past to.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq
from whoosh.searching import Searcher as WhooshSearcher

from index.analysis import Analyzer
from index.fold import fold
from index.whoosh_schema import TEXT_FIELDS, term_of
from search.bm25 import BOOSTS, equivalent_weight
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
from search.texts import FoldedText, Looks

_LONGEST_GRAM = 2
Docnums = NDArray[np.int64]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]


class Found(NamedTuple):
    """What a clause finds in one segment.

    Attributes:
        mask: Whether each docnum matches, shape (n_docs,).
        scores: Its BM25F score, 0 where it does not match, shape (n_docs,).
    """

    mask: Mask
    scores: Scores


class Finder:
    """Finds what query trees mean in the segments of an index."""

    def __init__(self, analyzer: Analyzer, looks: Looks) -> None:
        """Take what it needs.

        Args:
            analyzer: The analyzer the index was built with.
            looks: Looks strings of three and more characters up in the stored text.
        """
        self._analyzer = analyzer
        self._looks = looks

    def find(
        self, searcher: WhooshSearcher, revisions: Docnums, tree: Query
    ) -> tuple[Docnums, Scores]:
        """Find all documents of a query.

        Args:
            searcher: Whoosh's searcher on the index.
            revisions: Revision of each docnum, shape (n_docs,).
            tree: The query.

        Returns:
            Docnums, ascending, and BM25F scores, each of shape (n_matches,).
        """
        docnums: list[Docnums] = [np.empty(0, np.int64)]
        scores: list[Scores] = [np.empty(0, np.float64)]
        for leaf, offset in searcher.leaf_searchers():
            segment = _Segment(leaf, revisions[offset:], self._analyzer, self._looks)
            found = segment.find(tree, segment.alive)
            docnums.append(np.flatnonzero(found.mask) + offset)
            scores.append(found.scores[found.mask])
        return np.concatenate(docnums), np.concatenate(scores)


class _Segment:
    """One segment: every mask and every array of scores has its length."""

    def __init__(
        self,
        leaf: WhooshSearcher,
        revisions: Docnums,
        analyzer: Analyzer,
        looks: Looks,
    ) -> None:
        self._leaf = leaf
        self._reader = leaf.reader()
        self._revisions = revisions
        self._analyzer = analyzer
        self._looks = looks
        self._size = int(self._reader.doc_count_all())
        self.alive = self._mask(self._reader.all_doc_ids())

    def find(self, tree: Query, within: Mask) -> Found:  # noqa: PLR0911 (one a kind)
        """Find what a clause means among some documents."""
        match tree:
            case Word(text, field) if self._is_token(fold(text)):
                return self._string(fold(text), field, within, [fold(text)])
            case Word(text, field) | Exact(text, field) | Words(text, field):
                words = self._words(fold(text))
                return self._string(fold(text), field, within, words)
            case Prefix(text, field):
                return self._prefix(fold(text), field, within)
            case Near():
                return self._near(tree, within)
            case Verbatim(clause):
                return self._verbatim(clause, within)
            case And(clauses):
                return self._all(clauses, within)
            case Or(clauses):
                found = [self.find(clause, within) for clause in clauses]
                mask = np.logical_or.reduce([each.mask for each in found])
                return Found(mask, np.sum([each.scores for each in found], axis=0))
            case Variants():
                return self._variants(tree, within)
            case Not(clause):
                return self._unscored(within & ~self.find(clause, within).mask)
            case _:
                return self._unscored(within & self._filter(tree))

    def _all(self, clauses: Iterable[Query], within: Mask) -> Found:
        """Find what all clauses find; those that look at no text go first."""
        scores = np.zeros(self._size)
        for clause in sorted(clauses, key=lambda each: not _is_filter(each)):
            found = self.find(clause, within)
            within = found.mask
            scores += found.scores
        return Found(within, np.where(within, scores, 0.0))

    def _variants(self, tree: Variants, within: Mask) -> Found:
        """Find what any member finds, scored by the best of them."""
        found, typed = [self.find(tree.typed, within)], self._rarity(tree.text)
        for each in tree.equivalents:
            mask, scores = self.find(each, within)
            weight = equivalent_weight(typed, self._rarity(each.text))
            found.append(Found(mask, scores * weight))
        mask = np.logical_or.reduce([each.mask for each in found])
        return Found(mask, np.max([each.scores for each in found], axis=0))

    def _rarity(self, text: str) -> float:
        """Sum what the words of a string weigh by their rarity in bodies."""
        words = self._words(fold(text))
        return sum(float(self._leaf.idf("body", word)) for word in words)

    def _is_token(self, folded: str) -> bool:
        """Tell whether a word is a token in any document of any segment."""
        reader = self._leaf.get_parent().reader()
        return any((name, folded) in reader for name in TEXT_FIELDS)

    def _words(self, folded: str) -> Iterable[str]:
        """Cut a string into words, each once."""
        return dict.fromkeys(token.text for token in self._analyzer.words(folded))

    def _string(
        self, folded: str, field: str, within: Mask, words: Iterable[str]
    ) -> Found:
        """Find the documents that hold a string, and score its words."""
        mask = within & self._candidates(folded, field)
        if len(folded) > _LONGEST_GRAM:
            self._look_up(folded, field, mask)
        if not mask.any():
            return self._unscored(mask)
        scores = np.zeros(self._size)
        self._score(words, field, scores)
        return Found(mask, np.where(mask, scores, 0.0))

    def _score(self, words: Iterable[str], field: str, scores: Scores) -> None:
        """Add the scores of some words."""
        for word in words:
            for name in [field] if field else TEXT_FIELDS:
                self._add_scores(wq.Term(name, word, boost=BOOSTS[name]), scores)

    def _candidates(self, folded: str, field: str) -> Mask:
        """Mark the documents that have every exact term of a string."""
        name = "chars" if len(folded) == 1 else "grams"
        name = f"title_{name}" if field == "title" else name
        terms = self._analyzer.gram_query(folded)
        if any((name, term) not in self._reader for term in terms):
            return np.zeros(self._size, np.bool_)
        mask = self.alive.copy()
        for term in terms:
            mask &= self._having(name, term)
        return mask

    def _look_up(self, folded: str, field: str, mask: Mask) -> None:
        """Unmark the documents whose text does not hold a string after all.

        A document that has the string as a word holds it and needs no look.
        """
        sure = np.zeros(self._size, np.bool_)
        for name in [field] if field else TEXT_FIELDS:
            sure |= self._having(name, folded)
        unsure = np.flatnonzero(mask & ~sure)
        self._look(mask, unsure, lambda text: text.holds(folded, field))

    def _look(
        self, mask: Mask, docnums: Docnums, test: Callable[[FoldedText], bool]
    ) -> None:
        """Leave of some documents only those marked whose text passes a test."""
        mask[docnums] = self._looks(self._revisions[docnums].tolist(), test)

    def _near(self, near: Near, within: Mask) -> Found:
        """Find the documents in which strings stand near each other."""
        folded = [fold(text) for text in near.texts]
        mask, scores = within, np.zeros(self._size)
        words = dict.fromkeys(word for text in folded for word in self._words(text))
        for text in folded:
            mask = mask & self._candidates(text, near.field)
        self._score(words, near.field, scores)
        self._look(
            mask,
            np.flatnonzero(mask),
            lambda text: text.holds_near(folded, near),
        )
        return Found(mask, np.where(mask, scores, 0.0))

    def _verbatim(self, clause: Exact | Near, within: Mask) -> Found:
        """Find the documents that hold strings in the script they are typed in."""
        mask, scores = self.find(clause, within)
        self._look(mask, np.flatnonzero(mask), lambda text: text.holds_verbatim(clause))
        return Found(mask, np.where(mask, scores, 0.0))

    def _prefix(self, folded: str, field: str, within: Mask) -> Found:
        """Find and score the documents with a token that begins with a string."""
        mask, scores = np.zeros(self._size, np.bool_), np.zeros(self._size)
        for name in [field] if field else TEXT_FIELDS:
            for term in self._reader.expand_prefix(name, folded):
                word = term.decode()
                mask |= self._having(name, word)
                self._add_scores(wq.Term(name, word, boost=BOOSTS[name]), scores)
        mask &= within
        return Found(mask, np.where(mask, scores, 0.0))

    def _filter(self, tree: Everything | Attribute | YearRange) -> Mask:
        """Mark the documents that a filter keeps."""
        match tree:
            case Attribute(field, value):
                return self._having(field, term_of(field, value))
            case YearRange(first, last):
                return self._about(first, last)
            case Everything():
                return self.alive

    def _about(self, first: int | None, last: int | None) -> Mask:
        """Mark the documents about a year of a range."""
        mask = np.zeros(self._size, np.bool_)
        for term in self._reader.lexicon("year"):
            if term.isdigit() and (first or 0) <= int(term) <= (last or int(term)):
                mask |= self._having("year", term.decode())
        return mask

    def _having(self, field: str, term: str) -> Mask:
        """Mark the documents that have a term, deleted ones left out."""
        if (field, term) not in self._reader:
            return np.zeros(self._size, np.bool_)
        return self._mask(self._reader.postings(field, term).all_ids())

    def _mask(self, docnums: Iterable[int]) -> Mask:
        """Mark some docnums."""
        mask = np.zeros(self._size, np.bool_)
        mask[np.fromiter(docnums, np.int64)] = True
        return mask

    def _unscored(self, mask: Mask) -> Found:
        """Give what matches and scores nothing."""
        return Found(mask, np.zeros(self._size))

    def _add_scores(self, term: wq.Term, scores: Scores) -> None:
        """Add the score of every posting of a term."""
        matcher = term.matcher(self._leaf)
        while matcher.is_active():
            scores[matcher.id()] += matcher.score()
            matcher.next()


def _is_filter(query: Query) -> bool:
    """Tell whether a clause looks at no text."""
    return isinstance(query, Everything | Attribute | YearRange)
