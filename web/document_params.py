"""The parameters of the page of a document, of its citations and quotes."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict

from index.document import Script
from search.citations import CitationFormat
from search.errors import RequestError
from search.quotes import read_quote
from search.results import SearchRequest, Sort
from web.params import (
    MAX_DEPTH,
    MAX_ID_CHARACTERS,
    MAX_PER_PAGE,
    MAX_QUERY_CHARACTERS,
    CaptureName,
    FilterParameters,
    Parameters,
    validate,
)
from web.refusals import Reason


class Show(StrEnum):
    """The script a document is shown in."""

    ORIGINAL = "original"
    HANS = "hans"
    HANT = "hant"

    @property
    def script(self) -> Script | None:
        """The script to write it in; ``None`` for its own."""
        return None if self is Show.ORIGINAL else Script(self.value)


def _is_quote(text: str) -> str:
    """Refuse what is no quote."""
    if text:
        try:
            read_quote(text)
        except RequestError as problem:
            raise PydanticCustomError(Reason.QUOTE, "quote") from problem
    return text


QuoteText = Annotated[
    str,
    AfterValidator(_is_quote),
    Field(
        json_schema_extra={
            "pattern": "^sha256:[0-9a-f]{64}:[0-9A-Za-z]{1,16}(-[0-9A-Za-z]{1,16})?"
            ":[0-9]{1,9}-[0-9]{1,9}(:[0-9a-f]{16})?$"
        }
    ),
]


class DocumentParameters(FilterParameters):
    """Parameters of the page of a document.

    Those of a search tell which hit of it the document is; the page leads to the hits
    beside it.
    """

    q: Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS)] = ""
    """The query that led here; what it matches is marked."""
    synonyms: bool = True
    """Mark equivalents of its words, too."""
    sort: Sort = Sort.RELEVANCE
    """The order of the hits."""
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = 10
    """Hits on a page of the search."""
    group: Annotated[str, Field(max_length=MAX_ID_CHARACTERS)] = ""
    """A document and its near-duplicates only."""
    rank: Annotated[int, Field(ge=1, le=MAX_DEPTH)] | None = None
    """Which hit of the search the document was."""
    find: Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS)] = ""
    """What to mark instead of what the query matches."""
    show: Show = Show.ORIGINAL
    """The script to show it in; for reading only, nothing else changes."""
    quote: QuoteText = ""
    """A quote to show and to check."""
    quoting: bool = False
    """Offer a link to quote each paragraph."""

    @property
    def sought(self) -> str:
        """What is marked."""
        return self.find or self.q

    def request(self, page: int) -> SearchRequest:
        """Make the request for a page of the search that led here."""
        names = (*FilterParameters.model_fields, "synonyms", "sort", "per_page")
        values = self.model_dump(include={*names, "group"})
        return SearchRequest(text=self.q, page=page, **values)


class CiteParameters(Parameters):
    """Parameters of a citation."""

    format: CitationFormat = CitationFormat.GBT7714
    """How to write it."""
    capture: CaptureName = ""
    """Number or digest of the capture cited; the newest without it."""


class CitationParameters(Parameters):
    """Parameters of all citations of a document."""

    capture: CaptureName = ""
    """Number or digest of the capture cited; the newest without it."""


class QuoteParameters(Parameters):
    """Parameters of a check of a quote."""

    document: Annotated[str, Field(min_length=1, max_length=MAX_ID_CHARACTERS)]
    """Id of the document that was quoted."""
    quote: Annotated[QuoteText, Field(min_length=1)]
    """The quote, sha256:DIGEST:BLOCK:START-END with :WORDS behind it; START and END
    count code points of blocks, WORDS is the digest of the words. Without that the
    words are those of the capture, and the answer has the digest."""


def read_document(given: MultiDict[str, str]) -> DocumentParameters:
    """Read what to show of a document, or raise ``BadParameter``."""
    return validate(given, DocumentParameters)
