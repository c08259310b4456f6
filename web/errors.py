"""Errors as the web tells them: RFC 9457 for the API, a page for a reader.

::

    QuerySyntaxError     400  /problems/query-syntax
    other SearchError    400  /problems/parameter
    UnknownDocument      404  /problems/unknown-document
    UnknownCapture       404  /problems/unknown-capture
    UnknownSeries        404  /problems/unknown-series
    no such address      404  /problems/not-found
    method               405  /problems/method-not-allowed
    anything unforeseen  500  /problems/internal
    IndexNotUsable       503  /problems/index-not-usable
    other StoreError     503  /problems/store-not-usable

The names are a promise to scripts; each is also a page that explains itself.
"""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Final

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
from web.messages import Language, translator
from web.schemas import Problem

PROBLEM_JSON = "application/problem+json"


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
    HTTPStatus.INTERNAL_SERVER_ERROR: ProblemName.INTERNAL,
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
    return _answer(_problem(name, status, str(error), **_members(error)))


def answer_http(error: HTTPException) -> Response:
    """Answer an error of HTTP, its headers (such as Allow) kept."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    name = _HTTP.get(status, ProblemName.REFUSED)
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
            "instance": iri_to_uri(request.full_path).removesuffix("?"),
            **members,
        }
    )


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


def _answer(problem: Problem) -> Response:
    """Write a problem for whoever asked."""
    if is_api(request):
        body = problem.model_dump_json(exclude_none=True)
        return Response(body, problem.status, content_type=PROBLEM_JSON)
    name = problem.type.rpartition("/")[2]
    return Response(
        render_template("problem.html", problem=problem, name=name), problem.status
    )
