"""Which documents are worth comparing with a text, by the votes of its pairs."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Ints, Longs
from index.codec.segment_file import SegmentFile
from index.compiled import compiled
from index.fold import Codes
from search.columns import Columns
from search.precedents_votes import (
    LONGEST,
    Ballot,
    Cells,
    Floats,
    choose_pairs,
    find_cells,
)

_SENTENCE: Final = re.compile(r"[^。；！？!?;\n]*[。；！？!?;\n]*")
_SHORTEST: Final = 24
"""Characters that a stretch has at least, if the text has them."""

_BUDGET: Final = 2_000_000
_LEAST_BUDGET: Final = 150_000
"""Occurrences of pairs that are read for a text, and at least for each stretch."""

_MOST_COMPARED: Final = 240
_ALIGNED: Final = 1_500
_FOR_EACH: Final = 4
"""Documents that are compared: so many for a short text, for a longer one so many that
so many stretches are aligned, and so many for each passage that is wanted, ..."""
_OF_STRETCH: Final = 2
_MOST_OF_STRETCH: Final = 0.5
"""... and further ones that have most of a stretch, which a long draft may owe to
others."""

_HOPEFUL: Final = 0.5
"""A document with less than so much of the votes that the last one wanted has is not
compared."""
_FOLDED: Final = 2_000
"""Documents with most votes, of which near-duplicates are folded."""
_EARLY: Final = 0.6
"""For the earliest passages those documents count that have so much of the votes that
the best one has."""


class Found(NamedTuple):
    """The cells of all segments.

    Attributes:
        cells: The cells; positions count from the beginning of the document's blocks.
        documents: The docnum of each, shape (n_cells,).
        totals: Of each docnum the votes of its best cells, one for each stretch, shape
            (n_docs,).
    """

    cells: Cells
    documents: Ints
    totals: Floats


class Candidate(NamedTuple):
    """A document to compare.

    Attributes:
        docnum: Its number.
        copies: Further documents of its group that have votes.
    """

    docnum: int
    copies: int


def cut_stretches(text: str) -> Longs:
    """Cut a text into stretches: sentences, short ones joined and long ones cut.

    Returns:
        Where each begins, and the last ends, shape (n_stretches + 1,).
    """
    bounds = [0]
    for match in _SENTENCE.finditer(text):
        while match.end() - bounds[-1] > LONGEST:
            bounds.append(bounds[-1] + LONGEST * 3 // 4)
        if match.end() - bounds[-1] >= _SHORTEST:
            bounds.append(match.end())
    rest = len(text) - bounds[-1]
    if len(bounds) > 1 and len(text) - bounds[-2] <= LONGEST and rest < _SHORTEST:
        bounds.pop()
    if bounds[-1] < len(text):
        bounds.append(len(text))
    return np.asarray(bounds, np.int64)


def find_candidates(
    files: Sequence[SegmentFile], folded: Codes, bounds: Longs, budget: int = 0
) -> Found:
    """Find the documents of all segments in which stretches may stand.

    Args:
        files: The segments in order.
        folded: The text asked for.
        bounds: What ``cut_stretches`` says of it.
        budget: Occurrences of pairs that are read of each stretch; 0 for what finds
            wording that was changed.

    Raises:
        ValueError: A segment is damaged.
    """
    numbers = [file.pairs.numbers_in(folded) for file in files]
    counts = np.zeros(folded.size, np.int32)
    for file, found in zip(files, numbers, strict=True):
        known = found >= 0
        counts[known] += file.pairs.counts[found[known]]
    positions = sum(file.positions for file in files)
    budget = budget or max(_LEAST_BUDGET, _BUDGET // max(1, bounds.size - 1))
    ballot = Ballot(bounds, choose_pairs(bounds, counts, positions, budget))
    parts: list[Cells] = []
    documents: list[Ints] = []
    first = 0
    for file, found in zip(files, numbers, strict=True):
        cells = find_cells(file.pairs.arrays, found, ballot)
        docnums = file.pairs.documents(cells.seen)
        starts = file.text_ends[docnums - 1] * (docnums > 0)
        before = starts + file.title_lengths[docnums] + 1
        begins = (cells.begins - before).astype(np.int32)
        parts.append(cells._replace(begins=begins))
        documents.append(docnums + np.int32(first))
        first += file.documents
    joined = Cells(*map(np.concatenate, zip(*parts, strict=True)))
    owners = np.concatenate(documents)
    totals = _tally(owners, joined, first, bounds.size - 1)
    return Found(joined, owners, totals)


@compiled
def _tally(documents: Ints, cells: Cells, size: int, stretches: int) -> Floats:
    """Add up the best cells of each document, one for each stretch."""
    totals = np.zeros(size, np.float64)
    best, of = np.zeros(size, np.float64), np.full(size, -1, np.int32)
    for number in range(documents.size):
        docnum, votes = documents[number], cells.votes[number]
        if of[docnum] != cells.stretches[number]:
            of[docnum] = cells.stretches[number]
            best[docnum] = 0.0
        if votes > best[docnum]:
            totals[docnum] += votes - best[docnum]
            best[docnum] = votes
    return totals / max(1, stretches)


def choose_candidates(
    found: Found,
    columns: Columns,
    allowed: NDArray[np.bool_],
    limit: int,
    *,
    earliest: bool,
) -> list[Candidate]:
    """Choose the documents to compare; of near-duplicates one stands for all.

    Args:
        found: The cells.
        columns: The columns of the index.
        allowed: Which documents may be given, shape (n_docs,).
        limit: How many passages are wanted.
        earliest: Whether early documents are wanted; else those with most votes.
    """
    totals, days = found.totals, days_of(columns)
    voted = np.flatnonzero((totals > 0) & allowed)
    order = voted[np.lexsort((columns.ranks[voted], days[voted], -totals[voted]))]
    copies = _fold(order[:_FOLDED], columns, totals if earliest else None)
    stretches = int(found.cells.stretches.max(initial=0)) + 1
    compared = min(_MOST_COMPARED, max(_FOR_EACH * limit, _ALIGNED // stretches))
    best = list(copies)[:compared]
    if len(best) > limit:
        enough = _HOPEFUL * totals[best[limit - 1]]
        best = [docnum for docnum in best if totals[docnum] >= enough]
    chosen = dict.fromkeys(best)
    if earliest and len(copies):
        listed = np.fromiter(copies, np.int64)
        near = listed[totals[listed] >= _EARLY * totals[order[0]]]
        early = near[np.argsort(days[near], kind="stable")]
        chosen |= dict.fromkeys(early[:compared].tolist())
    stands_for = _representatives(copies, columns)
    some = _best_of_stretches(found.cells, found.documents, allowed, stretches)
    for docnum in some[some >= 0].tolist():
        chosen[stands_for.get(int(columns.groups[docnum]), docnum)] = None
    return [Candidate(docnum, copies.get(docnum, 0)) for docnum in chosen]


def days_of(columns: Columns) -> Longs:
    """Give the day each document sorts by; an unknown one is the last."""
    return np.where(columns.dates == 0, np.iinfo(np.int64).max, columns.dates)


def _fold(order: Longs, columns: Columns, totals: Floats | None) -> dict[int, int]:
    """Fold groups: the docnum that stands for each, and how many others there are.

    Args:
        order: Docnums with votes, best first.
        columns: The columns.
        totals: Given where the earliest of a group, among those with most of its best
            one's votes, stands for it.
    """
    days, groups = days_of(columns), columns.groups
    first: dict[int, int] = {}
    copies: dict[int, int] = {}
    for docnum, group in zip(order.tolist(), groups[order].tolist(), strict=True):
        held = first.get(group, -1)
        if group < 0 or held < 0:
            first[group] = docnum
            copies[docnum] = 0
        elif (
            totals is not None
            and days[docnum] < days[held]
            and totals[docnum] >= _EARLY * totals[held]
        ):
            copies[docnum] = copies.pop(held) + 1
            first[group] = docnum
        else:
            copies[held] += 1
    return copies


def _representatives(copies: dict[int, int], columns: Columns) -> dict[int, int]:
    """Tell which document stands for each group."""
    groups = columns.groups[list(copies)].tolist()
    pairs = zip(groups, copies, strict=True)
    return {group: docnum for group, docnum in pairs if group >= 0}


@compiled
def _best_of_stretches(
    cells: Cells, documents: Ints, allowed: NDArray[np.bool_], stretches: int
) -> Ints:
    """List the documents with most votes of each stretch, -1 where there are none."""
    best = np.zeros((stretches, _OF_STRETCH), np.float64)
    found = np.full((stretches, _OF_STRETCH), -1, np.int32)
    for number in range(documents.size):
        votes, docnum = cells.votes[number], documents[number]
        row = cells.stretches[number]
        if votes < _MOST_OF_STRETCH or not allowed[docnum]:
            continue
        place = _OF_STRETCH - 1
        for other in range(_OF_STRETCH):
            if found[row, other] == docnum:
                place = other
        if votes <= best[row, place]:
            continue
        while place > 0 and votes > best[row, place - 1]:
            best[row, place] = best[row, place - 1]
            found[row, place] = found[row, place - 1]
            place -= 1
        best[row, place], found[row, place] = votes, docnum
    return found.reshape(-1)
