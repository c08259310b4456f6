"""The contract between the service and whatever finds documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.codec.segment_file import SegmentFile
from search.columns import Columns
from search.explanations import ScorePart
from search.locating import Location
from search.query import Query
from search.reranking import Reranked
from search.results import Axis, FacetCount, SearchRequest

_DIGITS: Final = 6


class Match(NamedTuple):
    """One document an engine found.

    Attributes:
        id: Document id.
        revision: The revision of it that was indexed.
        score: What it is ranked by: BM25F, and what closeness adds.
        near_duplicates: Matching copies folded into it.
        passage: The part of the score that its best passage gives.
        title: The part of the score that the wording of its title gives.
    """

    id: str
    revision: int
    score: float
    near_duplicates: int
    passage: float = 0.0
    title: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an engine found: the matches of one page and the counts over all.

    Attributes:
        matches: The page's matches in order.
        total: Matches, copies folded.
        total_documents: Matches, copies counted each.
        facets: See ``Results.facets``; empty where the request wants none.
        index_version: Name of the index state that answered.
    """

    matches: tuple[Match, ...]
    total: int
    total_documents: int
    facets: dict[str, tuple[FacetCount, ...]]
    index_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Matches in order, found in one state of the index.

    Attributes:
        columns: What is known of each docnum.
        found: The matches as docnums, and what their scores are made of.
        total_documents: Matches, copies counted each.
        index_version: Name of the index state.
    """

    columns: Columns
    found: Reranked
    total_documents: int
    index_version: str

    @property
    def total(self) -> int:
        """Count the matches, copies folded."""
        return self.found.ranked.total

    def matches(self, start: int = 0, stop: int | None = None) -> tuple[Match, ...]:
        """Give the matches at some places, all if none are named."""
        ranked, passage, title = self.found
        some = slice(start, stop)
        docnums = ranked.docnums[some]
        parts = zip(
            docnums.tolist(),
            self.columns.revisions[docnums].tolist(),
            ranked.scores[some].tolist(),
            ranked.copies[some].tolist(),
            passage[some].tolist(),
            title[some].tolist(),
            strict=True,
        )
        return tuple(
            Match(
                self.columns.ids[docnum],
                revision,
                round(score, _DIGITS),
                copies,
                round(close, _DIGITS),
                round(titled, _DIGITS),
            )
            for docnum, revision, score, copies, close, titled in parts
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """When the documents of a query are from.

    Attributes:
        years: Year to documents, ascending; years without any are left out.
        months: The same by month, as YYYYMM; empty unless years are of publication.
        undated: Documents whose year is not known.
        total: Matches, copies folded if so asked.
        total_documents: Matches, copies counted each.
        first: The earliest of all matches, ``None`` where none has a year.
        last: The latest of all matches.
        index_version: Name of the index state that answered.
    """

    years: dict[int, int]
    months: dict[int, int]
    undated: int
    total: int
    total_documents: int
    first: Match | None
    last: Match | None
    index_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One index state, for what asks more of it than a query does.

    Attributes:
        folder: The generation, to name it when it is damaged.
        version: Name of the state.
        files: The segments in order; none where the index is empty.
        alive: Of each docnum whether the document is not deleted, shape (n_docs,).
        columns: What is known of each docnum.
    """

    folder: Path
    version: str
    files: Sequence[SegmentFile]
    alive: NDArray[np.bool_]
    columns: Columns


class Engine(Protocol):
    """Finds documents for a query tree."""

    def search(
        self, query: Query, request: SearchRequest, strings: Sequence[str] = ()
    ) -> Answer:
        """Find, count and order.

        Args:
            query: The query that was read of ``request.text``.
            request: Filters, order and page.
            strings: Running text; of the most relevant documents those come first in
                which it stands close together. Without any, BM25F alone decides.
        """
        ...

    def listed(
        self, query: Query, request: SearchRequest, strings: Sequence[str] = ()
    ) -> Listed:
        """Find all that ``search`` finds on all pages, in one state of the index."""
        ...

    def tally(
        self, queries: Sequence[Query], request: SearchRequest, axis: Axis
    ) -> tuple[Tally, ...]:
        """Count the documents of each query by year, all in one state of the index.

        Of the request its filters count, and whether copies are folded.
        """
        ...

    def document_frequency(self, text: str) -> int:
        """Count the documents that literally contain the text."""
        ...

    def count(self, query: Query) -> int:
        """Count the documents of a query."""
        ...

    def holds(self, query: Query, document_id: str) -> bool:
        """Tell whether a document matches a query."""
        ...

    def locate(
        self,
        query: Query,
        request: SearchRequest,
        document_id: str,
        strings: Sequence[str] = (),
    ) -> Location | None:
        """Tell where a document stands; ``None`` where it is not indexed."""
        ...

    def score_parts(
        self, query: Query, ids: Sequence[str]
    ) -> list[tuple[ScorePart, ...]]:
        """Tell what the scores of hits are the sum of."""
        ...

    def revisions(self) -> dict[str, int]:
        """Tell which revision of each document is indexed."""
        ...

    def snapshot(self) -> Snapshot:
        """Give the index state that would answer, or raise ``IndexNotUsable``."""
        ...

    def version(self) -> str:
        """Name the index state, or raise ``IndexNotUsable``."""
        ...
