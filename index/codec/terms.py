"""The dictionary of a field: its terms in UTF-8, ascending."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.codec.container import Sections
from index.codec.elias_fano import Bytes
from index.compiled import compiled

Ends = NDArray[np.int64]


@compiled
def _compare(data: Bytes, start: int, end: int, term: Bytes) -> int:
    """Tell whether a term stands below another (-1), is like it, or stands above."""
    for at in range(min(end - start, term.size)):
        if data[start + at] != term[at]:
            return -1 if data[start + at] < term[at] else 1
    size = end - start
    return -1 if size < term.size else int(size > term.size)


@compiled
def _place(data: Bytes, ends: Ends, term: Bytes) -> int:
    """Tell where a term stands or would stand."""
    first, last = 0, ends.size - 1
    while first < last:
        middle = (first + last) // 2
        if _compare(data, ends[middle], ends[middle + 1], term) < 0:
            first = middle + 1
        else:
            last = middle
    return first


@compiled
def find_term(data: Bytes, ends: Ends, term: Bytes) -> int:
    """Tell where a term stands, or -1.

    Args:
        data: The terms of a dictionary, one behind the other.
        ends: Where each begins, and the last ends.
        term: The term.
    """
    place = _place(data, ends, term)
    if place == ends.size - 1:
        return -1
    return -1 if _compare(data, ends[place], ends[place + 1], term) else place


class Terms(Sequence[bytes]):
    """Reads a dictionary from a segment's file."""

    def __init__(self, file: Sections, name: str) -> None:
        """Take the sections ``NAME.terms`` and ``NAME.sizes``."""
        self._file = file
        self._name = name

    @cached_property
    def data(self) -> Bytes:
        """The terms, one behind the other."""
        return self._file.get(f"{self._name}.terms").view(np.uint8)

    @cached_property
    def ends(self) -> Ends:
        """Where each term begins, and the last ends."""
        sizes = self._file.numbers(f"{self._name}.sizes")
        ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        if int(ends[-1]) != self.data.size:
            self._file.refuse(f"the terms of {self._name} have another size")
        return ends

    def __len__(self) -> int:
        """Tell how many terms there are."""
        return int(self.ends.size) - 1

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        """Give a term, or some that stand beside each other."""
        if isinstance(number, slice):
            first, last, _ = number.indices(len(self))
            ends = self.ends[first : max(first, last) + 1].tolist()
            whole = self.data[ends[0] : ends[-1]].tobytes()
            return [whole[a - ends[0] : b - ends[0]] for a, b in pairwise(ends)]
        return self.data[self.ends[number] : self.ends[number + 1]].tobytes()

    def place(self, term: bytes) -> int:
        """Tell where a term stands or would stand."""
        return _place(self.data, self.ends, np.frombuffer(term, np.uint8))

    def find(self, term: bytes) -> int:
        """Tell where a term stands, or -1."""
        return find_term(self.data, self.ends, np.frombuffer(term, np.uint8))

    def beginning(self, start: bytes) -> range:
        """Tell where the terms stand that begin with some bytes."""
        first = last = self.place(start)
        while last < len(self) and self[last].startswith(start):
            last += 1
        return range(first, last)
