"""Relevance on judged questions: ours against stock BM25, through the front door.

``python -m tests.quality.relevance --corpora FOLDER`` puts the laws and paragraphs of
the corpora into one archive, asks every judged question as a user would type it, in
both scripts, and prints MRR@10, nDCG@10 and recall@100. ``--peers`` adds BM25 as
Whoosh, SQLite FTS5 and Tantivy give it, each on jieba's words and on pairs of
characters; they get folded text, title and body as one, and any word is enough.
"""

import argparse
import gzip
import json
import math
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

import opencc

from index.analysis import make_analyzer
from index.build import update_index
from index.document import Block, BlockKind, Capture, Document, Kind
from index.home import Home
from index.settings import IndexSettings
from index.store import Store, payload_digest
from search.errors import QuerySyntaxError
from search.results import SearchRequest
from search.service import SearchService, open_service

SETS: Final = {"paragraphs": "cmrc_simp", "laws": "statute_doc"}
"""The judged sets: name and file."""

COLLECTIONS: Final = ("laws_cn", "cmrc_simp")
TOP, DEEP = 10, 100
GATE_STEP: Final = 9
"""Every so many questions are asked by the gate: some 640, in each script."""

_BATCH: Final = 200

Search = Callable[[str], Sequence[str]]
"""Gives the ids of the first hundred documents for a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A judged question.

    Attributes:
        text: As typed.
        relevant: Ids of the documents that answer it.
    """

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A document of the corpora."""

    id: str
    title: str
    text: str


def read_texts(
    corpora: Path, collections: Sequence[str] = COLLECTIONS
) -> Iterator[Text]:
    """Read the documents."""
    for name in collections:
        for each in _lines(corpora / f"{name}.jsonl.gz"):
            yield Text(id=each["id"], title=each["title"], text=each["text"])


def read_questions(corpora: Path, name: str, step: int = 1) -> list[Question]:
    """Read every ``step``-th question of a set, with its judgements.

    Source of the measures' gain: binary, 1 for every judged document.
    """
    file = SETS[name]
    relevant: dict[str, set[str]] = defaultdict(set)
    with gzip.open(corpora / f"{file}.qrels.tsv.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            question, document, _ = row.rstrip("\n").split("\t")
            relevant[question].add(document)
    return [
        Question(text=each["query"], relevant=frozenset(relevant[each["id"]]))
        for each in islice(
            _lines(corpora / f"{file}.queries.jsonl.gz"), None, None, step
        )
    ]


def _lines(path: Path) -> Iterator[dict[str, str]]:
    """Read a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def digest(corpora: Path) -> str:
    """Name the state of the judged sets."""
    found = sha256()
    for path in sorted(corpora.glob("*.gz")):
        if any(name in path.name for name in (*COLLECTIONS, *SETS.values())):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def score(search: Search, questions: Sequence[Question]) -> dict[str, float]:
    """Measure one way of searching.

    Returns:
        ``MRR@10``, ``nDCG@10`` (Järvelin and Kekäläinen 2002, binary gain) and
        ``recall@100``, each from 0 to 1, averaged over the questions.
    """
    sums = dict.fromkeys(("MRR@10", "nDCG@10", "recall@100"), 0.0)
    for question in questions:
        ids = search(question.text)
        hits = [place for place, id_ in enumerate(ids) if id_ in question.relevant]
        best = [place for place in hits if place < TOP]
        ideal = sum(map(_gain, range(min(TOP, len(question.relevant)))))
        sums["MRR@10"] += 1 / (best[0] + 1) if best else 0
        sums["nDCG@10"] += sum(map(_gain, best)) / ideal
        sums["recall@100"] += len(hits) / len(question.relevant)
    return {name: total / len(questions) for name, total in sums.items()}


def _gain(place: int) -> float:
    """Discount a place, from 0."""
    return 1 / math.log2(place + 2)


def fill(home: Home, texts: Iterator[Text]) -> None:
    """Store texts as documents, one block a line, and index them."""
    store = Store(home.store, create=True)
    while batch := list(islice(texts, _BATCH)):
        with store.transaction():
            for text in batch:
                _put(store, text)
    for _ in update_index(home, store, make_analyzer(), IndexSettings()):
        pass
    store.close()


def id_of(name: str) -> str:
    """Make a document's id of a name in the corpora."""
    return sha256(name.encode()).hexdigest()[:16]


def _put(store: Store, text: Text) -> None:
    """Store one text."""
    document = Document(
        id=id_of(text.id),
        title=text.title,
        site="corpora",
        kind=Kind.OTHER,
        blocks=tuple(
            Block(anchor=f"b{place}", kind=BlockKind.PARAGRAPH, text=line)
            for place, line in enumerate(filter(None, text.text.split("\n")), 1)
        ),
    )
    capture = Capture(
        at="2026-01-01T00:00:00Z",
        status=None,
        digest=payload_digest(document.id.encode("ascii")),
        origin=text.id,
    )
    store.put(document, capture, b"", "relevance")


def asking(service: SearchService) -> Search:
    """Search as the page does, a hundred hits; a question with a mistake has none."""

    def search(text: str) -> Sequence[str]:
        asked = SearchRequest(text=text, per_page=DEEP, facets=False)
        try:
            return [hit.id for hit in service.search(asked).hits]
        except QuerySyntaxError:
            return []

    return search


def with_ids(questions: Sequence[Question]) -> list[Question]:
    """Judge by our ids."""
    return [
        Question(text=each.text, relevant=frozenset(map(id_of, each.relevant)))
        for each in questions
    ]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def converted(questions: Sequence[Question]) -> list[Question]:
    """Write the questions in the other script."""
    return [
        Question(text=_converter().convert(each.text), relevant=each.relevant)
        for each in questions
    ]


def measure(
    service: SearchService, corpora: Path, step: int = 1
) -> Mapping[str, Mapping[str, float]]:
    """Measure every set in both scripts."""
    found = {}
    search = asking(service)
    for name in SETS:
        questions = with_ids(read_questions(corpora, name, step))
        found[name] = score(search, questions)
        found[f"{name}, other script"] = score(search, converted(questions))
    return found


def measured(service: SearchService, corpora: Path) -> dict[str, float]:
    """Measure what the gate holds: every ninth question, figures by set and script."""
    return {
        f"{name} {figure}": round(value, 4)
        for name, figures in measure(service, corpora, GATE_STEP).items()
        for figure, value in figures.items()
    }


def main() -> None:
    """Measure, print, and compare with the peers where asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.relevance")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--home", type=Path, help="keep the archive here")
    parser.add_argument("--step", type=int, default=1, help="every n-th question")
    parser.add_argument("--peers", action="store_true", help="measure others, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(options.home or Path(scratch))
        if not home.store.exists():
            fill(home, read_texts(options.corpora))
        service = open_service(home)
        _show("wensu", measure(service, options.corpora, options.step))
        service.close()
    if options.peers:
        from tests.bench.relevance_peers import PEERS  # noqa: PLC0415 (slow to import)

        texts = list(read_texts(options.corpora))
        sets = {n: read_questions(options.corpora, n, options.step) for n in SETS}
        for name, make in PEERS.items():
            search = make(texts)
            _show(name, {each: score(search, asked) for each, asked in sets.items()})


def _show(name: str, figures: Mapping[str, Mapping[str, float]]) -> None:
    """Print a row for each set."""
    for each, values in figures.items():
        row = "  ".join(f"{label} {value:.3f}" for label, value in values.items())
        sys.stdout.write(f"{name:<22} {each:<26} {row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
