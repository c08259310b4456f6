"""Repeated text inside one page: a body printed twice is kept once.

Lines are no measure of what repeats: the other copy may break its paragraphs
elsewhere, correct a word, or leave a caption out. So texts are compared as
sequences of clauses, the letters and digits between two marks, folded:

1. A clause that stands elsewhere too is followed from both places on. Clauses of one
   copy only are stepped over, the more the more have matched before, so that a
   chance match costs a few steps and the whole is linear in the page.
2. What lies between two matches is compared as a whole, and where it is not equal,
   clause by clause by its pairs of letters; other numbers are never the same.
3. The two are copies if they are dense and long enough (``_counts``). Single lines
   (headings, table rows, a refrain) may stand twice, and so may a list of similar
   items, whose names and numbers differ.
4. Of two copies the fuller one stays. From the other go the lines that are
   covered; what only it has stays where it is.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain

from crawler.alignment import (
    STEP,
    Clauses,
    Copy,
    arrange,
    compare,
    count_letters,
    cut,
    follow,
    stretch,
)
from crawler.worksheet import LONG, Line, key

RULE = "repeated-block"

_FIGURE = re.compile("[0-9]|[〇零一二三四五六七八九十百千万亿两]{2}")
_TIMES = (3, 20)
"""How often a clause may stand and still be followed, in a first and second pass.

In a list of similar items the rare clauses tell an item from the next one. What
stands more often still, such as a cell, is followed nowhere.
"""
_MOST_CLAUSES = 200_000
"""Clauses that are looked at, all looks at a page together, before the last one."""

_MOST_TRIES = 50_000
"""Places from which clauses are followed in one look."""

_COVERED = 0.8
_DENSE = 0.5
_FEW = 15
_MOST_SHORT = 2000
_LONG_LINES = 3
_LONG_LINES_SHARE = 0.1
_SHARE = 0.3
_WHOLE_SHARE = 0.4
_ALIKE_LETTERS = 60


def remove_repeats(lines: Sequence[Line]) -> list[Line]:
    """Take out every other copy of a text.

    Source: extraction.md section 3 (runs, not single lines; three long lines, or
    three tenths of the page; the fuller copy stays).
    """
    cut_lines = [cut(line) if line.kept else [] for line in lines]
    spare: set[int] = set()
    for most in _TIMES:
        budget = _MOST_CLAUSES
        while budget > 0:
            clauses = arrange(cut_lines, most)
            budget -= len(clauses.keys)
            found = _find_spare(clauses)
            for number in found:
                cut_lines[number] = []
            spare |= found
            if not found:
                break
    spare -= _short_and_lost(lines, spare, "".join(chain.from_iterable(cut_lines)))
    return [
        replace(line, rule=RULE) if number in spare else line
        for number, line in enumerate(lines)
    ]


def _short_and_lost(
    lines: Sequence[Line], spare: Collection[int], kept: str
) -> set[int]:
    """List the short lines that after all stand nowhere in what is kept."""
    short = [number for number in sorted(spare) if len(lines[number].text) < _FEW]
    return {n for n in short[:_MOST_SHORT] if key(lines[n].text) not in kept}


def _find_spare(clauses: Clauses) -> set[int]:
    """Give the spare lines of the copies found; none where nothing repeats.

    What is spare already is compared with nothing: it waits for the next look.
    """
    found: set[int] = set()
    place = tries = 0
    while place < len(clauses.keys) and clauses.first and tries < _MOST_TRIES:
        before = clauses.first.get(clauses.keys[place], place)
        if before >= place or clauses.lines[before] in found:
            place += 1
            continue
        tries += 1
        pairs = follow(clauses, before, place)
        place = pairs[-1][1] + 1
        if _may_count(clauses, pairs):
            copy = compare(clauses, pairs)
            sides = _lines(clauses, copy.ones) | _lines(clauses, copy.others)
            if found.isdisjoint(sides) and _counts(clauses, copy):
                found |= _spare(clauses, copy)
    return found


def _may_count(clauses: Clauses, pairs: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a stretch is long enough to be looked at closely."""
    span = range(pairs[0][1], pairs[-1][1] + 1)
    return count_letters(clauses, span) >= _LONG_LINES_SHARE * clauses.total


