"""The words of title, headings and body: one dictionary, a list a field.

The list of the body holds more than the body's tokens: a word of two characters or
more has there, with the frequency 0, every document that holds it literally, in title,
headings or body. So one list says what a word finds, and what its tokens score.
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
    """What reading a word needs.

    Attributes:
        terms: The words in UTF-8, one behind the other.
        ends: Where each begins, and the last ends, shape (n_words + 1,).
        holders: Documents that have each word as a token, shape (3, n_words).
        data: The segment's file.
        counts: Documents in the list of each field and word, shape (3, n_words).
        lists: Where the lists begin in the file, shape (3, n_words + 1).
        freqs: Where their frequencies do, shape (3, n_words + 1).
        documents: Documents in the segment.
    """

    terms: Bytes
    ends: Longs
    holders: Ints
    data: Bytes
    counts: Ints
    lists: Longs
    freqs: Longs
    documents: int


@compiled
def look_up(words: Arrays, sought: Bytes, ends: Longs, held: Longs) -> Longs:
    """Find words in a segment's dictionary.

    Args:
        words: See above.
        sought: The words in UTF-8, one behind the other.
        ends: Where each ends, shape (n,).
        held: The documents that have each as a token of a field are added, shape
            (n, 3).

    Returns:
        Their places in the dictionary, -1 for the unknown, shape (n,).
    """
    numbers = np.empty(ends.size, np.int64)
    start = 0
    for word in range(ends.size):
        number = find_term(words.terms, words.ends, sought[start : ends[word]])
        start = ends[word]
        numbers[word] = number
        if number >= 0:
            for field in range(held.shape[1]):
                held[word, field] += words.holders[field, number]
    return numbers


@compiled
def read_field(arrays: Arrays, field: int, number: int) -> tuple[Ints, Ints]:
    """Read the documents of a word in one field, and its frequency in each.

    Raises:
        ValueError: They are damaged.
    """
    count = arrays.counts[field, number]
    docnums, freqs = np.empty(count, np.int32), np.empty(count, np.int32)
    if count:
        start = arrays.lists[field, number]
        at, end = arrays.freqs[field, number], arrays.freqs[field, number + 1]
        decode_into(arrays.data, start, arrays.documents, docnums)
        decode_freqs_into(arrays.data, at, end, freqs)
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
        return Arrays(
            self.terms.data,
            self.terms.ends,
            np.stack([field.holders for field in self.fields]),
            file.bytes,
            np.stack([field.counts for field in self.fields]),
            np.stack([field.lists_at for field in self.fields]),
            np.stack([field.freqs_at for field in self.fields]),
            self.fields[BODY].universe,
        )

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
        return read_field(self.arrays, field, number)
