"""Sentences of two texts: which are the same, and which are like each other.

Likeness does not look at which figures stand in a sentence, so one with new figures is
like the old one. Most alike go first. Whatever is compared, the work is bounded.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Final

from index.document import Document
from index.fold import fold
from index.site_template import RULE
from search.edits import Budget, common_runs

_SENTENCE = re.compile(r"[^。！？!?；;]*(?:[。！？!?；;]+[”’」』）)]*|$)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE_STEPS: Final = 4_000_000
_LIKENESS_STEPS: Final = 4_000_000
_ALIKE: Final = 0.5
# Pairs of characters in more sentences than this tell nothing of any of them.
_COMMON: Final = 64
# So many of those that have most pairs in common are looked at more closely.
_CANDIDATES: Final = 8


@dataclass(frozen=True)
class Sentence:
    """A sentence of either text.

    Attributes:
        document: The document it stands in.
        anchor: The block.
        number: Its number in its text, from 0.
        text: Its characters.
    """

    document: str
    anchor: str
    number: int
    text: str

    @cached_property
    def letters(self) -> str:
        """Its letters and figures, folded; all of it where it has none."""
        return "".join(filter(str.isalnum, fold(self.text))) or self.text

    @cached_property
    def masked(self) -> str:
        """Its letters, all figures alike."""
        return _FIGURE.sub("0", self.letters)


def sentences_of(documents: Sequence[Document]) -> list[Sentence]:
    """Cut texts into sentences; a heading run into its paragraph is one."""
    found: list[Sentence] = []
    for document in documents:
        for anchor, text in _texts(document):
            for sentence in _SENTENCE.findall(text):
                if sentence.strip():
                    found.append(Sentence(document.id, anchor, len(found), sentence))
    return found


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """List the texts of a document, each with the block it stands in or behind.

    What repeats on the pages of a site is taken for its template, and may be what a
    unit carries over every year; what was taken from within the text counts here.
    """
    taken: dict[str | None, list[str]] = defaultdict(list)
    for removed in document.removed:
        if removed.rule == RULE:
            taken[removed.after].append(removed.text)
    for block in document.blocks:
        run = block.heading_length
        yield block.anchor, block.text[:run]
        yield block.anchor, block.text[run:]
        if block is not document.blocks[-1]:
            yield from ((block.anchor, text) for text in taken[block.anchor])


def pair_same(one: Sequence[Sentence], other: Sequence[Sentence]) -> dict[int, int]:
    """Pair sentences with the same letters, first those in the same order."""
    first, second = [s.letters for s in one], [s.letters for s in other]
    partners = {
        run.first + step: run.second + step
        for run in common_runs(first, second, Budget(_SENTENCE_STEPS))
        for step in range(run.length)
    }
    taken = set(partners.values())
    left: dict[str, list[int]] = defaultdict(list)
    for place in range(len(other) - 1, -1, -1):
        if place not in taken:
            left[second[place]].append(place)
    for place, letters in enumerate(first):
        if place not in partners and left.get(letters):
            partners[place] = left[letters].pop()
    return partners


def pair_alike(
    one: Sequence[Sentence], other: Sequence[Sentence], paired: Mapping[int, int]
) -> dict[int, int]:
    """Pair what is left with what is like it, most alike first."""
    taken = set(paired.values())
    grams = {s.number: _grams(s) for s in other if s.number not in taken}
    holders: dict[str, list[int]] = defaultdict(list)
    for number, counted in grams.items():
        for gram in counted:
            holders[gram].append(number)
    scored: list[tuple[float, int, int, int]] = []
    steps = _LIKENESS_STEPS
    for sentence in one:
        if sentence.number in paired or steps < 0:
            continue
        mine = _grams(sentence)
        shared = Counter(
            number
            for gram in mine
            if len(holders.get(gram, ())) <= _COMMON
            for number in holders.get(gram, ())
        )
        steps -= shared.total() + len(mine)
        for number, _ in shared.most_common(_CANDIDATES):
            likeness = _likeness(mine, grams[number])
            if likeness >= _ALIKE:
                apart = abs(sentence.number - number)
                scored.append((-likeness, apart, sentence.number, number))
    partners: dict[int, int] = {}
    for _, _, number, place in sorted(scored):
        if number not in partners and place not in taken:
            partners[number] = place
            taken.add(place)
    return partners


def _grams(sentence: Sentence) -> Counter[str]:
    """Count the pairs of neighbouring letters."""
    masked = f" {sentence.masked} "
    return Counter(map(str.__add__, masked, masked[1:]))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Give what is in common over the geometric mean of both, 0 to 1 (Ochiai).

    A sentence that was cut to half its length, or doubled, still is like itself.
    """
    return (one & other).total() / sqrt(one.total() * other.total())
