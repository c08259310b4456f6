"""Asking a list whether it has some numbers, without reading it.

A skip leads near a number; from there the bits of the high parts are passed over 64 at
a time: a word of ``n`` bits set has ``n`` numbers, and each bit not set raises the high
part by one.
"""

import numpy as np

from index.codec.elias_fano import (
    SKIP_BITS,
    WORD_BITS,
    Bytes,
    Ints,
    decode,
    high_bytes,
    load,
    low_bits,
    size_of,
    skips,
)
from index.compiled import compiled, count_bits, lowest_bit

DENSE = 4
"""A list is read whole when it has at most so many numbers for each one sought."""


@compiled
def shortest_first(counts: Ints) -> Ints:
    """Put lists in order by how many numbers each has.

    NumPy's own sorts take seconds to compile; these are the few lists of a query.

    Args:
        counts: The numbers of each, shape (n_lists,).

    Returns:
        Places, shape (n_lists,).
    """
    order = np.empty(counts.size, np.int32)
    for place in range(counts.size):
        at = place
        while at > 0 and counts[order[at - 1]] > counts[place]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = place
    return order


@compiled
def find_places(  # noqa: PLR0913, PLR0917 (a list is four of them)
    data: Bytes, at: int, count: int, universe: int, values: Ints, shift: int
) -> Ints:
    """Tell at which place of a list numbers stand.

    Args:
        data: Where the list is, from ``at`` on.
        at: See there.
        count: How many numbers it has.
        universe: What they are below.
        values: The numbers sought, ascending, shape (n,).
        shift: What is added to each before it is sought.

    Returns:
        Places, -1 for numbers that are not there, shape (n,).

    Raises:
        ValueError: The list ends too early.
    """
    if at < 0 or at + size_of(count, universe) > data.size:
        raise ValueError("a list ends too early")  # noqa: EM101, TRY003 (compiled)
    low = low_bits(count, universe)
    places = np.full(values.size, -1, np.int32)
    if count == 0:
        return places
    if low == 0:
        _find_bits(data, at, count, universe, values, shift, places)
    else:
        _find_numbers(data, at, count, universe, values, shift, places)
    return places


@compiled
def read_skip(data: Bytes, at: int, number: int) -> int:
    """Read how many numbers stand before the high part that a skip leads to."""
    found = np.int64(0)
    for byte in range(4):
        found |= np.int64(data[at + 4 * number + byte]) << (8 * byte)
    return int(found)


@compiled
def _find_bits(  # noqa: PLR0913, PLR0917 (see above)
    data: Bytes,
    at: int,
    count: int,
    universe: int,
    values: Ints,
    shift: int,
    places: Ints,
) -> None:
    """Find numbers where each has a bit of its own."""
    end = at + high_bytes(count, 0, universe)
    skipped = skips(count, 0, universe)
    base = seen = 0
    word = load(data, at, end)
    for number in range(values.size):
        wanted = values[number] + shift
        if wanted < 0 or wanted >= universe:
            continue
        skip = min(wanted >> SKIP_BITS, skipped)
        if skip << SKIP_BITS > base:
            base = skip << SKIP_BITS
            seen = read_skip(data, end, skip - 1)
            word = load(data, at + base // 8, end)
        while wanted >= base + WORD_BITS:
            seen += count_bits(word)
            base += WORD_BITS
            word = load(data, at + base // 8, end)
        bit = np.uint64(1) << np.uint64(wanted - base)
        if word & bit:
            place = seen + count_bits(word & (bit - np.uint64(1)))
            places[number] = place if place < count else -1


@compiled
def _find_numbers(  # noqa: PLR0913, PLR0917 (see above)
    data: Bytes,
    at: int,
    count: int,
    universe: int,
    values: Ints,
    shift: int,
    places: Ints,
) -> None:
    """Find numbers of a list that has high and low parts."""
    low = low_bits(count, universe)
    end = at + high_bytes(count, low, universe)
    skipped = skips(count, low, universe)
    lows = end + 4 * skipped
    seen = base = 0
    rest = load(data, at, end)
    for number in range(values.size):
        wanted = values[number] + shift
        skip = min((wanted >> low) >> SKIP_BITS, skipped)
        if skip > 0:
            before = min(read_skip(data, end, skip - 1), count)
            bit = (skip << SKIP_BITS) + before
            if bit >= base + WORD_BITS:
                seen, base = before, bit - bit % WORD_BITS
                rest = load(data, at + base // 8, end)
                passed = (np.uint64(1) << np.uint64(bit - base)) - np.uint64(1)
                rest &= ~passed  # type: ignore[assignment]  # a word
        while True:
            left = count_bits(rest)
            if left == 0 or base + WORD_BITS - (seen + left) < wanted >> low:
                seen += left
                base += WORD_BITS
                if base >= 8 * (end - at):
                    return
                rest = load(data, at + base // 8, end)
                continue
            if seen >= count:
                return
            high = base + lowest_bit(rest) - seen
            found = (high << low) | low_part(data, lows, count, low, seen)
            if found >= wanted:
                if found == wanted:
                    places[number] = seen
                break
            rest &= rest - np.uint64(1)  # type: ignore[assignment]  # a word
            seen += 1


@compiled
def low_part(data: Bytes, at: int, count: int, low: int, place: int) -> int:
    """Read the low bits of one number of a list whose planes begin at ``at``."""
    found, shift = np.int64(0), 0
    if low >= 16:  # noqa: PLR2004 (a plane of two bytes)
        found = np.int64(data[at + 2 * place])
        found |= np.int64(data[at + 2 * place + 1]) << 8
        at += 2 * count
        shift = 16
    if low // 8 % 2:
        found |= np.int64(data[at + place]) << shift
        at += count
        shift += 8
    if low % 8:
        nibble = (data[at + (place >> 1)] >> (4 * (place & 1))) & 15
        found |= np.int64(nibble) << shift
    return int(found)


@compiled
def keep_held(  # noqa: PLR0913, PLR0917 (see above)
    data: Bytes, at: int, count: int, universe: int, values: Ints, shift: int
) -> int:
    """Keep, of ascending numbers, those that stand in a list when ``shift`` is added.

    Args:
        data: See ``find_places``, as for those that follow.
        at: See there.
        count: See there.
        universe: See there.
        values: The numbers; those that are kept are moved to the front.
        shift: See there.

    Returns:
        How many were kept.

    Raises:
        ValueError: The list is damaged.
    """
    kept = 0
    if count > DENSE * values.size:
        places = find_places(data, at, count, universe, values, shift)
        for number in range(values.size):
            if places[number] >= 0:
                values[kept] = values[number]
                kept += 1
        return kept
    listed = decode(data, at, count, universe)
    place = 0
    for value in values:
        while place < count and listed[place] < value + shift:
            place += 1
        if place == count:
            break
        if listed[place] == value + shift:
            values[kept] = value
            kept += 1
    return kept
