"""The pairs of neighbouring characters, and the strings that are found by them.

A string of two characters or more stands where its pairs stand one behind the other.
Its rarest pair is read; of the others, as many as cover every character are only
asked whether they stand at the right distance from it.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.container import Sections
from index.codec.elias_fano import Bytes, Ints, Longs, decode
from index.codec.lists import Keys
from index.codec.postings import Postings
from index.codec.probing import keep_held, shortest_first
from index.codepoints import Codes, to_codes
from index.compiled import compiled

_GRID_BITS = 8
_PAIR = 2
LETTER_BITS = 21


class Arrays(NamedTuple):
    """What finding strings needs.

    Attributes:
        data: The segment's file.
        letters: The different characters, ascending.
        pairs: The pairs, ascending: place of the first in ``letters`` times the
            number of letters, plus place of the second.
        layout: Occurrences of each pair, and where its list begins in the file,
            shape (n_pairs, 2).
        positions: How many there are, the universe of the lists.
        ends: Where each document's text ends, shape (n_docs,).
        grid: The document that each 256th position is in.
        titles: Characters of each title, shape (n_docs,).
    """

    data: Bytes
    letters: Codes
    pairs: Keys
    layout: Longs
    positions: int
    ends: Longs
    grid: Ints
    titles: Ints


@compiled
def _place(ascending: Codes | Keys, wanted: int | np.int64) -> int:
    """Tell where a number stands, or -1."""
    first, last = 0, ascending.size
    while first < last:
        middle = (first + last) // 2
        if np.int64(ascending[middle]) < wanted:
            first = middle + 1
        else:
            last = middle
    found = first < ascending.size and np.int64(ascending[first]) == wanted
    return first if found else -1


@compiled
def find_pair(arrays: Arrays, first: np.uint32, second: np.uint32) -> int:
    """Tell where a pair stands in the dictionary, or -1."""
    row = _place(arrays.letters, np.int64(first))
    column = _place(arrays.letters, np.int64(second))
    if row < 0 or column < 0:
        return -1
    return _place(arrays.pairs, row * arrays.letters.size + column)


@compiled
def _find_all(arrays: Arrays, codes: Codes) -> Longs:
    """Tell where the pair that begins at each place stands in the dictionary."""
    numbers = np.full(codes.size, -1, np.int64)
    for at in range(codes.size - 1):
        numbers[at] = find_pair(arrays, codes[at], codes[at + 1])
    return numbers


@compiled
def _occurrences(arrays: Arrays, codes: Codes) -> Ints:
    """List where a string begins, ascending."""
    numbers = np.empty(codes.size - 1, np.int64)
    counts = np.empty(codes.size - 1, np.int32)
    for at in range(numbers.size):
        numbers[at] = find_pair(arrays, codes[at], codes[at + 1])
        if numbers[at] < 0:
            return np.empty(0, np.int32)
        counts[at] = arrays.layout[numbers[at], 0]
    covered = np.zeros(codes.size, np.bool_)
    order = shortest_first(counts)
    rarest = order[0]
    covered[rarest] = covered[rarest + 1] = True
    start = arrays.layout[numbers[rarest], 1]
    found = decode(arrays.data, start, counts[rarest], arrays.positions)
    found -= np.int32(rarest)
    for at in order[1:]:
        if found.size and not (covered[at] and covered[at + 1]):
            covered[at] = covered[at + 1] = True
            start = arrays.layout[numbers[at], 1]
            kept = keep_held(
                arrays.data, start, counts[at], arrays.positions, found, at
            )
            found = found[:kept]
    return found


@compiled
def _documents(arrays: Arrays, places: Ints, length: int, title: bool) -> Ints:  # noqa: FBT001 (compiled)
    """List the documents of strings of one length that begin at ascending places."""
    found = np.empty(places.size, np.int32)
    size, last = 0, -1
    docnum = 0
    for place in places:
        docnum = max(docnum, arrays.grid[place >> _GRID_BITS])
        while place >= arrays.ends[docnum]:
            docnum += 1
        start = arrays.ends[docnum - 1] if docnum else 0
        inside = not title or place + length <= start + arrays.titles[docnum]
        if docnum != last and inside:
            found[size] = docnum
            size += 1
            last = docnum
    return found[:size]


@compiled
def _documents_with(arrays: Arrays, codes: Codes, title: bool) -> Ints:  # noqa: FBT001 (compiled)
    """List the documents that hold a string."""
    return _documents(arrays, _occurrences(arrays, codes), codes.size, title)


@compiled
def _documents_of_words(
    arrays: Arrays, codes: Codes, ends: Longs
) -> tuple[Ints, Longs]:
    """List the documents that hold each of some words, of two characters or more."""
    counts = np.zeros(ends.size, np.int64)
    found = np.empty(1 << 16, np.int32)
    size = start = 0
    for number in range(ends.size):
        word = codes[start : ends[number]]
        start = ends[number]
        if word.size >= _PAIR:
            docnums = _documents_with(arrays, word, False)  # noqa: FBT003 (compiled)
            while size + docnums.size > found.size:
                found = np.concatenate((found, np.empty(found.size, np.int32)))
            found[size : size + docnums.size] = docnums
            size += docnums.size
            counts[number] = docnums.size
    return found[:size], counts


class Pairs(Postings):
    """Reads pairs from a segment's file.

    Attributes:
        ends: Where each document's exact text ends, shape (n_docs,).
        titles: Characters of each title, shape (n_docs,).
    """

    def __init__(self, file: Sections, name: str, ends: Longs, titles: Ints) -> None:
        """Take the sections ``NAME.lists`` and those beside it, and the texts."""
        super().__init__(file, name, int(ends[-1]) if ends.size else 0)
        self.ends = ends
        self.titles = titles

    @cached_property
    def letters(self) -> Codes:
        """The different characters, ascending."""
        return self._section("letters").view(np.uint32)

    @cached_property
    def _pairs(self) -> Keys:
        pairs = self.file.numbers(f"{self.name}.pairs", ascending=True)
        return pairs.astype(np.uint64)

    @cached_property
    def arrays(self) -> Arrays:
        """What compiled loops read."""
        grid = np.arange(0, self.universe, 1 << _GRID_BITS)
        return Arrays(
            data=self.file.bytes,
            letters=self.letters,
            pairs=self._pairs,
            layout=np.stack((self.counts, self.lists_at[:-1]), axis=1),
            positions=self.universe,
            ends=self.ends,
            grid=np.searchsorted(self.ends, grid, "right").astype(np.int32),
            titles=self.titles,
        )

    @cached_property
    def keys(self) -> Keys:
        """All pairs as ``first << 21 | second``."""
        first, second = np.divmod(self._pairs, np.uint64(self.letters.size or 1))
        letters = self.letters.astype(np.uint64)
        keys: Keys = (letters[first] << np.uint64(LETTER_BITS)) | letters[second]
        return keys

    def numbers_in(self, folded: Codes) -> Longs:
        """Tell of each place of a folded text the number of the pair that begins there.

        Returns:
            Places in the dictionary, -1 where there is no such pair, shape (n,).
        """
        return _find_all(self.arrays, folded)

    def occurrences(self, folded: str) -> Ints:
        """List where a folded string of two characters or more begins, ascending.

        Raises:
            ValueError: A list is damaged.
        """
        return _occurrences(self.arrays, to_codes(folded))

    def documents(self, places: NDArray[np.integer]) -> Ints:
        """Tell the document of each position, shape (n_places,)."""
        return np.searchsorted(self.ends, places, "right").astype(np.int32)

    def documents_with(self, folded: str, *, title: bool = False) -> Ints:
        """List the documents that hold a folded string of two characters or more.

        Args:
            folded: The string.
            title: Whether it must stand in the title.

        Returns:
            Docnums, ascending.

        Raises:
            ValueError: A list is damaged.
        """
        return _documents_with(self.arrays, to_codes(folded), title)

    def documents_of_words(self, words: list[str]) -> tuple[Ints, Longs]:
        """List the documents that hold each of some folded words.

        Returns:
            Docnums, list after list, and how many each word has, shape (n_words,);
            words of one character, or of none, have none here.

        Raises:
            ValueError: A list is damaged.
        """
        ends = np.cumsum([*map(len, words)], dtype=np.int64)
        return _documents_of_words(self.arrays, to_codes("".join(words)), ends)
