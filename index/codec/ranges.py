"""Reading of a list only what lies in some ranges.

Between two ranges a skip leads on where there is one, as in ``index.codec.probing``.
"""

import numpy as np

from index.codec.elias_fano import (
    SKIP_BITS,
    WORD_BITS,
    Bytes,
    Ints,
    Longs,
    decode,
    high_bytes,
    load,
    low_bits,
    size_of,
    skips,
)
from index.codec.probing import DENSE, low_part, read_skip
from index.compiled import compiled, count_bits, lowest_bit


@compiled
def read_ranges(  # noqa: PLR0913, PLR0917 (see above)
    data: Bytes, at: int, count: int, universe: int, starts: Longs, ends: Longs
) -> tuple[Ints, Longs]:
    """Read of a list what lies in some ranges.

    Args:
        data: See ``find_places``, as for those that follow.
        at: See there.
        count: See there.
        universe: See there.
        starts: Where each range begins, shape (n,).
        ends: One past its last number; not above the next one's start, shape (n,).

    Returns:
        The numbers, ascending, and how many of them are before the end of each range,
        shape (n,).

    Raises:
        ValueError: The list is damaged.
    """
    if at < 0 or at + size_of(count, universe) > data.size:
        raise ValueError("a list ends too early")  # noqa: EM101, TRY003 (compiled)
    low = low_bits(count, universe)
    if low == 0 or count <= DENSE * starts.size:
        listed = decode(data, at, count, universe)
        return _among(listed, starts, ends)
    return _walk_ranges(data, at, count, universe, starts, ends)


@compiled
def _among(listed: Ints, starts: Longs, ends: Longs) -> tuple[Ints, Longs]:
    """Keep, at the front of ascending numbers, those that lie in some ranges."""
    bounds = np.empty(starts.size, np.int64)
    kept = place = 0
    for number in range(starts.size):
        first, last = place, listed.size
        while first < last:
            middle = (first + last) // 2
            if listed[middle] < starts[number]:
                first = middle + 1
            else:
                last = middle
        place = first
        while place < listed.size and listed[place] < ends[number]:
            listed[kept] = listed[place]
            kept += 1
            place += 1
        bounds[number] = kept
    return listed[:kept], bounds


@compiled
def _walk_ranges(  # noqa: PLR0913, PLR0917 (see above)
    data: Bytes, at: int, count: int, universe: int, starts: Longs, ends: Longs
) -> tuple[Ints, Longs]:
    """Read what lies in some ranges, by skips from one to the next."""
    low = low_bits(count, universe)
    end = at + high_bytes(count, low, universe)
    skipped = skips(count, low, universe)
    lows = end + 4 * skipped
    found, size = np.empty(256, np.int32), 0
    bounds = np.empty(starts.size, np.int64)
    seen = base = 0
    rest = load(data, at, end)
    for number in range(starts.size):
        wanted = starts[number] >> low
        skip = min(wanted >> SKIP_BITS, skipped)
        if skip > 0:
            before = min(read_skip(data, end, skip - 1), count)
            bit = (skip << SKIP_BITS) + before
            if bit >= base + WORD_BITS:
                seen, base = before, bit - bit % WORD_BITS
                rest = load(data, at + base // 8, end)
                passed = (np.uint64(1) << np.uint64(bit - base)) - np.uint64(1)
                rest &= ~passed  # type: ignore[assignment]  # a word
        while seen < count:
            left = count_bits(rest)
            if left == 0 or base + WORD_BITS - (seen + left) < wanted:
                seen += left
                base += WORD_BITS
                if base >= 8 * (end - at):
                    break
                rest = load(data, at + base // 8, end)
                continue
            high = base + lowest_bit(rest) - seen
            value = (high << low) | low_part(data, lows, count, low, seen)
            if value >= ends[number]:
                break
            if value >= starts[number]:
                if size == found.size:
                    found = np.concatenate((found, np.empty(size, np.int32)))
                found[size] = value
                size += 1
            rest &= rest - np.uint64(1)  # type: ignore[assignment]  # a word
            seen += 1
        bounds[number] = size
    return found[:size], bounds
