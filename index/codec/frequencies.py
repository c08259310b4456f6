"""How often terms stand in their documents: mostly once.

A list of frequencies, one for each document of a posting list, is written as::

    flags   (count + 7) // 8 bytes: the bit of each frequency above 1, the lowest
            bit of a byte first
    small   1 byte for each bit set: the frequency less 2, at most 255
    large   4 bytes (little-endian) for each small that is 255: the frequency
"""

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Bytes, Ints, Longs, ranks, set_bits, spread

_MOST = 255


def encode_freqs(freqs: Ints, counts: Longs) -> tuple[Bytes, Longs]:
    """Write lists of frequencies.

    Args:
        freqs: All of them, list after list, each at least 1.
        counts: How many each list has.

    Returns:
        The bytes, and how many of them each list takes, shape (n_lists,).
    """
    if not counts.size:
        return np.empty(0, np.uint8), np.empty(0, np.int64)
    starts = np.cumsum(counts) - counts
    above = freqs > 1
    small = np.minimum(freqs - 2, _MOST)
    large = small == _MOST
    flag_bytes = (counts + 7) // 8
    many = np.add.reduceat(above.astype(np.int64), starts)
    huge = np.add.reduceat(large.astype(np.int64), starts)
    sizes = flag_bytes + many + 4 * huge
    at = np.cumsum(sizes) - sizes
    data = np.zeros(int(sizes.sum()), np.uint8)
    set_bits(data, (np.repeat(8 * at, counts) + ranks(counts))[above])
    data[spread(at + flag_bytes, many)] = small[above]
    places = spread(at + flag_bytes + many, 4 * huge)
    data[places] = freqs[large].astype("<u4").view(np.uint8)
    return data, sizes


def decode_freqs(data: Bytes, count: int) -> Ints:
    """Read one list of frequencies from bytes that begin with it."""
    at = (count + 7) // 8
    flags = np.unpackbits(data[:at], count=count, bitorder="little")
    freqs = np.ones(count, np.int32)
    above = np.flatnonzero(flags.view(np.bool_))
    small = data[at : at + above.size]
    freqs[above] = small
    freqs[above] += 2
    _put_large(freqs, above[small == _MOST], data[at + above.size :])
    return freqs


def _put_large(freqs: Ints, places: NDArray[np.int64], data: Bytes) -> None:
    """Read the frequencies that do not fit a byte."""
    if places.size:
        freqs[places] = data[: 4 * places.size].view("<u4").astype(np.int32)


def decode_all_freqs(data: Bytes, counts: Longs, sizes: Longs) -> Ints:
    """Read lists of frequencies, as ``encode_freqs`` takes them."""
    freqs = np.ones(int(counts.sum()), np.int32)
    if not counts.size:
        return freqs
    at = np.cumsum(sizes) - sizes
    flag_bytes = (counts + 7) // 8
    bits = np.unpackbits(data[spread(at, flag_bytes)], bitorder="little")
    kept = spread(8 * (np.cumsum(flag_bytes) - flag_bytes), counts)
    flags = bits[kept].view(np.bool_)
    above = np.flatnonzero(flags)
    starts = np.cumsum(counts) - counts
    many = np.add.reduceat(flags.astype(np.int64), starts)
    small = data[spread(at + flag_bytes, many)]
    freqs[above] = small
    freqs[above] += 2
    large = spread(at + flag_bytes + many, sizes - flag_bytes - many)
    _put_large(freqs, above[small == _MOST], data[large])
    return freqs
