"""Two passages side by side: which symbols of one stand in the other, in order.

A stretch of the text that was asked for is compared with the window of a document where
its pairs were seen. The diagonal on which most symbols are equal is found first; around
it the best local alignment is (Smith, Waterman, J. Mol. Biol. 147, 1981), with one for
an equal symbol and minus one for another, or for one more or fewer. So an alignment
bears that two symbols in five were changed, and chance adds little: two texts in
Chinese have one symbol in fifty alike at the same place.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Ints
from index.compiled import compiled
from index.fold import Codes

Places = NDArray[np.int64]
Steps = NDArray[np.uint8]

HALF: Final = 10
"""Symbols that may be more or fewer on either side of the diagonal."""

_BAND: Final = 2 * HALF + 1

_PAIR: Final = 4
"""How much more an equal symbol tells of the diagonal when the next is equal, too."""

_NONE, _BOTH, _ONE, _OTHER = 0, 1, 2, 3


@compiled
def symbols_of(folded: Codes, letters: NDArray[np.bool_]) -> tuple[Codes, Ints]:
    """Leave out of a text what is no letter and no digit.

    Args:
        folded: The text.
        letters: Of each code point whether it is one, shape (0x110000,).

    Returns:
        Its symbols, and where each stands in the text, each of shape (n,).
    """
    symbols, places = np.empty(folded.size, np.uint32), np.empty(folded.size, np.int32)
    size = 0
    for place in range(folded.size):
        if letters[folded[place]]:
            symbols[size], places[size] = folded[place], place
            size += 1
    return symbols[:size].copy(), places[:size].copy()


@compiled
def align(one: Codes, other: Codes, partners: Ints) -> int:
    """Align a passage with a window of another text.

    Args:
        one: The symbols of the passage.
        other: Those of the window.
        partners: For each symbol of the passage the place of its equal in the window;
            written where there is one, shape (one.size,).

    Returns:
        Equal symbols less those that are changed, more or fewer.
    """
    if one.size == 0 or other.size == 0:
        return 0
    shift = _best_diagonal(one, other) - HALF
    steps = np.zeros((one.size, _BAND), np.uint8)
    row, above = np.zeros(_BAND + 1, np.int32), np.zeros(_BAND + 1, np.int32)
    best, end, lane = 0, 0, 0
    for place in range(one.size):
        row, above = above, row
        row[:] = 0
        first = max(0, -place - shift)
        last = min(_BAND, other.size - place - shift)
        if first < last:
            score, number = _fill_row(
                one[place],
                other[place + shift + first : place + shift + last],
                above[first:],
                row[first:],
                steps[place, first:],
            )
            if score > best:
                best, end, lane = score, place, first + number
    _walk_back(one, other, steps, (end, lane, shift), partners)
    return best


@compiled
def _fill_row(
    symbol: np.uint32, others: Codes, above: Ints, row: Ints, steps: Steps
) -> tuple[int, int]:
    """Write one row of scores and steps; give its best score, and where that is."""
    best, found, left = 0, 0, 0
    for number in range(others.size):
        score, step = above[number] + (1 if symbol == others[number] else -1), _BOTH
        up, beside = above[number + 1] - 1, left - 1
        step = _ONE if up > score else step
        score = max(up, score)
        step = _OTHER if beside > score else step
        score = max(beside, score)
        step = _NONE if score <= 0 else step
        score = max(0, score)
        row[number], steps[number], left = score, step, score
        if score > best:
            best, found = score, number
    return best, found


@compiled
def _walk_back(
    one: Codes,
    other: Codes,
    steps: Steps,
    last: tuple[int, int, int],
    partners: Ints,
) -> None:
    """Note the equal symbols on the way to the end of an alignment."""
    place, lane, shift = last
    while place >= 0 and 0 <= lane < _BAND and steps[place, lane] != _NONE:
        step = steps[place, lane]
        at = place + shift + lane
        if step == _BOTH:
            if one[place] == other[at]:
                partners[place] = at
            place -= 1
        elif step == _ONE:
            place, lane = place - 1, lane + 1
        else:
            lane -= 1


@compiled
def _best_diagonal(one: Codes, other: Codes) -> int:
    """Find the diagonal around which most symbols are equal.

    Returns:
        How much further a place of the window is than that of the passage.
    """
    equal = np.zeros(one.size + other.size + _BAND, np.int32)
    for place in range(one.size - 1):
        symbol, following = one[place], one[place + 1]
        first = one.size - 1 - place + HALF
        counted = equal[first : first + other.size]
        for at in range(other.size - 1):
            same = np.int32(symbol == other[at])
            counted[at] += same + same * _PAIR * (following == other[at + 1])
    return _peak(equal) - (one.size - 1)


@compiled
def _peak(equal: Ints) -> int:
    """Find the middle of the band that has most, what is near the middle most of all.

    Sums over half a band, summed once more, weigh as a triangle does: so the band has
    as much room on either side, whatever else is at its edges.
    """
    halves = np.zeros(equal.size - HALF, np.int32)
    around = equal[:HALF].sum()
    for number in range(halves.size):
        around += equal[number + HALF]
        halves[number] = around
        around -= equal[number]
    best, found = np.int32(-1), 0
    around = halves[:HALF].sum()
    for number in range(halves.size - HALF):
        around += halves[number + HALF]
        if around > best:
            best, found = around, number
        around -= halves[number]
    return found
