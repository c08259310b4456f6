"""The documents that hold all of some words, or any, with scores: a segment at a time.

Of an AND the shortest list is read; of the others only what is left is looked up, so
that a list that cannot matter is passed over. Of an OR every list is read, for the
total is exact.
"""

from typing import NamedTuple

import numpy as np

from index.codec.elias_fano import Bytes, Ints, Longs, decode
from index.codec.frequencies import pick_freqs
from index.codec.probing import DENSE, find_places, shortest_first
from index.codec.words import BODY, Arrays, list_of, read_field
from index.compiled import compiled
from search.bm25 import Floats, Statistics, score
from search.found import join, seek


class Docs(NamedTuple):
    """Documents of a segment, with scores.

    Attributes:
        docnums: Ascending, shape (n,).
        scores: Of each.
        base: The docnum of the segment's first document.
    """

    docnums: Ints
    scores: Floats
    base: int


@compiled
def all_words(
    words: Arrays, numbers: Longs, held: Longs, statistics: Statistics, base: int
) -> tuple[Ints, Floats]:
    """Find and score the documents of a segment that hold every one of some words.

    Args:
        words: The words of the segment.
        numbers: Places in its dictionary, shape (n_words,).
        held: Documents of the index that have each word as a token of each field,
            shape (n_words, n_fields).
        statistics: See there.
        base: The docnum of the segment's first document.

    Returns:
        Docnums, ascending, and the score of each.

    Raises:
        ValueError: A list is damaged.
    """
    counts = np.empty(numbers.size, np.int32)
    for word in range(numbers.size):
        counts[word] = words.layout[numbers[word], BODY]
    order = shortest_first(counts)
    first = order[0]
    docnums, freqs = read_field(
        words.data, words.layout, words.documents, BODY, numbers[first]
    )
    docnums += np.int32(base)
    scores = score(docnums, freqs, held[first, BODY], BODY, statistics)
    for word in order[1:]:
        if docnums.size == 0:
            break
        at, count, freqs_at, end = list_of(words.layout, BODY, numbers[word])
        places = _places(words.data, at, count, words.documents, docnums, base)
        size = 0
        for place in range(docnums.size):
            if places[place] >= 0:
                docnums[size], scores[size] = docnums[place], scores[place]
                places[size] = places[place]
                size += 1
        docnums, scores = docnums[:size], scores[:size]
        freqs = pick_freqs(words.data, freqs_at, end, count, places[:size])
        more = score(docnums, freqs, held[word, BODY], BODY, statistics)
        for place in range(size):
            scores[place] += more[place]
    for word in range(numbers.size):
        for field in range(BODY):
            found = Docs(docnums, scores, base)
            _add(words, field, numbers[word], held[word, field], statistics, found)
    return docnums, scores


@compiled
def any_word(
    words: Arrays, numbers: Longs, held: Longs, statistics: Statistics, base: int
) -> tuple[Ints, Floats]:
    """Find and score the documents of a segment that hold any of some words.

    Arguments and result are those of ``all_words``.
    """
    fields = BODY + 1
    ends = np.zeros(fields * numbers.size + 1, np.int64)
    for word in range(numbers.size):
        for field in range(fields):
            at = fields * word + field
            ends[at + 1] = ends[at] + words.layout[numbers[word], field]
    docnums, scores = np.empty(ends[-1], np.int32), np.empty(ends[-1], np.float64)
    lists = 0
    for word in range(numbers.size):
        for field in range(fields):
            at = fields * word + field
            if ends[at] < ends[at + 1]:
                listed, freqs = read_field(
                    words.data, words.layout, words.documents, field, numbers[word]
                )
                listed += np.int32(base)
                some = score(listed, freqs, held[word, field], field, statistics)
                for place in range(listed.size):
                    docnums[ends[at] + place] = listed[place]
                    scores[ends[at] + place] = some[place]
                lists += 1
    if lists == 1:
        return docnums, scores
    return join(docnums, scores, ends, False)  # noqa: FBT003 (compiled)


@compiled
def score_words(  # noqa: PLR0913, PLR0917 (compiled)
    words: Arrays,
    numbers: Longs,
    held: Longs,
    statistics: Statistics,
    base: int,
    docnums: Ints,
) -> Floats:
    """Score documents of a segment by some words, -1 being a word it does not have.

    Arguments are those of ``all_words``, and the documents, ascending.
    """
    scores = np.zeros(docnums.size, np.float64)
    for word in range(numbers.size):
        if numbers[word] >= 0:
            for field in range(BODY + 1):
                found = Docs(docnums, scores, base)
                _add(words, field, numbers[word], held[word, field], statistics, found)
    return scores


@compiled
def _add(  # noqa: PLR0913, PLR0917 (compiled)
    words: Arrays, field: int, number: int, held: int, statistics: Statistics, to: Docs
) -> None:
    """Add what a word in a field adds to the scores of some documents."""
    count = words.layout[number, field]
    if count == 0 or to.docnums.size == 0:
        return
    if count < to.docnums.size:
        listed, freqs = read_field(
            words.data, words.layout, words.documents, field, number
        )
        listed += np.int32(to.base)
        some = score(listed, freqs, held, field, statistics)
        at = 0
        for place in range(count):
            at = seek(to.docnums, at, listed[place])
            if at == to.docnums.size:
                break
            if to.docnums[at] == listed[place]:
                to.scores[at] += some[place]
        return
    at, count, freqs_at, end = list_of(words.layout, field, number)
    places = _places(words.data, at, count, words.documents, to.docnums, to.base)
    kept = np.empty(places.size, np.int32)
    docnums = np.empty(places.size, np.int32)
    size = 0
    for place in range(places.size):
        if places[place] >= 0:
            kept[size], docnums[size] = place, to.docnums[place]
            places[size] = places[place]
            size += 1
    freqs = pick_freqs(words.data, freqs_at, end, count, places[:size])
    some = score(docnums[:size], freqs, held, field, statistics)
    for place in range(size):
        to.scores[kept[place]] += some[place]


@compiled
def _places(  # noqa: PLR0913, PLR0917 (compiled)
    data: Bytes, at: int, count: int, documents: int, docnums: Ints, base: int
) -> Ints:
    """Tell where documents stand in a list, -1 where they do not."""
    if count > DENSE * docnums.size:
        return find_places(data, at, count, documents, docnums, -base)
    places = np.full(docnums.size, -1, np.int32)
    listed = decode(data, at, count, documents)
    place = 0
    for sought in range(docnums.size):
        wanted = docnums[sought] - base
        while place < count and listed[place] < wanted:
            place += 1
        if place == count:
            break
        if listed[place] == wanted:
            places[sought] = place
    return places
