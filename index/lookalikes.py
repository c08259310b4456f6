"""Characters that are taken for one another by their shape, from ``lookalikes.txt``.

``index.derive_lookalikes`` says where they come from.
"""

from collections import defaultdict
from functools import cache
from importlib.resources import files

from index.fold import fold


def lookalikes(char: str) -> frozenset[str]:
    """Give the characters that a folded one may be taken for."""
    return _table().get(char, frozenset())


@cache
def _table() -> dict[str, frozenset[str]]:
    """Read the table; what folds to one character is none of its lookalikes."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    text = files("index").joinpath("lookalikes.txt").read_text("utf-8")
    for line in text.split():
        group = set(fold(line))
        for char in group:
            found[char] |= group - {char}
    return {char: frozenset(group) for char, group in found.items()}
