r"""What may be completed or corrected, one file beside each index.

``completions.tables`` in the folder of a generation is a ``container`` of four tables,
which ``index.completing`` fills; NAME is ``terms``, ``titles``, ``sources`` or
``regions``, ``n`` a column of ``numbers``, other types are NumPy's::

    meta             u1  JSON: {"format": 2, "commit": n}
    syllables        u1  the syllables of pinyin there are, a line each; the first is
                         empty, for characters that have none
    letters          u4  the Han characters that have readings, ascending
    letters.counts   n   how many readings each has
    letters.sounds   u2  the readings, as places in ``syllables``, most usual first

    NAME.terms       u1  the texts, folded, in UTF-8, one behind the other, ascending
    NAME.sizes       n   bytes of each
    NAME.shown       u1  the same texts as they are shown, in UTF-8; folding changes
                         no number of characters
    NAME.sounds      u2  the syllable of each character, as it is read in its text
    NAME.documents   n   documents that hold each, as far as the dictionaries tell
    NAME.tokens      n   documents that have each as a word; 关之 stands in thousands,
                         and is a word in none
    NAME.subjects    n   documents that have each in title or headings
    NAME.order       u4  the texts by ``cell``, weightiest first
    NAME.cells       n   where each cell begins there, and the last ends; a cell is
                         for the first letters of the first two characters as they
                         are spelled, 27 times the first plus the second, 0 for none

So 统战部, ``tong zhan bu``, is in the cell of ``t`` and ``z``, and ten completions of
``tongz`` are the first ten of that cell that are spelled so.

Measured on 100,000 pieces of law text: see ARCHITECTURE.md. The numbers of documents
are for order; what is shown is counted by the engine.
"""

import json
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.container import Container, DamagedFile
from index.codec.elias_fano import Longs
from index.codec.segment_file import to_bytes, to_str
from index.codec.terms import Terms
from index.codepoints import Codes, to_codes

NAME: Final = "completions.tables"
FORMAT: Final = 2
TABLES: Final = ("terms", "titles", "sources", "regions")
SUBJECT_WEIGHT: Final = 9
"""A document that has a text in title or headings weighs as much as ten others."""

CELLS: Final = 27
"""The 26 letters, and 0 for what begins with none."""

_BEYOND: Final = b"\xff"  # above every byte of UTF-8
Sounds = NDArray[np.uint16]


class Entry(NamedTuple):
    """A text that may be completed.

    Attributes:
        folded: The text, folded.
        shown: The same as it is shown.
        documents: Documents that hold it.
        tokens: Those that have it as a word.
        subjects: Those that have it in title or headings.
    """

    folded: str
    shown: str
    documents: int
    tokens: int
    subjects: int

    @property
    def weight(self) -> int:
        """What it is ordered by."""
        return self.tokens + SUBJECT_WEIGHT * self.subjects


def cell_of(first: str, second: str) -> int:
    """Number the cell of two first letters; anything but a letter counts as none."""
    return CELLS * _letter(first) + _letter(second)


def _letter(char: str) -> int:
    """Number a letter from 1; 0 for anything else."""
    return ord(char) - ord("a") + 1 if "a" <= char <= "z" else 0


