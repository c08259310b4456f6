"""Two stretches of a page that may be the same text, compared clause by clause.

A clause is what stands between two marks: letters and digits, folded, spaces left
out. Where lines break does not matter, so paragraphs may be merged or split.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from crawler.worksheet import Line
from index.document import BlockKind
from index.fold import fold

_CLAUSE = re.compile(r"[^\W_]+")
_NUMBER = re.compile("[0-9〇零一二三四五六七八九十百千万亿两]+")
_FIRST_STEP = 6
STEP = 16
"""Clauses up to which a neighbour is near."""

_MAX_STEP = 400
_ALIKE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """The lines of a text as one sequence of clauses.

    Attributes:
        keys: Their folded letters and digits.
        lines: The line that each stands in.
        first: Where a clause that is followed stands first.
        letters: Letters and digits of each line.
        total: Letters and digits of the page, of equal clauses two at most: however
            often a text is printed, it is half of the page.
    """

    keys: list[str]
    lines: list[int]
    first: dict[str, int]
    letters: list[int]
    total: int


@dataclass(frozen=True, kw_only=True)
class Copy:
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


def cut(line: Line) -> list[str]:
    """Cut a line into clauses; a row of a table is compared as a whole."""
    found = _CLAUSE.findall("".join(fold(line.text).split()))
    joined = "".join(found) if line.kind is BlockKind.ROW else ""
    return [joined] if joined else found


def arrange(cut_lines: Sequence[Sequence[str]], most: int) -> Clauses:
    """Put the clauses of lines into one sequence.

    Args:
        cut_lines: The clauses of each line, none of lines that are out of the text.
        most: How often a clause may stand and still be followed.
    """
    keys = list(chain.from_iterable(cut_lines))
    times = Counter(keys)
    wanted = {key for key, number in times.items() if 1 < number <= most}
    first: dict[str, int] = {}
    for place, key in enumerate(keys) if wanted else ():
        if key in wanted:
            first.setdefault(key, place)
    return Clauses(
        keys=keys,
        lines=[number for number, line in enumerate(cut_lines) for _ in line],
        first=first,
        letters=[sum(map(len, line)) for line in cut_lines],
        total=sum(len(key) * min(number, 2) for key, number in times.items()),
    )


def follow(clauses: Clauses, one: int, other: int) -> list[tuple[int, int]]:
    """Follow two places side by side; list the pairs of clauses that match."""
    pairs = [(one, other)]
    place = other + 1
    while place < len(clauses.keys):
        reach = min(_FIRST_STEP + 2 * len(pairs), _MAX_STEP)
        last_one, last_other = pairs[-1]
        if place - last_other > reach:
            break
        found = clauses.first.get(clauses.keys[place], place)
        if last_one < found <= min(last_one + reach, place - 1) and (
            max(found - last_one, place - last_other) <= STEP
            or _goes_on(clauses, found, place)
        ):
            pairs.append((found, place))
        place += 1
    return pairs


def _goes_on(clauses: Clauses, one: int, other: int) -> bool:
    """Tell whether the clause behind a match is the same in both places, too."""
    behind = clauses.keys[one + 1 : one + 2]
    return behind == clauses.keys[other + 1 : other + 2]


def compare(clauses: Clauses, pairs: Sequence[tuple[int, int]]) -> Copy:
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
    return Copy(
        ones=ones,
        others=others,
        exact=frozenset(exact),
        alike=frozenset(alike),
        conflicts=conflicts,
    )


def _gaps(
    clauses: Clauses, pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[range, range]]:
    """Give what lies between two matches, and around them in the same lines."""
    (one, other), (last_one, last_other) = pairs[0], pairs[-1]
    yield _rest_of_line(clauses, one, -1), _rest_of_line(clauses, other, -1)
    for (a, b), (c, d) in pairwise(pairs):
        # Where paragraphs stand in turns, one copy's gap holds the other copy.
        if c - a > 1 and d - b > 1 and c <= other:
            yield range(a + 1, c), range(b + 1, d)
    yield _rest_of_line(clauses, last_one, 1), _rest_of_line(clauses, last_other, 1)


def _rest_of_line(clauses: Clauses, place: int, step: int) -> range:
    """Give the clauses beside one, before it or behind it, in the same line."""
    end = place + step
    while 0 <= end < len(clauses.lines) and (
        clauses.lines[end] == clauses.lines[place] and abs(end - place) <= STEP
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


def stretch(side: Sequence[int]) -> range:
    """Give a stretch from its first clause to its last."""
    return range(side[0], side[-1] + 1)


def count_letters(clauses: Clauses, places: Iterable[int]) -> int:
    """Count the letters and digits of clauses."""
    return sum(len(clauses.keys[place]) for place in places)
