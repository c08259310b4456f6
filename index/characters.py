"""What texts have as arrays of code points: pairs and characters."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from index.codec.elias_fano import Ints, Longs
from index.codec.lists import Keys, Lists, group
from index.codepoints import Codes
from index.compiled import compiled
from index.whoosh_schema import BREAK

_BREAK_CODE: Final = ord(BREAK)
_LETTER_BITS: Final = 21
_PLACE_BITS: Final = 22


def pack(keys: Longs, values: Longs, bits: int) -> Keys:
    """Put keys above values, sorted."""
    packed = (keys.astype(np.uint64) << np.uint64(bits)) | values.astype(np.uint64)
    packed.sort()
    return packed


def pairs(codes: Codes) -> Iterable[Lists]:
    """List where each pair of neighbours begins, some millions at a time."""
    for start in range(0, codes.size - 1, 1 << _PLACE_BITS):
        window = codes[start : start + (1 << _PLACE_BITS) + 1]
        breaks, wide = window == _BREAK_CODE, window.astype(np.uint64)
        packed = wide[:-1] << np.uint64(_LETTER_BITS + _PLACE_BITS)
        packed |= wide[1:] << np.uint64(_PLACE_BITS)
        packed |= np.arange(packed.size, dtype=np.uint64)
        packed = packed[~(breaks[:-1] | breaks[1:])]
        packed.sort()
        yield group(packed, _PLACE_BITS).shifted(start)


def chars(codes: Codes, starts: Longs, ends: Longs) -> Lists:
    """List the documents that each character stands in.

    Args:
        codes: The texts of all documents.
        starts: Where each document begins.
        ends: Where it ends.
    """
    counts, values = _list_chars(codes, starts, ends)
    letters = np.flatnonzero(counts)
    return Lists(letters.astype(np.uint64), counts[letters], values)


@compiled
def _list_chars(codes: Codes, starts: Longs, ends: Longs) -> tuple[Longs, Ints]:
    """Count the documents of each character, and list them, character by character."""
    most = codes.max() if codes.size else 0
    counts, last = np.zeros(most + 1, np.int64), np.full(most + 1, -1, np.int32)
    for docnum in range(starts.size):
        for place in range(starts[docnum], ends[docnum]):
            code = codes[place]
            if code != _BREAK_CODE and last[code] != docnum:
                last[code] = docnum
                counts[code] += 1
    at, values = np.cumsum(counts) - counts, np.empty(counts.sum(), np.int32)
    last[:] = -1
    for docnum in range(starts.size):
        for place in range(starts[docnum], ends[docnum]):
            code = codes[place]
            if code != _BREAK_CODE and last[code] != docnum:
                last[code] = docnum
                values[at[code]] = docnum
                at[code] += 1
    return counts, values
