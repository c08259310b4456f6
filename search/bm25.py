"""BM25F as Whoosh has it, over whole posting lists.

Source: Whoosh 2.7, ``scoring.bm25`` and ``WeightingModel.idf``; a document's score is
the sum over fields and words, each times the boost of the field. Deleted documents
count in the statistics until they are merged away, as they do in Whoosh.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.words import BODY, Arrays, read_field
from index.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

BOOSTS: Final = {"title": 3.0, "headings": 1.5, "body": 1.0}
"""What a word weighs by the field it stands in."""

B: Final = 0.75
K1: Final = 1.2


@compiled
def idf(documents: int, frequency: int) -> float:
    """Weigh a word by its rarity.

    Args:
        documents: Documents in the index, at least 1.
        frequency: Documents that have the word.
    """
    return math.log(documents / (frequency + 1)) + 1


def average_lengths(lengths: Ints) -> Floats:
    """Tell the tokens that a document has in each field.

    Args:
        lengths: Tokens of each document in each field, shape (n_fields, n_docs).

    Returns:
        Averages, 1 where there is nothing, shape (n_fields,).
    """
    sums = lengths.sum(axis=1, dtype=np.int64)
    return np.where(sums > 0, sums / max(lengths.shape[1], 1), 1.0)


class Statistics(NamedTuple):
    """What scores depend on beside the word.

    Attributes:
        lengths: Tokens of all documents in each field, shape (n_fields, n_docs).
        averages: Tokens of a document in each field, shape (n_fields,).
        boosts: What each field counts, shape (n_fields,).
    """

    lengths: Ints
    averages: Floats
    boosts: Floats


@compiled
def read_words(
    words: Arrays, numbers: Longs, held: Longs, statistics: Statistics, base: int
) -> tuple[Ints, Floats, Longs]:
    """Read words from a segment, and score their documents.

    Args:
        words: The words of the segment.
        numbers: Their places in its dictionary, -1 for the unknown, shape (n_words,).
        held: Documents of the index that have each word as a token of each field,
            shape (n_words, n_fields).
        statistics: See there.
        base: The docnum of the segment's first document.

    Returns:
        Docnums, ascending for each word; the score of each, 0 where the word is no
        token; and where each word ends, shape (n_words,).

    Raises:
        ValueError: A list is damaged.
    """
    room = 0
    for number in numbers:
        if number >= 0:
            room += words.counts[:, number].sum()
    docnums, scores = np.empty(room, np.int32), np.empty(room, np.float64)
    ends = np.zeros(numbers.size, np.int64)
    end = 0
    for word in range(numbers.size):
        start, number = end, numbers[word]
        for field in range(BODY, -1 if number >= 0 else BODY, -1):
            if words.counts[field, number]:
                listed, freqs = read_field(words, field, number)
                listed += np.int32(base)
                some = _score(listed, freqs, held[word, field], field, statistics)
                size = _blend(
                    docnums[start:], scores[start:], end - start, listed, some
                )
                end = start + size
        ends[word] = end
    return docnums[:end], scores[:end], ends


@compiled
def _score(
    docnums: Ints, freqs: Ints, held: int, field: int, statistics: Statistics
) -> Floats:
    """Score documents for one word in one field."""
    found = np.empty(docnums.size, np.float64)
    documents = statistics.lengths.shape[1]
    weight = statistics.boosts[field] * idf(documents, held) * (K1 + 1)
    norm, slope = K1 * (1 - B), K1 * B / statistics.averages[field]
    for place in range(docnums.size):
        freq = freqs[place]
        length = statistics.lengths[field, docnums[place]]
        found[place] = freq * weight / (freq + norm + slope * length)
    return found


@compiled
def _blend(docnums: Ints, scores: Floats, size: int, others: Ints, more: Floats) -> int:
    """Put documents with scores among others, from behind; tell how many there are.

    Args:
        docnums: Ascending up to ``size``; there is room for all.
        scores: Of each.
        size: How many there are.
        others: Those to be added, ascending.
        more: Of each.
    """
    if size == 0:
        docnums[: others.size], scores[: others.size] = others, more
        return others.size
    new = at = 0
    for other in others:
        while at < size and docnums[at] < other:
            at += 1
        new += at == size or docnums[at] != other
    total = size + new
    one, other, to = size - 1, others.size - 1, total - 1
    while other >= 0:
        if one >= 0 and docnums[one] > others[other]:
            docnums[to], scores[to] = docnums[one], scores[one]
            one -= 1
        elif one >= 0 and docnums[one] == others[other]:
            docnums[to], scores[to] = docnums[one], scores[one] + more[other]
            one -= 1
            other -= 1
        else:
            docnums[to], scores[to] = others[other], more[other]
            other -= 1
        to -= 1
    return total
