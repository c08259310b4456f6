"""Texts as arrays of code points, and back, and sets of code points."""

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
_UTF32: Final = "utf-32-le"


def to_codes(text: str) -> Codes:
    """Give the code points of a text."""
    return np.frombuffer(text.encode(_UTF32, "surrogatepass"), "<u4")


def to_text(codes: Codes) -> str:
    """Give the text of code points."""
    return codes.astype("<u4", copy=False).tobytes().decode(_UTF32, "surrogatepass")


def members(letters: str) -> NDArray[np.bool_]:
    """Tell of every code point whether it is among some.

    Args:
        letters: A regular expression that matches one character at a time.

    Returns:
        Shape (0x110000,).
    """
    found = np.zeros(0x110000, np.bool_)
    everything = to_text(np.arange(found.size, dtype=np.uint32))
    for match in re.finditer(f"(?:{letters})+", everything):
        found[match.start() : match.end()] = True
    return found
