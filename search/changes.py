"""What became of one year's text in the next: carried over, changed, new, dropped.

Sentences are compared (``sentences``), not paragraphs: a summary takes over some
sentences of a paragraph and writes the others anew. One is carried over where its
letters and figures are the same, in whatever script and wherever it stands now, and
changed where it is like one that is not carried over.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from index.document import Document
from search.sentences import Sentence, pair_alike, pair_same, sentences_of


class Fate(StrEnum):
    """What became of a sentence."""

    CARRIED = "carried"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences that stand together and have the same fate.

    Attributes:
        fate: What became of them.
        before: They in the earlier text; none where they are new.
        after: They in the later text; none where they were dropped.
        moved: Whether they stand among others now.
        figures: Whether nothing but figures changed.
    """

    fate: Fate
    before: tuple[Sentence, ...] = ()
    after: tuple[Sentence, ...] = ()
    moved: bool = False
    figures: bool = False


class Tally(NamedTuple):
    """How much has one fate.

    Attributes:
        sentences: How many sentences.
        characters: Their letters and figures; of what changed those it has now.
    """

    sentences: int
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What became of a text.

    Attributes:
        passages: In the order of the later text; what was dropped stands where it was.
        tallies: How much has each fate.
        before: Letters and figures of the earlier text.
        after: Letters and figures of the later text.
    """

    passages: tuple[Passage, ...]
    tallies: Mapping[Fate, Tally]
    before: int
    after: int

    def share(self, fate: Fate) -> float:
        """Give the share of the later text, 0 to 1; of the earlier one if dropped."""
        whole = self.before if fate is Fate.DROPPED else self.after
        return self.tallies[fate].characters / whole if whole else 0.0


class _Pair(NamedTuple):
    """A sentence of the earlier text and what it is in the later one."""

    before: Sentence | None
    after: Sentence | None
    moved: bool = False

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.before is None:
            return Fate.NEW
        if self.after is None:
            return Fate.DROPPED
        same = self.before.letters == self.after.letters
        return Fate.CARRIED if same else Fate.CHANGED


def changes(earlier: Sequence[Document], later: Sequence[Document]) -> Changes:
    """Compare the texts of two years; either may be in several documents."""
    one, other = sentences_of(earlier), sentences_of(later)
    partners = pair_same(one, other)
    partners |= pair_alike(one, other, partners)
    pairs = list(_in_order(one, other, partners))
    tallies = {fate: _tally(pairs, fate) for fate in Fate}
    return Changes(
        passages=tuple(_passages(pairs)),
        tallies=tallies,
        before=sum(len(sentence.letters) for sentence in one),
        after=sum(len(sentence.letters) for sentence in other),
    )


def _in_order(
    one: Sequence[Sentence], other: Sequence[Sentence], partners: Mapping[int, int]
) -> Iterator[_Pair]:
    """List the pairs by the later text, what was dropped where it was."""
    origins = {after: before for before, after in partners.items()}
    still = _unmoved([origins[after] for after in sorted(origins)])
    # A moved sentence leaves no gap where it was.
    kept = [n for n in range(len(one)) if n not in partners or n in still]
    place = 0
    for sentence in other:
        origin = origins.get(sentence.number)
        moved = origin is not None and origin not in still
        while not moved and place < len(kept) and kept[place] not in still:
            yield _Pair(one[kept[place]], None)
            place += 1
        place += origin in still
        yield _Pair(None if origin is None else one[origin], sentence, moved)
    yield from (_Pair(one[n], None) for n in kept[place:])


def _unmoved(places: Sequence[int]) -> frozenset[int]:
    """Find the most places that are in ascending order (patience sorting)."""
    tops: list[int] = []
    below: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(tops, place)
        below[place] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
    found = []
    last = tops[-1] if tops else None
    while last is not None:
        found.append(last)
        last = below[last]
    return frozenset(found)


def _tally(pairs: Sequence[_Pair], fate: Fate) -> Tally:
    """Count the sentences of one fate and their characters."""
    some = [pair.after or pair.before for pair in pairs if pair.fate is fate]
    return Tally(len(some), sum(len(s.letters) for s in some if s))


def _passages(pairs: Sequence[_Pair]) -> Iterator[Passage]:
    """Put sentences of one block and one fate together; each changed one is alone."""
    for numbered in (
        list(group) for _, group in groupby(enumerate(pairs), key=_belonging)
    ):
        some = [pair for _, pair in numbered]
        for run in _contiguous(some):
            first = run[0]
            yield Passage(
                fate=first.fate,
                before=tuple(pair.before for pair in run if pair.before),
                after=tuple(pair.after for pair in run if pair.after),
                moved=first.moved,
                figures=_only_figures(first),
            )


def _belonging(numbered: tuple[int, _Pair]) -> tuple[object, ...]:
    """Give pairs that may stand together the same key."""
    number, pair = numbered
    alone = number if pair.fate is Fate.CHANGED else -1
    return (
        alone,
        pair.fate,
        pair.moved,
        pair.before and (pair.before.document, pair.before.anchor),
        pair.after and (pair.after.document, pair.after.anchor),
    )


def _contiguous(pairs: Sequence[_Pair]) -> Iterator[list[_Pair]]:
    """Cut where sentences that follow in one text do not in the other."""
    run: list[_Pair] = []
    for pair in pairs:
        last = run[-1].before if run else None
        if last and pair.before and pair.before.number != last.number + 1:
            yield run
            run = []
        run.append(pair)
    yield run


def _only_figures(pair: _Pair) -> bool:
    """Tell whether two sentences differ in their figures alone."""
    if pair.fate is not Fate.CHANGED or not pair.before or not pair.after:
        return False
    return pair.before.masked == pair.after.masked
