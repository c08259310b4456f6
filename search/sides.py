"""Changes side by side: what each of the two texts has and the other has not.

Figures are compared as a whole, so that 86 becomes 91 and not 8 and 6 become 9 and 1;
and folded, so that characters of another script are the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from index.fold import fold
from search.changes import Fate, Passage
from search.differences import CHARACTER_STEPS, Change, Piece, telling_runs
from search.edits import Budget
from search.sentences import Sentence

_PART = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)
_WHOLLY = {
    Fate.CARRIED: Change.SAME,
    Fate.NEW: Change.ADDED,
    Fate.DROPPED: Change.REMOVED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A passage in one of the two texts.

    Attributes:
        document: The document it is in.
        anchors: The blocks it is in.
        pieces: Its characters: those on both sides, and those on this one alone.
    """

    document: str
    anchors: tuple[str, ...]
    pieces: tuple[Piece, ...]


class MarkedPassage(NamedTuple):
    """A passage with both of its sides; ``None`` where it has but one."""

    passage: Passage
    before: Side | None
    after: Side | None


def marked(passages: Sequence[Passage]) -> Iterator[MarkedPassage]:
    """Mark what changed within passages, as far as the steps for all of them go."""
    budget = Budget(CHARACTER_STEPS)
    for passage in passages:
        one, other = _text(passage.before), _text(passage.after)
        if passage.fate is Fate.CHANGED:
            pieces = _both(one, other, budget)
        else:
            wholly = _WHOLLY[passage.fate]
            pieces = (Piece(wholly, one),), (Piece(wholly, other),)
        yield MarkedPassage(
            passage,
            _side(passage.before, pieces[0]),
            _side(passage.after, pieces[1]),
        )


def _text(sentences: Sequence[Sentence]) -> str:
    """Give the characters of sentences."""
    return "".join(sentence.text for sentence in sentences)


def _side(sentences: Sequence[Sentence], pieces: tuple[Piece, ...]) -> Side | None:
    """Make a side of sentences, if there are any."""
    if not sentences:
        return None
    return Side(
        document=sentences[0].document,
        anchors=tuple(dict.fromkeys(sentence.anchor for sentence in sentences)),
        pieces=pieces,
    )


def _both(
    before: str, after: str, budget: Budget
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Compare two versions of a text, as far as the budget goes."""
    one, other = _PART.findall(fold(before)), _PART.findall(fold(after))
    runs = telling_runs(one, other, budget)
    return (
        _pieces(before, one, [(r.first, r.length) for r in runs], Change.REMOVED),
        _pieces(after, other, [(r.second, r.length) for r in runs], Change.ADDED),
    )


def _pieces(
    text: str, parts: Sequence[str], same: Sequence[tuple[int, int]], own: Change
) -> tuple[Piece, ...]:
    """Cut a version where it begins and ends to be as the other one is."""
    ends = [*accumulate(map(len, parts), initial=0)]
    pieces: list[Piece] = []
    last = 0
    for first, length in (*same, (len(parts), 0)):
        start, end = ends[first], ends[first + length]
        pieces += [Piece(own, text[last:start]), Piece(Change.SAME, text[start:end])]
        last = end
    return tuple(piece for piece in pieces if piece.text)
