"""Ascending lists of numbers in few bytes, any of which is found without the others.

A list of ``count`` different numbers below ``universe`` is cut, number by number,
into ``low`` low bits and the rest, the high part (Elias 1974; Vigna, "Quasi-succinct
indices", 2013). ``low`` is a multiple of 4 that follows from ``count`` and
``universe`` alone, so that neither it nor the size of a list is stored::

    highs   (count + (universe >> low) + 8) // 8 bytes: for number i the bit
            high + i is set, the lowest bit of a byte first
    skips   in lists of 2048 numbers and more, (universe >> low) // 1024 times 4
            bytes (little-endian): how many numbers have a high part below 1024,
            below 2048, ...
    bytes   low // 8 planes: 1 byte a number, or 2 (little-endian), or 2 and then 1
    nibble  (count + 1) // 2 bytes where low % 8 is 4: the topmost 4 of the low
            bits, two numbers a byte, the first of them in the lower half

    where low is 0, highs is universe // 8 + 1 bytes, the bit of each number set

So 3, 5 and 300 below 1000 have low = 8, highs 0, 0 and 1: the byte 0b1011, then
the bytes 3, 5 and 44. An empty list has no bytes. What lists take in all is measured in
``index.codec.segment_file``.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled, lowest_bit, word_at

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

LIMIT = 2**31
"""Universes are smaller than this."""

SKIP_BITS = 10
_SHORTEST_SKIPPED = 2048
_CHUNK = 1 << 22
WORD_BITS = 64


@compiled
def low_bits(count: int, universe: int) -> int:
    """Tell the low bits of a list.

    Its bits are about ``count * (low + 1) + (universe >> low)``, and ``universe``
    where low is 0; a smaller ``low`` is taken where it saves some.
    """
    low = 28
    for less in range(24, -1, -4):
        spared = (universe >> less) - (universe >> (less + 4))
        if count < spared // (5 if less == 0 else 4):
            break
        low = less
    return low


@compiled
def high_bytes(count: int, low: int, universe: int) -> int:
    """Tell the bytes of the high parts, or of the bits where there is nothing else."""
    return universe // 8 + 1 if low == 0 else (count + (universe >> low) + 8) // 8


@compiled
def skips(count: int, low: int, universe: int) -> int:
    """Tell how many skips a list has."""
    return (universe >> low) >> SKIP_BITS if count >= _SHORTEST_SKIPPED else 0


@compiled
def size_of(count: int, universe: int) -> int:
    """Tell the bytes of a list."""
    if count == 0:
        return 0
    low = low_bits(count, universe)
    nibbles = (count + 1) // 2 if low % 8 else 0
    lows = count * (low // 8) + nibbles
    return high_bytes(count, low, universe) + 4 * skips(count, low, universe) + lows


@compiled
def offsets(counts: Longs, universe: int) -> Longs:
    """Tell where lists that stand one behind the other begin, and the last ends.

    Args:
        counts: How many numbers each has, shape (n_lists,).
        universe: See above.

    Returns:
        Bytes from the first list's beginning, shape (n_lists + 1,).
    """
    found = np.zeros(counts.size + 1, np.int64)
    for number in range(counts.size):
        found[number + 1] = found[number] + size_of(counts[number], universe)
    return found


@compiled
def load(data: Bytes, at: int, end: int) -> int:
    """Read up to 8 bytes as one word; ``end`` is not behind the data."""
    if at + 8 <= data.size:
        word = word_at(data, at)
        if at + 8 > end:
            word &= (np.uint64(1) << np.uint64(8 * (end - at))) - np.uint64(1)
        return word  # type: ignore[no-any-return]  # a word of numba's
    word = np.uint64(0)
    for byte in range(end - at):
        word |= np.uint64(data[at + byte]) << np.uint64(8 * byte)
    return word  # type: ignore[return-value]  # a word of numba's


@compiled
def _read_highs(data: Bytes, at: int, end: int, low: int, out: Ints) -> None:
    """Read the high parts, each moved to its place above the low bits."""
    found = base = 0
    lifted = low > 0
    while at < end:
        word = load(data, at, end)
        while word != np.uint64(0) and found < out.size:
            high = base + lowest_bit(word) - (found if lifted else 0)
            out[found] = high << low
            found += 1
            word &= word - np.uint64(1)  # type: ignore[assignment]  # a word
        at += 8
        base += WORD_BITS
    if found != out.size:
        raise ValueError("a list has fewer numbers than it should")  # noqa: EM101, TRY003 (compiled)


@compiled
def _add_lows(data: Bytes, at: int, low: int, out: Ints) -> None:
    """Read the low parts, plane by plane."""
    shift = 0
    if low >= 16:  # noqa: PLR2004 (a plane of two bytes)
        for place in range(out.size):
            byte = at + 2 * place
            out[place] |= data[byte] | (np.int32(data[byte + 1]) << 8)
        at += 2 * out.size
        shift = 16
    if low // 8 % 2:
        for place in range(out.size):
            out[place] |= np.int32(data[at + place]) << shift
        at += out.size
        shift += 8
    if low % 8:
        for place in range(out.size):
            nibble = (data[at + (place >> 1)] >> (4 * (place & 1))) & 15
            out[place] |= np.int32(nibble) << shift


@compiled
def decode_into(data: Bytes, at: int, universe: int, out: Ints) -> None:
    """Read the list of ``out.size`` numbers that begins at ``at``.

    Raises:
        ValueError: It is damaged: a number is missing or too large.
    """
    if out.size == 0:
        return
    low = low_bits(out.size, universe)
    end = at + high_bytes(out.size, low, universe)
    if at < 0 or at + size_of(out.size, universe) > data.size:
        raise ValueError("a list ends too early")  # noqa: EM101, TRY003 (compiled)
    _read_highs(data, at, end, low, out)
    if low:
        _add_lows(data, end + 4 * skips(out.size, low, universe), low, out)
    if out.min() < 0 or out.max() >= universe:
        raise ValueError("a list has a number that is too large")  # noqa: EM101, TRY003 (compiled)


@compiled
def decode(data: Bytes, at: int, count: int, universe: int) -> Ints:
    """Read the list of ``count`` numbers that begins at ``at``, shape (count,).

    Raises:
        ValueError: It is damaged.
    """
    out = np.empty(count, np.int32)
    decode_into(data, at, universe, out)
    return out


@compiled
def decode_all(data: Bytes, at: int, counts: Longs, universe: int) -> Ints:
    """Read lists that stand one behind the other from ``at`` on.

    Raises:
        ValueError: One is damaged.
    """
    out = np.empty(counts.sum(), np.int32)
    start = 0
    for count in counts:
        decode_into(data, at, universe, out[start : start + count])
        at += size_of(count, universe)
        start += count
    return out


@compiled
def _encode_one(values: Ints, universe: int, data: Bytes, at: int) -> None:
    """Write one list into bytes that are zero."""
    low = low_bits(values.size, universe)
    for place in range(values.size):
        bit = (values[place] >> low) + (place if low else 0)
        data[at + (bit >> 3)] |= 1 << (bit & 7)
    at += high_bytes(values.size, low, universe)
    passed = 0
    for skip in range(skips(values.size, low, universe)):
        while passed < values.size and values[passed] >> low < (skip + 1) << SKIP_BITS:
            passed += 1
        for byte in range(4):
            data[at + byte] = (passed >> (8 * byte)) & 255
        at += 4
    _encode_lows(values, low, data, at)


@compiled
def _encode_lows(values: Ints, low: int, data: Bytes, at: int) -> None:
    """Write the low parts, plane by plane."""
    shift = 0
    if low >= 16:  # noqa: PLR2004 (a plane of two bytes)
        for place in range(values.size):
            data[at + 2 * place] = values[place] & 255
            data[at + 2 * place + 1] = (values[place] >> 8) & 255
        at += 2 * values.size
        shift = 16
    if low // 8 % 2:
        for place in range(values.size):
            data[at + place] = (values[place] >> shift) & 255
        at += values.size
        shift += 8
    if low % 8:
        for place in range(values.size):
            nibble = (values[place] >> shift) & 15
            data[at + (place >> 1)] |= nibble << (4 * (place & 1))


@compiled
def _encode(values: Ints, counts: Longs, universe: int) -> Bytes:
    """Write lists one behind the other."""
    at = offsets(counts, universe)
    data = np.zeros(at[-1], np.uint8)
    start = 0
    for number in range(counts.size):
        end = start + counts[number]
        if end > start:
            _encode_one(values[start:end], universe, data, at[number])
        start = end
    return data


def encode(values: Ints, counts: Longs, universe: int) -> Iterator[Bytes]:
    """Write lists.

    Args:
        values: The numbers of all lists, one list after the other.
        counts: How many each has, shape (n_lists,).
        universe: See above.

    Yields:
        The bytes, some lists at a time.
    """
    ends = np.cumsum(counts, dtype=np.int64)
    first = 0
    while first < counts.size:
        start = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, start + _CHUNK, "right")))
        yield _encode(values[start : int(ends[last - 1])], counts[first:last], universe)
        first = last
