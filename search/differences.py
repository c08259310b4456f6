"""The difference of two texts, by paragraph and by character.

Paragraphs are the same where their letters are: what only the width, the script or
the punctuation of is changed is a changed paragraph, not a new one. A paragraph that
left one place and stands in another was moved. What was taken out and what was put in
its place are one changed paragraph where they are alike enough.

Whatever is compared, the work is bounded: beyond that a paragraph, or a stretch of
them, is shown as replaced.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from index.document import Block, Document
from index.fold import fold
from search.edits import Budget, Run, common_runs

_PARAGRAPH_STEPS: Final = 4_000_000
"""Steps of comparing paragraphs, about a second."""
CHARACTER_STEPS: Final = 4_000_000
"""Steps of comparing characters, about a second."""
# No paragraph may use up more than this share of what all of them have.
_SHARE_OF_ONE: Final = 10
# A paragraph is sought among so many of those put in its place.
_CANDIDATES: Final = 8
_ALIKE: Final = 0.4


class Change(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """Characters that are the same, added or removed."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of either text.

    Attributes:
        change: What became of it.
        before: Anchor of the block in the earlier text, if it is there.
        after: Anchor of the block in the later text, if it is there.
        pieces: Its characters.
    """

    change: Change
    before: str | None
    after: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What makes one text of another.

    Attributes:
        title: The title, character by character.
        paragraphs: In the order of the later text; what was removed stands where it
            was.
    """

    title: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]

    def count(self, change: Change) -> int:
        """Count the paragraphs that had something happen to them."""
        return sum(each.change is change for each in self.paragraphs)


def difference(earlier: Document, later: Document) -> Difference:
    """Compare two states of a document."""
    budget = Budget(CHARACTER_STEPS)
    pairs = _aligned(earlier.blocks, later.blocks)
    return Difference(
        title=pieces_of(earlier.title, later.title, budget),
        paragraphs=tuple(
            _paragraph(before, after, moved=moved, budget=budget)
            for before, after, moved in pairs
        ),
    )


class _Pair(NamedTuple):
    """A block of the earlier text and what it is in the later one."""

    before: Block | None
    after: Block | None
    moved: bool = False


def _paragraph(
    before: Block | None, after: Block | None, *, moved: bool, budget: Budget
) -> Paragraph:
    """Tell what became of a block."""
    if before is None or after is None:
        change = Change.REMOVED if after is None else Change.ADDED
        text = "".join(block.text for block in (before, after) if block)
        pieces: tuple[Piece, ...] = (Piece(change, text),)
    else:
        pieces = pieces_of(before.text, after.text, budget)
        same = before.text == after.text
        change = Change.SAME if same else Change.CHANGED
    return Paragraph(
        change=Change.MOVED if moved else change,
        before=before.anchor if before else None,
        after=after.anchor if after else None,
        pieces=pieces,
    )


def _key(block: Block) -> str:
    """Give the letters of a block, folded; all of its text where it has none."""
    return "".join(filter(str.isalnum, fold(block.text))) or block.text


def _aligned(earlier: Sequence[Block], later: Sequence[Block]) -> list[_Pair]:
    """Put the blocks of two texts side by side."""
    one, other = [_key(block) for block in earlier], [_key(block) for block in later]
    runs = common_runs(one, other, Budget(_PARAGRAPH_STEPS))
    pairs: list[_Pair] = []
    first = second = 0
    for run in (*runs, Run(len(one), len(other), 0)):
        pairs += _replaced(earlier[first : run.first], later[second : run.second])
        first, second = run.first + run.length, run.second + run.length
        pairs += map(_Pair, earlier[run.first : first], later[run.second : second])
    return list(_with_moves(pairs))


def _replaced(earlier: Sequence[Block], later: Sequence[Block]) -> Iterator[_Pair]:
    """Pair blocks with those in their place that are alike, each in its order."""
    grams = [_grams(block.text) for block in later]
    place = 0
    for block in earlier:
        mine = _grams(block.text)
        near = range(place, min(place + _CANDIDATES, len(later)))
        best = max(near, key=lambda n: _likeness(mine, grams[n]), default=None)
        if best is None or _likeness(mine, grams[best]) < _ALIKE:
            yield _Pair(block, None)
            continue
        yield from (_Pair(None, added) for added in later[place:best])
        yield _Pair(block, later[best])
        place = best + 1
    yield from (_Pair(None, added) for added in later[place:])


def _grams(text: str) -> Counter[str]:
    """Count the pairs of neighbouring characters."""
    folded = fold(text)
    return Counter(map(str.__add__, folded, folded[1:]))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Give the share of pairs in common, 0 to 1 (Dice's coefficient)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _with_moves(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Join what was taken out with what was put in elsewhere with the same letters."""
    left: dict[str, list[Block]] = {}
    for before, after, _ in pairs:
        if before and not after:
            left.setdefault(_key(before), []).append(before)
    origins: dict[str, Block] = {}
    for before, after, _ in pairs:
        if after and not before and (blocks := left.get(_key(after))):
            origins[after.anchor] = blocks.pop(0)
    moved = {block.anchor for block in origins.values()}
    for before, after, _ in pairs:
        if after and not before and after.anchor in origins:
            yield _Pair(origins[after.anchor], after, moved=True)
        elif after or not before or before.anchor not in moved:
            yield _Pair(before, after)


def pieces_of(before: str, after: str, budget: Budget) -> tuple[Piece, ...]:
    """Compare two texts character by character, as far as the budget goes."""
    if before == after:
        return (Piece(Change.SAME, before),)
    return tuple(_between(before, after, telling_runs(before, after, budget)))


def telling_runs(
    before: Sequence[str], after: Sequence[str], budget: Budget
) -> list[Run]:
    """Find what two texts have in common and what is no chance, in order.

    Args:
        before: Characters, or longer parts that are the same or not.
        after: Those of the other text.
        budget: Steps left for all texts; one of them may take a tenth of a whole one.
    """
    share = Budget(min(budget.steps, CHARACTER_STEPS // _SHARE_OF_ONE))
    given = share.steps
    runs = common_runs(before, after, share)
    budget.steps -= given - share.steps
    return list(_telling(runs, len(before), len(after)))


def _telling(runs: Sequence[Run], before: int, after: int) -> Iterator[Run]:
    """Leave out runs shorter than the changes on both sides of them: chance.

    Source: the semantic clean-up of N. Fraser's diff-match-patch.
    """
    ends = [*runs[1:], Run(before, after, 0)]
    first = second = 0
    for run, following in zip(runs, ends, strict=False):
        behind_first, behind_second = run.first + run.length, run.second + run.length
        changed = max(run.first - first, run.second - second)
        changes = max(following.first - behind_first, following.second - behind_second)
        if run.length > min(changed, changes):
            yield run
            first, second = behind_first, behind_second


def _between(before: str, after: str, runs: Sequence[Run]) -> Iterator[Piece]:
    """List the runs and what stands between them."""
    first = second = 0
    for run in (*runs, Run(len(before), len(after), 0)):
        behind = run.first + run.length
        for change, text in (
            (Change.REMOVED, before[first : run.first]),
            (Change.ADDED, after[second : run.second]),
            (Change.SAME, before[run.first : behind]),
        ):
            if text:
                yield Piece(change, text)
        first, second = behind, run.second + run.length
