"""Facts about lists of numbers on disk: nothing is lost, and every byte is stated."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec import elias_fano
from index.codec.frequencies import decode_all_freqs, decode_freqs, encode_freqs
from index.codec.lists import Lists, count_equal, group, merge

UNIVERSES = (1, 2, 100, 70_000, 5_000_000, elias_fano.LIMIT - 1)


@st.composite
def some_lists(draw: st.DrawFn) -> tuple[int, list[list[int]]]:
    """Draw a universe and lists of different numbers below it."""
    universe = draw(st.sampled_from(UNIVERSES))
    numbers = st.sets(st.integers(0, universe - 1), min_size=1, max_size=40)
    return universe, [sorted(each) for each in draw(st.lists(numbers, min_size=1))]


def flat(lists: Sequence[Sequence[int]]) -> elias_fano.Ints:
    """Join lists."""
    return np.asarray([number for each in lists for number in each], np.int32)


def lengths(lists: Sequence[Sequence[int]]) -> elias_fano.Longs:
    """Tell how long lists are."""
    return np.asarray([*map(len, lists)], np.int64)


def encoded(lists: Sequence[Sequence[int]], universe: int) -> elias_fano.Bytes:
    """Write lists."""
    parts = elias_fano.encode(flat(lists), lengths(lists), universe)
    return np.concatenate([np.empty(0, np.uint8), *parts])


@given(some_lists())
def test_lists_come_back_one_by_one_and_all_at_once(
    drawn: tuple[int, list[list[int]]],
) -> None:
    """Reading gives what was written, from the place that the sizes tell."""
    universe, lists = drawn
    data, counts = encoded(lists, universe), lengths(lists)
    sizes = elias_fano.sizes(counts, universe)
    low = elias_fano.low_bits(counts, universe)
    assert data.size == sizes.sum()
    assert (elias_fano.decode_all(data, counts, universe) == flat(lists)).all()
    for place, each in enumerate(lists):
        rest = data[int(sizes[:place].sum()) :]
        found = elias_fano.decode(rest, len(each), int(low[place]), universe)
        assert found.tolist() == each


@pytest.mark.parametrize("every", [2, 3, 20, 150, 4_000, 70_000])
def test_long_lists_come_back(every: int) -> None:
    """Each number of low bits is taken by lists of some length, and all work."""
    universe = 400_000
    numbers = list(range(every - 1, universe, every))
    assert (
        elias_fano.decode_all(
            encoded([numbers], universe), lengths([numbers]), universe
        ).tolist()
        == numbers
    )


@pytest.mark.parametrize(
    ("universe", "numbers", "data"),
    [
        # low 8: highs 0, 0, 1 are bits 0, 1 and 3; then the low bytes.
        (1000, [3, 5, 300], [0b1011, 3, 5, 44]),
        # low 0: the bit of each number.
        (10, [0, 3, 9], [0b1001, 0b10]),
        # low 12: highs 0 and 1 are bits 0 and 2; low bytes 5 and 7; nibbles 0 and 2.
        (10_000, [5, 4_096 + 512 + 7], [0b101, 5, 7, 0x20]),
        # low 16: highs 0 and 2 are bits 0 and 3; two bytes each.
        (200_000, [258, 131_072 + 3], [0b1001, 2, 1, 3, 0]),
    ],
)
def test_bytes_of_a_list(universe: int, numbers: list[int], data: list[int]) -> None:
    """The format is what the head of the module says, byte by byte."""
    assert encoded([numbers], universe).tolist() == data


FREQUENCIES = st.lists(st.integers(1, 600) | st.just(70_000), min_size=1)


@given(st.lists(FREQUENCIES, min_size=1))
def test_frequencies_come_back(lists: list[list[int]]) -> None:
    """Frequencies of any size are read as they were written."""
    counts, freqs = lengths(lists), flat(lists)
    data, sizes = encode_freqs(freqs, counts)
    assert (decode_all_freqs(data, counts, sizes) == freqs).all()
    for place, each in enumerate(lists):
        rest = data[int(sizes[:place].sum()) :]
        assert decode_freqs(rest, len(each)).tolist() == each


def test_bytes_of_frequencies() -> None:
    """One bit says more than once; a byte how often; four where that is not enough."""
    freqs = np.asarray([1, 2, 1, 300], np.int32)
    data, sizes = encode_freqs(freqs, np.asarray([4]))
    assert data.tolist() == [0b1010, 0, 255, 300 % 256, 300 // 256, 0, 0]
    assert sizes.tolist() == [7]


def test_sorted_numbers_become_lists() -> None:
    """Equal keys make a list; equal numbers are counted."""
    packed = np.asarray([0x101, 0x103, 0x103, 0x201], np.uint64)
    distinct = group(np.unique(packed), 8)
    assert distinct.keys.tolist() == [1, 2]
    assert distinct.values.tolist() == [1, 3, 1]
    counted = count_equal(packed, 8)
    assert counted.freqs is not None
    assert counted.freqs.tolist() == [1, 2, 1]


def test_runs_merge_in_order() -> None:
    """The lists of a term follow each other; terms are those of all runs."""
    one = Lists(np.asarray([1, 3], np.uint64), np.asarray([2, 1]), flat([[0, 1, 0]]))
    two = Lists(np.asarray([2, 3], np.uint64), np.asarray([1, 2]), flat([[7, 8, 9]]))
    merged = merge([one, two])
    assert merged.keys.tolist() == [1, 2, 3]
    assert merged.counts.tolist() == [2, 1, 3]
    assert merged.values.tolist() == [0, 1, 7, 0, 8, 9]
