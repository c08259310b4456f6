"""Find strings in the blocks of a text: compiled loops over folded code points.

A *place* is where a needle begins, with the end of the longest that does.
"""

import numpy as np

from index.compiled import compiled
from index.fold import Codes
from index.skim import Numbers, Text

Needles = tuple[Codes, Numbers, Numbers, Numbers]
"""Different strings to be found, folded.

Their code points, one string behind the other; where each begins, and the end of the
last, shape (n_needles + 1,); a needle for each low byte of a first code point, or -1,
shape (256,); and another needle with the same low byte, or -1, shape (n_needles,).
"""


@compiled
def find_places(text: Text, needles: Needles) -> tuple[Numbers, Numbers]:
    """Find the places, and the needles that begin at each.

    Returns:
        Rows of start, end, block, and the number at which the needles of the place
        begin, with one more row behind them, shape (n_places + 1, 4); and the needles.
    """
    places, size = np.empty((32, 4), np.int64), 0
    names, held = np.empty(32, np.int64), 0
    _, folded, starts = text
    _, bounds, heads, following = needles
    for block in range(len(starts) - 1):
        stop = starts[block + 1] - 1
        for start in range(starts[block], stop):
            needle = heads[folded[start] & 255]
            if needle < 0:
                continue
            end, first = 0, held
            while needle >= 0:
                reach = start + bounds[needle + 1] - bounds[needle]
                if reach <= stop and _stands(folded, start, needles, needle):
                    names = _with_room(names, held)
                    names[held] = needle
                    held += 1
                    end = max(end, reach)
                needle = following[needle]
            if held > first:
                places = _with_room(places, size + 1)
                places[size, 0], places[size, 1] = start, end
                places[size, 2], places[size, 3] = block, first
                size += 1
    places[size, 2], places[size, 3] = -1, held
    return places[: size + 1], names[:held]


@compiled
def _stands(folded: Codes, start: int, needles: Needles, needle: int) -> bool:
    """Tell whether a needle begins here in a text that is long enough."""
    codes, bounds, _, _ = needles
    first = bounds[needle]
    for at in range(first, bounds[needle + 1]):
        if folded[start + at - first] != codes[at]:
            return False
    return True


@compiled
def _with_room(table: Numbers, size: int) -> Numbers:
    """Give the table, or one twice as long when it is full."""
    return table if size < len(table) else np.concatenate((table, table))
