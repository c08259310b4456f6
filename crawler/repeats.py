"""Repeated text inside one page: a body printed twice is kept once.

Lines are no measure of what repeats: the other copy may break its paragraphs
elsewhere, correct a word, or leave a caption out. So texts are compared as
sequences of clauses, the letters and digits between two marks, folded:

1. A clause that stands elsewhere too is followed from both places on. Clauses of one
   copy only are stepped over, as many as were matched before (the run of matches
   is then one diagonal, walked once: the cost is linear in the page).
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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from crawler.worksheet import LONG, Line
from index.document import BlockKind
from index.fold import fold

RULE = "repeated-block"

_CLAUSE = re.compile(r"[^\W_]+")
_NUMBER = re.compile("[0-9〇零一二三四五六七八九十百千万亿两]+")
_DIGIT = re.compile("[0-9]")
_TIMES = (3, 20)
"""How often a clause may stand and still be followed, in a first and second pass.

In a list of similar items the rare clauses tell an item from the next one. What
stands more often still, such as a cell, is followed nowhere.
"""
_STEP = 16
_MAX_STEP = 400
_ALIKE = 0.6
_COVERED = 0.8
_DENSE = 0.6
_LONG_LINES = 3
_LONG_LINES_SHARE = 0.1
_SHARE = 0.3
_WHOLE_SHARE = 0.4
_ALIKE_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clauses:
    """The kept lines of a page as one sequence of clauses.

    Attributes:
        keys: Their folded letters and digits.
        lines: The line that each stands in.
        times: How often each stands.
        first: Where a clause that stands several times stands first.
        letters: Letters and digits of each line.
        total: Letters and digits of the page, of equal clauses two at most: however
            often a text is printed, it is half of the page.
    """

    keys: list[str]
    lines: list[int]
    times: Counter[str]
    first: dict[str, int]
    letters: Counter[int]
    total: int


@dataclass(frozen=True, kw_only=True)
class _Copy:
    """Two stretches of a page that may be the same text.

    Attributes:
        ones: Clauses of the first that stand in the second, in order.
        others: The same clauses in the second.
        exact: Clauses of both that are equal, alone or together with what adjoins.
        alike: Clauses of both that differ in some letters only.
        conflicts: How often the two tell different numbers in the same place.
    """

    ones: Sequence[int]
    others: Sequence[int]
    exact: frozenset[int]
    alike: frozenset[int]
    conflicts: int

    @cached_property
    def covered(self) -> frozenset[int]:
        """Clauses of both stretches that the other one has."""
        return self.exact | self.alike


def remove_repeats(lines: Sequence[Line]) -> list[Line]:
    """Take out every other copy of a text.

    Source: extraction.md section 3 (runs, not single lines; three long lines, or
    three tenths of the page; the fuller copy stays).
    """
    result = list(lines)
    clauses = _cut(result)
    for most in _TIMES:
        clauses = replace(clauses, first=_first_places(clauses, most))
        spare = set(_find_spare(clauses))
        for number in spare:
            result[number] = replace(result[number], rule=RULE)
        clauses = _cut(result) if spare else clauses
    return result


def _cut(lines: Sequence[Line]) -> _Clauses:
    """Cut the kept lines into clauses; a row of a table is compared as a whole."""
    keys: list[str] = []
    places: list[int] = []
    letters: Counter[int] = Counter()
    for number, line in enumerate(lines):
        if line.kept:
            found = _CLAUSE.findall("".join(fold(line.text).split()))
            joined = "".join(found)
            cut = [joined] if line.kind is BlockKind.ROW and joined else found
            keys += cut
            places += [number] * len(cut)
            letters[number] = len(joined)
    times = Counter(keys)
    total = sum(len(key) * min(number, 2) for key, number in times.items())
    return _Clauses(
        keys=keys, lines=places, times=times, first={}, letters=letters, total=total
    )


def _first_places(clauses: _Clauses, most: int) -> dict[str, int]:
    """Tell where each clause that stands twice to so many times stands first."""
    times = clauses.times
    wanted = {key for key in times if 1 < times[key] <= most}
    first: dict[str, int] = {}
    for place in range(len(clauses.keys) - 1, -1, -1) if wanted else ():
        if clauses.keys[place] in wanted:
            first[clauses.keys[place]] = place
    return first


def _find_spare(clauses: _Clauses) -> Iterator[int]:
    """Give the lines that stand in another copy."""
    place = 0
    while place < len(clauses.keys) and clauses.first:
        before = clauses.first.get(clauses.keys[place], place)
        if before >= place:
            place += 1
            continue
        pairs = _follow(clauses, before, place)
        place = pairs[-1][1] + 1
        if _may_count(clauses, pairs):
            copy = _compare(clauses, pairs)
            if _counts(clauses, copy):
                yield from _spare(clauses, copy)


def _may_count(clauses: _Clauses, pairs: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a stretch is long enough to be looked at closely."""
    span = range(pairs[0][1], pairs[-1][1] + 1)
    return _letters(clauses, span) >= _LONG_LINES_SHARE * clauses.total


