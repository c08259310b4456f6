"""What the web needs of the search service."""

from collections.abc import Sequence
from typing import Protocol

from index.coverage import Coverage
from index.crawled import FailedAddress
from index.document import Document
from search.archive import CapturedPage, Comparison
from search.precedents_results import PrecedentRequest, Precedents
from search.results import Results, SearchRequest
from search.similar import Similar
from search.views import DocumentMarks, DocumentView, Health


class Archive(Protocol):
    """Shows captures and coverage."""

    def coverage(self) -> Coverage:
        """Tell what is covered of each site."""
        ...

    def failed(
        self, sites: Sequence[str] = (), *, start: int = 0, most: int = -1
    ) -> list[FailedAddress]:
        """List addresses that gave no page."""
        ...

    def page(self, document_id: str, capture: str = "") -> CapturedPage:
        """Give a page as it came, or raise ``UnknownDocument``, ``UnknownCapture``."""
        ...

    def compare(
        self, document_id: str, before: str = "", after: str = ""
    ) -> Comparison:
        """Compare two captures, or raise as above."""
        ...


class PrecedentFinder(Protocol):
    """Finds passages that share the wording of a text."""

    def find(self, request: PrecedentRequest) -> Precedents:
        """Find them, or raise ``RequestError`` or ``IndexNotUsable``."""
        ...


class SimilarFinder(Protocol):
    """Finds documents like a given one."""

    def find(self, document_id: str, limit: int = 10) -> Similar:
        """Find them, or raise as above, or ``UnknownDocument``."""
        ...


class Searcher(Protocol):
    """Answers searches and shows documents."""

    @property
    def archive(self) -> Archive:
        """What is told beside the texts."""
        ...

    @property
    def precedents(self) -> PrecedentFinder:
        """What finds precedents."""
        ...

    @property
    def similar(self) -> SimilarFinder:
        """What finds similar documents."""
        ...

    def search(self, request: SearchRequest) -> Results:
        """Search, or raise ``SearchError`` or ``IndexNotUsable``."""
        ...

    def document(self, document_id: str) -> DocumentView:
        """Show one document, or raise ``UnknownDocument``."""
        ...

    def marks(self, text: str, document: Document) -> DocumentMarks:
        """Mark what a query matches in a document, or raise ``QuerySyntaxError``."""
        ...

    def health(self) -> Health:
        """Tell whether searches can be answered; never raises."""
        ...
