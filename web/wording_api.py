"""The JSON API, version 1: phrases over the years, ``GET /api/v1/wording``."""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from search.sheets import csv_text
from web.api import kept, tagged
from web.downloads import csv_response
from web.links import Address
from web.params import refuse_repeated
from web.ports import Searcher
from web.wording_params import Form, WordingApiParameters
from web.wording_present import HEADER, rows, wording_answer
from web.wording_schemas import WordingAnswer

_TAG = Tag(name="wording", description="Follow phrases over the years.")


def install(app: OpenAPI, searcher: Searcher) -> None:
    """Give the application this part of its API."""
    api = APIBlueprint("wording_api", __name__, url_prefix="/api/v1", abp_tags=[_TAG])

    @api.get(
        "/wording",
        operation_id="wording",
        responses=kept(WordingAnswer, 400, 405, 500, 503),
    )
    def wording(query: WordingApiParameters) -> Response:
        """Count the documents of up to five exact phrases by year, against those held.

        First and last attestation are looked for among all copies of a text. With
        format=csv one row a phrase and year, and one without a year for what is
        undated.
        """
        refuse_repeated(request.args, WordingApiParameters)
        asked = query.request()
        track = searcher.wording.track(asked)
        here = Address(request.path, tuple(request.args.items(multi=True)))
        answer = wording_answer(track, asked, here)
        if query.format is Form.CSV:
            return csv_response(csv_text(HEADER, rows(answer)), "wording")
        body = answer.model_dump_json()
        return tagged(body, body)

    app.register_api(api)
