"""The contract between the service and whatever finds documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.codec.segment_file import SegmentFile
from search.columns import Columns
from search.query import Query
from search.results import FacetCount, SearchRequest


class Match(NamedTuple):
    """One document an engine found.

    Attributes:
        id: Document id.
        revision: The revision of it that was indexed.
        score: BM25F score.
        near_duplicates: Matching copies folded into it.
    """

    id: str
    revision: int
    score: float
    near_duplicates: int


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

    def search(self, query: Query, request: SearchRequest) -> Answer:
        """Find, count and order; ``request.text`` is already parsed into query."""
        ...

    def document_frequency(self, text: str) -> int:
        """Count the documents that literally contain the text."""
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
