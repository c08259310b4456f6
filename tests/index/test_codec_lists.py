"""Facts about lists of numbers on disk: nothing is lost, and every byte is stated."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec import elias_fano
from index.codec.frequencies import (
    decode_all_freqs,
    decode_freqs_into,
    encode_freqs,
    pick_freqs,
)
from index.codec.lists import Lists, count_equal, group, merge, ranks, spread
from tests.index.lists import (
    WIDTHS,
    damaged,
    encoded,
    every_width,
    flat,
    lengths,
    seeds,
    some_numbers,
)

UNIVERSES = (1, 2, 100, 70_000, 5_000_000, elias_fano.LIMIT - 1)
Drawn = tuple[int, list[list[int]]]
compiling = settings(deadline=None)


@st.composite
def some_lists(draw: st.DrawFn) -> Drawn:
    """Draw a universe and lists of different numbers below it, empty ones too."""
    universe = draw(st.sampled_from(UNIVERSES))
    numbers = st.sets(st.integers(0, universe - 1), max_size=40)
    return universe, [sorted(each) for each in draw(st.lists(numbers, min_size=1))]


@compiling
@given(some_lists(), st.integers(0, 3))
def test_lists_come_back_one_by_one_and_all_at_once(drawn: Drawn, before: int) -> None:
    """Reading gives what was written, from the place that the offsets tell."""
    universe, lists = drawn
    counts = lengths(lists)
    data = np.append(np.full(before, 255, np.uint8), encoded(lists, universe))
    at = (elias_fano.offsets(counts, universe) + before).tolist()
    assert at[-1] == data.size
    whole = elias_fano.decode_all(data, before, counts, universe)
    assert whole.tolist() == flat(lists).tolist()
    for start, each in zip(at[:-1], lists, strict=True):
        found = elias_fano.decode(data, start, len(each), universe)
        assert found.tolist() == each
        out = np.full(len(each), -1, np.int32)
        elias_fano.decode_into(data, start, universe, out)
        assert out.tolist() == each


@compiling
@given(some_lists())
def test_offsets_are_sums_of_sizes(drawn: Drawn) -> None:
    """The size of a list follows from its count and universe alone."""
    universe, lists = drawn
    sizes = [elias_fano.size_of(len(each), universe) for each in lists]
    assert sizes == [encoded([each], universe).size for each in lists]
    found = elias_fano.offsets(lengths(lists), universe)
    assert found.tolist() == [0, *np.cumsum(sizes).tolist()]


def test_empty_list_has_no_bytes() -> None:
    """Between others it takes nothing, and reads as nothing."""
    assert elias_fano.size_of(0, 1000) == 0
    assert encoded([[], []], 1000).size == 0
    assert encoded([[3], [], [5]], 1000).tolist() == [
        *encoded([[3]], 1000).tolist(),
        *encoded([[5]], 1000).tolist(),
    ]
    assert elias_fano.decode(np.empty(0, np.uint8), 0, 0, 1000).size == 0


@pytest.mark.parametrize("every", [2, 3, 20, 150, 4_000, 70_000])
def test_long_lists_come_back(every: int) -> None:
    """Each number of low bits is taken by lists of some length, and all work."""
    universe = 400_000
    numbers = list(range(every - 1, universe, every))
    data = encoded([numbers], universe)
    counts = lengths([numbers])
    assert elias_fano.decode_all(data, 0, counts, universe).tolist() == numbers


def test_many_numbers_are_written_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts end where lists do, and joined they are what one part would be."""
    lists = [[1, 2, 3], [], [4], [0, 5, 6, 7, 9], [8], []]
    whole = encoded(lists, 10)
    monkeypatch.setattr(elias_fano, "_CHUNK", 4)
    parts = [*elias_fano.encode(flat(lists), lengths(lists), 10)]
    assert [part.size for part in parts] == [4, 2, 2]
    assert np.concatenate(parts).tolist() == whole.tolist()


@every_width
@compiling
@given(rng=seeds)
def test_every_width_comes_back(low: int, rng: np.random.Generator) -> None:
    """All multiples of 4 up to 28 occur, and lists of each are read as written."""
    universe, count = WIDTHS[low]
    assert elias_fano.low_bits(count, universe) == low
    numbers = some_numbers(rng, universe, count)
    data = encoded([numbers], universe)
    assert elias_fano.decode(data, 0, count, universe).tolist() == numbers


