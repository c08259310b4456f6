"""What a text and a document share: runs of the same characters, and how much they are.

Every stretch of the text is aligned with the places of the document where its pairs
voted for it. An alignment counts (``precedents_joining``) when it has ``STRONG`` equal
symbols more than changed ones, or most of a short text, or others near it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Ints, Longs
from index.codepoints import members
from index.compiled import compiled
from index.fold import Codes, codes_of, fold_codes
from search.precedents_alignment import HALF, align, symbols_of
from search.precedents_candidates import cut_stretches
from search.precedents_joining import (
    BEGIN,
    COLUMNS,
    END,
    FIRST,
    HIGH,
    LAST,
    LOW,
    NEAR,
    STRETCH,
    WEAK,
    join,
)
from search.precedents_votes import CELL, LONGEST, Cells

STRONG: Final = 12
_STRONG_SHARE: Final = 0.6
"""An alignment counts with so many symbols, or so much of the text."""

_RUN: Final = 2
"""Symbols of a run at least: one alone may be chance."""

_PLACES: Final = 2
"""Places of a document that a stretch is compared with, ..."""
_ENOUGH: Final = 0.6
"""... unless so much of it was found at the first."""


_LINE_END: Final = ord("\n")
_FIGURES: Final = codes_of("0123456789年月日")
_FILLINGS: Final = 2
_FILLED: Final = 0.3
_WIDEST: Final = 4000
"""Times that gaps between alignments are filled; with alignments of so much of the gap;
from so many symbols of the document at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A text that is sought.

    Attributes:
        text: The text.
        folded: Its code points, folded.
        symbols: Letters and digits of it.
        places: Where each stands, shape (n_symbols,).
        bounds: Its stretches, see ``cut_stretches``.
    """

    text: str
    folded: Codes
    symbols: Codes
    places: Ints
    bounds: Longs

    @property
    def wording(self) -> NDArray[np.bool_]:
        """Tell which symbols are of no figure or date: these alone are no wording."""
        wording: NDArray[np.bool_] = np.isin(self.symbols, _FIGURES, invert=True)
        return wording

    @property
    def needed(self) -> int:
        """How many symbols a passage must share."""
        some = _STRONG_SHARE * np.count_nonzero(self.wording)
        return max(WEAK, min(STRONG, int(np.ceil(some))))


@cache
def _letters() -> NDArray[np.bool_]:
    """Tell of each code point whether it is a letter or a digit."""
    return members(r"[^\W_]")


def read_wanted(text: str) -> Wanted:
    """Read a text that is sought."""
    folded = fold_codes(codes_of(text))
    symbols, places = symbols_of(folded, _letters())
    return Wanted(
        text=text,
        folded=folded,
        symbols=symbols,
        places=places,
        bounds=cut_stretches(text),
    )


def compare(wanted: Wanted, folded: Codes, cells: Cells) -> Longs:
    """Find the runs that a text shares with a document.

    Args:
        wanted: The text.
        folded: The document, its blocks one behind the other.
        cells: Where its stretches may stand in it.

    Returns:
        Rows of place in the text, place in the document, characters and symbols, in the
        order of the text, shape (n_runs, 4).
    """
    order = np.lexsort((-cells.votes, cells.stretches))
    stretches, begins = cells.stretches[order], cells.begins[order]
    ends = begins + 3 * CELL + np.diff(wanted.bounds)[stretches] + HALF
    tried = np.stack((stretches, begins, ends), axis=1)
    symbols, places = symbols_of(folded, _letters())
    bounds = np.searchsorted(wanted.places, wanted.bounds)
    partners = _align_all(
        wanted.symbols, bounds, symbols, places, tried.astype(np.int64), wanted.needed
    )
    return _runs(wanted.folded, wanted.places, folded, places, partners, _letters())


@compiled
def _align_all(  # noqa: PLR0913, PLR0917 (compiled)
    one: Codes, bounds: Longs, other: Codes, places: Ints, tried: Longs, needed: int
) -> Ints:
    """Align stretches with their places; give the partner of each symbol, or -1."""
    found = np.full((tried.shape[0], LONGEST), -1, np.int32)
    scores = np.zeros(tried.shape[0], np.int64)
    size, last, taken, before = 0, -1, 0, 0
    rows = np.zeros((tried.shape[0], COLUMNS), np.int64)
    for number in range(tried.shape[0]):
        stretch, begin = tried[number, 0], tried[number, 1]
        if stretch != last:
            last, taken = stretch, 0
        if taken == _PLACES or (taken and abs(begin - before) <= 2 * CELL):
            continue
        some = one[bounds[stretch] : bounds[stretch + 1]]
        start = np.searchsorted(places, begin)
        stop = np.searchsorted(places, tried[number, 2])
        found[size] = -1
        score = align(some, other[start:stop], found[size])
        taken, before = taken + 1, begin
        if score >= _ENOUGH * some.size:
            taken = _PLACES
        if score < WEAK and score < needed:
            continue
        held = np.flatnonzero(found[size] >= 0)
        for place in held:
            found[size, place] += start
        scores[size] = score
        low, high = held[0], held[-1]
        rows[size, STRETCH] = stretch
        rows[size, FIRST], rows[size, LAST] = (
            bounds[stretch] + low,
            bounds[stretch] + high,
        )
        low, high = found[size, low], found[size, high]
        rows[size, LOW], rows[size, HIGH] = low, high
        rows[size, BEGIN], rows[size, END] = places[low], places[high]
        size += 1
    partners = join(one.size, bounds, found, scores[:size], rows, needed)
    for _ in range(_FILLINGS):
        _fill(one, other, partners)
    return partners


@compiled
def _fill(one: Codes, other: Codes, partners: Ints) -> None:
    """Align what is between alignments with the passage around all of them.

    A stretch may reach over the seam of two sentences that stand apart in the document;
    what has fewer votes of its two parts is found here.
    """
    held = partners[partners >= 0]
    if not held.size:
        return
    low, high = max(0, held.min() - NEAR), min(other.size, held.max() + 1 + NEAR)
    low = max(low, high - _WIDEST)
    some, first = np.empty(LONGEST, np.int32), 0
    while first < one.size:
        end = first
        while end < one.size and partners[end] < 0:
            end += 1
        if WEAK <= end - first <= LONGEST:
            some[:] = -1
            score = align(one[first:end], other[low:high], some)
            if score >= max(WEAK, _FILLED * (end - first)):
                for place in range(end - first):
                    if some[place] >= 0:
                        partners[first + place] = low + some[place]
        first = end + 1


@compiled
def _runs(  # noqa: PLR0913, PLR0917 (compiled)
    one: Codes,
    one_places: Ints,
    other: Codes,
    other_places: Ints,
    partners: Ints,
    letters: NDArray[np.bool_],
) -> Longs:
    """Gather partners into runs of the same characters, with the marks behind them."""
    rows, size, at = np.empty((partners.size, 4), np.int64), 0, 0
    while at < partners.size:
        if partners[at] < 0:
            at += 1
            continue
        first = at
        while at + 1 < partners.size and partners[at + 1] == partners[at] + 1:
            here, there = one_places[at], other_places[partners[at]]
            step = one_places[at + 1] - here
            if other_places[partners[at] + 1] - there != step or not _same(
                one, here, other, there, step
            ):
                break
            at += 1
        if at + 1 - first >= _RUN:
            start, begin = one_places[first], other_places[partners[first]]
            length = one_places[at] + 1 - start
            end, stop = start + length, begin + length
            while (
                end < one.size
                and stop < other.size
                and one[end] == other[stop]
                and one[end] != _LINE_END
                and not letters[one[end]]
            ):
                end, stop = end + 1, stop + 1
            length = end - start
            rows[size, 0], rows[size, 1] = start, begin
            rows[size, 2], rows[size, 3] = length, at + 1 - first
            size += 1
        at += 1
    return rows[:size].copy()


@compiled
def _same(one: Codes, here: int, other: Codes, there: int, length: int) -> bool:
    """Tell whether the same characters stand at two places."""
    for step in range(length):  # noqa: SIM110 (compiled)
        if one[here + step] != other[there + step]:
            return False
    return True
