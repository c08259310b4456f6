"""Dictionary files (词典): words that text shall be cut into, one a line.

The format is that of jieba's user dictionaries, UTF-8, ``word [frequency] [tag]``;
empty lines and lines that begin with ``#`` are skipped, the tag is not used.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.errors import SettingsError
from index.fold import fold

SHIPPED = Path(__file__).parent / "dictionaries" / "domain.txt"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FREQUENCY_LIMIT = 10**9  # sixteen times the sum over jieba's own dictionary


class Entry(NamedTuple):
    """A word, folded, and how frequent it is; ``None`` where that is not said."""

    word: str
    frequency: int | None


def read_dictionary(path: Path) -> tuple[Entry, ...]:
    """Read a dictionary file.

    Raises:
        SettingsError: The file cannot be read, or a line of it is wrong.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror}): name a file that can"
        raise SettingsError(path, "dictionary", "file", problem) from error
    return tuple(_entries(path, data.removeprefix(_BYTE_ORDER_MARK)))


def _entries(path: Path, data: bytes) -> Iterator[Entry]:
    for number, line in enumerate(data.splitlines(), 1):
        try:
            text = fold(line.decode("utf-8")).strip()
            if text and not text.startswith("#"):
                yield _entry(*text.split())
        except ValueError as error:
            problem = "is not UTF-8" if isinstance(error, UnicodeError) else str(error)
            raise SettingsError(
                path, "dictionary", f"line {number}", problem
            ) from error


def _entry(word: str, *rest: str) -> Entry:
    match = re.fullmatch(r"([0-9]+)?(?:(?:^| )[a-z]+)?", " ".join(rest))
    if match is None:
        msg = "expected: word [frequency] [tag]"
        raise ValueError(msg)
    frequency = int(match[1]) if match[1] else None
    if frequency is not None and not 0 < frequency < _FREQUENCY_LIMIT:
        msg = f"the frequency must be between 1 and {_FREQUENCY_LIMIT - 1}"
        raise ValueError(msg)
    if not re.search(r"\w", word):
        msg = f"{word} has neither a character nor a letter nor a digit"
        raise ValueError(msg)
    return Entry(word, frequency)
