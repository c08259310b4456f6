"""Pages of other origins that may read the API, by the Fetch Standard (CORS).

None may unless a setting names them. Nothing here depends on who asks, so no
credentials are ever allowed.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, request

from web.errors import is_api

EVERY_ORIGIN: Final = "*"
_EXPOSED: Final = "Link, ETag, Retry-After, RateLimit, RateLimit-Policy"
_SENT: Final = "Content-Type, If-None-Match"
_PREFLIGHT_SECONDS: Final = 600


def install(app: Flask, origins: Sequence[str]) -> None:
    """Let pages of these origins read the API; answer OPTIONS without a body."""
    app.after_request(_bare)
    if origins:
        app.after_request(_allower(frozenset(origins)))


def _bare(response: Response) -> Response:
    """Answer OPTIONS with headers alone."""
    if request.method == "OPTIONS" and response.status_code == HTTPStatus.OK:
        response.status_code = HTTPStatus.NO_CONTENT
        for name in ("Content-Type", "Content-Language"):
            response.headers.pop(name, None)
    return response


def _allower(origins: frozenset[str]) -> Callable[[Response], Response]:
    """Make what lets these origins in."""

    def allow(response: Response) -> Response:
        if not is_api(request):
            return response
        everyone = EVERY_ORIGIN in origins
        if not everyone:
            response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if not origin or not (everyone or origin in origins):
            return response
        allowed = EVERY_ORIGIN if everyone else origin
        response.headers["Access-Control-Allow-Origin"] = allowed
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        methods = response.headers.get("Allow")  # none where the request is refused
        if request.method == "OPTIONS" and methods:
            response.headers["Access-Control-Allow-Methods"] = methods
            response.headers["Access-Control-Allow-Headers"] = _SENT
            response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
        return response

    return allow
