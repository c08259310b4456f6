"""How much of two texts is the same, and whether their figures agree.

The longer text is read once against the shorter one. Where ``RUN`` symbols in a row
stand in both, the run is followed as far as it goes; letters in such runs are common.
After a run ends, the same distance is tried first (a letter was changed), then the next
place further on in the shorter text, then the first, so that figures meet the figures
that stand in their place. Time grows with the sum of both lengths.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled
from index.wording import FIGURE, UNKNOWN, Symbols, Values, Wording

Places = NDArray[np.int64]

RUN: Final = 8
_NEIGHBOURS: Final = 12
"""Figures within so many symbols count as one, as those of a date do."""

_FOREIGN: Final = 3
"""Symbols in common that make up for one that is not; a passage has more than that."""

_EDGE: Final = 120
_EDGE_SHARE: Final = 6
"""Figures in the first and last symbols, at most a sixth of a text each, do not count:
there stand dates and counters of the page."""

_UNTOUCHED: Final = 60
"""Symbols around a figure that must be the same for it to differ on purpose: where
letters were changed all over, digits were, too."""

_MOST_FIGURES: Final = RUN // 2
"""A run does not begin with more figures than that: all tables would agree."""

_TRIED: Final = 32
"""Places that are tried for one run, in a text that says one thing many times."""

_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio


class Overlap(NamedTuple):
    """What two texts have in common.

    Attributes:
        longer: Share of the longer text that stands in the shorter one, 0 to 1.
        shorter: Share of the shorter text that stands in the longer one, less figures
            that differ.
        passage: The same for the passage of the shorter text that has most of it.
        common: Symbols of the shorter text that stand in the longer one.
        agree: Figures that stand at the same place and are equal; neighbours are one.
        differ: Figures that stand at the same place and are not.
        plain: Those of them around which nothing else was changed.
    """

    longer: float
    shorter: float
    passage: float
    common: int
    agree: int
    differ: int
    plain: int


def overlap(longer: Wording, shorter: Wording) -> Overlap:
    """Compare two texts, the one with more symbols first."""
    many, few, passage, *figures = _follow(
        longer.symbols, longer.values, shorter.symbols, shorter.values
    )
    size = max(1, shorter.symbols.size)
    return Overlap(
        longer=many / max(1, longer.symbols.size),
        shorter=(few - figures[1]) / size,
        passage=passage / size,
        common=few,
        agree=figures[0],
        differ=figures[1],
        plain=figures[2],
    )


@compiled
def _follow(
    symbols: Symbols, values: Values, others: Symbols, other_values: Values
) -> tuple[int, int, int, int, int, int]:
    """Find the runs; count symbols in both, close together, and figures."""
    first, following = _list_places(others)
    lengths = np.zeros(others.size, np.int64)  # of the longest run over each symbol
    partners = np.zeros(others.size, np.int64)  # and the value that it puts there
    covered, at, end, distance = 0, 0, 0, 0
    while at + RUN <= symbols.size:
        place = at + distance
        if not _equal(symbols, at, others, place):
            place = _next_place(symbols, at, others, first, following, end)
        if place < 0:
            at += 1
            continue
        size = _run_length(symbols, at, others, place)
        for step in range(size):
            if lengths[place + step] < size:
                lengths[place + step] = size
                partners[place + step] = values[at + step]
        covered, distance = covered + size, place - at
        at, end = at + size, place + size
    _find_figures(symbols, values, others, other_values, first, following, partners)
    agree, differ, plain = _count_figures(others, other_values, partners, lengths)
    return covered, *_count_common(lengths), agree, differ, plain


@compiled
def _count_common(lengths: Places) -> tuple[int, int]:
    """Count the symbols in runs: all, and those of the passage that has most of them.

    A passage is worth what it has in runs less ``_FOREIGN`` times what it has not; the
    best one is found by Kadane's algorithm (Bentley, CACM 27, 1984).
    """
    common, passage, worth, held, best = 0, 0, 0, 0, 0
    for length in lengths:
        if length:
            common, worth, held = common + 1, worth + 1, held + 1
        else:
            worth -= _FOREIGN
        if worth <= 0:
            worth, held = 0, 0
        if worth > best:
            best, passage = worth, held
    return common, passage


@compiled
def _run_length(symbols: Symbols, at: int, others: Symbols, place: int) -> int:
    """Tell how many symbols are the same from two places on."""
    size, most = RUN, min(symbols.size - at, others.size - place)
    while size < most and symbols[at + size] == others[place + size]:
        size += 1
    return size


@compiled
def _find_figures(  # noqa: PLR0913, PLR0917 (compiled)
    symbols: Symbols,
    values: Values,
    others: Symbols,
    other_values: Values,
    first: Places,
    following: Places,
    partners: Values,
) -> None:
    """Give figures the equal partners that stand amid the same symbols elsewhere.

    Where a phrase comes again and again, and one text lacks the first, the runs put
    every figure beside that of the next phrase.
    """
    before = RUN // 2
    for at in range(symbols.size - RUN + 1):
        if symbols[at + before] != FIGURE:
            continue
        slot = _slot(symbols, at, first.size)
        place = first[slot] if slot >= 0 else -1
        for _ in range(_TRIED):
            if place < 0:
                break
            if other_values[place + before] == values[at + before] and _equal(
                symbols, at, others, place
            ):
                partners[place + before] = values[at + before]
            place = following[place]


@compiled
def _count_figures(
    symbols: Symbols, values: Values, partners: Values, lengths: Places
) -> tuple[int, int, int]:
    """Count figures that are equal to their partners, and those that are not."""
    edge = min(_EDGE, symbols.size // _EDGE_SHARE)
    counts, opened, last = np.zeros(3, np.int64), -_NEIGHBOURS, 0
    for place in range(edge, symbols.size - edge):
        if symbols[place] != FIGURE or not lengths[place]:
            continue
        one, other = values[place], partners[place]
        if UNKNOWN in (one, other):
            continue
        found = 0
        if one != other:
            found = 2 if lengths[place] >= _UNTOUCHED else 1
        if place - opened >= _NEIGHBOURS:
            opened, last = place, found
            counts[found] += 1
        elif found > last:
            counts[last] -= 1
            counts[found] += 1
            last = found
    return counts[0], counts[1] + counts[2], counts[2]


@compiled
def _list_places(symbols: Symbols) -> tuple[Places, Places]:
    """List where the runs of a text begin, by hash: first place, and the next ones."""
    size = 16
    while size < 2 * symbols.size:
        size *= 2
    first = np.full(size, -1, np.int64)
    following = np.full(symbols.size, -1, np.int64)
    for place in range(symbols.size - RUN, -1, -1):
        slot = _slot(symbols, place, size)
        if slot >= 0:
            following[place] = first[slot]
            first[slot] = place
    return first, following


@compiled
def _slot(symbols: Symbols, at: int, size: int) -> int:
    """Hash a run into a table; -1 where most of it is figures."""
    number, figures = np.uint64(0), 0
    for step in range(RUN):
        figures += symbols[at + step] == FIGURE
        number = (number ^ np.uint64(symbols[at + step])) * _MULTIPLIER
        number ^= number >> np.uint64(29)
    return (
        -1 if figures > _MOST_FIGURES else int(np.int64(number & np.uint64(size - 1)))
    )


@compiled
def _next_place(  # noqa: PLR0913, PLR0917 (compiled)
    symbols: Symbols,
    at: int,
    others: Symbols,
    first: Places,
    following: Places,
    end: int,
) -> int:
    """Find a run in the other text, from a place on if it stands there, else -1."""
    slot = _slot(symbols, at, first.size)
    place, found = int(first[slot]) if slot >= 0 else -1, -1
    for _ in range(_TRIED):
        if place < 0 or (found >= 0 and found >= end):
            break
        if _equal(symbols, at, others, place) and (found < 0 or place >= end):
            found = place
        place = int(following[place])
    return found


@compiled
def _equal(symbols: Symbols, at: int, others: Symbols, place: int) -> bool:
    """Tell whether a run stands at a place of each text."""
    if place < 0 or place + RUN > others.size:
        return False
    for step in range(RUN):  # noqa: SIM110 (compiled)
        if symbols[at + step] != others[place + step]:
            return False
    return True
