"""Facts about reading ranges of a list: the numbers are those of reading it all."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings

from index.codec.elias_fano import Ints, Longs
from index.codec.ranges import read_ranges
from tests.index.lists import WIDTHS, encoded, every_width, seeds, some_numbers

PAD = np.full(9, 255, np.uint8)
compiling = settings(deadline=None)


def some_ranges(rng: np.random.Generator, universe: int) -> tuple[Longs, Longs]:
    """Draw ranges that do not overlap, few or many, empty ones among them."""
    bounds = np.sort(rng.integers(0, universe + 1, 2 * int(rng.integers(1, 12))))
    return bounds[::2].astype(np.int64), bounds[1::2].astype(np.int64)


def simply(numbers: list[int], starts: Longs, ends: Longs) -> tuple[Ints, Longs]:
    """Look through all numbers for each range."""
    found = [
        [number for number in numbers if start <= number < end]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    return np.asarray([*chain(*found)], np.int32), np.cumsum([*map(len, found)])


@every_width
@compiling
@given(rng=seeds)
def test_ranges_have_the_numbers_of_the_list(
    low: int, rng: np.random.Generator
) -> None:
    """Whether the list is read whole or by skips, each range has what lies in it."""
    universe, count = WIDTHS[low]
    numbers = some_numbers(rng, universe, count)
    data = np.concatenate((PAD, encoded([numbers], universe), PAD))
    starts, ends = some_ranges(rng, universe)
    found, bounds = read_ranges(data, PAD.size, len(numbers), universe, starts, ends)
    expected, expected_bounds = simply(numbers, starts, ends)
    assert found.tolist() == expected.tolist()
    assert bounds.tolist() == expected_bounds.tolist()


def test_long_list_is_read_by_skips() -> None:
    """Far places of a list of 100,000 numbers are reached over its skips."""
    rng = np.random.default_rng(7)
    universe = 30_000_000
    numbers = np.unique(rng.integers(0, universe, 100_000)).tolist()
    data = np.concatenate((encoded([numbers], universe), PAD))
    starts = np.asarray([5, 9_000_000, 9_000_400, 29_990_000], np.int64)
    ends = np.asarray([4_000, 9_000_300, 9_100_000, universe], np.int64)
    found, bounds = read_ranges(data, 0, len(numbers), universe, starts, ends)
    expected, expected_bounds = simply(numbers, starts, ends)
    assert found.tolist() == expected.tolist()
    assert bounds.tolist() == expected_bounds.tolist()


@every_width
def test_list_that_is_cut_short_is_refused(low: int) -> None:
    """One byte less is told."""
    universe, count = WIDTHS[low]
    data = encoded([range(count)], universe)
    where = np.asarray([0], np.int64), np.asarray([9], np.int64)
    with pytest.raises(ValueError, match="ends too early"):
        read_ranges(data[:-1], 0, count, universe, *where)
