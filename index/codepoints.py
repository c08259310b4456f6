"""Texts as arrays of code points, and back."""

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
