"""Completion while typing: JSON of ours, and the form that browsers ask for.

``GET /api/v1/suggest?q=`` and ``GET /suggest?q=``, OpenSearch Suggestions 1.1 (draft
1): what is typed, the completed queries, what each is, and where it leads.
"""

import json
from dataclasses import asdict

from flask import Response, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from search.suggest import Suggestion, SuggestionKind
from web.api import kept, tagged
from web.hosts import public_root
from web.interface import speaker
from web.params import SuggestParameters, refuse_repeated, validate
from web.ports import Searcher
from web.suggest_schemas import SuggestAnswer, SuggestionAnswer

SUGGESTIONS = "application/x-suggestions+json"

_TAG = Tag(name="suggestions", description="Complete what is typed.")


def install(app: OpenAPI, searcher: Searcher) -> None:
    """Give the application its completions."""
    api = APIBlueprint("suggest_api", __name__, url_prefix="/api/v1", abp_tags=[_TAG])

    @api.get(
        "/suggest",
        operation_id="suggest",
        responses=kept(SuggestAnswer, 400, 405, 500, 503),
    )
    def suggest(query: SuggestParameters) -> Response:
        """Complete the last word of a query, by characters or pinyin."""
        refuse_repeated(request.args, SuggestParameters)
        found = searcher.suggester.suggest(query.q)
        answers = [SuggestionAnswer(**asdict(each)) for each in found]
        body = SuggestAnswer(q=query.q, suggestions=answers).model_dump_json()
        return tagged(body, body)

    app.register_api(api)
    app.jinja_env.globals["suggestion_kinds"] = _kinds

    @app.route("/suggest", endpoint="suggestions")
    def suggestions() -> Response:
        refuse_repeated(request.args, SuggestParameters)
        typed = validate(request.args, SuggestParameters).q
        return _opensearch(typed, searcher.suggester.suggest(typed))


def _kinds() -> dict[str, str]:
    """Name the kinds of completions in the language of the page."""
    say = speaker()
    return {kind.value: say(f"suggest.kind.{kind}") for kind in SuggestionKind}


def _opensearch(typed: str, found: tuple[Suggestion, ...]) -> Response:
    """Write completions as browsers read them."""
    say = speaker()
    body = json.dumps(
        [
            typed,
            [each.query for each in found],
            [say("suggest.documents", count=each.documents) for each in found],
            [public_root() + url_for("pages.search", q=each.query) for each in found],
        ],
        ensure_ascii=False,
    )
    response = tagged(body, body)
    response.content_type = f"{SUGGESTIONS}; charset=utf-8"
    return response
