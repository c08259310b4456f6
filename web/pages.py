"""The pages a reader sees; every one works without JavaScript."""

from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Flask, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from index.coverage import reach
from search.archive import sites_asked
from search.errors import QuerySyntaxError, SearchError
from search.results import Results, SearchRequest, Sort
from search.wording import phrases_of
from web.document_page import document_page
from web.document_params import DocumentParameters, read_document
from web.errors import ProblemName
from web.explaining import why_words
from web.faults import public_detail
from web.feed_pages import feed_address
from web.histogram import HEIGHT as BAR_HEIGHT
from web.histogram import STEP
from web.hosts import public_root
from web.interface import speaker
from web.links import Address
from web.listing import active_filters, listing, sorts, without_filters
from web.mistakes import mistake_words
from web.pager import per_pages
from web.params import (
    FilterParameters,
    Parameters,
    SearchParameters,
    known,
    read_search,
)
from web.ports import Archive, Searcher
from web.refusals import BadParameter

OPENSEARCH = "application/opensearchdescription+xml"


def install(app: Flask, searcher: Searcher) -> None:
    """Give the application its pages."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def home() -> str:
        health = searcher.health()
        told = public_detail(health.state, health.detail)
        return render_template("home.html", health=replace(health, detail=told))

    @pages.get("/search")
    def search() -> Response:
        here = _newest_first(_here(known(SearchParameters)))
        try:
            asked = read_search(_values(here, SearchParameters))
            results = _search(searcher, asked)
        except SearchError as error:
            return _refused(error, here)
        return Response(_results_page(results, asked, here, searcher.archive))

    @pages.get("/documents/<document_id>")
    def document(document_id: str) -> Response:
        view = searcher.document(document_id)
        here = _here(known(DocumentParameters))
        try:
            asked = read_document(_values(here, DocumentParameters))
        except SearchError as error:
            return _refused(error, here)
        return Response(document_page(searcher, view, asked, here))

    @pages.get("/problems/<name>")
    def problem(name: str) -> str:
        if name not in set(ProblemName):
            raise NotFound
        return render_template("problem.html", problem=None, name=name, said="")

    @pages.get("/opensearch.xml")
    def opensearch() -> Response:
        body = render_template("opensearch.xml.html", base=public_root())
        return Response(body, content_type=f"{OPENSEARCH}; charset=utf-8")

    app.register_blueprint(pages)


def _here(names: Iterable[str]) -> Address:
    """Give the address asked for, with the parameters that mean something."""
    given = tuple((name, value) for name, value in request.args.items(multi=True))
    pairs = tuple(pair for pair in given if pair[1])
    path = url_for(request.endpoint or "pages.home", **(request.view_args or {}))
    return Address(path, pairs).only((*names, "lang"))


def _values(here: Address, model: type[Parameters]) -> MultiDict[str, str]:
    """Give the parameters of an address, the interface's language left out."""
    return MultiDict(here.only(known(model)).pairs)


def _newest_first(here: Address) -> Address:
    """Order a list of everything by date: nothing in it is more relevant."""
    if here.values("q") or here.values("sort"):
        return here
    return Address(here.path, (*here.pairs, ("sort", Sort.NEWEST)))


def _search(searcher: Searcher, asked: SearchRequest) -> Results:
    """Search; when nothing is found, find out which words are to blame."""
    results = searcher.search(asked)
    if results.listed or not asked.text or asked.explain:
        return results
    return searcher.search(replace(asked, explain=True))


def _results_page(
    results: Results, asked: SearchRequest, here: Address, archive: Archive
) -> str:
    """Write the page of results; one without any says what it could have found."""
    sites = sites_asked(asked)
    reached = None if results.listed else reach(archive.coverage(), sites)
    say = speaker()
    names = known(SearchParameters)
    return render_template(
        "search.html",
        listing=listing(results, here, say),
        asked=asked,
        here=here,
        kept=here.drop("q", "explain", "why", *(() if asked.text else ("sort",))).pairs,
        filters=active_filters(here, say),
        sorts=sorts(asked, here, say),
        per_pages=per_pages(results, here),
        without_filters=without_filters(here),
        bar_height=BAR_HEIGHT,
        step=STEP,
        unknown=[name for name in request.args if name not in (*names, "lang")],
        twin=str(here.only(names).at(url_for("api.search"))),
        feed=feed_address(here),
        reached=reached,
        asked_sites=sites,
        why=why_words(results.why, say) if results.why else None,
        wording=_wording(asked, here),
    )


def _wording(asked: SearchRequest, here: Address) -> str | None:
    """Address the phrases of a query over the years, its filters kept."""
    phrases = phrases_of(asked.text) if asked.text else ()
    if not phrases:
        return None
    kept = here.only((*FilterParameters.model_fields, "lang")).pairs
    asked_for = tuple(("q", phrase) for phrase in phrases)
    return str(Address(url_for("wording.page"), (*asked_for, *kept)))


def _refused(error: SearchError, here: Address) -> Response:
    """Answer a search that cannot be carried out, with the place of the mistake."""
    say = speaker()
    limit = ""
    if isinstance(error, BadParameter):
        limit = say(f"parameter.{error.reason}", **error.values)
    body = render_template(
        "refused.html",
        error=error,
        syntax_error=error if isinstance(error, QuerySyntaxError) else None,
        **_mending(error, here),
        limit=limit,
        without_filters=without_filters(here),
    )
    return Response(body, HTTPStatus.BAD_REQUEST)


def _mending(error: SearchError, here: Address) -> dict[str, str]:
    """Say what is wrong with a query, and where the mended one leads."""
    if not isinstance(error, QuerySyntaxError):
        return {"mistake": "", "mended": ""}
    mended = str(here.put("q", error.suggestion)) if error.suggestion else ""
    return {"mistake": mistake_words(error, speaker()), "mended": mended}
