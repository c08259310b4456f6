"""The lists of one field in a segment's file."""

from functools import cached_property

import numpy as np

from index.codec.container import Array, Sections
from index.codec.elias_fano import Ints, Longs, decode, decode_all, offsets
from index.codec.frequencies import decode_all_freqs
from index.codec.lists import Lists


class Postings:
    """Reads the lists of a field; a term's list has its place in the dictionary.

    Attributes:
        file: The segment's file.
        name: The field.
        universe: What its numbers are below: documents, or positions for pairs.
    """

    def __init__(self, file: Sections, name: str, universe: int) -> None:
        """Take the sections ``NAME.lists`` and those beside it."""
        self.file = file
        self.name = name
        self.universe = universe

    def _section(self, name: str) -> Array:
        return self.file.get(f"{self.name}.{name}")

    def _numbers(self, name: str) -> Longs:
        return self.file.numbers(f"{self.name}.{name}")

    @cached_property
    def counts(self) -> Ints:
        """The length of each list, shape (n_terms,)."""
        return self._numbers("counts").astype(np.int32)

    @cached_property
    def holders(self) -> Ints:
        """The documents with a frequency above 0 in each list, shape (n_terms,)."""
        if f"{self.name}.holders" in self.file:
            return self._numbers("holders").astype(np.int32)
        return self.counts

    @cached_property
    def whole(self) -> Longs:
        """Whether each list is whole, see ``words``, shape (n_terms,)."""
        return self._numbers("whole")

    @cached_property
    def scored(self) -> bool:
        """Whether frequencies are kept."""
        return f"{self.name}.freqs" in self.file

    @cached_property
    def lists_at(self) -> Longs:
        """Where each list begins in the file, and the last ends."""
        at = offsets(self.counts.astype(np.int64), self.universe)
        if int(at[-1]) != self._section("lists").size:
            self.file.refuse(f"{self.name} has lists of another size")
        return at + self.file.start(f"{self.name}.lists")

    @cached_property
    def freqs_at(self) -> Longs:
        """Where the frequencies of each list begin in the file, and the last end."""
        sizes = self._numbers("freqsizes")
        at = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        if (
            int(at[-1]) != self._section("freqs").size
            or at.size != self.counts.size + 1
        ):
            self.file.refuse(f"{self.name} has frequencies of another size")
        return at + self.file.start(f"{self.name}.freqs")

    def __len__(self) -> int:
        """Tell how many lists there are."""
        return int(self.counts.size)

    def values(self, number: int) -> Ints:
        """Read one list.

        Raises:
            ValueError: It is damaged.
        """
        at, count = int(self.lists_at[number]), int(self.counts[number])
        return decode(self.file.bytes, at, count, self.universe)

    def read(self, first: int, last: int) -> Lists:
        """Read the lists from one place up to another; their keys are the places.

        Raises:
            ValueError: One is damaged.
        """
        counts = self.counts[first:last].astype(np.int64)
        data = self.file.bytes
        values = decode_all(data, int(self.lists_at[first]), counts, self.universe)
        freqs = None
        if self.scored:
            freqs = decode_all_freqs(data, self.freqs_at[first : last + 1], counts)
        return Lists(np.arange(first, last, dtype=np.uint64), counts, values, freqs)
