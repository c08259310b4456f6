"""Which alignments of stretches with places of a document count.

One counts by itself when it has as many equal symbols more than changed ones as are
needed. A text is cut into stretches for speed alone: where one goes on in the document
as in the text, both count when one alignment of both would. Several weaker ones close
together count when they have some more, and near one that counts a weaker one does.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Ints, Longs
from index.compiled import compiled

WEAK: Final = 6
NEAR: Final = 200
"""Characters between an alignment and a weaker one that counts with it, and between
runs of one passage."""

STRETCH, FIRST, LAST, LOW, HIGH, BEGIN, END, COLUMNS = range(8)
"""Of an alignment: its stretch, its first and last equal symbols in the text, and in
the document, and where these stand there."""


@compiled
def join(  # noqa: PLR0913, PLR0917 (compiled)
    symbols: int, bounds: Longs, found: Ints, scores: Longs, rows: Longs, needed: int
) -> Ints:
    """Take the alignments that count, the best first."""
    partners = np.full(symbols, -1, np.int32)
    counts = _counting(rows, scores, needed)
    for strong in (True, False):
        left = scores.copy()
        for _ in range(scores.size):
            best = int(np.argmax(left))
            left[best] = -1
            if counts[best] != strong:
                continue
            if not strong and not _is_near(rows, counts, best):
                continue
            first = bounds[rows[best, STRETCH]]
            for place in range(bounds[rows[best, STRETCH] + 1] - first):
                if partners[first + place] < 0:
                    partners[first + place] = found[best, place]
    return partners


@compiled
def _counting(rows: Longs, scores: Longs, needed: int) -> NDArray[np.bool_]:
    """Tell which alignments count by themselves, or by what others near them add."""
    counts = scores >= needed
    for number in range(scores.size):
        around = 0
        for other in range(scores.size):
            if scores[other] >= WEAK and _beside(rows, number, other):
                around += scores[other]
            joint = scores[number] + scores[other]
            between = _between(rows, min(number, other), max(number, other))
            if between >= 0 and joint - between >= needed:
                counts[number] = True
        counts[number] |= around >= 2 * needed
    return counts


@compiled
def _between(rows: Longs, one: int, other: int) -> int:
    """Tell how many symbols part the alignments of a stretch and the next, in order.

    Returns:
        The more of both texts; -1 where one does not go on where the other ends.
    """
    if rows[other, STRETCH] != rows[one, STRETCH] + 1:
        return -1
    there = rows[other, LOW] - rows[one, HIGH] - 1
    return max(there, rows[other, FIRST] - rows[one, LAST] - 1) if there >= 0 else -1


@compiled
def _is_near(rows: Longs, counts: NDArray[np.bool_], number: int) -> bool:
    """Tell whether an alignment is near one that counts."""
    for other in range(counts.size):
        if counts[other] and _beside(rows, number, other):
            return True
    return False


@compiled
def _beside(rows: Longs, one: int, other: int) -> bool:
    """Tell whether two alignments stand close together in the document."""
    return bool(
        rows[one, BEGIN] - rows[other, END] <= NEAR
        and rows[other, BEGIN] - rows[one, END] <= NEAR
    )
