"""The JSON API, version 1: everything that matches, and many queries at once.

``GET /api/v1/export`` and ``POST /api/v1/batch``.
"""

import json
from collections.abc import Iterable
from itertools import chain, islice
from typing import Any, Final

from flask import Response, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from search.batch import QueryLine, answer, query_lines, read_lines
from search.batch_formats import BatchFile, BatchFormat
from search.errors import RequestError
from search.export_formats import AddressOf, ExportFile, ExportFormat, writer
from web.api import answered
from web.downloads import download, to_the_end
from web.export_params import BatchParameters, ExportParameters
from web.params import refuse_repeated
from web.ports import Searcher
from web.settings import WebSettings

MAX_QUERIES: Final = 1_000
"""Of one batch; more are a matter for ``wensu batch`` or several requests."""

_TAG = Tag(name="export", description="Take away everything that matches.")
_READABLE: Final = "text in UTF-8, one query a line, or a JSON list of strings"
_TEXT: Final = {"schema": {"type": "string"}}
_BODY: Final = {
    "required": True,
    "description": f"At most {MAX_QUERIES:,} queries of 1,000 characters: one a line, "
    "or a list of strings. A line that is empty or begins with # asks nothing.",
    "content": {
        "text/plain": _TEXT,
        "application/json": {
            "schema": {
                "type": "array",
                "maxItems": MAX_QUERIES,
                "items": {"type": "string"},
            }
        },
    },
}


def _file(description: str, media_types: Iterable[str]) -> dict[str, Any]:
    """Declare an answer that is a file of one of some types."""
    bare = dict.fromkeys(each.partition(";")[0] for each in media_types)
    return {"description": description, "content": dict.fromkeys(bare, _TEXT)}


def install(app: OpenAPI, searcher: Searcher, settings: WebSettings) -> None:
    """Give the application this part of its API."""
    api = APIBlueprint("export_api", __name__, url_prefix="/api/v1", abp_tags=[_TAG])
    exported = _file(
        "Everything that matches; the last line says whether that is all.",
        (form.media_type for form in ExportFormat),
    )
    batched = _file(
        "The answers in order; the last line says whether these are all.",
        (form.media_type for form in BatchFormat),
    )

    @api.get(
        "/export",
        operation_id="export",
        responses=answered(exported, 400, 405, 500, 503),
    )
    def export(query: ExportParameters) -> Response:
        """Give everything that a search finds, as it counts, filters and orders it.

        The file is of one state of the index. What is sent while something fails ends
        with a line that says so.
        """
        refuse_repeated(request.args, ExportParameters)
        asked = query.request()
        found = searcher.exporter.find(asked)
        writes = writer(query.format, asked, addresses(settings))
        file = ExportFile(found, writes)
        name = f"wensu-{query.q}.{query.format.suffix}"
        pieces = to_the_end(file.pieces(), file.broken)
        return download(pieces, query.format.media_type, name)

    @api.post(
        "/batch",
        operation_id="batch",
        openapi_extensions={"requestBody": _BODY},
        responses=answered(batched, 400, 405, 413, 500, 503),
    )
    def batch(query: BatchParameters) -> Response:
        """Answer many queries; one that cannot be read is answered with its mistake."""
        refuse_repeated(request.args, BatchParameters)
        return batch_answer(searcher, _queries(), query)

    app.register_api(api)


def addresses(settings: WebSettings) -> AddressOf:
    """Give what gives the address of a document, with scheme and host."""
    base = settings.base_url.rstrip("/") or request.url_root.rstrip("/")
    path = url_for("pages.document", document_id="0").removeprefix(request.root_path)
    prefix = f"{base}{path[:-1]}"
    return lambda document_id: f"{prefix}{document_id}"


def batch_answer(
    searcher: Searcher, lines: tuple[QueryLine, ...], asked: BatchParameters
) -> Response:
    """Answer queries with a file.

    Raises:
        RequestError: There are too many.
        IndexNotUsable: There is no index, or it is stale or broken.
    """
    if len(lines) > MAX_QUERIES:
        limit = f"at most {MAX_QUERIES:,} queries"
        raise RequestError(parameter="queries", limit=limit)
    answers = answer(searcher.exporter, lines, asked.search(), asked.per_query)
    first = [*islice(answers, 1)]  # what none can be answered for is told at once
    file = BatchFile(chain(first, answers), len(lines), asked.format)
    pieces = to_the_end(file.pieces(), file.broken)
    return download(pieces, asked.format.media_type, f"wensu-batch.{asked.format}")


def _queries() -> tuple[QueryLine, ...]:
    """Read the body of a batch.

    Raises:
        RequestError: It is neither text in UTF-8 nor a list of strings.
    """
    try:
        text = request.get_data().decode("utf-8-sig")
        if not request.is_json:
            return read_lines(text)
        given = json.loads(text)
        if isinstance(given, list):
            "".join(given).encode()  # strings, and no halves of characters
            return query_lines(given)
    except (ValueError, TypeError, RecursionError) as error:
        raise RequestError(parameter="body", limit=_READABLE) from error
    raise RequestError(parameter="body", limit=_READABLE)
