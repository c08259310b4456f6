"""Lists of numbers for tests of what is written and read."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pytest
from hypothesis import strategies as st

from index.codec import elias_fano

WIDTHS: Final = {
    0: (1000, 400),
    4: (1000, 100),
    8: (10_000, 100),
    12: (100_000, 10),
    16: (1_000_000, 5),
    20: (10_000_000, 3),
    24: (elias_fano.LIMIT - 1, 100),
    28: (elias_fano.LIMIT - 1, 7),
}
"""By low bits: a universe and how many numbers below it a list has that takes them."""

every_width = pytest.mark.parametrize("low", WIDTHS)
seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@st.composite
def damaged(draw: st.DrawFn, data: elias_fano.Bytes) -> elias_fano.Bytes:
    """Change some bytes, and lose some of the end."""
    changed = data.copy()
    places = st.integers(0, max(data.size - 1, 0))
    changes = st.dictionaries(places, st.integers(0, 255), max_size=4)
    for place, byte in draw(changes).items() if data.size else ():
        changed[place] = byte
    return changed[: data.size - draw(st.sampled_from([0, 0, 0, 1, 2, 9]))]


def flat(lists: Sequence[Sequence[int]]) -> elias_fano.Ints:
    """Join lists."""
    return np.asarray([number for each in lists for number in each], np.int32)


def lengths(lists: Sequence[Sequence[object]]) -> elias_fano.Longs:
    """Tell how long lists are."""
    return np.asarray([*map(len, lists)], np.int64)


def encoded(lists: Sequence[Sequence[int]], universe: int) -> elias_fano.Bytes:
    """Write lists."""
    parts = elias_fano.encode(flat(lists), lengths(lists), universe)
    return np.concatenate([np.empty(0, np.uint8), *parts])


def some_numbers(rng: np.random.Generator, universe: int, count: int) -> list[int]:
    """Choose different numbers, from everywhere or close to each other."""
    reach = min(universe, int(rng.choice([universe, 2 * count])))
    start = int(rng.integers(0, universe - reach + 1))
    chosen: set[int] = set()
    while len(chosen) < count:
        chosen.add(start + int(rng.integers(reach)))
    return sorted(chosen)
