"""The page of a batch of queries, and the menu of exports on a page of results."""

from http import HTTPStatus

from flask import Blueprint, Flask, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from index.decode import decode
from search.batch import QueryLine, read_lines
from search.batch_formats import BatchFormat
from search.errors import RequestError
from search.export_formats import ExportFormat
from search.results import Sort
from web.export_api import MAX_QUERIES, batch_answer
from web.export_params import BatchParameters, ExportParameters
from web.links import Address
from web.pager import Choice
from web.params import known, validate
from web.ports import Searcher

_PER_QUERY = (0, 1, 10, 50, 100)


def install(app: Flask, searcher: Searcher) -> None:
    """Give the application these pages."""
    pages = Blueprint("export", __name__)

    @pages.get("/batch")
    def form() -> Response:
        return _page(BatchParameters())

    @pages.post("/batch")
    def batch() -> Response:
        asked = BatchParameters()
        try:
            asked = validate(_fields(), BatchParameters)
            return batch_answer(searcher, _lines(), asked)
        except RequestError as error:
            return _page(asked, error)

    app.register_blueprint(pages)
    app.context_processor(lambda: {"export_links": export_links})


def export_links(here: Address) -> tuple[Choice, ...]:
    """Address the exports of a search, as it filters and orders."""
    search = here.only(known(ExportParameters)).at(url_for("export_api.export"))
    return tuple(
        Choice(label=form.value, href=str(search.put("format", form.value)))
        for form in ExportFormat
    )


def _fields() -> MultiDict[str, str]:
    """Give the fields of the form but for the queries."""
    pairs = request.form.items(multi=True)
    return MultiDict([pair for pair in pairs if pair[0] != "queries"])


def _lines() -> tuple[QueryLine, ...]:
    """Read the queries of the form; a file comes before what is typed.

    Raises:
        RequestError: There are none, or the file is no text.
    """
    text = request.form.get("queries", "")
    file = request.files.get("file")
    if file and file.filename:
        decoded = decode(file.stream.read())
        if decoded.damaged:
            raise RequestError(parameter="file", limit="text, one query a line")
        text = decoded.text
    lines = read_lines(text)
    if not lines:
        raise RequestError(parameter="empty", limit="one query or more")
    return lines


def _page(asked: BatchParameters, refused: RequestError | None = None) -> Response:
    """Write the page."""
    body = render_template(
        "batch.html",
        asked=asked,
        refused=refused,
        queries=request.form.get("queries", ""),
        forms=tuple(BatchFormat),
        sorts=tuple(Sort),
        per_query=_PER_QUERY,
        most=MAX_QUERIES,
        action=url_for("export.batch", lang=request.args.get("lang")),
    )
    status = HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
    response = Response(body, status)
    if request.method == "POST":
        response.cache_control.no_store = True
    return response
