"""Which words the matches of a page are, so that they can be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.fold import fold
from search.results import Span

LOOKS: Final = 6
"""Looks of marks that style.css tells apart; a seventh word looks like the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedWord:
    """A word among the matches.

    Attributes:
        text: How it is written where it stands first.
        count: Matches that are this word.
        first: Number of the first of them.
        kind: Number of its look.
    """

    text: str
    count: int
    first: int
    kind: int


def marked_words(
    texts: Sequence[str], spans: Sequence[tuple[Span, ...]]
) -> tuple[tuple[MarkedWord, ...], list[tuple[int, ...]]]:
    """List the words among the matches of some texts; width and script are one.

    Returns:
        The words, and of each text the looks of its marks.
    """
    words: dict[str, MarkedWord] = {}
    looks: list[tuple[int, ...]] = []
    number = 0
    for text, each in zip(texts, spans, strict=True):
        kinds = []
        for start, end in each:
            number += 1
            word = fold(text[start:end])
            known = words.get(word) or MarkedWord(
                text=text[start:end], count=0, first=number, kind=len(words) % LOOKS
            )
            words[word] = replace(known, count=known.count + 1)
            kinds.append(known.kind)
        looks.append(tuple(kinds))
    return tuple(words.values()), looks