def _counts(clauses: Clauses, copy: Copy) -> bool:
    """Tell whether two stretches are dense and long enough to be copies.

    They are if several long lines are equal from end to end, or much of the page is;
    or if much of the page is nearly equal and tells the same numbers. One line is
    much only if it is nearly the whole page: a lead may stand twice.
    """
    total = clauses.total
    sides = (copy.ones, copy.others)
    equal = max((_whole_lines(clauses, side, copy) for side in sides), key=sum)
    several = all(_counted_lines(clauses, side, copy) > 1 for side in sides)
    share = _SHARE if several else _WHOLE_SHARE
    alike = count_letters(clauses, copy.covered.intersection(stretch(copy.others)))
    long_lines = sum(letters >= LONG for letters in equal)
    long_enough = (
        (long_lines >= _LONG_LINES and sum(equal) >= _LONG_LINES_SHARE * total)
        or sum(equal) >= share * total
        or alike >= max(share * total, _ALIKE_LETTERS * (1 + 4 * copy.conflicts))
    )
    density = sorted(_density(clauses, copy, side) for side in sides)
    return long_enough and density[0] >= _DENSE and density[1] >= _COVERED


def _whole_lines(clauses: Clauses, side: Sequence[int], copy: Copy) -> list[int]:
    """Give the letters of each line of a stretch that is equal from end to end."""
    found = _by_line(clauses, copy.exact.intersection(stretch(side)))
    return [
        letters
        for number, letters in found.items()
        if letters == clauses.letters[number]
    ]


def _counted_lines(clauses: Clauses, side: Sequence[int], copy: Copy) -> int:
    """Count the lines of a stretch that have more than a few words of the other."""
    found = _by_line(clauses, copy.covered.intersection(stretch(side)))
    return sum(letters >= _FEW for letters in found.values())


def _density(clauses: Clauses, copy: Copy, side: Sequence[int]) -> float:
    """Tell how much of a stretch the other one has."""
    theirs = set(copy.others if side is copy.ones else copy.ones)
    span = [place for place in stretch(side) if place not in theirs]
    return count_letters(clauses, copy.covered.intersection(span)) / count_letters(
        clauses, span
    )


def _spare(clauses: Clauses, copy: Copy) -> frozenset[int]:
    """Choose the copy that has less of its own; give its lines that are covered."""
    sides = (copy.ones, copy.others)
    both = _lines(clauses, copy.ones) & _lines(clauses, copy.others)
    spare = [_covered_lines(clauses, copy, side) for side in sides]
    own = [
        sum(clauses.letters[i] for i in _lines(clauses, side) - covered - both)
        for side, covered in zip(sides, spare, strict=True)
    ]
    return spare[1] if own[0] >= own[1] else spare[0]


def _covered_lines(clauses: Clauses, copy: Copy, side: Sequence[int]) -> frozenset[int]:
    """Give the lines of a stretch that the other one covers, numbers and all."""
    theirs = copy.others if side is copy.ones else copy.ones
    kept = {clauses.lines[place] for place in theirs}
    span = range(side[0] - STEP, side[-1] + STEP + 1)
    found = _by_line(clauses, copy.covered.intersection(span).difference(theirs))
    own = {
        clauses.lines[place]
        for place in stretch(side)
        if place not in copy.covered and _FIGURE.search(clauses.keys[place])
    }
    return frozenset(
        number
        for number, letters in found.items()
        if letters >= _COVERED * clauses.letters[number]
        and number not in own
        and number not in kept
    )


def _lines(clauses: Clauses, side: Sequence[int]) -> set[int]:
    return {clauses.lines[place] for place in stretch(side)}


def _by_line(clauses: Clauses, places: Iterable[int]) -> Counter[int]:
    """Count the letters of clauses by their lines."""
    found: Counter[int] = Counter()
    for place in places:
        found[clauses.lines[place]] += len(clauses.keys[place])
    return found
