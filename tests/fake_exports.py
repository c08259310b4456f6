"""Exports in memory: everything that a search finds, page by page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from search.export import ExportRequest, Record
from search.results import Results, SearchRequest
from search.views import DocumentView


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeExporter:
    """Finds by searching.

    Attributes:
        search: Answers a search.
        document: Shows a document.
        fails_at: Rank of a record that cannot be read, 0 for none.
        failure: What is raised there.
    """

    search: Callable[[SearchRequest], Results]
    document: Callable[[str], DocumentView]
    fails_at: int = 0
    failure: Exception | None = None

    def find(self, request: ExportRequest) -> "FakeExport":
        """Find it."""
        asked = replace(request.search, per_page=100)
        return FakeExport(self, request, self.search(asked))


@dataclass(frozen=True, slots=True)
class FakeExport:
    """What a search found."""

    exporter: FakeExporter
    request: ExportRequest
    results: Results

    @property
    def parsed(self) -> str:
        """The query as understood."""
        return self.results.parsed

    @property
    def total(self) -> int:
        """How many hits there are."""
        return self.results.total

    @property
    def total_documents(self) -> int:
        """How many documents there are."""
        return self.results.total_documents

    @property
    def index_version(self) -> str:
        """Name of the index state."""
        return self.results.index_version

    def records(self, most: int | None = None) -> Iterator[Record]:
        """Give the hits as records."""
        for hit in islice(self.results.hits, most):
            if hit.rank == self.exporter.fails_at and self.exporter.failure:
                raise self.exporter.failure
            view = self.exporter.document(hit.id)
            yield Record(
                rank=hit.rank,
                score=hit.score,
                near_duplicates=hit.near_duplicates,
                document=view.document,
                gone=hit.gone,
                capture=view.captures[-1] if view.captures else None,
                snippets=hit.snippets if self.request.snippets else (),
                text=view.document.text if self.request.text else None,
            )
