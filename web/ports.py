"""What the web needs of the search service."""

from typing import Protocol

from index.document import Document
from search.results import Results, SearchRequest
from search.views import DocumentMarks, DocumentView, Health


class Searcher(Protocol):
    """Answers searches and shows documents."""

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
