"""What the web needs of the search service."""

from collections.abc import Sequence
from typing import Protocol

from index.coverage import Coverage
from index.crawled import FailedAddress
from index.document import Document
from search.archive import CapturedPage, Comparison
from search.batch import Finder
from search.precedents_results import PrecedentRequest, Precedents
from search.quotes import CheckedQuote, Quote
from search.results import Results, SearchRequest
from search.series import Series
from search.series_views import SeriesView, YearComparison
from search.similar import Similar
from search.suggest import Suggestion
from search.views import DocumentMarks, DocumentView, Health
from search.wording import Track, WordingRequest


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

    def updated(self, document_id: str) -> str:
        """Tell when a capture last changed what is read; empty without captures."""
        ...

    def page(self, document_id: str, capture: str = "") -> CapturedPage:
        """Give a page as it came, or raise ``UnknownDocument``, ``UnknownCapture``."""
        ...

    def compare(
        self, document_id: str, before: str = "", after: str = ""
    ) -> Comparison:
        """Compare two captures, or raise as above."""
        ...


class QuoteChecker(Protocol):
    """Checks quotes."""

    def check(self, document_id: str, quote: Quote) -> CheckedQuote:
        """Tell whether quoted words still stand, or raise ``UnknownDocument``."""
        ...


class Wording(Protocol):
    """Follows phrases over the years."""

    def track(self, request: WordingRequest) -> Track:
        """Count documents by year, or raise ``RequestError``, ``IndexNotUsable``."""
        ...


class YearSeries(Protocol):
    """Shows the texts of units over the years."""

    def search(self, text: str) -> list[Series]:
        """List the series that a unit or a title is typed for; all if it is empty."""
        ...

    def view(self, name: str) -> SeriesView:
        """Show a series, or raise ``UnknownSeries``."""
        ...

    def compare(
        self, name: str, before: int | None = None, after: int | None = None
    ) -> YearComparison:
        """Compare two years of a series, or raise ``UnknownSeries``."""
        ...


class Suggester(Protocol):
    """Completes queries."""

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Complete the last word of a query, or raise ``IndexNotUsable``."""
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
    def quotes(self) -> QuoteChecker:
        """What checks quotes."""
        ...

    @property
    def wording(self) -> Wording:
        """What follows phrases."""
        ...

    @property
    def series(self) -> YearSeries:
        """The texts of units over the years."""
        ...

    @property
    def suggester(self) -> Suggester:
        """What completes queries."""
        ...

    @property
    def exporter(self) -> Finder:
        """What finds everything that matches."""
        ...

    @property
    def precedents(self) -> PrecedentFinder:
        """What finds precedents."""
        ...

    @property
    def similar(self) -> SimilarFinder:
        """What finds similar documents."""
        ...

    def state(self) -> str:
        """Name all that an answer depends on, or raise ``IndexNotUsable``."""
        ...

    def search(self, request: SearchRequest) -> Results:
        """Search, or raise ``SearchError`` or ``IndexNotUsable``."""
        ...

    def document(self, document_id: str) -> DocumentView:
        """Show one document, or raise ``UnknownDocument``."""
        ...

    def marks(
        self, text: str, document: Document, *, synonyms: bool = True
    ) -> DocumentMarks:
        """Mark what a query matches in a document, or raise ``QuerySyntaxError``."""
        ...

    def health(self) -> Health:
        """Tell whether searches can be answered; never raises."""
        ...
