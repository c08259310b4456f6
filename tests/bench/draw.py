"""Queries drawn from the corpus by document frequency, with a fixed seed."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from index.analysis import Analyzer, make_analyzer
from index.fold import fold
from search.notation import reads_as_word
from tests.bench.cases import ANY_YEARS, CLASSES, Case, to_case
from tests.bench.corpora import Piece, read_pieces

_SEED: Final = 7
_SAMPLED: Final = 10_000
"""Most documents looked at to tell frequent words from rare ones."""

_RARE: Final = 0.001
_COMMON: Final = 0.02
_WARM_UP: Final = 0.15
_TRIES: Final = 50
_LONGEST: Final = 12
_UNQUOTED: Final = set('"\\\n')

# How frequent the words of a query are; queries take the rows in turns.
_PAIRS: Final = (
    ("common", "common"),
    ("common", "medium"),
    ("medium", "medium"),
    ("medium", "rare"),
)
_FREQUENCIES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "rare": (("rare",),),
    "common": (("common",),),
    "and2": _PAIRS,
    "or2": _PAIRS,
    "or4": (
        ("common", "common", "medium", "medium"),
        ("common", "medium", "medium", "rare"),
        ("common", "common", "common", "common"),
        ("medium", "medium", "rare", "rare"),
    ),
    "facets": _PAIRS,
    "deep": (("common", "common"),),
    "page": _PAIRS,
}
_EITHER: Final = frozenset({"or2", "or4", "deep"})
_PAGES: Final = 5
"""One search page of so many asks for any of its words, the others for all."""

_FIRST_YEARS: Final = range(1990, 2016)
_YEARS_KEPT: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    """Part of the corpus, and how frequent words are in it.

    Attributes:
        texts: Folded texts, one a document.
        words: The words of each document that can stand in a query.
        classes: Words by class of frequency.
        class_of: Class of each word.
    """

    texts: Sequence[str]
    words: Sequence[Sequence[str]]
    classes: dict[str, list[str]]
    class_of: dict[str, str]


def draw_cases(folder: Path, documents: int, each: int) -> dict[str, list[Case]]:
    """Draw the queries, unless they were drawn before.

    Args:
        folder: The scratch folder with the corpus.
        documents: Documents in the corpus.
        each: Queries of every class.

    Returns:
        ``warm-up`` and ``timed``, classes in turns, no query twice.
    """
    path = folder / f"queries-{each}.json"
    if not path.exists():
        drawn = _draw(_sample(folder, documents), each)
        plain = {
            name: [asdict(case) for case in cases] for name, cases in drawn.items()
        }
        path.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    return {
        name: [to_case(case) for case in cases]
        for name, cases in json.loads(path.read_text("utf-8")).items()
    }


def cut_string(texts: Sequence[str], draw: random.Random) -> str:
    """Cut 2 to 12 characters out of one line of the texts."""
    while True:
        line = draw.choice(draw.choice(texts).split("\n"))
        start = draw.randrange(max(len(line) - 1, 1))
        piece = line[start : start + draw.randint(2, _LONGEST)]
        if len(piece) > 1 and piece.strip() and not set(piece) & _UNQUOTED:
            return piece


def _draw(sample: _Sample, each: int) -> dict[str, list[Case]]:
    """Draw all classes, first those that only warm up."""
    draw = random.Random(_SEED)  # noqa: S311 (a reproducible sample, no secret)
    seen: set[tuple[object, ...]] = set()
    drawn: dict[str, list[Case]] = {}
    for name, number in (("warm-up", int(each * _WARM_UP) + 1), ("timed", each)):
        drawn[name] = []
        for turn in range(number):
            for kind in CLASSES:
                case = _new(kind, turn, sample, draw, seen)
                drawn[name].extend([case] if case else [])
    return drawn


def _new(
    kind: str,
    turn: int,
    sample: _Sample,
    draw: random.Random,
    seen: set[tuple[object, ...]],
) -> Case | None:
    """Draw a case that was not drawn before; ``None`` where there seem to be none."""
    for _ in range(_TRIES):
        case = _one(kind, turn, sample, draw)
        key = (frozenset(case.words), case.text)
        if key not in seen:
            seen.add(key)
            return case
    return None


def _one(kind: str, turn: int, sample: _Sample, draw: random.Random) -> Case:
    """Draw one case of a class."""
    if kind == "exact":
        return Case(kind=kind, text=cut_string(sample.texts, draw))
    rows = _FREQUENCIES[kind]
    classes = rows[turn % len(rows)]
    either = kind in _EITHER or (kind == "page" and turn % _PAGES == 0)
    gather = _apart if either or len(classes) == 1 else _together
    first = draw.choice(_FIRST_YEARS)
    return Case(
        kind=kind,
        words=gather(classes, sample, draw),
        either=either,
        years=(first, first + _YEARS_KEPT) if kind == "facets" else ANY_YEARS,
    )


def _apart(
    classes: Sequence[str], sample: _Sample, draw: random.Random
) -> tuple[str, ...]:
    """Draw different words of these classes from the whole sample."""
    words: list[str] = []
    for name in classes:
        choice = draw.sample(sample.classes[name], len(classes))
        words.append(next(word for word in choice if word not in words))
    return tuple(words)


def _together(
    classes: Sequence[str], sample: _Sample, draw: random.Random
) -> tuple[str, ...]:
    """Draw words of these classes, or near them, from one document."""
    while True:
        words = draw.choice(sample.words)
        found: list[str] = []
        for name in classes:
            fitting = [
                word
                for word in words
                if sample.class_of[word] == name and word not in found
            ]
            found += [draw.choice(fitting)] if fitting else []
        if len(found) == len(classes):
            return tuple(found)


def _sample(folder: Path, documents: int) -> _Sample:
    """Read part of the corpus, evenly spread, and count its words."""
    analyzer = make_analyzer()
    step = max(1, documents // _SAMPLED)
    pieces = [each for each in read_pieces(folder) if each.number % step == 0]
    words = [list(dict.fromkeys(_words(analyzer, piece))) for piece in pieces]
    counts = Counter(word for listed in words for word in listed)
    class_of = {
        word: _class(count / len(pieces))
        for word, count in counts.items()
        if _is_query(analyzer, word)
    }
    classes: dict[str, list[str]] = {"rare": [], "medium": [], "common": []}
    for word in sorted(class_of):
        classes[class_of[word]].append(word)
    return _Sample(
        texts=[fold(piece.text) for piece in pieces],
        words=[[word for word in listed if word in class_of] for listed in words],
        classes=classes,
        class_of=class_of,
    )


def _words(analyzer: Analyzer, piece: Piece) -> Iterator[str]:
    """Give the words of a piece, without overlaps."""
    for line in piece.text.split("\n"):
        yield from (token.text for token in analyzer.words(line))


def _class(share: float) -> str:
    """Name the class of a word by the share of documents that have it."""
    if share <= _RARE:
        return "rare"
    return "common" if share >= _COMMON else "medium"


def _is_query(analyzer: Analyzer, word: str) -> bool:
    """Tell whether a word has two characters or more and stays one when typed."""
    alone = [token.text for token in analyzer.words(word)] == [word]
    return len(word) > 1 and word.isalpha() and alone and reads_as_word(word)
