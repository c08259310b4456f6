"""Sets of documents with scores, and what AND, OR and NOT make of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled, lowest_bit, word_at
from search.bm25 import Floats

Docnums = NDArray[np.int32]
Mask = NDArray[np.bool_]
_WINDOW = 4096
_WORD = 8
_NOTHING = np.empty(0, np.float64)


class Found(NamedTuple):
    """Documents that match, with scores where anything scored.

    Attributes:
        docnums: Ascending, shape (n,).
        scores: The score of each, shape (n,), or (0,) where nothing scored.
    """

    docnums: Docnums
    scores: Floats = _NOTHING

    @property
    def nbytes(self) -> int:
        """Memory taken."""
        return self.docnums.nbytes + self.scores.nbytes

    def listed(self) -> tuple[Docnums, Floats]:
        """Give the documents, and the score of each."""
        if self.scores.size == self.docnums.size:
            return self.docnums, self.scores
        return self.docnums, np.zeros(self.docnums.size, np.float64)

    def times(self, factor: float) -> "Found":
        """Multiply all scores."""
        return Found(self.docnums, self.scores * factor)

    def among(self, alive: Mask) -> "Found":
        """Keep the documents that a mask over all has."""
        return self.only(alive[self.docnums])

    def only(self, kept: Mask) -> "Found":
        """Keep some of the documents."""
        scores = self.scores[kept] if self.scores.size else self.scores
        return Found(self.docnums[kept], scores)


def all_of(sets: Sequence[Found]) -> Found:
    """Keep what is in every set; scores are added."""
    first, *others = sorted(sets, key=lambda each: each.docnums.size)
    docnums, scores = first.docnums, first.scores
    for other in others:
        if not docnums.size:
            break
        docnums, scores = _meet(docnums, scores, other.docnums, other.scores)
    return Found(docnums, scores)


def any_of(sets: Sequence[Found]) -> Found:
    """Keep what is in any set; scores are added."""
    return _union(sets, highest=False)


def best_of(sets: Sequence[Found]) -> Found:
    """Keep what is in any set; of several scores the highest counts."""
    return _union(sets, highest=True)


def _union(sets: Sequence[Found], *, highest: bool) -> Found:
    """Keep what is in any set, scores added or the highest of them."""
    some = [each for each in sets if each.docnums.size]
    if len(some) == 1:
        return some[0]
    ends = np.cumsum([0, *(each.docnums.size for each in some)])
    docnums = np.concatenate([np.empty(0, np.int32), *(each.docnums for each in some)])
    scores = _NOTHING
    if any(each.scores.size for each in some):
        scores = np.concatenate([each.listed()[1] for each in some])
    return Found(*join(docnums, scores, ends, highest))


def without(one: Found, other: Found) -> Found:
    """Keep what is in one set and not in the other."""
    return Found(*_part(one.docnums, one.scores, other.docnums))


def chained(parts: Sequence[Found]) -> Found:
    """Join sets each of which has docnums above those of the one before."""
    if len(parts) == 1:
        return parts[0]
    docnums = np.concatenate([np.empty(0, np.int32), *(part.docnums for part in parts)])
    if not any(part.scores.size for part in parts):
        return Found(docnums)
    return Found(docnums, np.concatenate([part.listed()[1] for part in parts]))


@compiled
def seek(docnums: Docnums, start: int, wanted: int) -> int:
    """Tell where the first docnum from ``start`` on is that is not below another.

    Source: Bentley and Yao, "An almost optimal algorithm for unbounded searching",
    1976: steps are doubled, then halved.
    """
    step, last = 1, start
    while last < docnums.size and docnums[last] < wanted:
        start = last + 1
        last += step
        step *= 2
    last = min(last, docnums.size)
    while start < last:
        middle = (start + last) // 2
        if docnums[middle] < wanted:
            start = middle + 1
        else:
            last = middle
    return start


@compiled
def _meet(
    docnums: Docnums, scores: Floats, others: Docnums, other_scores: Floats
) -> tuple[Docnums, Floats]:
    """Keep what is in two sets, the first of them the smaller."""
    found = np.empty(docnums.size, np.int32)
    scored = scores.size > 0 or other_scores.size > 0
    added = np.zeros(docnums.size if scored else 0, np.float64)
    size = at = 0
    for place in range(docnums.size):
        at = seek(others, at, docnums[place])
        if at == others.size:
            break
        if others[at] == docnums[place]:
            found[size] = docnums[place]
            if scores.size:
                added[size] += scores[place]
            if other_scores.size:
                added[size] += other_scores[at]
            size += 1
    return found[:size], added[:size]


@compiled
def join(
    docnums: Docnums,
    scores: Floats,
    ends: NDArray[np.int64],
    highest: bool,  # noqa: FBT001 (compiled)
) -> tuple[Docnums, Floats]:
    """Join sets that stand one behind the other, some thousand documents at a time.

    Args:
        docnums: Of all sets.
        scores: Of all sets, or none.
        ends: Where each set begins, and the last ends, shape (n_sets + 1,).
        highest: Give of several scores the highest, instead of their sum; none is
            below 0.
    """
    found, added = np.empty(docnums.size, np.int32), np.empty(scores.size, np.float64)
    at = ends[:-1].copy()
    held, sums = np.zeros(_WINDOW, np.uint8), np.zeros(_WINDOW, np.float64)
    size = 0
    first = _lowest(docnums, at, ends)
    while first >= 0:
        for number in range(at.size):
            place, end = at[number], ends[number + 1]
            while place < end and docnums[place] - first < _WINDOW:
                inside = docnums[place] - first
                held[inside] = 1
                if scores.size and not highest:
                    sums[inside] += scores[place]
                elif scores.size:
                    sums[inside] = max(sums[inside], scores[place])
                place += 1
            at[number] = place
        for start in range(0, _WINDOW, _WORD):
            word = word_at(held, start)
            while word != np.uint64(0):
                inside = start + (lowest_bit(word) >> 3)
                word &= word - np.uint64(1)
                held[inside] = 0
                found[size] = first + inside
                if scores.size:
                    added[size] = sums[inside]
                    sums[inside] = 0.0
                size += 1
        first = _lowest(docnums, at, ends)
    return found[:size], added[: min(size, added.size)]


@compiled
def _lowest(docnums: Docnums, at: NDArray[np.int64], ends: NDArray[np.int64]) -> int:
    """Tell the lowest docnum that is left in some sets, or -1."""
    lowest = -1
    for number in range(at.size):
        if at[number] < ends[number + 1]:
            docnum = docnums[at[number]]
            lowest = docnum if lowest < 0 else min(lowest, docnum)
    return lowest


@compiled
def _part(docnums: Docnums, scores: Floats, others: Docnums) -> tuple[Docnums, Floats]:
    """Keep what is in the first set only."""
    found = np.empty(docnums.size, np.int32)
    kept = np.empty(scores.size, np.float64)
    size = at = 0
    for place in range(docnums.size):
        at = seek(others, at, docnums[place])
        if at == others.size or others[at] != docnums[place]:
            found[size] = docnums[place]
            if scores.size:
                kept[size] = scores[place]
            size += 1
    return found[:size], kept[: min(size, kept.size)]
