"""Labelled near-duplicates: variants of real texts, and texts that only look alike.

Real texts are read from a folder of corpora, natural near-duplicates among them left
out; everything else is drawn with a fixed seed. A variant is what sites make of a text:
another script, words of the site around it, the beginning alone, a gap, a few other
characters, other sentences, the text printed twice, masked figures, and several of
these together. What must not be taken for a copy: a text with a third of the sentences
of another, the same text with the figures and years of another year, and texts that
have slogans in common.
"""

import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from index.document import Block, BlockKind, Capture, Completeness, Document, Script
from index.fold import fold
from index.store import Store
from tests.quality.variants import (
    FIGURE,
    VARIANTS,
    Draw,
    borrow,
    next_year,
    sentences_of,
    with_slogans,
)

SEED: Final = 20261126
_PIECE, _SHORTEST, _LONGEST = 1000, 250, 2000
_GRAM, _COMMON, _SAMPLED = 12, 0.1, 8
_SPARE: Final = 20
_BATCH: Final = 50
_FIGURES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A document, and what it was made from.

    Attributes:
        document: The document.
        kind: ``base``, the name of a variant, or that of something only alike.
        origin: The base document it is a near-duplicate of; its own id if none.
        near: The base document it must not be taken for; empty if it looks like none.
    """

    document: Document
    kind: str
    origin: str
    near: str = ""


def read_texts(corpora: Path) -> list[tuple[str, str]]:
    """Read titles and texts of summaries' length from whatever corpora there are."""
    found = []
    for path in sorted(corpora.glob("*.jsonl.gz")):
        if path.name.endswith(".queries.jsonl.gz"):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                found.append((row["title"].strip(), _cut(row["text"])))
    found += [
        (path.stem, _cut(path.read_text("utf-8")))
        for path in sorted(corpora.parent.glob("pages/gold/*.txt"))
    ]
    return [(title, text) for title, text in found if len(text) >= _SHORTEST]


