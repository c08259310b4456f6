"""Errors as the web tells them: RFC 9457 for the API, a page for a reader.

::

    QuerySyntaxError     400  /problems/query-syntax
    other SearchError    400  /problems/parameter
    UnknownDocument      404  /problems/unknown-document
    UnknownCapture       404  /problems/unknown-capture
    UnknownSeries        404  /problems/unknown-series
    no such address      404  /problems/not-found
    name of the host     400  /problems/unknown-host
    length of address    400  /problems/address-too-long
    method               405  /problems/method-not-allowed
    size of the body     413  /problems/too-large
    kind of the body     415  /problems/media-type
    too many requests    429  /problems/too-many-requests
    anything unforeseen  500  /problems/internal
    too many slow ones   503  /problems/busy
    IndexNotUsable       503  /problems/index-not-usable
    other StoreError     503  /problems/store-not-usable

The names are a promise to scripts; each is also a page that explains itself. What a
stranger may be told of an archive that cannot answer stands in ``faults``.
"""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from flask import Flask, Request, Response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.urls import iri_to_uri

from index.errors import (
    IndexNotUsable,
    StoreError,
    UnknownCapture,
    UnknownDocument,
    WensuError,
)
from search.errors import (
    QuerySyntaxError,
    RequestError,
    SearchError,
    UnknownField,
    UnknownSeries,
)
from web.faults import public_sentence
from web.gate import AddressTooLong
from web.hosts import UnknownHost
from web.interface import speaker
from web.messages import Language, translator
from web.patience import Busy
from web.refusals import BadParameter
from web.schemas import Problem

PROBLEM_JSON = "application/problem+json"
_IN_A_QUERY: Final = "!$&'()*+,/:;=?@%"
"""What may stand in a query as it is (RFC 3986), and what is percent-encoded."""


class ProblemName(StrEnum):
    """The kinds of problem, by the last part of their address."""

    QUERY_SYNTAX = "query-syntax"
    PARAMETER = "parameter"
    UNKNOWN_DOCUMENT = "unknown-document"
    UNKNOWN_CAPTURE = "unknown-capture"
    UNKNOWN_SERIES = "unknown-series"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    REFUSED = "refused"
    UNKNOWN_HOST = "unknown-host"
    TOO_LARGE = "too-large"
    ADDRESS_TOO_LONG = "address-too-long"
    MEDIA_TYPE = "media-type"
    TOO_MANY_REQUESTS = "too-many-requests"
    BUSY = "busy"
    INTERNAL = "internal"
    INDEX_NOT_USABLE = "index-not-usable"
    STORE_NOT_USABLE = "store-not-usable"


# The first class an error belongs to decides.
_OURS: Final[tuple[tuple[type[WensuError], ProblemName, HTTPStatus], ...]] = (
    (QuerySyntaxError, ProblemName.QUERY_SYNTAX, HTTPStatus.BAD_REQUEST),
    (SearchError, ProblemName.PARAMETER, HTTPStatus.BAD_REQUEST),
    (UnknownDocument, ProblemName.UNKNOWN_DOCUMENT, HTTPStatus.NOT_FOUND),
    (UnknownCapture, ProblemName.UNKNOWN_CAPTURE, HTTPStatus.NOT_FOUND),
    (UnknownSeries, ProblemName.UNKNOWN_SERIES, HTTPStatus.NOT_FOUND),
    (IndexNotUsable, ProblemName.INDEX_NOT_USABLE, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreError, ProblemName.STORE_NOT_USABLE, HTTPStatus.SERVICE_UNAVAILABLE),
    (WensuError, ProblemName.INTERNAL, HTTPStatus.INTERNAL_SERVER_ERROR),
)
_HTTP: Final[Mapping[int, ProblemName]] = {
    HTTPStatus.NOT_FOUND: ProblemName.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: ProblemName.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ProblemName.TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ProblemName.MEDIA_TYPE,
    HTTPStatus.TOO_MANY_REQUESTS: ProblemName.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR: ProblemName.INTERNAL,
}
_REQUESTS: Final[Mapping[type[HTTPException], ProblemName]] = {
    UnknownHost: ProblemName.UNKNOWN_HOST,
    AddressTooLong: ProblemName.ADDRESS_TOO_LONG,
    Busy: ProblemName.BUSY,
}


def install(app: Flask) -> None:
    """Answer every error of the application as this module says."""
    app.register_error_handler(WensuError, answer_ours)
    app.register_error_handler(HTTPException, answer_http)


def answer_ours(error: WensuError) -> Response:
    """Answer an error of ours."""
    name, status = next(
        (name, status) for kind, name, status in _OURS if isinstance(error, kind)
    )
    said = ""
    if isinstance(error, BadParameter) and not is_api(request):
        say = speaker()
        limit = say(f"parameter.{error.reason}", **error.values)
        said = say("refused.parameter", name=error.parameter, limit=limit)
    detail = public_sentence(error)
    return _answer(_problem(name, status, detail, **_members(error)), said)


def answer_http(error: HTTPException) -> Response:
    """Answer an error of HTTP, its headers (such as Allow) kept."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    name = _REQUESTS.get(type(error)) or _HTTP.get(status, ProblemName.REFUSED)
    response = _answer(_problem(name, status, error.description or status.phrase))
    for header, value in error.get_headers():
        if header not in response.headers:
            response.headers[header] = value
    return response


_SCRIPTS: Final = ("/healthz", "/metrics", "/openapi.json", "/suggest")


def is_api(asked: Request) -> bool:
    """Tell whether a script asked, who wants JSON whatever happens."""
    return asked.path.startswith("/api") or asked.path in _SCRIPTS


def _problem(
    name: ProblemName, status: HTTPStatus, detail: str, **members: object
) -> Problem:
    """Describe a problem."""
    return Problem.model_validate(
        {
            "type": f"/problems/{name}",
            "title": translator(Language.ENGLISH)(f"problem.{name}.title"),
            "status": status,
            "detail": detail,
            "instance": _instance(),
            **members,
        }
    )


def _instance() -> str:
    """Give the address that was asked for, percent-encoded whatever bytes it has."""
    query = quote(request.query_string, safe=_IN_A_QUERY)
    return iri_to_uri(request.path) + (f"?{query}" if query else "")


def _members(error: WensuError) -> dict[str, object]:
    """Give what an error carries beside its sentence."""
    match error:
        case UnknownField():
            return {
                **_syntax_members(error),
                "known": error.known,
            }
        case QuerySyntaxError():
            return _syntax_members(error)
        case RequestError():
            return {"parameter": error.parameter}
        case IndexNotUsable():
            return {"state": error.state}
    return {}


def _syntax_members(error: QuerySyntaxError) -> dict[str, object]:
    """Give the place of a mistake, its name, and how to mend it."""
    return {
        "position": error.position,
        "expected": error.expected,
        "mistake": error.mistake,
        "suggestion": error.suggestion,
    }


def _answer(problem: Problem, said: str = "") -> Response:
    """Write a problem for whoever asked; a page has what is said in its language."""
    if is_api(request):
        body = problem.model_dump_json(exclude_none=True)
        return Response(body, problem.status, content_type=PROBLEM_JSON)
    name = problem.type.rpartition("/")[2]
    body = render_template("problem.html", problem=problem, name=name, said=said)
    return Response(body, problem.status)