class Table:
    """Reads one table.

    Attributes:
        terms: The texts, folded.
    """

    def __init__(self, file: Container, name: str) -> None:
        """Take the sections of that name."""
        self._file, self._name = file, name
        self.terms = Terms(file, name)

    def _numbers(self, what: str, size: int) -> Longs:
        """Read a column of numbers."""
        found = self._file.numbers(f"{self._name}.{what}")
        if found.size != size:
            self._file.refuse(f"{self._name}.{what} has another size")
        return found

    @cached_property
    def _shown(self) -> str:
        """All texts as they are shown, one behind the other."""
        return to_str(self._file.get(f"{self._name}.shown").tobytes())

    @cached_property
    def ends(self) -> Longs:
        """Where each text begins, in characters, and the last ends."""
        begins = (self.terms.data & 0xC0) != 0x80  # noqa: PLR2004 (RFC 3629)
        characters = np.concatenate((np.zeros(1, np.int64), np.cumsum(begins)))
        ends: Longs = characters[self.terms.ends]
        return ends

    @cached_property
    def codes(self) -> Codes:
        """The characters of all texts, folded."""
        return to_codes(to_str(self.terms.data.tobytes()))

    @cached_property
    def sounds(self) -> Sounds:
        """The syllable of each character."""
        found = self._file.get(f"{self._name}.sounds").view(np.uint16)
        if found.size != self.codes.size or found.size != len(self._shown):
            self._file.refuse(f"{self._name}.sounds has another size")
        return found

    @cached_property
    def documents(self) -> Longs:
        """The documents of each text."""
        return self._numbers("documents", len(self.terms))

    @cached_property
    def subjects(self) -> Longs:
        """The documents that have each in title or headings."""
        return self._numbers("subjects", len(self.terms))

    @cached_property
    def weights(self) -> Longs:
        """What each text is ordered by, see ``Entry.weight``."""
        return self.tokens + SUBJECT_WEIGHT * self.subjects

    @cached_property
    def tokens(self) -> Longs:
        """The documents that have each as a word."""
        return self._numbers("tokens", len(self.terms))

    @cached_property
    def order(self) -> NDArray[np.uint32]:
        """The texts, cell by cell, the weightiest first."""
        found = self._file.get(f"{self._name}.order").view(np.uint32)
        if found.size != len(self.terms):
            self._file.refuse(f"{self._name}.order has another size")
        return found

    @cached_property
    def cells(self) -> Longs:
        """Where each cell begins in the order, and the last ends."""
        return self._numbers("cells", CELLS * CELLS + 1)

    def load(self) -> None:
        """Have everything at hand, and see that it fits together.

        Raises:
            DamagedFile: It does not.
        """
        for column in (self.documents, self.weights, self.order, self.cells):
            if column.size and int(column.min()) < 0:
                self._file.refuse(f"{self._name} has a number below 0")
        last = int(self.order.max(initial=0))
        if self.cells[-1] != self.order.size or last >= max(1, self.order.size):
            self._file.refuse(f"{self._name}.order does not fit")

    def shown(self, number: int) -> str:
        """Give a text as it is shown."""
        return self._shown[self.ends[number] : self.ends[number + 1]]

    def folded(self, number: int) -> str:
        """Give a text, folded."""
        return to_str(self.terms[number])

    def find(self, folded: str) -> int:
        """Tell where a folded text stands, or -1."""
        return self.terms.find(to_bytes(folded))

    def beginning(self, folded: str) -> range:
        """Tell where the texts stand that begin with a folded string."""
        start = to_bytes(folded)
        return range(self.terms.place(start), self.terms.place(start + _BEYOND))


class Completions:
    """Reads a file of completions.

    Attributes:
        commit: Number of the commit it was made of.
        tables: The tables by name.
        syllables: The syllables there are; the first is empty.
    """

    def __init__(self, path: Path) -> None:
        """Open it and check every byte.

        Raises:
            DamagedFile: It is torn, foreign, damaged or of another format.
            OSError: It cannot be opened.
        """
        self._file = Container(path)
        self._file.verify()
        try:
            meta = json.loads(self._file.get("meta").tobytes())
            known, self.commit = meta["format"] == FORMAT, int(meta["commit"])
            self.syllables = to_str(self._file.get("syllables").tobytes()).split("\n")
        except (ValueError, KeyError, TypeError) as error:
            self._file.refuse(str(error), error)
        if not known:
            self._file.refuse("is of another format")
        self.tables = {name: Table(self._file, name) for name in TABLES}
        for table in self.tables.values():
            table.load()
            if int(table.sounds.max(initial=0)) >= len(self.syllables):
                self._file.refuse("has sounds that are no syllable")

    @cached_property
    def _readings(self) -> dict[str, tuple[int, ...]]:
        """The readings of each character that has some."""
        letters = self._file.get("letters").view(np.uint32).tolist()
        sounds = self._file.get("letters.sounds").view(np.uint16).tolist()
        ends = np.cumsum(self._file.numbers("letters.counts")).tolist()
        starts = [0, *ends[:-1]]
        return {
            chr(letter): tuple(sounds[start:end])
            for letter, start, end in zip(letters, starts, ends, strict=True)
        }

    def readings(self, char: str) -> tuple[int, ...]:
        """List how a folded character is read, as places in ``syllables``."""
        return self._readings.get(char, ())


def commit_of(folder: Path) -> int | None:
    """Tell of which commit the completions in a folder are; none if there are none."""
    with suppress(DamagedFile, OSError):
        return Completions(folder / NAME).commit
    return None
