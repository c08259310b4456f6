"""The OpenAPI document: what every address of the API shares beside its own.

Problems that any request may meet, and headers, are declared here once.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, Final

from flask import Response
from flask_openapi3.openapi import OpenAPI

from web.errors import PROBLEM_JSON

JSON: Final = "application/json"


def _header(description: str, kind: str = "string") -> dict[str, Any]:
    """Declare a header."""
    return {"description": description, "schema": {"type": kind}}


_RATES: Final = {
    "RateLimit-Policy": _header('Requests a client may send: "client";q=60;w=60.'),
    "RateLimit": _header("How many are left, and in how many seconds all are again."),
}
_KEPT: Final = {
    "ETag": _header("Changes when the answer does; send it as If-None-Match."),
    "Link": _header("Pages beside this one, by rel: self, first, prev, next, last."),
}
RETRY: Final = {"Retry-After": _header("Seconds to wait.", "integer")}
"""The header of an answer to come back for."""


def problem(
    description: str, headers: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Declare an answer that tells a problem."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "content": {PROBLEM_JSON: {"schema": schema}},
        **({"headers": dict(headers)} if headers else {}),
    }


_EVERYWHERE: Final[Mapping[str, dict[str, Any]]] = {
    "400": problem("A parameter or the query cannot be used; the detail says why."),
    "405": problem("The address does not answer this method; see Allow."),
    "429": problem("More requests than a client may send; see Retry-After.", RETRY),
    "500": problem("A fault of the server, written to its log."),
}
# The server's own, before the application is asked: there is no problem in them.
_UNREAD: Final[Mapping[str, dict[str, Any]]] = {
    "414": {"description": "The address has more than 65,534 bytes; without a body."},
    "431": {"description": "There are more than 100 headers; without a body."},
}
_WITH_A_BODY: Final[Mapping[str, dict[str, Any]]] = {
    "413": problem("What was sent is larger than an address takes."),
    "415": problem("What was sent is of a kind that the address does not take."),
}


def install(app: OpenAPI) -> None:
    """Serve the document that describes the application."""

    @cache  # nothing of it depends on who asks
    def written() -> str:
        return json.dumps(complete(app.api_doc), ensure_ascii=False)

    @app.route("/openapi.json")
    def openapi() -> Response:
        return Response(written(), content_type=JSON)


def complete(described: Mapping[str, Any]) -> dict[str, Any]:
    """Add to a description what holds of every address."""
    document: dict[str, Any] = deepcopy(dict(described))
    for operation in _operations(document):
        answers = operation["responses"]
        shared = {**_EVERYWHERE, **(_WITH_A_BODY if "requestBody" in operation else {})}
        for status, declared in shared.items():
            if PROBLEM_JSON not in answers.get(status, {}).get("content", {}):
                answers[status] = deepcopy(declared)
        answers.update(deepcopy(dict(_UNREAD)))
        headers = _RATES | (_KEPT if "304" in answers else {})
        answers["200"].setdefault("headers", {}).update(deepcopy(headers))
    return document


def _operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """List what can be asked for."""
    for methods in document["paths"].values():
        for operation in methods.values():
            if "responses" in operation:
                yield operation
