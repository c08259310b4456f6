"""The JSON API, version 1: citations of a document, and quotes checked.

``GET /api/v1/documents/{id}/cite`` and ``GET /api/v1/quotes``.
"""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from search.quotes import CheckedQuote, read_quote
from web.api import DocumentPath, kept, tagged
from web.archive_schemas import PieceAnswer
from web.citation_schemas import CitationAnswer, PlaceAnswer, QuoteAnswer
from web.citing import citing, public
from web.document_params import CitationParameters, QuoteParameters
from web.params import refuse_repeated
from web.ports import Searcher
from web.present import capture_answer
from web.quoting import quote_path

_TAG = Tag(name="citations", description="Cite documents, quote and check quotes.")


def install(app: OpenAPI, searcher: Searcher) -> None:
    """Give the application this part of its API."""
    api = APIBlueprint("citation_api", __name__, url_prefix="/api/v1", abp_tags=[_TAG])

    @api.get(
        "/documents/<id>/cite",
        operation_id="cite",
        responses=kept(CitationAnswer, 400, 404, 405, 500, 503),
    )
    def cite(path: DocumentPath, query: CitationParameters) -> Response:
        """Cite a document as GB/T 7714, BibTeX and RIS: the original and our copy."""
        refuse_repeated(request.args, CitationParameters)
        view = searcher.document(path.id)
        cited = citing(view.document, view.captures, query.capture)
        answer = CitationAnswer(
            id=path.id,
            address=cited.address,
            capture=capture_answer(cited.capture) if cited.capture else None,
            **{form.value: text for form, text in cited.texts.items()},
        )
        body = answer.model_dump_json(by_alias=True)
        return tagged(body, body)

    @api.get(
        "/quotes",
        operation_id="quote",
        responses=kept(QuoteAnswer, 400, 404, 405, 500, 503),
    )
    def quote(query: QuoteParameters) -> Response:
        """Tell whether quoted words still stand in a document, and where."""
        refuse_repeated(request.args, QuoteParameters)
        checked = searcher.quotes.check(query.document, read_quote(query.quote))
        body = quote_answer(checked).model_dump_json(by_alias=True)
        return tagged(body, body)

    app.register_api(api)


def quote_answer(checked: CheckedQuote) -> QuoteAnswer:
    """Present a quote that was checked."""
    return QuoteAnswer(
        id=checked.document.id,
        quote=str(checked.quote),
        link=public(quote_path(checked.document.id, checked.quote)),
        standing=checked.standing,
        text=checked.text,
        capture=capture_answer(checked.capture) if checked.capture else None,
        now=[
            PlaceAnswer(anchor=anchor, start=span.start, end=span.end)
            for anchor, span in checked.marks.items()
        ],
        difference=[
            PieceAnswer(change=piece.change, text=piece.text)
            for piece in checked.difference
        ],
    )
