"""Finds the texts of a table of completions that begin as somebody has typed.

A character is typed as itself, as its syllable, or as the beginning of one: its first
letter (``zh``, ``ch`` and ``sh`` count as one, too), or, for the last, any letters. So
统战工作 is found by 统战, ``tongzhan``, ``tz``, ``tongz``, ``tzhan`` and 统zhan. An
apostrophe may stand between two characters (``xi'an``). The loops are compiled.
"""

from collections.abc import Iterator
from itertools import accumulate
from string import ascii_lowercase
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Longs
from index.codepoints import Codes, to_codes
from index.compiled import compiled
from index.completions import CELLS, Completions, Sounds, Table, cell_of

MOST_TYPED: Final = 60
"""Characters of what is typed; a set of places in it must fit 63 bits."""

_APOSTROPHE, _H = ord("'"), ord("h")
_AS_ONE: Final = ("zh", "ch", "sh")
Numbers = NDArray[np.int64]


class Speller:
    """Finds texts by how they are spelled."""

    def __init__(self, completions: Completions) -> None:
        """Take the syllables of a file of completions."""
        syllables = completions.syllables
        self._syllables = frozenset(syllables)
        self._beginnings = frozenset(
            syllable[:size]
            for syllable in (*syllables, *ascii_lowercase)
            for size in range(1, len(syllable) + 1)
        )
        self._letters = to_codes("".join(syllables))
        ends = [*accumulate(map(len, syllables), initial=0)]
        self._ends = np.asarray(ends, np.int64)

    def find(
        self, table: Table, typed: str, most: int, *, full: bool = False
    ) -> list[int]:
        """Find the weightiest texts that begin as typed.

        Args:
            table: Where to look.
            typed: Folded.
            most: How many are wanted.
            full: Whether each syllable must be typed in full, and the whole text.

        Returns:
            Their numbers in the table, the weightiest first.
        """
        if not typed or len(typed) > MOST_TYPED:
            return []
        if lead := _lead(typed):
            beginning = table.beginning(lead)
            numbers = np.arange(beginning.start, beginning.stop, dtype=np.int64)
            if full or lead != typed:
                numbers = self._spelled(table, typed, numbers, numbers.size, full=full)
            return _weightiest(table, numbers, most)
        found = [np.empty(0, np.int64)]
        for first, last in self._ranges(table, typed):
            numbers = table.order[first:last].astype(np.int64)
            found.append(self._spelled(table, typed, numbers, most, full=full))
        return _weightiest(table, np.concatenate(found), most)

    def _spelled(
        self, table: Table, typed: str, numbers: Numbers, most: int, *, full: bool
    ) -> Numbers:
        """Give the first of some texts that are spelled as typed."""
        return _spelled(
            to_codes(typed),
            table.codes,
            table.ends,
            table.sounds,
            self._letters,
            self._ends,
            numbers,
            most,
            full,
        )

    def _ranges(self, table: Table, typed: str) -> Iterator[tuple[int, int]]:
        """Tell where in the order of a table the texts stand that may be meant."""
        cells, row = table.cells.tolist(), cell_of(typed[0], "")
        seconds = {*self._seconds(typed)}
        chosen = (row + cell_of("", second) for second in sorted(seconds))
        for cell in range(row, row + CELLS) if "" in seconds else chosen:
            yield cells[cell], cells[cell + 1]

    def _seconds(self, typed: str) -> Iterator[str]:
        """Give the letters that a second character may begin with, "" for any."""
        for size in range(1, len(typed) + 1):
            beginning, rest = typed[:size], typed[size:].removeprefix("'")
            if not rest:
                if beginning.removesuffix("'") in self._beginnings:
                    yield ""
            elif size == 1 or beginning in _AS_ONE or beginning in self._syllables:
                yield rest[0] if is_letter(rest[0]) else ""


def _lead(typed: str) -> str:
    """Give what stands before the first letter."""
    size = next((at for at, char in enumerate(typed) if is_letter(char)), len(typed))
    return typed[:size]


def is_letter(char: str) -> bool:
    """Tell whether a character is one that pinyin is typed with."""
    return "a" <= char <= "z"


def _weightiest(table: Table, numbers: Numbers, most: int) -> list[int]:
    """Choose the weightiest; of one weight those that stand first."""
    weights = table.weights[numbers]
    if numbers.size > most:
        least = np.partition(weights, -most)[-most]
        numbers, weights = numbers[weights >= least], weights[weights >= least]
    order = np.lexsort((numbers, -weights))[:most]
    return [int(number) for number in numbers[order]]


@compiled
def _spelled(  # noqa: PLR0913, PLR0917 (compiled: arrays, one by one)
    query: Codes,
    codes: Codes,
    ends: Longs,
    sounds: Sounds,
    letters: Codes,
    letter_ends: Longs,
    numbers: Numbers,
    most: int,
    full: bool,  # noqa: FBT001 (compiled)
) -> Numbers:
    """Give the first of some texts that are spelled as typed."""
    found, count = np.empty(min(most, numbers.size), np.int64), 0
    for number in numbers:
        if count == found.size:
            break
        start, end, places = ends[number], ends[number + 1], 1
        for at in range(start, end):
            first, last = letter_ends[sounds[at]], letter_ends[sounds[at] + 1]
            reached, place = 0, 0
            while places >> place:
                if places >> place & 1 and place < query.size:
                    reached |= _beyond(
                        query, place, codes[at], letters, first, last, full
                    )
                place += 1
            places = reached
            over = places >> query.size & 1
            if not places or (over and (not full or at + 1 == end)):
                found[count] = number
                count += over
                break
    return found[:count]


@compiled
def _beyond(  # noqa: PLR0913, PLR0917 (compiled: arrays, one by one)
    query: Codes,
    place: int,
    code: int,
    letters: Codes,
    first: int,
    last: int,
    full: bool,  # noqa: FBT001 (compiled)
) -> int:
    """Give the places of a query behind one character that is typed from a place on.

    Args:
        query: What is typed.
        place: Where the character begins in it.
        code: The character.
        letters: The letters of all syllables.
        first: Where those of the character begin.
        last: Where they end.
        full: Whether a beginning of the syllable will not do.

    Returns:
        A bit for each place.
    """
    if place and query[place] == _APOSTROPHE:
        place += 1
        if place == query.size:
            return 1 << place
    places = 0
    if query[place] == code:
        places |= 1 << (place + 1)
    for at in range(first, last):
        if place == query.size or query[place] != letters[at]:
            break
        place += 1
        begun = at == first or (at == first + 1 and letters[at] == _H)
        if at + 1 == last or (not full and (begun or place == query.size)):
            places |= 1 << place
    return places
