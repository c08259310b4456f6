"""BM25F as Whoosh has it, over whole posting lists.

Source: Whoosh 2.7, ``scoring.bm25`` and ``WeightingModel.idf``; a document's score is
the sum over fields and words, each times the boost of the field. Deleted documents
count in the statistics until they are merged away, as they do in Whoosh.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

BOOSTS: Final = {"title": 0.5, "headings": 1.5, "body": 1.0}
"""What a word weighs by the field it stands in; ``search.closeness`` adds to titles."""

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


def equivalent_weight(typed: float, equivalent: float) -> float:
    """Say by what the score of an equivalent is multiplied.

    A full name has more words than its abbreviation and would score above it in a
    document that says the same; so its words together weigh no more.

    Args:
        typed: The sum of ``idf`` over the words of what was typed.
        equivalent: The same of the equivalent.
    """
    return min(1.0, typed / equivalent) if equivalent > 0 else 1.0


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
        fields: Tokens of a document on average, and what the field counts, for each
            field, shape (2, n_fields).
    """

    lengths: Ints
    fields: Floats


@compiled
def score(
    docnums: Ints, freqs: Ints, held: int, field: int, statistics: Statistics
) -> Floats:
    """Score documents for one word in one field.

    Args:
        docnums: The documents, shape (n,).
        freqs: How often each has the word as a token of the field, shape (n,).
        held: Documents of the index that have it so.
        field: The place of the field.
        statistics: See there.

    Returns:
        What the word adds to each, shape (n,).
    """
    found = np.empty(docnums.size, np.float64)
    documents = statistics.lengths.shape[1]
    weight = statistics.fields[1, field] * idf(documents, held) * (K1 + 1)
    norm, slope = K1 * (1 - B), K1 * B / statistics.fields[0, field]
    lengths = statistics.lengths[field]
    for place in range(docnums.size):
        freq = freqs[place]
        length = lengths[docnums[place]]
        found[place] = freq * weight / (freq + norm + slope * length)
    return found
