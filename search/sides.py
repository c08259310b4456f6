"""Two versions of a sentence side by side: what one has and the other has not.

Figures are compared as a whole, so that 86 becomes 91 and not 8 and 6 become 9 and 1;
and folded, so that characters of another script are the same.
"""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from index.fold import fold
from search.differences import Change, Piece, telling_runs
from search.edits import Budget

_PART = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)


class Sides(NamedTuple):
    """Both versions, each in pieces that are the same, or are in it alone."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def sides(before: str, after: str, budget: Budget) -> Sides:
    """Compare two versions of a text, as far as the budget goes."""
    one, other = _PART.findall(fold(before)), _PART.findall(fold(after))
    runs = telling_runs(one, other, budget)
    return Sides(
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
