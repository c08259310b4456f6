"""The contract between the service and whatever finds documents."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

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


class Engine(Protocol):
    """Finds documents for a query tree."""

    def search(self, query: Query, request: SearchRequest) -> Answer:
        """Find, count and order; ``request.text`` is already parsed into query."""
        ...

    def count(self, query: Query) -> int:
        """Count the documents of a query tree, copies each."""
        ...

    def document_frequency(self, text: str) -> int:
        """Count the documents that literally contain the text."""
        ...

    def revisions(self) -> dict[str, int]:
        """Tell which revision of each document is indexed."""
        ...

    def version(self) -> str:
        """Name the index state, or raise ``IndexNotUsable``."""
        ...
