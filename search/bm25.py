"""BM25F as Whoosh has it, over whole posting lists.

Source: Whoosh 2.7, ``scoring.bm25`` and ``WeightingModel.idf``; a document's score is
the sum over fields and words, each times the boost of the field. Deleted documents
count in the statistics until they are merged away, as they do in Whoosh.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BOOSTS: Final = {"title": 3.0, "headings": 1.5, "body": 1.0}
"""What a word weighs by the field it stands in."""

B: Final = 0.75
K1: Final = 1.2


def idf(documents: int, frequency: int) -> float:
    """Weigh a word by its rarity.

    Args:
        documents: Documents in the index, at least 1.
        frequency: Documents that have the word.
    """
    return math.log(documents / (frequency + 1)) + 1


def norms(tokens: NDArray[np.integer]) -> Floats:
    """Tell what each document's length adds below the fraction, shape (n_docs,).

    Args:
        tokens: Tokens of each document in the field, shape (n_docs,).
    """
    average = float(tokens.sum(dtype=np.int64)) / (tokens.size or 1) or 1.0
    found: Floats = K1 * ((1 - B) + B / average * tokens.astype(np.float64))
    return found


def scores(freqs: NDArray[np.integer], norm: Floats, weight: float) -> Floats:
    """Score documents for one word in one field.

    Args:
        freqs: How often each document has the word, shape (n,).
        norm: The norm of each, shape (n,).
        weight: Rarity times boost.
    """
    found: Floats = freqs * (weight * (K1 + 1)) / (freqs + norm)
    return found