def _follow(clauses: _Clauses, one: int, other: int) -> list[tuple[int, int]]:
    """Follow two places side by side; list the pairs of clauses that match."""
    pairs = [(one, other)]
    place = other + 1
    while place < len(clauses.keys):
        reach = min(max(_STEP, 2 * len(pairs)), _MAX_STEP)
        last_one, last_other = pairs[-1]
        if place - last_other > reach:
            break
        found = clauses.first.get(clauses.keys[place], place)
        if last_one < found <= min(last_one + reach, place - 1) and (
            max(found - last_one, place - last_other) <= _STEP
            or _goes_on(clauses, found, place)
        ):
            pairs.append((found, place))
        place += 1
    return pairs


def _goes_on(clauses: _Clauses, one: int, other: int) -> bool:
    """Tell whether the clause behind a match is the same in both places, too."""
    behind = clauses.keys[one + 1 : one + 2]
    return behind == clauses.keys[other + 1 : other + 2]


def _compare(clauses: _Clauses, pairs: Sequence[tuple[int, int]]) -> _Copy:
    """Compare two stretches: the matches, and what lies around and between them."""
    ones, others = zip(*pairs, strict=True)
    exact = {*ones, *others}
    alike: set[int] = set()
    conflicts = 0
    for gaps in _gaps(clauses, pairs):
        texts = ["".join(clauses.keys[place] for place in gap) for gap in gaps]
        if not all(texts):
            continue
        if texts[0] == texts[1]:
            exact.update(*gaps)
            continue
        told = [frozenset(_NUMBER.findall(text)) for text in texts]
        conflicts += bool(told[0]) and bool(told[1]) and not told[0] & told[1]
        for gap, text, numbers in zip(gaps, texts[::-1], told[::-1], strict=True):
            has = _letter_pairs(text)
            alike.update(
                place
                for place in gap
                if _is_alike(clauses.keys[place], text, has, numbers)
            )
    return _Copy(
        ones=ones,
        others=others,
        exact=frozenset(exact),
        alike=frozenset(alike),
        conflicts=conflicts,
    )


def _gaps(
    clauses: _Clauses, pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[range, range]]:
    """Give what lies between two matches, and around them in the same lines."""
    (one, other), (last_one, last_other) = pairs[0], pairs[-1]
    yield _rest_of_line(clauses, one, -1), _rest_of_line(clauses, other, -1)
    for (a, b), (c, d) in zip(pairs, pairs[1:], strict=False):
        if c - a > 1 and d - b > 1:
            yield range(a + 1, c), range(b + 1, d)
    yield _rest_of_line(clauses, last_one, 1), _rest_of_line(clauses, last_other, 1)


def _rest_of_line(clauses: _Clauses, place: int, step: int) -> range:
    """Give the clauses beside one, before it or behind it, in the same line."""
    end = place + step
    while 0 <= end < len(clauses.lines) and (
        clauses.lines[end] == clauses.lines[place] and abs(end - place) <= _STEP
    ):
        end += step
    return range(place + 1, end) if step > 0 else range(end + 1, place)


def _letter_pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _is_alike(
    clause: str, text: str, has: frozenset[str], numbers: frozenset[str]
) -> bool:
    """Tell whether most of a clause stands in a text, its numbers all of them."""
    if not numbers.issuperset(_NUMBER.findall(clause)):
        return False
    pairs = _letter_pairs(clause)
    return len(pairs & has) >= _ALIKE * len(pairs) if pairs else clause in text


