"""The JSON API, version 1: precedents of a text, and documents like one.

``POST /api/v1/precedents`` and ``GET /api/v1/documents/{id}/similar``.
"""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from search.precedents_results import Precedents
from web.api import DocumentPath, answered, kept, tagged
from web.described import JSON
from web.params import refuse_repeated
from web.ports import Searcher
from web.precedents_schemas import (
    PrecedentsAnswer,
    PrecedentsBody,
    SimilarAnswer,
    SimilarParameters,
)

_TAG = Tag(name="wording", description="Who said it before, and what is like it.")


def install(app: OpenAPI, searcher: Searcher) -> None:
    """Give the application this part of its API."""
    api = APIBlueprint(
        "precedents_api", __name__, url_prefix="/api/v1", abp_tags=[_TAG]
    )

    @api.post(
        "/precedents",
        operation_id="precedents",
        responses=answered(PrecedentsAnswer, 400, 405, 413, 500, 503),
    )
    def precedents(body: PrecedentsBody) -> Response:
        """Find the passages that share the wording of a text; it is not kept."""
        found = searcher.precedents.find(body.request())
        text = precedents_answer(found).model_dump_json()
        response = Response(text, content_type=JSON)
        response.cache_control.no_store = True
        return response

    @api.get(
        "/documents/<id>/similar",
        operation_id="similar",
        responses=kept(SimilarAnswer, 400, 404, 405, 500, 503),
    )
    def similar(path: DocumentPath, query: SimilarParameters) -> Response:
        """List the documents most like one."""
        refuse_repeated(request.args, SimilarParameters)
        found = searcher.similar.find(path.id, query.limit)
        body = SimilarAnswer.model_validate(
            found, from_attributes=True
        ).model_dump_json()
        return tagged(body, f"{found.index_version} {path.id} {query.limit}")

    app.register_api(api)


def precedents_answer(found: Precedents) -> PrecedentsAnswer:
    """Present what was found; the text itself is not sent back."""
    return PrecedentsAnswer.model_validate(found, from_attributes=True)
