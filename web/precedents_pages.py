"""The page of precedents: a text is pasted or a file chosen, and nothing is kept."""

from http import HTTPStatus

from flask import Blueprint, Flask, Response, render_template, request, url_for

from search.drafts import MAX_DRAFT_BYTES, read_draft
from search.errors import RequestError
from search.precedents import LEAST_SYMBOLS, MAX_PASSAGES, MAX_TEXT
from search.precedents_results import Order, PrecedentRequest
from web.ports import Searcher
from web.precedents_present import shown

_LIMITS = (10, 20, 50, MAX_PASSAGES)


def install(app: Flask, searcher: Searcher) -> None:
    """Give the application these pages."""
    pages = Blueprint("precedents", __name__)

    @pages.get("/precedents")
    def form() -> Response:
        return _page(PrecedentRequest(text=""))

    @pages.post("/precedents")
    def precedents() -> Response:
        asked = PrecedentRequest(text=request.form.get("text", ""))
        try:
            asked = _asked()
            return _page(asked, shown=shown(searcher.precedents.find(asked)))
        except RequestError as error:
            return _page(asked, refused=error)

    app.register_blueprint(pages)


def _asked() -> PrecedentRequest:
    """Read the form; a file comes before what is pasted.

    Raises:
        RequestError: A field cannot be used.
    """
    text = request.form.get("text", "").replace("\r\n", "\n")
    file = request.files.get("file")
    if file and file.filename:
        text = read_draft(file.stream.read(MAX_DRAFT_BYTES + 1))
    order, limit = request.form.get("order", Order.OVERLAP), request.form.get("limit")
    if order not in set(Order):
        raise RequestError(parameter="order", limit=", ".join(Order))
    if limit and not (limit.isascii() and limit.isdigit()):
        raise RequestError(parameter="limit", limit=f"1 to {MAX_PASSAGES}")
    return PrecedentRequest(text=text, order=Order(order), limit=int(limit or 10))


def _page(asked: PrecedentRequest, **found: object) -> Response:
    """Write the page; one with somebody's text is kept by nobody on the way."""
    values = {"shown": None, "refused": None, **found}
    body = render_template(
        "precedents.html",
        asked=asked,
        orders=tuple(Order),
        limits=_LIMITS,
        least=LEAST_SYMBOLS,
        most=MAX_TEXT,
        megabytes=MAX_DRAFT_BYTES // 1_000_000,
        action=url_for("precedents.precedents", lang=request.args.get("lang")),
        **values,
    )
    status = HTTPStatus.BAD_REQUEST if values["refused"] else HTTPStatus.OK
    response = Response(body, status)
    if request.method == "POST":
        # The reader's browser alone may keep it: with no-store, going back to it from
        # a document that was found is an error (ERR_CACHE_MISS), the draft is lost.
        response.cache_control.private = True
    return response
