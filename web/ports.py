"""What the web needs of the search service."""

from collections.abc import Sequence
from typing import Protocol

from index.coverage import Coverage
from index.crawled import FailedAddress
from index.document import Document
from search.archive import CapturedPage, Comparison
from search.results import Results, SearchRequest
from search.suggest import Suggestion
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


class Suggester(Protocol):
    """Completes queries."""

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Complete the last word of a query, or raise ``IndexNotUsable``."""
        ...


class Searcher(Protocol):
    """Answers searches and shows documents."""

    @property
    def archive(self) -> Archive:
        """What is told beside the texts."""
        ...

    @property
    def suggester(self) -> Suggester:
        """What completes queries."""
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
