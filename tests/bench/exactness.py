"""Whether quoted strings and bare words find what grep finds, on the whole corpus.

Strings of 2 to 12 characters are cut from the texts without regard to words or
punctuation; words are strings of the text that stand in jieba's dictionary, whether
or not they are tokens where they stand. Every one is sought in the folded lines of
every document, and by the engine; the documents must be the same.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import Final

import rjieba

from index.fold import fold
from search.notation import reads_as_word
from search.results import SearchRequest
from tests.bench.corpora import Piece, read_pieces
from tests.bench.draw import cut_string
from tests.bench.engine_wensu import Wensu

_SEED: Final = 11
_SAMPLED: Final = 5_000
_AT_ONCE: Final = 20_000
"""Documents that are looked through together, to bound memory."""

_LONGEST_WORD: Final = 4


def disagreements(folder: Path, documents: int, number: int) -> Iterator[str]:
    """Compare strings and words, as many of each; yield a line for each mistake."""
    engine = Wensu(folder)
    texts = _texts(folder, documents)
    draw = random.Random(_SEED)  # noqa: S311 (a reproducible sample, no secret)
    strings = _distinct(number, (cut_string(texts, draw) for _ in iter(int, 1)))
    words = _distinct(number, _dictionary_words(texts, draw))
    truth = grep(folder, list(map(fold, [*strings, *words])))
    for text in strings:
        holders, ours = truth[fold(text)], found(engine, f'"{text}"')
        if ours != holders:
            yield _mistake(f'"{text}"', holders, ours)
    for text in words:  # one that is no token is several words, and finds more
        holders, ours = truth[fold(text)], found(engine, text)
        if not ours >= holders:
            yield _mistake(text, holders, ours)


def found(engine: Wensu, typed: str) -> set[int]:
    """List the numbers of all documents that a query as typed finds."""
    tree = engine.service.understand(typed, synonyms=False)
    request = SearchRequest(collapse=False, per_page=10**9)
    matches = engine.engine.search(tree, request).matches
    return {int(match.id, 16) for match in matches}


def grep(folder: Path, needles: Sequence[str]) -> dict[str, set[int]]:
    """List for each folded string the documents of which a line contains it."""
    holders: dict[str, set[int]] = {needle: set() for needle in needles}
    pieces = read_pieces(folder)
    while batch := list(islice(pieces, _AT_ONCE)):
        texts = [_lines(piece) for piece in batch]
        ends = list(accumulate(map(len, texts)))
        whole = "".join(texts)
        for needle, held in holders.items():
            held.update(batch[place].number for place in _places(whole, ends, needle))
    return holders


def _places(whole: str, ends: Sequence[int], needle: str) -> Iterator[int]:
    """Yield which of the joined texts contain a string."""
    at = whole.find(needle)
    while at >= 0:
        place = bisect_right(ends, at)
        yield place
        at = whole.find(needle, ends[place])


def _lines(piece: Piece) -> str:
    """Fold title and text, each line ended."""
    return fold(f"{piece.title}\n{piece.text}\n")


def _texts(folder: Path, documents: int) -> list[str]:
    """Read some of the texts, evenly spread."""
    step = max(1, documents // _SAMPLED)
    pieces = read_pieces(folder)
    return [piece.text for piece in pieces if piece.number % step == 0]


def _distinct(number: int, drawn: Iterator[str]) -> list[str]:
    """Take so many different strings."""
    taken: dict[str, None] = {}
    while len(taken) < number:
        taken[next(drawn)] = None
    return list(taken)


def _dictionary_words(texts: Sequence[str], draw: random.Random) -> Iterator[str]:
    """Cut strings out of the texts until they are words of the dictionary."""
    has_word = rjieba.Jieba().has_word
    while True:
        line = cut_string(texts, draw)
        word = line[: draw.randint(2, _LONGEST_WORD)]
        if has_word(fold(word)) and reads_as_word(word):
            yield word


def _mistake(typed: str, truth: set[int], ours: set[int]) -> str:
    """Describe how far what was found is from the truth."""
    missed, wrong = len(truth - ours), len(ours - truth)
    return f"{typed}: {len(truth)} documents, {missed} missed, {wrong} too many"
