"""How often terms stand in their documents: mostly once.

A list of frequencies, one for each document of a posting list, is written as::

    flags   (count + 7) // 8 bytes: the bit of each frequency that is not 1, the
            lowest bit of a byte first
    nibbles 4 bits for each bit set, two a byte, the first of them in the lower
            half: 0 for 0, the frequency less 1 for 2 to 15, 15 for those above
    large   4 bytes (little-endian) for each frequency above 15

So 1, 3, 1 and 20 are the byte 0b1010, the byte 0xf2 and the bytes 20, 0, 0 and 0. A
frequency may be 0: the document is in the list for another reason.
"""

from typing import Any

import numpy as np

from index.codec.elias_fano import Bytes, Ints, Longs
from index.compiled import compiled, count_bits, lowest_bit

_MOST = 15


@compiled
def _sizes(freqs: Ints, counts: Longs) -> Longs:
    """Tell how many bytes each list takes."""
    sizes = np.empty(counts.size, np.int64)
    start = 0
    for number in range(counts.size):
        end = start + counts[number]
        others = large = 0
        for freq in freqs[start:end]:
            others += freq != 1
            large += freq > _MOST
        sizes[number] = (counts[number] + 7) // 8 + (others + 1) // 2 + 4 * large
        start = end
    return sizes


@compiled
def _encode_one(freqs: Ints, data: Bytes, at: int, end: int) -> None:
    """Write one list into bytes that are zero."""
    nibbles, seen = at + (freqs.size + 7) // 8, 0
    large = end - 4 * (freqs > _MOST).sum()
    for place in range(freqs.size):
        freq = freqs[place]
        if freq == 1:
            continue
        data[at + (place >> 3)] |= 1 << (place & 7)
        nibble = 0 if freq == 0 else min(freq - 1, _MOST)
        data[nibbles + (seen >> 1)] |= nibble << (4 * (seen & 1))
        seen += 1
        if freq > _MOST:
            for byte in range(4):
                data[large + byte] = (freq >> (8 * byte)) & 255
            large += 4


@compiled
def encode_freqs(freqs: Ints, counts: Longs) -> tuple[Bytes, Longs]:
    """Write lists of frequencies.

    Args:
        freqs: All of them, list after list.
        counts: How many each list has.

    Returns:
        The bytes, and how many of them each list takes, shape (n_lists,).
    """
    sizes = _sizes(freqs, counts)
    data = np.zeros(sizes.sum(), np.uint8)
    start = at = 0
    for number in range(counts.size):
        end = start + counts[number]
        _encode_one(freqs[start:end], data, at, at + sizes[number])
        start = end
        at += sizes[number]
    return data, sizes


@compiled
def decode_freqs_into(data: Bytes, at: int, end: int, out: Ints) -> None:
    """Read the ``out.size`` frequencies that stand from ``at`` to ``end``.

    Raises:
        ValueError: They are damaged: there are more bytes or fewer.
    """
    nibbles = at + (out.size + 7) // 8
    if at < 0 or nibbles > end or end > data.size:
        raise ValueError("frequencies end too early")  # noqa: EM101, TRY003 (compiled)
    out[:] = 1
    seen = large = 0
    for byte in range(at, nibbles):
        flags: Any = np.uint64(data[byte])
        while flags != np.uint64(0):
            place = 8 * (byte - at) + lowest_bit(flags)
            half = nibbles + (seen >> 1)
            if place >= out.size or half >= end:
                raise ValueError("frequencies end too early")  # noqa: EM101, TRY003 (compiled)
            nibble = np.int32((data[half] >> (4 * (seen & 1))) & _MOST)
            out[place] = nibble + (nibble > 0)
            large += nibble == _MOST
            seen += 1
            flags &= flags - np.uint64(1)
    behind = nibbles + (seen + 1) // 2
    if behind + 4 * large != end:
        raise ValueError("frequencies have another size")  # noqa: EM101, TRY003 (compiled)
    if large:
        _read_large(data, behind, out)


@compiled
def _read_large(data: Bytes, at: int, out: Ints) -> None:
    """Read the frequencies that do not fit four bits."""
    for place in range(out.size):
        if out[place] > _MOST:
            freq = np.int32(0)
            for byte in range(4):
                freq |= np.int32(data[at + byte]) << (8 * byte)
            out[place] = freq
            at += 4


@compiled
def decode_all_freqs(data: Bytes, at: Longs, counts: Longs) -> Ints:
    """Read lists of frequencies.

    Args:
        data: Where they stand.
        at: Where each list begins, and the last ends, shape (n_lists + 1,).
        counts: How many each has, shape (n_lists,).

    Raises:
        ValueError: One is damaged.
    """
    out = np.empty(counts.sum(), np.int32)
    start = 0
    for number in range(counts.size):
        end = start + counts[number]
        decode_freqs_into(data, at[number], at[number + 1], out[start:end])
        start = end
    return out


@compiled
def pick_freqs(data: Bytes, at: int, end: int, count: int, places: Ints) -> Ints:
    """Read some frequencies of a list.

    Args:
        data: Where the list stands, from ``at`` to ``end``.
        at: See there.
        end: See there.
        count: How many frequencies it has.
        places: Which are wanted, ascending, shape (n,).

    Returns:
        The frequencies, shape (n,).

    Raises:
        ValueError: They are damaged.
    """
    nibbles = at + (count + 7) // 8
    if at < 0 or nibbles > end or end > data.size:
        raise ValueError("frequencies end too early")  # noqa: EM101, TRY003 (compiled)
    found = np.ones(places.size, np.int32)
    byte, seen = at, 0
    for number in range(places.size):
        place = places[number]
        while byte < at + (place >> 3):
            seen += count_bits(np.uint64(data[byte]))
            byte += 1
        flags = np.uint64(data[byte])
        bit = np.uint64(1) << np.uint64(place & 7)
        if flags & bit:
            rank = seen + count_bits(flags & (bit - np.uint64(1)))
            half = nibbles + (rank >> 1)
            if half >= end:
                raise ValueError("frequencies end too early")  # noqa: EM101, TRY003 (compiled)
            nibble = np.int32((data[half] >> (4 * (rank & 1))) & _MOST)
            found[number] = nibble + (nibble > 0)
            if nibble == _MOST:
                whole = np.empty(count, np.int32)
                decode_freqs_into(data, at, end, whole)
                for other in range(number, places.size):
                    found[other] = whole[places[other]]
                return found
    return found
