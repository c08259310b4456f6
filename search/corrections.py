"""Finds what was meant where a word is typed with a wrong character, or in pinyin.

Sought are terms of the archive that sound like a piece of the text, tones apart, or
differ from it in one character of another's shape. A piece ends where words do; where
a word is unknown to the archive it may end anywhere. It is mistaken only if the term
is far more common, and never where it is a word of the dictionary that documents
hold; instead of one that they do not, only a term that sounds alike was meant.
"""

from collections.abc import Callable, Iterator
from math import inf, log
from typing import Final, NamedTuple

from index.analysis import Analyzer
from index.fold import fold
from index.lookalikes import lookalikes
from index.script import is_traditional, to_traditional
from search.completions import Opened
from search.spelling import is_letter

MOST_CHARACTERS: Final = 40
"""Longer text is not corrected."""

RATIO: Final = 20
"""A term must be in so many times more documents than what it replaces."""

_LONGEST: Final = 7
_LENGTH_WEIGHT: Final = 2.0  # a character more says more than seven times the documents
_SAME_SOUND, _SHAPE, _NEAR_SOUND = 0.5, 1.0, 1.5
_SECOND_WRONG: Final = 4.0  # two wrong characters are rarer than one
_MOST_WRONG: Final = 2
_MOST_JUDGED: Final = 8  # changes that are looked up among the words around them
_SHORTEST_PINYIN, _LONGEST_PINYIN = 4, 24
_MOST_TRIED: Final = 40

Count = Callable[[str], int]
"""Counts the documents that hold a string."""


class Change(NamedTuple):
    """A piece of a text and what may have been meant.

    Attributes:
        start: Where the piece begins.
        end: Where it ends.
        text: What was meant.
        gain: How much better it is.
        certain: Whether the piece begins and ends where words do.
    """

    start: int
    end: int
    text: str
    gain: float
    certain: bool


class Corrector:
    """Corrects texts; one for each state of the completions."""

    def __init__(self, opened: Opened, analyzer: Analyzer, count: Count) -> None:
        """Take the terms, what cuts texts into words, and what counts documents."""
        self._opened, self._analyzer, self._count = opened, analyzer, count
        self._terms = opened.completions.tables["terms"]

    def correct(self, typed: str) -> str | None:
        """Write a text as it was meant; none where nothing better is known."""
        folded = fold(typed)
        if len(folded) > MOST_CHARACTERS:
            return None
        if any(map(is_letter, folded)):
            return None if self._count(folded) else self._unspelled(folded)
        meant = self._meant(folded)
        return _as_typed(typed, folded, meant) if meant else None

    def _unspelled(self, folded: str) -> str | None:
        """Write pinyin as the term that is spelled so, or as several."""
        if not 1 < len(folded) <= _LONGEST_PINYIN:
            return None
        return self._read(folded, 0, iter(range(_MOST_TRIED)))

    def _read(self, folded: str, start: int, tries: Iterator[object]) -> str | None:
        """Write what is left of pinyin, the longest term first."""
        if start == len(folded):
            return ""
        for end in range(len(folded), start + 1, -1):
            piece = folded[start:end].removeprefix("'")
            if end < len(folded) and len(piece) < _SHORTEST_PINYIN:
                break
            if next(tries, None) is None:
                return None
            found = self._opened.speller.find(self._terms, piece, 1, full=True)
            if found and (rest := self._read(folded, end, tries)) is not None:
                return self._terms.shown(found[0]) + rest
        return None

    def _meant(self, folded: str) -> str | None:
        """Change what makes the text one that documents hold; else all that is sure."""
        found = sorted(self._changes(folded), key=lambda each: -each.gain)
        for change in found[:_MOST_JUDGED]:
            meant = _apply(folded, change)
            if self._count(meant):
                return meant
        chosen: list[Change] = []
        for change in found:
            apart = all(change.end <= c.start or c.end <= change.start for c in chosen)
            if change.certain and apart:
                chosen.append(change)
                folded = _apply(folded, change)
        return folded if chosen else None

    def _changes(self, folded: str) -> Iterator[Change]:
        """List what may have been meant by the pieces of a text."""
        borders, certain = self._borders(folded)
        for start in borders:
            for end in borders:
                if 1 < end - start <= _LONGEST:
                    piece = folded[start:end]
                    sure = start in certain and end in certain
                    for text, gain in self._terms_for(piece):
                        yield Change(start, end, text, gain, sure)

    def _borders(self, folded: str) -> tuple[list[int], set[int]]:
        """Tell where pieces may begin and end, and at which of these words do."""
        certain = {0, len(folded)}
        borders = {0, len(folded)}
        for word in self._analyzer.words(folded):
            certain |= {word.start, word.end}
            if not self._held(word.text):
                borders |= {*range(word.start, word.end)}
        return sorted(borders | certain), certain

    def _terms_for(self, piece: str) -> Iterator[tuple[str, float]]:
        """List the terms that may be meant by a piece, with the gain of each."""
        numbers = dict.fromkeys(
            (*self._opened.sounds.find(piece), *self._shaped(piece))
        )
        tokens = [(number, int(self._terms.tokens[number])) for number in numbers]
        most = max((count for _, count in tokens), default=0)
        held, known = self._held(piece) if most else 0, self._analyzer.knows(piece)
        if not most or (held and known):
            return
        farthest = _SAME_SOUND if known else inf
        for number, count in tokens:
            text = self._terms.folded(number)
            cost = self._cost(piece, text)
            if cost is not None and cost <= farthest and count >= RATIO * held:
                gain = log((count + 1) / (held + 1)) - cost
                yield self._terms.shown(number), gain + _LENGTH_WEIGHT * len(piece)

    def _shaped(self, piece: str) -> Iterator[int]:
        """Find the terms that differ in one character of another's shape."""
        for place, char in enumerate(piece):
            for other in lookalikes(char):
                number = self._terms.find(piece[:place] + other + piece[place + 1 :])
                if number >= 0:
                    yield number

    def _cost(self, piece: str, text: str) -> float | None:
        """Tell how far a term is from a piece; none where it is too far or the same."""
        wrong = [pair for pair in zip(piece, text, strict=True) if pair[0] != pair[1]]
        if not 0 < len(wrong) <= _MOST_WRONG:
            return None
        further = _SECOND_WRONG * (len(wrong) - 1)
        return further + sum(self._distance(*pair) for pair in wrong)

    def _distance(self, one: str, other: str) -> float:
        """Tell how far a character is from another, which it was found by."""
        if self._opened.sounds.alike(one, other):
            return _SAME_SOUND
        return _SHAPE if other in lookalikes(one) else _NEAR_SOUND

    def _held(self, text: str) -> int:
        """Count the documents that hold a string, by the dictionary if it has it."""
        number = self._terms.find(text)
        return self._count(text) if number < 0 else int(self._terms.documents[number])


def _apply(folded: str, change: Change) -> str:
    """Write a text with a change, which does not alter its length."""
    return folded[: change.start] + change.text + folded[change.end :]


def _as_typed(typed: str, folded: str, meant: str) -> str:
    """Keep what was typed right, and write the rest in the script that was typed."""
    written = to_traditional(meant) if is_traditional(typed) else meant
    pairs = zip(typed, folded, meant, written, strict=True)
    return "".join(kept if old == new else to for kept, old, new, to in pairs)
