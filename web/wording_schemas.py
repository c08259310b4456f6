"""The JSON of phrases over the years; see ``schemas`` for what holds of all."""

from pydantic import ConfigDict

from index.document import Kind, Script
from search.results import Axis
from web.answer import Answer, Mark
from web.schemas import SnippetAnswer


class YearUse(Answer):
    """A phrase in one year."""

    year: int
    documents: int
    """Documents that contain the phrase."""
    held: int
    """Documents the archive has of the year; with 0 nothing is known of it."""
    share: float | None
    """The part of them that contain it; null where none is held."""
    search: str | None
    """Address of the quotes, relative; null where there are none."""


class MonthUse(Answer):
    """A phrase in one month of publication."""

    month: str
    """As 2021-03."""
    documents: int
    held: int
    share: float | None


class AttestationAnswer(Answer):
    """A document that contains a phrase."""

    id: str
    title: str
    title_marks: list[Mark]
    url: str | None
    site: str
    source: str | None
    region: str | None
    kind: Kind
    script: Script
    complete: bool
    year: int | None
    """The year the text is about."""
    published: str | None
    """ISO 8601 as far as known."""
    precision: str | None
    """How far that is: day, month, year or month-day; null where nothing is known."""
    quote: SnippetAnswer | None
    """The passage; null where the phrase stands in the title alone."""


class PhraseUse(Answer):
    """The use of a phrase."""

    phrase: str
    query: str
    """What to search for to find its documents."""
    total: int
    """Documents that contain it, copies folded into one unless collapse=false."""
    total_documents: int
    """The same, copies counted each."""
    undated: int
    """Those of them whose year is not known; they are in no count below."""
    first: AttestationAnswer | None
    """The earliest of all documents that contain it, copies included."""
    last: AttestationAnswer | None
    """The latest."""
    years: list[YearUse]
    """Every year from the first to the last one of which any document is held. A text
    with copies in several years counts in each of them."""
    months: list[MonthUse]
    """Months with the phrase, where by=published and the month is known."""


class WordingAnswer(Answer):
    """Phrases over the years."""

    # The answer is a table where that was asked for.
    model_config = ConfigDict(
        openapi_extra={"content": {"text/csv": {"schema": {"type": "string"}}}}  # type: ignore[typeddict-unknown-key]  # flask-openapi3 reads it
    )

    by: Axis
    collapse: bool
    held: int
    """Documents looked at, copies folded into one unless collapse=false."""
    held_undated: int
    """Those of them whose year is not known."""
    phrases: list[PhraseUse]
    """In the order asked for."""
    index_version: str
