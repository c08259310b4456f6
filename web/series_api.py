"""The JSON API, version 1: year series.

``GET /api/v1/series``, ``/api/v1/series/{id}`` and ``/api/v1/series/{id}/diff``.
"""

from flask import Response, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel, Field

from web.api import kept, tagged
from web.links import Address
from web.params import NoParameters, refuse_repeated
from web.ports import Searcher
from web.series_params import MAX_LISTED, SeriesListParameters, YearsParameters
from web.series_present import list_answer, series_answer, years_answer
from web.series_schemas import SeriesAnswer, SeriesListAnswer, YearsAnswer
from web.turning import turning

_TAG = Tag(name="series", description="What a unit writes every year.")


class SeriesPath(BaseModel):
    """Which series."""

    id: str = Field(description="Id of the series, or of a document of it.")


def install(app: OpenAPI, searcher: Searcher) -> None:
    """Give the application this part of its API."""
    api = APIBlueprint("series_api", __name__, url_prefix="/api/v1", abp_tags=[_TAG])

    @api.get(
        "/series",
        operation_id="seriesList",
        responses=kept(SeriesListAnswer, 400, 405, 500, 503),
    )
    def listing(query: SeriesListParameters) -> Response:
        """List the year series, those of most years first."""
        refuse_repeated(request.args, SeriesListParameters)
        found = searcher.series.search(query.q)
        start = (query.page - 1) * query.per_page
        some = found[start : start + query.per_page]
        here = Address(
            url_for("series_api.listing"), tuple(request.args.items(multi=True))
        )
        beside = turning(here, len(found), query.page, query.per_page, most=MAX_LISTED)
        asked = (query.q, query.page, query.per_page)
        neighbours = (beside.following, beside.previous)
        body = list_answer(asked, found, some, neighbours).model_dump_json()
        response = tagged(body, body)
        beside.link(response)
        return response

    @api.get(
        "/series/<id>",
        operation_id="series",
        responses=kept(SeriesAnswer, 400, 404, 405, 500, 503),
    )
    def series(path: SeriesPath, query: NoParameters) -> Response:  # noqa: ARG001 (declares that there are none)
        """Show a series: its years, its documents, how much changed each year."""
        found = searcher.series.view(path.id)
        body = series_answer(found).model_dump_json(by_alias=True)
        return tagged(body, body)

    @api.get(
        "/series/<id>/diff",
        operation_id="seriesDiff",
        responses=kept(YearsAnswer, 400, 404, 405, 500, 503),
    )
    def diff(path: SeriesPath, query: YearsParameters) -> Response:
        """Compare the texts of two years: carried over, changed, new, dropped."""
        refuse_repeated(request.args, YearsParameters)
        found = searcher.series.compare(path.id, query.before, query.after)
        body = years_answer(found).model_dump_json(by_alias=True)
        return tagged(body, body)

    app.register_api(api)
