"""Documents like a given one: by the words that tell it from others, and by wording.

Of its words those that stand in it often and elsewhere seldom are sought together, in
any number; sentences from all over it vote for documents that share their wording, as
for precedents. Both are shares of what the document itself has, and count alike. Its
near-duplicates are left out: they are it.
"""

import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from index.analysis import Analyzer
from index.codec.segment_file import SegmentFile, to_bytes
from index.codec.words import BODY
from index.document import Kind, Script
from index.errors import UnknownDocument
from search.columns import Columns
from search.engine import Engine, Snapshot
from search.errors import RequestError
from search.precedents import vote
from search.precedents_comparison import read_wanted
from search.precedents_votes import Floats
from search.query import Or, Word
from search.results import SearchRequest
from search.texts import FoldedText, FoldedTexts

MAX_SIMILAR: Final = 100

_WORDS: Final = 24
"""Words that a document is told by."""
_LONGEST_READ: Final = 100_000
"""Characters of which the words are read."""
_SHORTEST: Final = 2
_SENTENCES: Final = 24
_LEAST_SENTENCE: Final = 16
"""Sentences that vote, and characters of each at the least."""
_BUDGET: Final = 30_000
"""Occurrences of pairs that are read of each: rare ones tell enough here."""
_CONSIDERED: Final = 50
"""Documents that are considered, by words and by wording."""
_LEAST_SHARED: Final = 0.05
_LEAST_SCORE: Final = 0.05
"""Wording of a document that is considered for it, and score of one that is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarDocument:
    """A document like another.

    Attributes:
        id: Document id.
        title: Its title.
        url: Its address, if known.
        site: Its site.
        source: Its publisher.
        published: When it was published, ISO 8601 as far as known.
        year: The year it is about.
        kind: Its kind.
        script: Its script.
        score: How like it is, 0 to 1.
        wording: Share of the other's sentences, looked at in samples, whose wording it
            has, 0 to 1; an estimate.
        words: The telling words that both have, the most telling first.
    """

    id: str
    title: str
    url: str | None
    site: str
    source: str | None
    published: str | None
    year: int | None
    kind: Kind
    script: Script
    score: float
    wording: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """The documents like one.

    Attributes:
        id: The document.
        words: The words that tell it from others, the most telling first.
        documents: Those like it, the most like first.
        took_ms: Milliseconds it took.
        index_version: Name of the index state that answered.
    """

    id: str
    words: tuple[str, ...]
    documents: tuple[SimilarDocument, ...]
    took_ms: float
    index_version: str


class _Scored(NamedTuple):
    """A document considered: its number, score and share of wording."""

    docnum: int
    score: float
    wording: float


class SimilarFinder:
    """Finds documents like a given one; safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer, texts: FoldedTexts) -> None:
        """Take the engine, the analyzer of its index, and the texts it indexed."""
        self._engine = engine
        self._analyzer = analyzer
        self._texts = texts
        self._known: tuple[str, Mapping[str, int]] = ("", {})

    def find(self, document_id: str, limit: int = 10) -> Similar:
        """Find the documents most like one.

        Args:
            document_id: The document.
            limit: How many at the most, 1 to 100.

        Raises:
            RequestError: The limit is outside its limits.
            UnknownDocument: There is none with this id in the index.
            IndexNotUsable: There is no index, or it is stale or broken.
        """
        if not 1 <= limit <= MAX_SIMILAR:
            raise RequestError(parameter="limit", limit=f"1 to {MAX_SIMILAR}")
        started = time.perf_counter()
        snapshot = self._engine.snapshot()
        columns = snapshot.columns
        docnums = self._docnums(snapshot)
        if document_id not in docnums:
            raise UnknownDocument(document_id)
        own = docnums[document_id]
        text = self._texts.of(int(columns.revisions[own]))
        copies = _copies(columns, own)
        words = self._telling_words(snapshot.files, text, copies)
        found = self._score(snapshot, own, text, words)[:limit]
        revisions = [int(columns.revisions[each.docnum]) for each in found]
        texts = self._texts.of_all(revisions)
        return Similar(
            id=document_id,
            words=tuple(words),
            documents=tuple(map(_describe, found, texts, [words] * len(found))),
            took_ms=round(1000 * (time.perf_counter() - started), 2),
            index_version=snapshot.version,
        )

    def _telling_words(
        self, files: Sequence[SegmentFile], text: FoldedText, copies: int
    ) -> list[str]:
        """Choose the words that stand in a text often and elsewhere seldom (tf-idf).

        Those that no documents but its copies have lead nowhere.
        """
        folded = "\n".join((text.title, *text.folded))[:_LONGEST_READ]
        counts = Counter(token.text for token in self._analyzer.words(folded))
        documents = sum(file.documents for file in files)
        weights = {}
        for word, count in counts.items():
            if len(word) < _SHORTEST or not word.isalpha():
                continue
            holders = sum(_holders(file, word) for file in files)
            if holders > copies:
                weights[word] = (1 + math.log(count)) * math.log(documents / holders)
        best = sorted(weights, key=lambda word: (-weights[word], word))
        return [word for word in best if weights[word] > 0][:_WORDS]

    def _score(
        self, snapshot: Snapshot, own: int, text: FoldedText, words: list[str]
    ) -> list[_Scored]:
        """Score documents by words and wording; of a group the best stands for all."""
        columns = snapshot.columns
        wording = self._wording(snapshot, text)
        scores = self._by_words(self._docnums(snapshot), own, words)
        near = np.flatnonzero(wording >= _LEAST_SHARED)
        near = near[np.argsort(-wording[near], kind="stable")]
        considered = [*scores, *near[:_CONSIDERED].tolist()]
        scored = sorted(
            (
                _Scored(
                    docnum,
                    (scores.get(docnum, 0.0) + float(wording[docnum])) / 2,
                    float(wording[docnum]),
                )
                for docnum in dict.fromkeys(considered)
            ),
            key=lambda each: (-each.score, int(columns.ranks[each.docnum])),
        )
        best = _without_copies(columns, own, scored).values()
        return [each for each in best if each.score >= _LEAST_SCORE]

    def _by_words(
        self, docnums: Mapping[str, int], own: int, words: list[str]
    ) -> dict[int, float]:
        """Score documents by words, as a share of the best score there is."""
        if not words:
            return {}
        request = SearchRequest(per_page=_CONSIDERED, collapse=False, facets=False)
        answer = self._engine.search(Or(tuple(map(Word, words))), request)
        top = max((match.score for match in answer.matches), default=0.0)
        return {
            docnums[match.id]: match.score / top
            for match in answer.matches
            if docnums.get(match.id, own) != own and top
        }

    def _docnums(self, snapshot: Snapshot) -> Mapping[str, int]:
        """Give the docnum of each id; kept while the index is the same."""
        version, docnums = self._known
        if version != snapshot.version:
            docnums = {name: docnum for docnum, name in enumerate(snapshot.columns.ids)}
            self._known = snapshot.version, docnums
        return docnums

    @staticmethod
    def _wording(snapshot: Snapshot, text: FoldedText) -> Floats:
        """Tell of each document the share of a text's sentences that it has."""
        sentences = [
            part
            for block in text.folded
            for part in block.replace("；", "。").split("。")
            if len(part) >= _LEAST_SENTENCE
        ]
        step = max(1, len(sentences) // _SENTENCES)
        wanted = read_wanted("。\n".join(sentences[::step][:_SENTENCES]))
        if not snapshot.files or not wanted.symbols.size:
            return np.zeros(snapshot.alive.size)
        return np.where(snapshot.alive, vote(snapshot, wanted, _BUDGET).totals, 0.0)


def _copies(columns: Columns, own: int) -> int:
    """Count a document and its near-duplicates."""
    group = int(columns.groups[own])
    return 1 if group < 0 else int(np.count_nonzero(columns.groups == group))


def _holders(file: SegmentFile, word: str) -> int:
    """Count the documents of a segment that are listed under a word."""
    number = file.words.terms.find(to_bytes(word))
    return int(file.words.fields[BODY].counts[number]) if number >= 0 else 0


def _without_copies(
    columns: Columns, own: int, scored: Sequence[_Scored]
) -> dict[int, _Scored]:
    """Leave out a document, its near-duplicates, and all but the best of a group."""
    groups = columns.groups
    kept: dict[int, _Scored] = {}
    for each in scored:
        group = int(groups[each.docnum])
        if each.docnum == own or (group >= 0 and group == groups[own]):
            continue
        kept.setdefault(group if group >= 0 else -1 - each.docnum, each)
    return kept


def _describe(
    scored: _Scored, text: FoldedText, words: Sequence[str]
) -> SimilarDocument:
    """Describe a document, and which words it has."""
    head = text.head
    return SimilarDocument(
        id=head.id,
        title=head.title,
        url=head.url,
        site=head.site,
        source=head.publisher,
        published=head.published,
        year=head.year,
        kind=head.kind,
        script=head.script,
        score=round(scored.score, 4),
        wording=round(scored.wording, 4),
        words=tuple(word for word in words if text.holds(word, "")),
    )
