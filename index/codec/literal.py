"""Lists of the body made whole: the documents that hold a word literally, too.

Those of words of two to four characters are, and of longer ones that many documents
have. Of the other long words there are many, and looking where they stand takes half
of the time of all; they are found by their pairs when they are asked for.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from index.codec.elias_fano import Ints, Longs
from index.codec.lists import Lists
from index.codec.pairs import Pairs
from index.codec.segment_file import to_str
from index.compiled import compiled

_SHORTEST, _LONGEST = 2, 4
_SELDOM = 256
"""A long word is frequent when it has one document in so many."""

_AT_ONCE = 1 << 14
"""Words whose documents are listed together; there may be some millions of these."""


@compiled
def _join(
    tokens: Ints, freqs: Ints, token_counts: Longs, docnums: Ints, counts: Longs
) -> tuple[Ints, Ints, Longs]:
    """Join the documents of tokens with those of literal occurrences, word by word."""
    values = np.empty(tokens.size + docnums.size, np.int32)
    joined = np.zeros(values.size, np.int32)
    sizes = np.zeros(counts.size, np.int64)
    size = i = j = 0
    for word in range(counts.size):
        i_end, j_end, start = i + token_counts[word], j + counts[word], size
        while i < i_end or j < j_end:
            if j == j_end or (i < i_end and tokens[i] < docnums[j]):
                values[size], joined[size] = tokens[i], freqs[i]
                i += 1
            else:
                values[size] = docnums[j]
                if i < i_end and tokens[i] == docnums[j]:
                    joined[size] = freqs[i]
                    i += 1
                j += 1
            size += 1
        sizes[word] = size - start
    return values[:size], joined[:size], sizes


def made_whole(terms: Sequence[bytes], counts: Longs, documents: int) -> Longs:
    """Tell which lists are made whole, 1 or 0, shape (n_terms,).

    Args:
        terms: The words.
        counts: How many documents have each as a token of the body, shape (n_terms,).
        documents: Documents in the segment.
    """
    lengths = np.asarray([len(to_str(term)) for term in terms], np.int64)
    short = lengths <= _LONGEST
    whole = (lengths >= _SHORTEST) & (short | (counts * _SELDOM >= documents))
    return whole.astype(np.int64)


def with_literal(
    parts: Iterable[Lists], terms: list[bytes], whole: Longs, pairs: Pairs
) -> Iterator[Lists]:
    """Add to the lists of words the documents that hold them literally.

    Args:
        parts: Lists of tokens, one for each word in order, some words at a time.
        terms: All words.
        whole: Which lists are to be made whole, shape (n_terms,).
        pairs: The pairs of the same segment.

    Yields:
        The lists; what was added has the frequency 0.
    """
    for part in parts:
        start = int(part.keys[0])
        stop = start + part.keys.size
        for first in range(start, stop, _AT_ONCE):
            last = min(first + _AT_ONCE, stop)
            words = [
                to_str(term) if chosen else ""
                for term, chosen in zip(
                    terms[first:last], whole[first:last].tolist(), strict=True
                )
            ]
            yield _whole(part.covering(first, last), words, pairs)


def _whole(tokens: Lists, words: list[str], pairs: Pairs) -> Lists:
    """Add what holds some words literally."""
    assert tokens.freqs is not None  # noqa: S101 (words have frequencies)
    docnums, counts = pairs.documents_of_words(words)
    values, freqs, sizes = _join(
        tokens.values, tokens.freqs, tokens.counts, docnums, counts
    )
    return Lists(tokens.keys, sizes, values, freqs)
