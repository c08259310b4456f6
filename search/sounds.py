"""Terms by their sound: which ones sound as a string does, or nearly so.

Tones never matter. What speakers of many regions do not tell apart counts as one:
``zh`` and ``z``, ``ch`` and ``c``, ``sh`` and ``s``, ``ang`` and ``an``, ``eng`` and
``en``, ``ing`` and ``in``.
"""

import re
from itertools import islice, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.completions import Completions

LONGEST: Final = 7
"""Characters of a term that is found by its sound: nine bits each fill a number."""

_BITS: Final = 9
_MOST_WAYS: Final = 32  # to read a string whose characters have several readings
_RETROFLEX: Final = re.compile(r"^([zcs])h")
_VELAR: Final = re.compile(r"(?<=[aei])ng$")


def blurred(syllable: str) -> str:
    """Write syllables that are not told apart as one."""
    return _VELAR.sub("n", _RETROFLEX.sub(r"\1", syllable))


class SoundIndex:
    """Finds terms of two to seven characters by their sound; 16 bytes of memory each.

    Attributes:
        completions: The file whose terms these are.
    """

    def __init__(self, completions: Completions) -> None:
        """Sort the terms by their sounds."""
        self.completions = completions
        names = [blurred(syllable) for syllable in completions.syllables]
        classes = {name: place for place, name in enumerate(dict.fromkeys(names))}
        self._classes = np.asarray([classes[name] for name in names], np.int64)
        keys, numbers = self._sorted()
        order = np.argsort(keys, kind="stable")
        self._keys, self._numbers = keys[order], numbers[order]

    def _sorted(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the key and the number of each term that has sounds throughout."""
        table = self.completions.tables["terms"]
        sounds, starts = self._classes[table.sounds], table.ends[:-1]
        lengths = np.diff(table.ends)
        keys, numbers = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for length in range(2, LONGEST + 1):
            chosen = np.flatnonzero(lengths == length)
            rows = sounds[starts[chosen][:, None] + np.arange(length)]
            spelled = rows.all(axis=1)
            shifts = _BITS * np.arange(length)
            keys.append((rows[spelled] << shifts).sum(axis=1))
            numbers.append(chosen[spelled])
        return np.concatenate(keys), np.concatenate(numbers)

    def find(self, folded: str) -> list[int]:
        """Find the terms that sound as a folded string, by any of its readings."""
        if not 1 < len(folded) <= LONGEST:
            return []
        ways = [self._sounds(char) for char in folded]
        found: list[int] = []
        for way in islice(product(*ways), _MOST_WAYS):
            key = sum(sound << _BITS * place for place, sound in enumerate(way))
            first, last = np.searchsorted(self._keys, (key, key + 1))
            found += self._numbers[first:last].tolist()
        return found

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two characters have a syllable in common, tones apart."""
        readings = self.completions.readings
        return not {*readings(one)}.isdisjoint(readings(other))

    def _sounds(self, char: str) -> list[int]:
        """List the sounds of a character, each once."""
        readings = self.completions.readings(char)
        return list(dict.fromkeys(int(self._classes[sound]) for sound in readings))
