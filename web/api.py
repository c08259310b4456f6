"""The JSON API, version 1, and the state of the service.

``GET /api/v1/search``, ``GET /api/v1/documents/{id}`` and ``GET /healthz``;
``/openapi.json`` is made from these modules and the models they name.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

from flask import Response, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI
from flask_openapi3.types import ResponseDict
from pydantic import BaseModel, Field

from index.coverage import reach
from search.archive import sites_asked
from search.results import Results, SearchRequest
from web.answer import Answer
from web.archive_present import reach_answer
from web.described import JSON, RETRY, problem
from web.document_schemas import DocumentAnswer
from web.faults import public_detail
from web.kept import Body, Kept
from web.links import Address
from web.listing import copies_address
from web.params import MAX_DEPTH, NoParameters, SearchParameters, refuse_repeated
from web.ports import Searcher
from web.present import document_answer, health_answer, search_answer
from web.schemas import HealthAnswer, ReachAnswer, SearchAnswer
from web.settings import WebSettings
from web.turning import turning

_TAG = Tag(name="archive", description="Search the archive and read it.")


_QUERY_LANGUAGE: Final = (
    'Space is AND; "..." is exact, "a b"~10 is near, "a b"~>10 in this order; ="..." '
    "keeps the script; word* is a beginning; -word excludes; OR and parentheses "
    "combine; year:2019..2021, site: and title: narrow; /help has all of it. "
    "A filter may be given more than once: any of its values will do. An empty "
    "parameter counts as not given, an unknown one is refused."
)
_UNCHANGED: Final = {"description": "The ETag in If-None-Match still holds."}
_PROBLEMS: Final[Mapping[int, dict[str, Any]]] = {
    400: problem("A parameter or the query cannot be used; the detail says why."),
    404: problem("There is no such document, or it has no such capture."),
    405: problem("The address does not answer this method; see Allow."),
    413: problem("What was sent is larger than 2 MB."),
    500: problem("A fault of the server, written to its log."),
    503: problem(
        "The index or the store cannot be used, or too many clients are slow at this "
        "moment; the detail says what to do.",
        RETRY,
    ),
}


def kept(answer: type[Answer], *problems: int) -> ResponseDict:
    """Declare an answer a client may keep, and the problems there may be instead."""
    return {200: answer, 304: dict(_UNCHANGED), **problem_answers(*problems)}


def answered(answer: type[Answer] | dict[str, Any], *problems: int) -> ResponseDict:
    """Declare an answer that no one is to keep, and the problems there may be."""
    return {200: answer, **problem_answers(*problems)}


def problem_answers(*statuses: int) -> ResponseDict:
    """Declare the problems there may be."""
    return {status: dict(_PROBLEMS[status]) for status in statuses}


class DocumentPath(BaseModel):
    """Which document."""

    id: str = Field(description="Id of the document, as given by a search.")


def install(app: OpenAPI, searcher: Searcher, settings: WebSettings) -> None:
    """Give the application its API and the document that describes it."""
    app.register_api(_archive(searcher, Kept(settings.kept_bytes)))
    app.register_api(_service(searcher))


def _archive(searcher: Searcher, answers: Kept) -> APIBlueprint:
    """Make the addresses below /api/v1."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_tags=[_TAG])

    @api.get(
        "/search",
        operation_id="search",
        description=_QUERY_LANGUAGE,
        responses=kept(SearchAnswer, 400, 405, 500, 503),
    )
    def search(query: SearchParameters) -> Response:
        """Search the archive."""
        refuse_repeated(request.args, SearchParameters)
        asked = query.request()
        return answers.answer(
            searcher.state(),
            lambda: _hits(searcher.search(asked), _reach(searcher, asked)),
        )

    @api.get(
        "/documents/<id>",
        operation_id="document",
        responses=kept(DocumentAnswer, 400, 404, 405, 500, 503),
    )
    def document(path: DocumentPath, query: NoParameters) -> Response:  # noqa: ARG001 (declares that there are none)
        """Read one document: text, outline, what was removed, captures."""
        answer = document_answer(searcher.document(path.id))
        body = answer.model_dump_json(by_alias=True)
        return tagged(body, body)

    return api


def _service(searcher: Searcher) -> APIBlueprint:
    """Make the address that tells whether the service works."""
    api = APIBlueprint("service", __name__)

    @api.get(
        "/healthz",
        operation_id="health",
        tags=[Tag(name="service", description="Watch the service.")],
        responses={200: HealthAnswer, 503: HealthAnswer, **problem_answers(405, 500)},
    )
    def healthz() -> Response:
        """Tell whether searches can be answered: 200, or 503 and why not."""
        health = searcher.health()
        status = HTTPStatus.OK if health.ok else HTTPStatus.SERVICE_UNAVAILABLE
        told = replace(health, detail=public_detail(health.state, health.detail))
        body = health_answer(told).model_dump_json()
        response = Response(body, status, content_type=JSON)
        response.cache_control.no_store = True
        return response

    return api


def _reach(searcher: Searcher, asked: SearchRequest) -> ReachAnswer:
    """Tell what is covered of the sites a search is confined to."""
    return reach_answer(reach(searcher.archive.coverage(), sites_asked(asked)))


def _hits(results: Results, coverage: ReachAnswer) -> Body:
    """Write a page of hits and the way to the pages beside it."""
    here = Address(url_for("api.search"), tuple(request.args.items(multi=True)))
    beside = turning(
        here, results.listed, results.page, results.per_page, most=MAX_DEPTH
    )
    answer = search_answer(
        results,
        coverage,
        beside.following,
        beside.previous,
        lambda document_id: str(copies_address(here, document_id)),
    )
    left_out = {name for name in ("explain", "why") if getattr(answer, name) is None}
    return Body(
        answer.model_dump_json(by_alias=True, exclude=left_out).encode(), beside.links()
    )


def tagged(body: str, state: str) -> Response:
    """Answer JSON that a client may keep for as long as its state is the same.

    The tag is weak: the time a search took differs between equal answers.
    """
    response = Response(body, content_type=JSON)
    response.set_etag(hashlib.sha256(state.encode()).hexdigest()[:32], weak=True)
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response