@pytest.mark.parametrize(
    ("universe", "numbers", "data"),
    [
        # low 8: highs 0, 0, 1 are bits 0, 1 and 3; then the low bytes.
        (1000, [3, 5, 300], [0b1011, 3, 5, 44]),
        # low 0: the bit of each number.
        (10, [0, 3, 9], [0b1001, 0b10]),
        # low 4: highs 0, 0 and 1 are bits 0, 1 and 3; nibbles 1, 15 and 2.
        (40, [1, 15, 18], [0b1011, 0xF1, 0x02]),
        # low 12: highs 0 and 1 are bits 0 and 2; low bytes 5 and 7; nibbles 0 and 2.
        (10_000, [5, 4_096 + 512 + 7], [0b101, 5, 7, 0x20]),
        # low 16: highs 0 and 2 are bits 0 and 3; two bytes each.
        (200_000, [258, 131_072 + 3], [0b1001, 2, 1, 3, 0]),
        # low 20: highs 1 and 2 are bits 1 and 3; two bytes each, nibbles 9 and 8.
        (3_000_000, [0x190807, 0x280605], [0b1010, 7, 8, 5, 6, 0x89]),
        # low 24: high 1 is bit 1; two bytes, then the third.
        (1 << 25, [0x1090807], [0b10, 7, 8, 9]),
        # low 28: high 7 is bit 7, of two bytes; two bytes, the third, a nibble.
        (elias_fano.LIMIT - 1, [0x7A090807], [0x80, 0, 7, 8, 9, 0x0A]),
    ],
)
def test_bytes_of_a_list(universe: int, numbers: list[int], data: list[int]) -> None:
    """The format is what the head of the module says, byte by byte."""
    assert encoded([numbers], universe).tolist() == data


@compiling
@given(some_lists(), st.data())
def test_damaged_lists_are_refused_or_stay_below_the_universe(
    drawn: Drawn, data: st.DataObject
) -> None:
    """Whatever the bytes are, no number is one that a caller could not index with."""
    universe, (numbers, *_) = drawn
    changed = data.draw(damaged(encoded([numbers], universe)))
    try:
        found = elias_fano.decode(changed, 0, len(numbers), universe)
    except ValueError:
        return
    assert found.size == len(numbers)
    assert all(0 <= number < universe for number in found.tolist())


@pytest.mark.parametrize("lost", [1, 3, 4])
def test_list_that_is_cut_short_is_refused(lost: int) -> None:
    """Each way of reading says so, also of a list that would begin before the file."""
    data = encoded([[3, 5, 300]], 1000)
    with pytest.raises(ValueError, match="ends too early"):
        elias_fano.decode(data[:-lost], 0, 3, 1000)
    with pytest.raises(ValueError, match="ends too early"):
        elias_fano.decode_all(data[:-lost], 0, np.asarray([3]), 1000)
    with pytest.raises(ValueError, match="ends too early"):
        elias_fano.decode(data, -1, 3, 1000)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([0b0011, 3, 5, 44], "fewer numbers"),
        # High 3: 768 + 232 is the universe itself.
        ([0b100011, 3, 5, 232], "too large"),
        # High 4 is above all.
        ([0b1000011, 3, 5, 0], "too large"),
    ],
)
def test_wrong_bits_are_refused(data: list[int], problem: str) -> None:
    """A bit that is missing, and numbers at the universe and above it, are told."""
    with pytest.raises(ValueError, match=problem):
        elias_fano.decode(np.asarray(data, np.uint8), 0, 3, 1000)


