"""The words of title, headings and body: one dictionary, a list a field.

The list of the body holds more than the body's tokens: with the frequency 0 it has
every document that holds the word literally, in title, headings or body. So one list
says what a word finds, and what its tokens score. That is so for whole lists; those of
single characters and long words are not (``literal``), nor those of words that a
segment did not know when it was merged.
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.codec.elias_fano import Bytes, Ints, Longs, decode_into
from index.codec.frequencies import decode_freqs_into
from index.codec.postings import Postings
from index.codec.terms import Terms, find_term
from index.compiled import compiled

BODY = 2
"""The place of the body among the fields; the title's is 0, that of the headings 1."""


class Arrays(NamedTuple):
    """What reading words needs; few arrays, for every call hands over each.

    Attributes:
        terms: The words in UTF-8, one behind the other.
        ends: Where each begins, and the last ends, shape (n_words + 1,).
        data: The segment's file.
        layout: A row for each word and one behind the last, shape (n_words + 1, 13);
            for each field the documents in the list of the word, then where each list
            begins in the file, then where its frequencies do, then how many documents
            have the word as a token; last, whether the list of the body is whole.
        documents: Documents in the segment.
    """

    terms: Bytes
    ends: Longs
    data: Bytes
    layout: Longs
    documents: int


_FIELDS = BODY + 1
_LISTS, _FREQS, _HOLDERS, _WHOLE = (n * _FIELDS for n in range(1, 5))


@compiled
def look_up(
    words: Arrays, sought: Bytes, ends: Longs, held: Longs
) -> tuple[Longs, Longs]:
    """Find words in a segment's dictionary.

    Args:
        words: See above.
        sought: The words in UTF-8, one behind the other.
        ends: Where each ends, shape (n,).
        held: The documents that have each as a token of a field are added, shape
            (n, 3).

    Returns:
        Their places in the dictionary, -1 for the unknown, shape (n,); and the same
        with -1 for those too whose list is not whole.
    """
    numbers, lists = np.empty(ends.size, np.int64), np.full(ends.size, -1, np.int64)
    start = 0
    for word in range(ends.size):
        number = find_term(words.terms, words.ends, sought[start : ends[word]])
        start = ends[word]
        numbers[word] = number
        if number >= 0:
            for field in range(_FIELDS):
                held[word, field] += words.layout[number, _HOLDERS + field]
            if words.layout[number, _WHOLE]:
                lists[word] = number
    return numbers, lists


@compiled
def list_of(layout: Longs, field: int, number: int) -> tuple[int, int, int, int]:
    """Tell where the list of a word stands in a file.

    Returns:
        Where it begins, how many documents it has, where their frequencies begin, and
        where these end.
    """
    return (
        int(layout[number, _LISTS + field]),
        int(layout[number, field]),
        int(layout[number, _FREQS + field]),
        int(layout[number + 1, _FREQS + field]),
    )


@compiled
def read_field(
    data: Bytes, layout: Longs, documents: int, field: int, number: int
) -> tuple[Ints, Ints]:
    """Read the documents of a word in one field, and its frequency in each.

    Raises:
        ValueError: They are damaged.
    """
    start, count, at, end = list_of(layout, field, number)
    docnums, freqs = np.empty(count, np.int32), np.empty(count, np.int32)
    if count:
        decode_into(data, start, documents, docnums)
        decode_freqs_into(data, at, end, freqs)
    return docnums, freqs


class Words:
    """Reads words from a segment's file."""

    def __init__(self, terms: Terms, fields: tuple[Postings, ...]) -> None:
        """Take the dictionary and the lists of title, headings and body."""
        self.terms = terms
        self.fields = fields

    @cached_property
    def arrays(self) -> Arrays:
        """What compiled functions read words from."""
        file, sizes = self.fields[BODY].file, {len(each) for each in self.fields}
        if sizes != {len(self.terms)}:
            file.refuse("the words have lists for another number of words")
        layout = np.zeros((len(self.terms) + 1, _WHOLE + 1), np.int64)
        layout[:-1, _WHOLE] = self.whole
        for place, field in enumerate(self.fields):
            layout[:-1, place] = field.counts
            layout[:, _LISTS + place] = field.lists_at
            layout[:, _FREQS + place] = field.freqs_at
            layout[:-1, _HOLDERS + place] = field.holders
        universe = self.fields[BODY].universe
        return Arrays(self.terms.data, self.terms.ends, file.bytes, layout, universe)

    @cached_property
    def whole(self) -> Longs:
        """Tell of each word whether its list is whole, 1 or 0, shape (n_words,)."""
        return self.fields[BODY].whole

    def read(self, field: int, number: int) -> tuple[Ints, Ints]:
        """Read the list of a word in one field.

        Args:
            field: The place of the field.
            number: The word's place in the dictionary.

        Returns:
            Docnums, ascending, and how often each document has the word as a token.

        Raises:
            ValueError: The list is damaged.
        """
        words = self.arrays
        return read_field(words.data, words.layout, words.documents, field, number)
