"""The parameters of a search: what is accepted, and what is refused and why.

Page and API read the same parameters with the same limits. Nothing outside a
limit is corrected silently: it is a ``BadParameter``, answered with 400.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Self, TypeVar, get_origin
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict

from index.document import Kind, Script
from search.results import SearchRequest, Sort
from web.refusals import BadParameter, Reason, bad_parameter

MAX_QUERY_CHARACTERS = 1_000
MAX_PER_PAGE = 100
MAX_DEPTH = 10_000
MAX_VALUES = 50
MAX_CAPTURE_CHARACTERS = 80
MAX_ID_CHARACTERS = 400
"""Of an id, or of the address of a document's page."""
_DOCUMENT_ADDRESS = re.compile("/documents/([^/?#]+)")


def _as_parameters(schema: JsonDict) -> None:
    """Write an optional parameter as what it may be: a query has no null."""
    properties = schema.get("properties")
    for declared in properties.values() if isinstance(properties, dict) else ():
        if not isinstance(declared, dict):
            continue
        declared.pop("title", None)
        match declared.pop("anyOf", None):
            case [dict(value), *_]:
                declared.update(value)
                declared.pop("default", None)


Values = Annotated[
    tuple[Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS)], ...],
    Field(max_length=MAX_VALUES),
]
Year = Annotated[int, Field(ge=1, le=9999)]
CaptureName = Annotated[str, Field(max_length=MAX_CAPTURE_CHARACTERS)]