def test_number_that_fits_no_integer_is_refused() -> None:
    """High parts that are moved beyond 31 bits are no small numbers again."""
    universe = elias_fano.LIMIT - 1
    for last in range(9, 16):
        changed = encoded([[0, 1]], universe)
        changed[:2] = [1, 0]
        changed[last // 8] |= 1 << last % 8
        with pytest.raises(ValueError, match="too large"):
            elias_fano.decode(changed, 0, 2, universe)


FREQUENCIES = st.lists(
    st.integers(0, 40) | st.sampled_from([1, 255, 256, 70_001, 2**31 - 1])
)


@compiling
@given(st.lists(FREQUENCIES, min_size=1))
def test_frequencies_come_back(lists: list[list[int]]) -> None:
    """Frequencies of any size, 0 too, are read as they were written."""
    counts, freqs = lengths(lists), flat(lists)
    data, sizes = encode_freqs(freqs, counts)
    at = np.append(0, np.cumsum(sizes))
    assert at[-1] == data.size
    assert decode_all_freqs(data, at, counts).tolist() == freqs.tolist()
    for place, each in enumerate(lists):
        out = np.empty(len(each), np.int32)
        decode_freqs_into(data, at[place], at[place + 1], out)
        assert out.tolist() == each


@pytest.mark.parametrize(
    ("freqs", "data"),
    [
        ([1, 3, 1, 20], [0b1010, 0xF2, 20, 0, 0, 0]),
        ([1] * 9, [0, 0]),
        ([0, 2, 15, 16], [0b1111, 0x10, 0xFE, 16, 0, 0, 0]),
        ([70_001], [1, 0x0F, 0x71, 0x11, 1, 0]),
        ([1] * 8 + [0], [0, 1, 0]),
        ([], []),
    ],
)
def test_bytes_of_frequencies(freqs: list[int], data: list[int]) -> None:
    """A bit says other than once; four how often; four bytes where that is little."""
    written, sizes = encode_freqs(np.asarray(freqs, np.int32), np.asarray([len(freqs)]))
    assert written.tolist() == data
    assert sizes.tolist() == [len(data)]


def read_slowly(data: bytes, count: int) -> list[int]:
    """Read frequencies as the head of their module says."""
    flags, rest = data[: (count + 7) // 8], iter(data[(count + 7) // 8 :])
    places = [at for at in range(8 * len(flags)) if flags[at // 8] >> at % 8 & 1]
    bytes_ = [next(rest) for _ in range((len(places) + 1) // 2)]
    freqs = [1] * count
    for number, place in enumerate(places):
        nibble = bytes_[number // 2] >> 4 * (number % 2) & 15
        freqs[place] = nibble + (nibble > 0)
    for place in [place for place, freq in enumerate(freqs) if freq > 15]:
        large = bytes(next(rest) for _ in range(4))
        freqs[place] = int.from_bytes(large, "little", signed=True)
    assert not [*rest]
    return freqs


@compiling
@given(FREQUENCIES, st.data())
def test_damaged_frequencies_are_refused_or_what_the_bytes_say(
    freqs: list[int], data: st.DataObject
) -> None:
    """No more bytes and no fewer are read than there are."""
    written, _ = encode_freqs(flat([freqs]), lengths([freqs]))
    changed, out = data.draw(damaged(written)), np.zeros(len(freqs), np.int32)
    try:
        decode_freqs_into(changed, 0, changed.size, out)
    except ValueError:
        return
    assert out.tolist() == read_slowly(changed.tobytes(), len(freqs))


@compiling
@given(FREQUENCIES, st.data())
def test_picked_frequencies_are_those_at_their_places(
    freqs: list[int], data: st.DataObject
) -> None:
    """Some are read without the others; damage is an error or makes other numbers."""
    written, _ = encode_freqs(flat([freqs]), lengths([freqs]))
    chosen = data.draw(st.lists(st.booleans(), min_size=len(freqs)))
    places = [place for place, is_ in enumerate(chosen[: len(freqs)]) if is_]
    wanted = np.asarray(places, np.int32)
    found = pick_freqs(written, 0, written.size, len(freqs), wanted)
    assert found.tolist() == [freqs[place] for place in places]
    changed = data.draw(damaged(written))
    with suppress(ValueError):
        assert pick_freqs(changed, 0, changed.size, len(freqs), wanted).size == len(
            places
        )


@pytest.mark.parametrize(
    "data",
    [
        [0b1010, 0xF2, 20, 0, 0],
        [0b1010, 0xF2, 20, 0, 0, 0, 0],
        [0b1010, 0x22, 20, 0, 0, 0],
        [0b1010, 0xFF, 20, 0, 0, 0],
        [0b1010],
        [0b10010, 0],
        [],
    ],
)
def test_frequencies_of_another_size_are_refused(data: list[int]) -> None:
    """More bytes or fewer than the flags ask for, and flags of nobody, are damage."""
    with pytest.raises(ValueError, match="frequencies"):
        decode_freqs_into(
            np.asarray(data, np.uint8), 0, len(data), np.zeros(4, np.int32)
        )


@pytest.mark.parametrize(("at", "end"), [(-1, 5), (0, 7), (0, 0)])
def test_frequencies_outside_the_file_are_refused(at: int, end: int) -> None:
    """A place that no byte has is never read."""
    data = np.asarray([0b1010, 0xF2, 20, 0, 0, 0], np.uint8)
    with pytest.raises(ValueError, match="end too early"):
        decode_freqs_into(data, at, end, np.zeros(4, np.int32))
    with pytest.raises(ValueError, match="end too early"):
        pick_freqs(data, at, end, 4, np.asarray([0], np.int32))


@pytest.mark.parametrize("data", [[0b1010], [0b1010, 0xF2, 20, 0, 0]])
def test_picked_frequencies_that_are_cut_short_are_refused(data: list[int]) -> None:
    """Neither four bits nor four bytes are read from behind the end."""
    places = np.asarray([0, 3], np.int32)
    with pytest.raises(ValueError, match="frequencies"):
        pick_freqs(np.asarray(data, np.uint8), 0, len(data), 4, places)


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


@st.composite
def some_keyed(draw: st.DrawFn) -> dict[int, list[tuple[int, int]]]:
    """Draw lists of values and their frequencies, by key."""
    postings = st.dictionaries(st.integers(0, 99), st.integers(0, 9), max_size=5)
    drawn = draw(st.dictionaries(st.integers(0, 20), postings, max_size=8))
    return {key: sorted(drawn[key].items()) for key in sorted(drawn)}


def keyed(lists: dict[int, list[tuple[int, int]]], *, freqs: bool = True) -> Lists:
    """Make lists of values and frequencies by key."""
    pairs = [pair for each in lists.values() for pair in each]
    return Lists(
        np.asarray([*lists], np.uint64),
        lengths([*lists.values()]),
        np.asarray([value for value, _ in pairs], np.int32),
        np.asarray([freq for _, freq in pairs], np.int32) if freqs else None,
    )


def plain(lists: Lists) -> dict[int, list[tuple[int, int]]]:
    """Write lists as a dictionary again."""
    assert lists.freqs is not None
    assert lists.values.size == lists.freqs.size == lists.counts.sum()
    pairs = [*zip(lists.values.tolist(), lists.freqs.tolist(), strict=True)]
    parts = zip(lists.starts.tolist(), lists.counts.tolist(), strict=True)
    held = [pairs[start : start + count] for start, count in parts]
    return dict(zip(lists.keys.tolist(), held, strict=True))


@given(some_keyed(), st.integers(0, 22), st.integers(0, 22))
def test_covering_has_every_key_of_a_range(
    lists: dict[int, list[tuple[int, int]]], one: int, other: int
) -> None:
    """Keys without a list have an empty one; keys outside are left out."""
    first, last = sorted((one, other))
    covered = keyed(lists).covering(first, last)
    assert plain(covered) == {key: lists.get(key, []) for key in range(first, last)}
    assert keyed(lists, freqs=False).covering(first, last).freqs is None


@given(some_keyed())
def test_without_empty_keeps_the_keys_that_have_something(
    lists: dict[int, list[tuple[int, int]]],
) -> None:
    """The values stay what they are."""
    some = {key: each for key, each in lists.items() if each}
    assert plain(keyed(lists).without_empty()) == some


@given(some_keyed(), st.data())
def test_chosen_keeps_keys_and_some_values(
    lists: dict[int, list[tuple[int, int]]], data: st.DataObject
) -> None:
    """Lists become shorter, or empty; none goes away, and frequencies go along."""
    every = [pair for each in lists.values() for pair in each]
    size = len(every)
    kept = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    mask, marks = np.asarray(kept, np.bool_), iter(kept)
    expected = {
        key: [pair for pair in each if next(marks)] for key, each in lists.items()
    }
    assert plain(keyed(lists).chosen(mask)) == expected
    assert keyed(lists, freqs=False).chosen(mask).freqs is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5))))
def test_ranges_are_spread_one_after_the_other(ranges: list[tuple[int, int]]) -> None:
    """Ranks number the members of each; places begin where each begins."""
    starts = np.asarray([start for start, _ in ranges], np.int64)
    counts = np.asarray([count for _, count in ranges], np.int64)
    members = [number for _, count in ranges for number in range(count)]
    assert ranks(counts).tolist() == members
    places = [start + number for start, count in ranges for number in range(count)]
    assert spread(starts, counts).tolist() == places
