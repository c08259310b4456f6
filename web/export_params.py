"""The parameters of exports and of batches of queries."""

from typing import Annotated

from pydantic import Field

from search.batch_formats import BatchFormat
from search.errors import RequestError
from search.export import ExportRequest
from search.export_formats import ExportFormat
from search.results import SearchRequest, Sort
from web.params import (
    MAX_ID_CHARACTERS,
    MAX_QUERY_CHARACTERS,
    FilterParameters,
)

MAX_PER_QUERY = 100


class ExportParameters(FilterParameters):
    """Parameters of an export: those of a search, but for its page."""

    q: Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS)] = ""
    """The query; without it every document matches."""
    sort: Sort = Sort.RELEVANCE
    """The order of the hits."""
    group: Annotated[str, Field(max_length=MAX_ID_CHARACTERS)] = ""
    """A document, by its id, and its near-duplicates only, each listed by itself."""
    synonyms: bool = True
    """Find equivalents of unquoted words too, such as full names of abbreviations."""
    format: ExportFormat = ExportFormat.NDJSON
    """What the file is."""
    text: bool = False
    """Give the text of each document, too (ndjson, csv)."""
    snippets: bool = False
    """Give the passages that match, too (ndjson, csv)."""

    def request(self) -> ExportRequest:
        """Make the request for the service.

        Raises:
            RequestError: A citation has no place for what is asked for.
        """
        if self.format.cites and (self.text or self.snippets):
            parameter = "text" if self.text else "snippets"
            limit = "with format=ndjson or csv only; a citation has no place for it"
            raise RequestError(parameter=parameter, limit=limit)
        own = {"q", "format", "text", "snippets"}
        return ExportRequest(
            search=SearchRequest(text=self.q, **self.model_dump(exclude=own)),
            text=self.text,
            snippets=self.snippets,
            captures=self.format.cites,
        )


class BatchParameters(FilterParameters):
    """Parameters that hold for every query of a batch."""

    sort: Sort = Sort.RELEVANCE
    """The order of the hits."""
    synonyms: bool = True
    """Find equivalents of unquoted words too."""
    format: BatchFormat = BatchFormat.NDJSON
    """What the answer is: a line for each query, or a table with a row for each hit."""
    per_query: Annotated[int, Field(ge=0, le=MAX_PER_QUERY)] = 10
    """Hits given of each query, the first ones; ``total`` counts all."""

    def search(self) -> SearchRequest:
        """Make the request that each query is put into."""
        return SearchRequest(**self.model_dump(exclude={"format", "per_query"}))
