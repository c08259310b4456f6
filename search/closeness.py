"""How close the strings of a query stand to each other in a document, and to its title.

Words alone say how often each stands in a document, not where. Here every pair of
neighbouring characters of the query is looked up in the best documents: the passage
that has most of them counts, and how much of the title they are.

Measured on questions to laws (``python -m tests.quality.relevance``): a passage finds
the law that answers where a sum over the whole of a long text does not; pairs hold
across the borders of words. Presence alone is worse than counting a pair up to some
times (``SATURATION``), and the size of the passage hardly matters between 200 and 300.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from index.codec.elias_fano import Bytes, Longs
from index.codec.pairs import Arrays, find_pair
from index.codec.ranges import read_ranges
from index.codec.segment_file import SegmentFile
from index.codepoints import Codes, to_codes
from index.compiled import compiled, lowest_bit, word_at
from search.bm25 import Floats
from search.found import Docnums

PASSAGE: Final = 300
"""Characters within which pairs count as close."""

SATURATION: Final = 3.0
"""As ``k1`` of BM25: the larger, the more the tenth occurrence in a passage adds."""

TOGETHER: Final = 1.25
"""What the passage counts beside the words."""

TITLE: Final = 1.5
"""What a pair of the title adds at the most, beside what it adds as a word."""

_MOST_PAIRS: Final = 64
_UNIT: Final = 200
"""Characters of the passages by whose number a pair is called rare."""

_MOST_CHARACTERS: Final = 100_000
"""Of a longer document only the beginning is looked at."""


class Closeness(NamedTuple):
    """What the places of a query's characters add to the score of documents.

    Attributes:
        passage: For the best passage of each, shape (n,).
        title: For its title, shape (n,).
    """

    passage: Floats
    title: Floats


class _Pairs(NamedTuple):
    """The pairs of a query.

    Attributes:
        codes: The two characters of each, shape (n, 2).
        weights: Of each, shape (n,).
    """

    codes: Codes
    weights: Floats


def closeness(
    files: Sequence[tuple[SegmentFile, int]],
    strings: Sequence[str],
    docnums: Docnums,
) -> Closeness:
    """Tell how close folded strings stand in documents.

    Args:
        files: The segments, each with the docnum of its first document.
        strings: Folded strings.
        docnums: The documents, ascending, shape (n,).

    Raises:
        ValueError: A list is damaged.
    """
    passage, title = np.zeros(docnums.size), np.zeros(docnums.size)
    pairs = _weigh(files, strings)
    bounds = np.searchsorted(docnums, [base for _, base in files])
    for (file, base), first, last in zip(
        files, bounds, [*bounds[1:], docnums.size], strict=True
    ):
        if first < last and pairs.weights.size:
            found = _measure(file.pairs.arrays, *pairs, docnums[first:last] - base)
            passage[first:last], title[first:last] = found
    return Closeness(passage * _together(pairs), title)


def _together(pairs: _Pairs) -> float:
    """Tell how much it counts that pairs stand together: one alone does not at all."""
    return TOGETHER * (1 - 1 / max(pairs.weights.size, 1))


def _weigh(files: Sequence[tuple[SegmentFile, int]], strings: Sequence[str]) -> _Pairs:
    """List the pairs of letters and digits, the rarest of them, with their weights."""
    listed = dict.fromkeys(
        string[at : at + 2]
        for string in strings
        for at in range(len(string) - 1)
        if string[at].isalnum() and string[at + 1].isalnum()
    )
    codes = to_codes("".join(listed)).reshape(-1, 2)
    counts = np.zeros(len(listed), np.int64)
    for file, _ in files:
        counts += _count(file.pairs.arrays, codes)
    passages = sum(file.positions for file, _ in files) / _UNIT
    weights = np.log1p(passages / np.maximum(counts, 1))
    weights[counts == 0] = 0.0
    kept = np.sort(np.argsort(-weights, kind="stable")[:_MOST_PAIRS])
    kept = kept[weights[kept] > 0]
    return _Pairs(codes[kept], weights[kept])


@compiled
def _count(arrays: Arrays, codes: Codes) -> Longs:
    """Count the occurrences of pairs in a segment."""
    counts = np.zeros(codes.shape[0], np.int64)
    for pair in range(codes.shape[0]):
        number = find_pair(arrays, codes[pair, 0], codes[pair, 1])
        if number >= 0:
            counts[pair] = arrays.layout[number, 0]
    return counts


@compiled
def _measure(
    arrays: Arrays, codes: Codes, weights: Floats, docnums: Docnums
) -> tuple[Floats, Floats]:
    """Measure documents of a segment, see ``Closeness``."""
    starts, ends = np.empty(docnums.size, np.int64), np.empty(docnums.size, np.int64)
    at = np.zeros(docnums.size + 1, np.int64)
    for place in range(docnums.size):
        docnum = docnums[place]
        starts[place] = arrays.ends[docnum - 1] if docnum else 0
        ends[place] = min(arrays.ends[docnum], starts[place] + _MOST_CHARACTERS)
        # Eight empty places behind each text let it be read by words of 8.
        at[place + 1] = at[place] + (ends[place] - starts[place] + 15) // 8 * 8
    slots = np.zeros(at[-1], np.uint8)
    for pair in range(weights.size):
        number = find_pair(arrays, codes[pair, 0], codes[pair, 1])
        if number < 0:
            continue
        count, first = arrays.layout[number]
        places, bounds = read_ranges(
            arrays.data, first, count, arrays.positions, starts, ends
        )
        start = 0
        for place in range(docnums.size):
            shift = at[place] - starts[place]
            for found in range(start, bounds[place]):
                slots[places[found] + shift] = pair + 1
            start = bounds[place]
    passage = np.empty(docnums.size, np.float64)
    title = np.empty(docnums.size, np.float64)
    queue = np.empty(_MOST_CHARACTERS, np.int32)
    for place in range(docnums.size):
        text = slots[at[place] : at[place + 1]]
        passage[place] = _best_passage(text, weights, queue)
        length = min(arrays.titles[docnums[place]], _MOST_CHARACTERS)
        title[place] = TITLE * _title_share(text, length, weights)
    return passage, title


@compiled
def _best_passage(text: Bytes, weights: Floats, queue: Docnums) -> float:
    """Tell what the pairs of the best passage weigh.

    Args:
        text: For each character the number of the pair that begins there, from 1,
            or 0; a multiple of 8.
        weights: Of the pairs.
        queue: Room for the places of the passage's pairs, as many as characters.
    """
    counts = np.zeros(weights.size, np.int64)
    best = weight = 0.0
    first = last = 0
    for start in range(0, text.size, 8):
        word = word_at(text, start)
        while word != np.uint64(0):
            byte = lowest_bit(word) >> 3
            word &= ~(np.uint64(255) << np.uint64(8 * byte))
            place = start + byte
            while first < last and place - queue[first] > PASSAGE:
                pair = text[queue[first]] - 1
                counts[pair] -= 1
                weight -= weights[pair] * _step(counts[pair])
                first += 1
            queue[last] = place
            last += 1
            pair = text[place] - 1
            weight += weights[pair] * _step(counts[pair])
            counts[pair] += 1
            best = max(best, weight)
    return best


@compiled
def _step(count: int) -> float:
    """Tell what one occurrence more adds to some, as the frequency of BM25 does.

    It is f(n + 1) - f(n) of f(n) = n (k + 1) / (n + k).
    """
    k = SATURATION
    return k * (k + 1) / ((count + k) * (count + 1 + k))


@compiled
def _title_share(text: Bytes, length: int, weights: Floats) -> float:
    """Weigh the pairs of a title, each once, times how much of the whole they are.

    The whole is the title or the query, whichever they are more of: a title that is
    asked for, and one that has all that is asked for, count in full.
    """
    if length < 2:  # noqa: PLR2004 (no pair)
        return 0.0
    seen = np.zeros(weights.size, np.bool_)
    weight, covered = 0.0, 0
    for place in range(length - 1):
        pair = text[place] - 1
        if pair >= 0:
            covered += 1
            if not seen[pair]:
                seen[pair] = True
                weight += weights[pair]
    return float(weight * max(covered / (length - 1), weight / weights.sum()))
