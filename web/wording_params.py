"""The parameters of questions about phrases."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from search.results import Axis, SearchRequest
from search.wording import (
    MAX_PHRASE_CHARACTERS,
    MAX_PHRASES,
    WordingRequest,
    bare_phrase,
)
from web.params import FilterParameters, Year
from web.refusals import Reason


class Form(StrEnum):
    """What a script gets."""

    JSON = "json"
    CSV = "csv"


class WordingParameters(FilterParameters):
    """Parameters of phrases followed over the years."""

    q: Annotated[
        tuple[Annotated[str, Field(max_length=MAX_PHRASE_CHARACTERS)], ...],
        Field(max_length=MAX_PHRASES),
    ] = ()
    """A phrase, sought exactly; one to five of them."""
    by: Axis = Axis.YEAR
    """The year that counts: what a text is about, or when it was put up."""

    @model_validator(mode="after")
    def _phrases_say_something(self) -> Self:
        """Refuse quotation marks around nothing."""
        if not all(map(bare_phrase, self.q)):
            raise PydanticCustomError(Reason.OTHER, "q")
        return self

    def filters(self) -> SearchRequest:
        """Say which documents are looked at."""
        return SearchRequest(**self.model_dump(include=set(FILTERS)))

    def request(self) -> WordingRequest:
        """Make the request for the service; a phrase given twice counts once."""
        return WordingRequest(
            phrases=tuple(dict.fromkeys(map(bare_phrase, self.q))),
            axis=self.by,
            within=self.filters(),
        )


class WordingApiParameters(WordingParameters):
    """Parameters of the API."""

    format: Form = Form.JSON
    """JSON, or a table as CSV."""


class WordingPageParameters(WordingParameters):
    """Parameters of the page."""

    at: Year | None = None
    """The year whose quotes are shown."""
    of: Annotated[int, Field(ge=1, le=MAX_PHRASES)] = 1
    """Number of the phrase whose quotes are shown."""


FILTERS = tuple(FilterParameters.model_fields)
"""The parameters that narrow, as a search has them, too."""
