"""Sets of documents with scores, and what AND, OR and NOT make of them.

A small set is a sorted array of docnums; a large one is a mask over all documents
and an array of scores beside it, which NumPy joins without looking anything up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.bm25 import Floats

Docnums = NDArray[np.int32]
Mask = NDArray[np.bool_]
_LARGE = 16
"""A set is large when it has more than one document in so many."""


@dataclass(frozen=True, slots=True)
class Found:
    """Documents that match, with scores where anything scored.

    Attributes:
        documents: Documents in the index, deleted ones included.
        docnums: The documents of a small set, ascending, shape (n,).
        mask: The documents of a large set, shape (documents,).
        scores: Of each docnum, or of each document.
        clean: Whether documents that do not match have no score.
    """

    documents: int
    docnums: Docnums | None
    mask: Mask | None
    scores: Floats | None
    clean: bool = True

    @property
    def nbytes(self) -> int:
        """Memory taken."""
        arrays = (self.docnums, self.mask, self.scores)
        return sum(array.nbytes for array in arrays if array is not None)

    def listed(self) -> tuple[Docnums, Floats]:
        """Give the documents, ascending, and the score of each."""
        if self.docnums is not None:
            scores = self.scores
            if scores is None:
                scores = np.zeros(self.docnums.size, np.float64)
            return self.docnums, scores
        assert self.mask is not None  # noqa: S101 (one of the two)
        docnums = np.flatnonzero(self.mask).astype(np.int32)
        if self.scores is None:
            return docnums, np.zeros(docnums.size, np.float64)
        return docnums, self.scores[docnums]

    def as_mask(self) -> Mask:
        """Give the set as a mask; not to be written into."""
        if self.mask is not None:
            return self.mask
        mask = np.zeros(self.documents, np.bool_)
        mask[self.docnums] = True
        return mask


def of_docnums(documents: int, docnums: Docnums, scores: Floats | None = None) -> Found:
    """Make a set of sorted docnums."""
    if docnums.size * _LARGE <= documents:
        return Found(documents, docnums, None, scores)
    mask = np.zeros(documents, np.bool_)
    mask[docnums] = True
    spread = None
    if scores is not None:
        spread = np.zeros(documents, np.float64)
        spread[docnums] = scores
    return Found(documents, None, mask, spread)


def of_mask(mask: Mask, scores: Floats | None = None) -> Found:
    """Make a set of a mask."""
    return Found(mask.size, None, mask, scores)


def all_of(sets: Sequence[Found]) -> Found:
    """Keep what is in every set; scores are added."""
    small = [each for each in sets if each.docnums is not None]
    large = [each for each in sets if each.docnums is None]
    if not small:
        return _all_masks(large)
    small.sort(key=lambda each: each.docnums.size if each.docnums is not None else 0)
    docnums, scores = small[0].docnums, small[0].scores
    assert docnums is not None  # noqa: S101 (chosen above)
    for other in small[1:]:
        docnums, scores = _meet(docnums, scores, other)
    for other in large:
        kept = other.as_mask()[docnums]
        docnums = docnums[kept]
        scores = None if scores is None else scores[kept]
        scores = _add(scores, None if other.scores is None else other.scores[docnums])
    return Found(sets[0].documents, docnums, None, scores)


def _all_masks(sets: Sequence[Found]) -> Found:
    """Keep what is in every large set."""
    mask, scores = sets[0].as_mask(), sets[0].scores
    for other in sets[1:]:
        mask = mask & other.as_mask()
        scores = _add(scores, other.scores)
    return Found(sets[0].documents, None, mask, scores, clean=False)


def _meet(
    docnums: Docnums, scores: Floats | None, other: Found
) -> tuple[Docnums, Floats | None]:
    """Keep what is in two small sets, the first of them the smaller."""
    listed, theirs = other.docnums, other.scores
    if listed is None or not listed.size:
        return docnums[:0], None
    place = np.minimum(np.searchsorted(listed, docnums), listed.size - 1)
    kept = listed[place] == docnums
    scores = None if scores is None else scores[kept]
    scores = _add(scores, None if theirs is None else theirs[place[kept]])
    return docnums[kept], scores


def _add(one: Floats | None, other: Floats | None) -> Floats | None:
    """Add scores, where there are any."""
    if one is None or other is None:
        return other if one is None else one
    return one + other


def any_of(sets: Sequence[Found]) -> Found:
    """Keep what is in any set; scores are added."""
    documents = sets[0].documents
    mask, scores = np.zeros(documents, np.bool_), np.zeros(documents, np.float64)
    for each in sets:
        if each.docnums is None:
            mask |= each.as_mask()
            if each.scores is not None:
                scores += each.scores if each.clean else _cleaned(each)
        else:
            mask[each.docnums] = True
            if each.scores is not None:
                scores[each.docnums] += each.scores
    return Found(documents, None, mask, scores)


def _cleaned(large: Found) -> Floats:
    """Give the scores of a large set, 0 outside it."""
    scores = np.zeros(large.documents) if large.scores is None else large.scores
    cleaned: Floats = np.where(large.as_mask(), scores, 0.0)
    return cleaned


def without(one: Found, other: Found) -> Found:
    """Keep what is in one set and not in the other."""
    gone = other.as_mask()
    if one.docnums is None:
        mask = one.as_mask() & ~gone
        return Found(one.documents, None, mask, one.scores, clean=False)
    kept = ~gone[one.docnums]
    scores = None if one.scores is None else one.scores[kept]
    return Found(one.documents, one.docnums[kept], None, scores)


@dataclass(frozen=True, slots=True)
class ScoredTerm:
    """The documents that have a word as a token of a field.

    Attributes:
        docnums: Ascending, deleted ones included, shape (n,).
        scores: What the word adds to each, shape (n,).
        occurrences: How often the word stands in all of them.
    """

    docnums: Docnums
    scores: Floats
    occurrences: int

    @property
    def nbytes(self) -> int:
        """Memory taken."""
        return self.docnums.nbytes + self.scores.nbytes


def union(documents: int, terms: Sequence[ScoredTerm]) -> Docnums:
    """Join the documents of some words."""
    if not terms:
        return np.empty(0, np.int32)
    if sum(each.docnums.size for each in terms) * _LARGE < documents:
        return np.unique(np.concatenate([each.docnums for each in terms]))
    mask = np.zeros(documents, np.bool_)
    for each in terms:
        mask[each.docnums] = True
    return of_mask(mask).listed()[0]
