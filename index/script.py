"""Writing simplified text in traditional characters, for those who write them.

Terms are folded, that is, simplified; who types traditional characters is answered
in them.
"""

from functools import cache

from opencc import OpenCC

from index.fold import fold


def is_traditional(text: str) -> bool:
    """Tell whether a text has more traditional characters than simplified ones."""
    traditional = _changed(text, "t2s")
    return traditional > 0 and traditional >= _changed(text, "s2t")


def to_traditional(text: str) -> str:
    """Write simplified text in traditional characters, word by word where it matters.

    Returns:
        A text that folds to what the text folds to; where there is none, the text.
    """
    written: str = _converter("s2t").convert(text)
    return written if fold(written) == fold(text) else text


def _changed(text: str, config: str) -> int:
    """Count the characters of a text that a conversion changes."""
    written = _converter(config).convert(text)
    return sum(one != other for one, other in zip(text, written, strict=False))


@cache
def _converter(config: str) -> OpenCC:
    """Load the tables of a conversion."""
    return OpenCC(config)
