"""Writing simplified text in traditional characters, for those who write them.

Terms are folded, that is, simplified; who types traditional characters is answered
in them.
"""

from functools import cache

from opencc import OpenCC

from index.document import Script
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


def in_script(text: str, script: Script) -> str:
    """Write a text in simplified or traditional characters, for reading.

    Words decide, as OpenCC does; where that would not leave every character in its
    place, each is written by itself. So a place in the text is the same place in what
    is returned.

    Args:
        text: Any text.
        script: The script to write it in; a text in mixed script stays as it is.
    """
    config = {Script.HANS: "t2s", Script.HANT: "s2t"}.get(script)
    if config is None:
        return text
    written: str = _converter(config).convert(text)
    if fold(written) == fold(text):
        return written
    return "".join(_alone(character, config) for character in text)


@cache
def _alone(character: str, config: str) -> str:
    """Write a character by itself, if it is the same one in the other script."""
    written: str = _converter(config).convert(character)
    return written if fold(written) == fold(character) else character