class Parameters(BaseModel):
    """Parameters of one address; an empty one counts as not given."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        json_schema_extra=_as_parameters,
    )

    @classmethod
    def model_json_schema(
        cls,
        *args: Any,  # noqa: ANN401 (pydantic's own signature grows with it)
        **kwargs: Any,  # noqa: ANN401
    ) -> dict[str, Any]:
        """Make the schema once: flask-openapi3 asks again with each request.

        Measured: 1.2 ms a request without this, where a search takes about 1 ms.
        """
        if args or kwargs:
            return super().model_json_schema(*args, **kwargs)
        return _schema(cls)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, given: Mapping[str, object]) -> dict[str, object]:
        """Drop empty values, which a form sends for fields left empty."""
        kept = {
            name: [one for one in value if one != ""]
            if isinstance(value, list)
            else value
            for name, value in given.items()
        }
        return {name: value for name, value in kept.items() if value not in ("", [])}


@cache
def _schema(model: type[Parameters]) -> dict[str, Any]:
    """Keep the schema of each kind of parameters."""
    return super(Parameters, model).model_json_schema()


class NoParameters(Parameters):
    """An address that takes none."""


class CapturedParameters(Parameters):
    """Parameters of a page as captured."""

    capture: CaptureName = ""
    """Number or digest of the capture; the newest without it."""


class CompareParameters(Parameters):
    """Parameters of a comparison of two captures."""

    before: Annotated[CaptureName, Field(alias="from")] = ""
    """Number or digest of a capture; without it the one before the other."""
    after: Annotated[CaptureName, Field(alias="to")] = ""
    """Number or digest of the other; the newest without it."""


class CoverageParameters(Parameters):
    """Parameters of the page of coverage."""

    site: Values = ()
    """Names or hosts of sites."""
    page: Annotated[int, Field(ge=1, le=MAX_DEPTH)] = 1
    """Page of the addresses that failed."""


class SuggestParameters(Parameters):
    """Parameters of a completion."""

    q: Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS)] = ""
    """What is typed, up to the cursor; its last word is completed."""


class FilterParameters(Parameters):
    """Parameters that narrow what is looked at."""

    site: Values = ()
    """Documents of any of these sites."""
    year: Annotated[tuple[Year, ...], Field(max_length=MAX_VALUES)] = ()
    """Documents about any of these years."""
    year_from: Year | None = None
    """Documents about this year or a later one."""
    year_to: Year | None = None
    """Documents about this year or an earlier one."""
    published: Annotated[tuple[Year, ...], Field(max_length=MAX_VALUES)] = ()
    """Documents put up in any of these years."""
    region: Values = ()
    """Documents of any of these regions; the short name (江苏) does."""
    kind: Annotated[tuple[Kind, ...], Field(max_length=MAX_VALUES)] = ()
    """Documents of any of these kinds."""
    source: Values = ()
    """Documents of any of these publishers."""
    script: Annotated[tuple[Script, ...], Field(max_length=MAX_VALUES)] = ()
    """Documents in any of these scripts."""
    complete: bool | None = None
    """Whole documents (true), or cut ones (false)."""
    not_site: Values = ()
    """No documents of these sites."""
    not_year: Annotated[tuple[Year, ...], Field(max_length=MAX_VALUES)] = ()
    """No documents about these years."""
    not_published: Annotated[tuple[Year, ...], Field(max_length=MAX_VALUES)] = ()
    """No documents put up in these years."""
    not_region: Values = ()
    """No documents of these regions; the short name does."""
    not_kind: Annotated[tuple[Kind, ...], Field(max_length=MAX_VALUES)] = ()
    """No documents of these kinds."""
    not_source: Values = ()
    """No documents of these publishers."""
    not_script: Annotated[tuple[Script, ...], Field(max_length=MAX_VALUES)] = ()
    """No documents in these scripts."""
    collapse: bool = True
    """Fold copies of one text into one hit."""

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        """Refuse years that end before they begin."""
        if self.year_from and self.year_to and self.year_from > self.year_to:
            raise PydanticCustomError(Reason.YEARS, "year_from")
        return self


class SearchParameters(FilterParameters):
    """Parameters of a search."""

    q: Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS)] = ""
    """The query; without it every document matches."""
    page: Annotated[int, Field(ge=1)] = 1
    """Page of hits; page times per_page is at most 10,000."""
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = 10
    """Hits on a page."""
    sort: Sort = Sort.RELEVANCE
    """The order of the hits."""
    group: Annotated[str, Field(max_length=MAX_ID_CHARACTERS)] = ""
    """A document, by its id, and its near-duplicates only, each listed by itself."""
    explain: bool = False
    """Tell how the query was understood and what each hit scores by, term by term."""
    why: Annotated[str, Field(max_length=MAX_ID_CHARACTERS)] = ""
    """Id, or address here, of a document: tell why it is or is not among the hits."""
    synonyms: bool = True
    """Find equivalents of unquoted words too, such as full names of abbreviations."""

    @model_validator(mode="after")
    def _within_reach(self) -> Self:
        """Refuse what no single parameter shows to be wrong."""
        if self.page * self.per_page > MAX_DEPTH:
            raise PydanticCustomError(Reason.DEPTH, "page", {"limit": MAX_DEPTH})
        return self

    def request(self) -> SearchRequest:
        """Make the request for the service."""
        values = self.model_dump(exclude={"q", "why"})
        named = _DOCUMENT_ADDRESS.search(self.why)
        why = unquote(named[1]) if named else self.why.strip()
        return SearchRequest(text=self.q, why=why, **values)


ParametersT = TypeVar("ParametersT", bound=Parameters)


def models() -> dict[str, type[Parameters]]:
    """Give every kind of parameters by its name."""
    found = [*Parameters.__subclasses__()]
    for model in found:  # it grows by those that are made of others
        found += model.__subclasses__()
    return {model.__name__: model for model in found}


def known(model: type[Parameters]) -> tuple[str, ...]:
    """List the names of parameters there are."""
    return tuple(info.alias or name for name, info in model.model_fields.items())


def read_search(given: MultiDict[str, str]) -> SearchRequest:
    """Read the parameters of a search, or raise ``BadParameter``."""
    return validate(given, SearchParameters).request()


def refuse_repeated(given: MultiDict[str, str], model: type[Parameters]) -> None:
    """Refuse what a dictionary of single values no longer shows."""
    lists = _lists(model)
    for name in known(model):
        if name not in lists and len(given.getlist(name)) > 1:
            raise BadParameter(name, Reason.REPEATED)


def validate(given: MultiDict[str, str], model: type[ParametersT]) -> ParametersT:
    """Check values against their limits, or raise ``BadParameter``."""
    refuse_repeated(given, model)
    lists = _lists(model)
    values = {
        name: given.getlist(name) if name in lists else given[name] for name in given
    }
    try:
        return model.model_validate(values)
    except ValidationError as problem:
        raise bad_parameter(problem, known(model)) from problem


def _lists(model: type[Parameters]) -> frozenset[str]:
    """Name the parameters that may be given more than once."""
    return frozenset(
        name
        for name, info in model.model_fields.items()
        if get_origin(info.annotation) is tuple
    )