def _cut(text: str) -> str:
    """Take sentences from the middle of a text until there are enough of them."""
    kept = ""
    sentences = sentences_of(text)
    for sentence in sentences[len(sentences) // 3 if len(text) > _LONGEST else 0 :]:
        if len(kept) + len(sentence) > _LONGEST or len(kept) >= _PIECE:
            break
        kept += sentence
    return kept


def choose_bases(texts: Sequence[tuple[str, str]], size: int) -> list[tuple[str, str]]:
    """Draw texts that have little in common with each other."""
    draw = Draw(SEED)
    drawn = draw.sample(texts, min(2 * size, len(texts)))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    grams = [_grams(text) for _, text in drawn]
    for number, held in enumerate(grams):
        for gram in held:
            holders[gram].append(number)
    kept: list[int] = []
    taken: set[int] = set()
    for number, held in enumerate(grams):
        shared = Counter(
            other for gram in held for other in holders[gram] if other in taken
        )
        if all(
            count <= _COMMON * min(len(held), len(grams[other]))
            for other, count in shared.items()
        ):
            taken.add(number)
            kept.append(number)
    return [drawn[number] for number in kept[:size]]


def _grams(text: str) -> set[str]:
    """List some of the runs of folded letters, the same ones in every text."""
    letters = re.sub(r"[\W\d_]+", "", fold(text))
    return {
        letters[at : at + _GRAM]
        for at in range(len(letters) - _GRAM + 1)
        if ord(letters[at]) % _SAMPLED == 0
    }


# -- the set -----------------------------------------------------------------


def make_set(bases: Sequence[tuple[str, str]], each: int) -> list[Labelled]:
    """Make documents of the bases, ``each`` of every kind of variant and hard case."""
    draw = Draw(SEED)
    # Sentences for the others come from texts that are no documents themselves.
    own, foreign = bases[: -4 * each - _SPARE], bases[-4 * each - _SPARE :]
    lenders, others = foreign[:-_SPARE], [text for _, text in foreign[-_SPARE:]]
    made = [
        _label(number, title, text, "base") for number, (title, text) in enumerate(own)
    ]
    count = len(made)
    for kind, changes in VARIANTS.items():
        for number in draw.sample(range(len(own)), min(each, len(own))):
            title, text = own[number]
            for change in changes:
                text = change(text, draw, others)
            made.append(_label(count, title, text, kind, made[number].document.id))
            count += 1
    for one in _hard_cases(own, [text for _, text in lenders], others, each, draw):
        kind, number, title, text = one
        near = made[number].document.id
        made.append(_label(count, title, text, kind, near=near))
        count += 1
    return made


def _hard_cases(
    own: Sequence[tuple[str, str]],
    lenders: Sequence[str],
    others: Sequence[str],
    each: int,
    draw: Draw,
) -> Iterator[tuple[str, int, str, str]]:
    """Give kind, number of the base, title and text of what only looks alike."""
    # No text lends its sentences twice, or those that borrow would be alike.
    lent = iter(lenders)
    for number in draw.sample(range(len(own)), min(each, len(own))):
        three = [*islice(lent, 3)]
        yield "borrowed", number, "摘编", borrow(own[number][1], draw, three)
    for number in range(min(each, len(own))):
        yield "slogans", number, "总结", with_slogans("", draw, [next(lent)])
    yearly = [number for number, (_, text) in enumerate(own) if _tells_figures(text)]
    for number in draw.sample(yearly, min(each, len(yearly))):
        title, text = own[number]
        yield "sibling", number, title, next_year(text, draw, others)


def _tells_figures(text: str) -> bool:
    """Tell whether as many sentences have figures as in a short summary of a year."""
    return sum(bool(FIGURE.search(part)) for part in sentences_of(text)) >= _FIGURES


def _label(  # noqa: PLR0913, PLR0917 (a row of the set)
    number: int, title: str, text: str, kind: str, origin: str = "", near: str = ""
) -> Labelled:
    """Make a document with its label."""
    name = f"{number:016x}"
    document = Document(
        id=name,
        title=title,
        site=f"站点{number % 40}",
        script=_script(text),
        completeness=Completeness(complete="trunc" not in kind and "gap" not in kind),
        blocks=tuple(
            Block(anchor=f"b{place}", kind=BlockKind.PARAGRAPH, text=line)
            for place, line in enumerate(filter(str.strip, text.split("\n")), 1)
        ),
    )
    return Labelled(document=document, kind=kind, origin=origin or name, near=near)


def _script(text: str) -> Script:
    """Tell the script by how many characters folding changes."""
    changed = sum(fold(char) != char for char in text if "\u4e00" <= char <= "\u9fff")
    return Script.HANT if changed > len(text) / 20 else Script.HANS


# -- scoring -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well groups answer the labels.

    Attributes:
        recall: Share of each kind of variant that is with its base; ``all`` together.
        precision: Share of the documents put to a canonical one that belong to it.
        flagged: Share of each kind of hard case that is put to what it looks like.
    """

    recall: Mapping[str, float]
    precision: float
    flagged: Mapping[str, float]


def score(labelled: Sequence[Labelled], canonical: Mapping[str, str]) -> Score:
    """Score the canonical document that each id was given."""
    origins = {each.document.id: each.origin for each in labelled}
    found: defaultdict[str, list[bool]] = defaultdict(list)
    flagged: defaultdict[str, list[bool]] = defaultdict(list)
    right: list[bool] = []
    for each in labelled:
        name = each.document.id
        if canonical[name] != name:
            right.append(origins[canonical[name]] == each.origin)
        if each.near:
            flagged[each.kind].append(canonical[name] == canonical[each.near])
        elif each.kind != "base":
            same = canonical[name] == canonical[each.origin]
            found["all"].append(same)
            found[each.kind].append(same)
    return Score(
        recall={kind: _share(values) for kind, values in found.items()},
        precision=_share(right),
        flagged={kind: _share(values) for kind, values in flagged.items()},
    )


def _share(values: Sequence[bool]) -> float:
    """Give the share of truths; 1 of nothing."""
    return sum(values) / len(values) if values else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A score and what it took.

    Attributes:
        score: The score.
        seconds: Processor time of grouping, storing of the texts included.
    """

    score: Score
    seconds: float


def measure(labelled: Sequence[Labelled], path: Path) -> Measured:
    """Put a set into a store of its own, in no order, and score its groups."""
    shuffled = [each.document for each in labelled]
    Draw(SEED).shuffle(shuffled)
    store = Store(path, create=True)
    started = time.process_time()
    for start in range(0, len(shuffled), _BATCH):
        with store.transaction():
            for document in shuffled[start : start + _BATCH]:
                capture = Capture(at="", status=200, digest="", origin=document.id)
                store.put(document, capture, b"", "quality")
    seconds = time.process_time() - started
    canonical = {name: place.group for name, place in store.groups.places().items()}
    store.close()
    return Measured(score=score(labelled, canonical), seconds=seconds)
