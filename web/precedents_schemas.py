"""What the API takes and gives for precedents and similar documents."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from index.document import Kind, Script
from search.precedents import MAX_PASSAGES, MAX_TEXT
from search.precedents_results import Order, PrecedentRequest
from search.results import SearchRequest
from search.similar import MAX_SIMILAR
from web.answer import Answer, Mark
from web.params import Parameters, Values, Year
from web.refusals import Reason


class PrecedentsBody(Parameters):
    """A text whose wording is sought, and where."""

    text: Annotated[str, Field(max_length=MAX_TEXT)]
    """A paragraph or a draft; at least 8 letters or digits."""
    limit: Annotated[int, Field(ge=1, le=MAX_PASSAGES)] = 10
    """Passages at the most."""
    order: Order = Order.OVERLAP
    """Most overlap first, or the earliest first."""
    min_overlap: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Leave out passages that have less of the text."""
    site: Values = ()
    """Documents of any of these sites."""
    year_from: Year | None = None
    """Documents about this year or a later one."""
    year_to: Year | None = None
    """Documents about this year or an earlier one."""
    region: Values = ()
    """Documents of any of these regions; the short name (江苏) does."""
    kind: Annotated[tuple[Kind, ...], Field(max_length=50)] = ()
    """Documents of any of these kinds."""
    source: Values = ()
    """Documents of any of these publishers."""
    script: Annotated[tuple[Script, ...], Field(max_length=50)] = ()
    """Documents in any of these scripts."""

    @model_validator(mode="before")
    @classmethod
    def _is_object(cls, given: object) -> object:
        """Refuse what is no JSON object before anything looks into it."""
        if not isinstance(given, dict):
            raise PydanticCustomError(Reason.BODY, "body")
        return given

    @model_validator(mode="after")
    def _years_in_order(self) -> "PrecedentsBody":
        """Refuse years that no document is about."""
        if self.year_from and self.year_to and self.year_from > self.year_to:
            raise PydanticCustomError(Reason.YEARS, "year_from")
        return self

    def request(self) -> PrecedentRequest:
        """Make the request for the service."""
        asked = {"text", "limit", "order", "min_overlap"}
        return PrecedentRequest(
            text=self.text,
            limit=self.limit,
            order=self.order,
            min_overlap=self.min_overlap,
            within=SearchRequest(**self.model_dump(exclude=asked)),
        )


class SimilarParameters(Parameters):
    """Parameters of the documents like one."""

    limit: Annotated[int, Field(ge=1, le=MAX_SIMILAR)] = 10
    """Documents at the most."""


class RunAnswer(Answer):
    """Characters that stand in both texts, folded alike."""

    query: Mark
    """Where in the text that was sent."""
    passage: Mark
    """Where in the text of the passage."""


class PrecedentAnswer(Answer):
    """A passage of the archive that shares wording with the text."""

    id: str
    title: str
    anchor: str
    """Block that it begins in."""
    text: str
    """The passage; blocks are joined by line ends."""
    overlap: float
    """Share of the sent letters and digits that stand in shared runs, 0 to 1; those
    that more than three passages share weigh less, the more the less."""
    runs: list[RunAnswer]
    """In the order of the text that was sent."""
    common: int
    """Letters and digits in shared runs."""
    anchors: list[str]
    """Blocks that it stands in."""
    start: int
    """Where it begins in the first of them."""
    section: list[str]
    """Headings above it, outermost first."""
    url: str | None
    site: str
    source: str | None
    published: str | None
    year: int | None
    script: Script
    near_duplicates: int
    """Further documents of the same text, folded into this one."""


class PartSourceAnswer(Answer):
    """A passage that has some of a part."""

    id: str
    anchor: str
    title: str
    overlap: float
    """Share of the part's letters and digits that stand in it."""


class DraftPartAnswer(Answer):
    """A paragraph of the text, or a sentence where there is only one paragraph."""

    span: Mark
    """Where it stands in the text that was sent."""
    covered: float
    """Share of its letters and digits that stand in any passage found."""
    sources: list[PartSourceAnswer]
    """The passages that have most of it."""


class PrecedentsAnswer(Answer):
    """The passages that share the wording of a text."""

    total: int
    """Passages found; those beyond the limit are not listed."""
    passages: list[PrecedentAnswer]
    parts: list[DraftPartAnswer]
    took_ms: float
    index_version: str


class SimilarDocumentAnswer(Answer):
    """A document like another."""

    id: str
    title: str
    url: str | None
    site: str
    source: str | None
    published: str | None
    year: int | None
    kind: Kind
    script: Script
    score: float
    """How like it is, 0 to 1: by words and wording."""
    wording: float
    """Share of the other's sentences whose wording it has; an estimate by samples."""
    words: list[str]
    """Telling words that both have, folded."""


class SimilarAnswer(Answer):
    """The documents like one; its near-duplicates are not among them."""

    id: str
    words: list[str]
    """The words that tell it from others, folded, the most telling first."""
    documents: list[SimilarDocumentAnswer]
    took_ms: float
    index_version: str
