"""Lists of the body made whole: the documents that hold a word literally, too.

Those of words of two to four characters are. Longer ones are few, are mostly tokens
where they stand, and take half the time of all to look for; they are found by their
pairs when they are asked for.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from index.codec.elias_fano import Ints, Longs
from index.codec.lists import Lists
from index.codec.pairs import Pairs
from index.codec.segment_file import to_str
from index.compiled import compiled

_SHORTEST, _LONGEST = 2, 4
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


def is_whole(word: str) -> bool:
    """Tell whether the list of a word is made whole."""
    return _SHORTEST <= len(word) <= _LONGEST


def with_literal(
    parts: Iterable[Lists], terms: list[bytes], pairs: Pairs
) -> Iterator[Lists]:
    """Add to the lists of words the documents that hold them literally.

    Args:
        parts: Lists of tokens, one for each word in order, some words at a time.
        terms: All words.
        pairs: The pairs of the same segment.

    Yields:
        The lists; what was added has the frequency 0.
    """
    for part in parts:
        start = int(part.keys[0])
        stop = start + part.keys.size
        for first in range(start, stop, _AT_ONCE):
            last = min(first + _AT_ONCE, stop)
            yield _whole(part.covering(first, last), terms[first:last], pairs)


def _whole(tokens: Lists, terms: list[bytes], pairs: Pairs) -> Lists:
    """Add what holds some words literally."""
    assert tokens.freqs is not None  # noqa: S101 (words have frequencies)
    words = [word if is_whole(word) else "" for word in map(to_str, terms)]
    docnums, counts = pairs.documents_of_words(words)
    values, freqs, sizes = _join(
        tokens.values, tokens.freqs, tokens.counts, docnums, counts
    )
    return Lists(tokens.keys, sizes, values, freqs)
