"""What texts have as arrays of code points: pairs, characters, a fingerprint."""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Longs
from index.codec.lists import Keys, Lists, group
from index.codec.segment_file import to_bytes
from index.codepoints import Codes, members, to_text
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


def chars(codes: Codes, owners: Longs) -> Lists:
    """List the documents that each character stands in."""
    present = np.bincount(codes) > 0
    letters, places = np.flatnonzero(present), np.cumsum(present) - 1
    documents = int(owners.max(initial=-1)) + 1
    flat = np.zeros(letters.size * documents, np.bool_)
    flat[places[codes] * documents + owners] = True
    seen = flat.reshape(letters.size, documents)
    seen[letters == _BREAK_CODE] = False
    counts = np.count_nonzero(seen, axis=1)
    rows = np.repeat(np.arange(letters.size) * documents, counts)
    values = (np.flatnonzero(seen) - rows).astype(np.int32)
    kept = counts > 0
    return Lists(letters[kept].astype(np.uint64), counts[kept], values)


def fingerprint(folded: Codes, document_id: str) -> str:
    """Name a text as ``index.captures.text_fingerprint`` does."""
    letters = to_text(folded[_is_letter()[folded]]) or document_id
    return hashlib.sha256(to_bytes(letters)).hexdigest()[:32]


@cache
def _is_letter() -> NDArray[np.bool_]:
    """Tell of each code point whether it is a letter or a digit."""
    return members(r"[^\W_]")
