"""What is refused before anything is done: addresses and bodies nobody can mean."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from flask import request
from flask_openapi3.openapi import OpenAPI
from werkzeug.exceptions import BadRequest, NotFound, UnsupportedMediaType

from web.refusals import BadParameter, Reason

MAX_ADDRESS_BYTES: Final = 32_000
"""Of an address as it is sent; a query of 1,000 Han characters has 9,000."""
_ADDRESS: Final = "address"


class AddressTooLong(BadRequest):
    """The address has more bytes than any search needs."""


def install(app: OpenAPI) -> None:
    """Refuse addresses too long or not in UTF-8, and bodies of another kind."""
    app.before_request(_check_address)
    app.before_request(_media_checker(app))


def _check_address() -> None:
    """Refuse what cannot be read as the address it was meant to be."""
    path = request.environ.get("PATH_INFO", "").encode("latin-1")
    if len(path) + len(request.query_string) > MAX_ADDRESS_BYTES:
        problem = f"an address may have at most {MAX_ADDRESS_BYTES:,} bytes"
        raise AddressTooLong(problem)
    if path.startswith(b"//"):
        raise NotFound  # routing forgives it; a link made of it would lead elsewhere
    try:
        path.decode("utf-8")
        unquote_to_bytes(request.query_string).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise BadParameter(_ADDRESS, Reason.ENCODING) from problem


def _media_checker(app: OpenAPI) -> Callable[[], None]:
    """Make what refuses a body of a kind that an address does not declare."""

    def check() -> None:
        if request.method != "POST" or not request.url_rule:
            return
        kinds = _kinds(app.api_doc, request.url_rule.rule)
        if kinds and request.mimetype not in kinds:
            problem = f"the body must be one of: {', '.join(kinds)}"
            raise UnsupportedMediaType(problem)

    return check


def _kinds(described: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """List the media types that an address takes; none where it is not described."""
    operation = described["paths"].get(path, {}).get("post", {})
    return tuple(operation.get("requestBody", {}).get("content", ()))
