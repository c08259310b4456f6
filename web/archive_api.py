"""The JSON API, version 1: coverage, and captures compared.

``GET /api/v1/coverage`` and ``GET /api/v1/documents/{id}/compare``.
"""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from web.api import DocumentPath, kept, tagged
from web.archive_present import archive_answer, comparison_answer
from web.archive_schemas import ArchiveAnswer, ComparisonAnswer
from web.params import CompareParameters, NoParameters, refuse_repeated
from web.ports import Searcher

_TAG = Tag(name="crawls", description="What crawls brought, and what changed.")


def install(app: OpenAPI, searcher: Searcher) -> None:
    """Give the application this part of its API."""
    api = APIBlueprint("archive_api", __name__, url_prefix="/api/v1", abp_tags=[_TAG])

    @api.get(
        "/coverage",
        operation_id="coverage",
        responses=kept(ArchiveAnswer, 400, 405, 500, 503),
    )
    def coverage(query: NoParameters) -> Response:  # noqa: ARG001 (declares that there are none)
        """Tell what is covered of each site: found, fetched, failed, kept."""
        body = archive_answer(searcher.archive.coverage()).model_dump_json()
        return tagged(body, body)

    @api.get(
        "/documents/<id>/compare",
        operation_id="compare",
        responses=kept(ComparisonAnswer, 400, 404, 405, 500, 503),
    )
    def compare(path: DocumentPath, query: CompareParameters) -> Response:
        """Compare two captures of a document by paragraph and character."""
        refuse_repeated(request.args, CompareParameters)
        found = searcher.archive.compare(path.id, query.before, query.after)
        body = comparison_answer(found).model_dump_json(by_alias=True)
        return tagged(body, body)

    app.register_api(api)
