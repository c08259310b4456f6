"""The best hits once more: of those with the best words, the closest wording first.

The first ``DEPTH`` hits by BM25F are put in order by BM25F and closeness; those behind
them keep their order. Nothing can be added to a later hit, and what is added is never
negative, so scores fall from hit to hit, and a page holds the same hits however it is
asked for.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from search.bm25 import Floats
from search.closeness import Closeness
from search.columns import Ints
from search.found import Docnums
from search.ranking import Ranked

DEPTH: Final = 200
"""Hits that are looked at once more. Of 100 the right one is first as often."""


class Reranked(NamedTuple):
    """A page of hits, and what closeness adds to the score of each.

    Attributes:
        ranked: The hits, their scores with all parts.
        passage: See ``Closeness``.
        title: See ``Closeness``.
    """

    ranked: Ranked
    passage: Floats
    title: Floats


def rerank(
    pages: Callable[[range], Ranked],
    measure: Callable[[Docnums], Closeness],
    latest: Ints,
    page: range,
) -> Reranked:
    """Put the hits of a page in order by words and closeness.

    Args:
        pages: Gives a page of hits in the order of their words.
        measure: Measures documents, ascending.
        latest: See ``Columns``; decides between equal scores.
        page: Which hits, from 0.
    """
    if page.start >= DEPTH:
        return unchanged(pages(page))
    best = pages(range(DEPTH))
    ascending = np.argsort(best.docnums)
    close = measure(best.docnums[ascending])
    passage, title = np.empty((2, best.docnums.size))
    passage[ascending], title[ascending] = close
    scores = best.scores + passage + title
    order = np.lexsort((latest[best.docnums], -scores))[page.start : page.stop]
    ranked = Ranked(best.docnums[order], scores[order], best.copies[order], best.total)
    found = Reranked(ranked, passage[order], title[order])
    if page.stop > DEPTH < best.total:
        return _joined(found, unchanged(pages(range(DEPTH, page.stop))))
    return found


def unchanged(ranked: Ranked) -> Reranked:
    """Take hits as they are."""
    nothing = np.zeros(ranked.docnums.size)
    return Reranked(ranked, nothing, nothing)


def _joined(one: Reranked, other: Reranked) -> Reranked:
    """Put hits one behind the other."""
    first, second = one.ranked, other.ranked
    return Reranked(
        Ranked(
            np.concatenate((first.docnums, second.docnums)),
            np.concatenate((first.scores, second.scores)),
            np.concatenate((first.copies, second.copies)),
            first.total,
        ),
        np.concatenate((one.passage, other.passage)),
        np.concatenate((one.title, other.title)),
    )