def _counts(clauses: _Clauses, copy: _Copy) -> bool:
    """Tell whether two stretches are dense and long enough to be copies.

    They are if several long lines are equal from end to end, or much of the page is;
    or if much of the page is nearly equal and tells the same numbers. One line is
    much only if it is nearly the whole page: a lead may stand twice.
    """
    total = clauses.total
    sides = (copy.ones, copy.others)
    equal = max((_line_lengths(clauses, side, copy.exact) for side in sides), key=sum)
    nearly = max(
        (_line_lengths(clauses, side, copy.covered) for side in sides), key=_long_lines
    )
    share = _SHARE if _long_lines(nearly) > 1 else _WHOLE_SHARE
    alike = _letters(clauses, copy.covered.intersection(_span(copy.others)))
    long_enough = (
        (_long_lines(equal) >= _LONG_LINES and sum(equal) >= _LONG_LINES_SHARE * total)
        or sum(equal) >= share * total
        or alike >= max(share * total, _ALIKE_LETTERS * (1 + 4 * copy.conflicts))
    )
    return long_enough and all(_is_dense(clauses, copy, side) for side in sides)


def _long_lines(lengths: Iterable[int]) -> int:
    return sum(length >= LONG for length in lengths)


def _is_dense(clauses: _Clauses, copy: _Copy, side: Sequence[int]) -> bool:
    """Tell whether most of a stretch is in the other one; captions may be more."""
    theirs = set(copy.others if side is copy.ones else copy.ones)
    span = _letters(clauses, (i for i in _span(side) if i not in theirs))
    return _letters(clauses, copy.covered.intersection(_span(side))) >= _DENSE * span


def _line_lengths(
    clauses: _Clauses, side: Sequence[int], covered: frozenset[int]
) -> list[int]:
    """Give the letters of each line of a stretch that is covered to the end."""
    found = _by_line(clauses, covered.intersection(_span(side)))
    return [
        letters
        for number, letters in found.items()
        if letters == clauses.letters[number]
    ]


def _spare(clauses: _Clauses, copy: _Copy) -> frozenset[int]:
    """Choose the copy that has less of its own; give its lines that are covered."""
    spare = [_covered_lines(clauses, copy, side) for side in (copy.ones, copy.others)]
    own = [
        sum(clauses.letters[number] for number in _lines(clauses, side) - covered)
        for side, covered in zip((copy.ones, copy.others), spare, strict=True)
    ]
    if own[0] >= own[1]:
        return spare[1]
    clauses.first.update(
        (clauses.keys[place], place) for place in copy.others if place in copy.exact
    )
    return spare[0]


def _covered_lines(
    clauses: _Clauses, copy: _Copy, side: Sequence[int]
) -> frozenset[int]:
    """Give the lines of a stretch that the other one covers, numbers and all."""
    theirs = copy.others if side is copy.ones else copy.ones
    kept = {clauses.lines[place] for place in theirs}
    span = range(side[0] - _STEP, side[-1] + _STEP + 1)
    found = _by_line(clauses, copy.covered.intersection(span).difference(theirs))
    own = {
        clauses.lines[place]
        for place in _span(side)
        if place not in copy.covered and _DIGIT.search(clauses.keys[place])
    }
    return frozenset(
        number
        for number, letters in found.items()
        if letters >= _COVERED * clauses.letters[number]
        and number not in own
        and number not in kept
    )


def _span(side: Sequence[int]) -> range:
    """Give a stretch from its first clause to its last."""
    return range(side[0], side[-1] + 1)


def _lines(clauses: _Clauses, side: Sequence[int]) -> set[int]:
    return {clauses.lines[place] for place in _span(side)}


def _letters(clauses: _Clauses, places: Iterable[int]) -> int:
    return sum(len(clauses.keys[place]) for place in places)


def _by_line(clauses: _Clauses, places: Iterable[int]) -> Counter[int]:
    """Count the letters of clauses by their lines."""
    found: Counter[int] = Counter()
    for place in places:
        found[clauses.lines[place]] += len(clauses.keys[place])
    return found
