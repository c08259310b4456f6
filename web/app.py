"""The Flask application: the API and the pages over one searcher."""

from typing import NoReturn

from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from jinja2 import StrictUndefined
from pydantic import ValidationError

from search.drafts import MAX_DRAFT_BYTES
from web import (
    api,
    archive_api,
    archive_pages,
    citation_api,
    cors,
    described,
    document_page,
    errors,
    export_api,
    export_pages,
    feed_pages,
    gate,
    help_pages,
    hosts,
    interface,
    metrics,
    mine_pages,
    pages,
    patience,
    precedents_api,
    precedents_pages,
    rates,
    security,
    series_api,
    series_pages,
    suggest_api,
    transfer,
    wording_api,
    wording_pages,
)
from web.counters import Counters
from web.gate import MAX_ADDRESS_BYTES
from web.params import known, models
from web.ports import Searcher
from web.refusals import bad_parameter
from web.schemas import Problem
from web.settings import WebSettings

_API = Info(
    title="Wensu",
    version="1.0.0",
    description=(
        "Full-text search over archived Chinese work documents. Answers are UTF-8 "
        "JSON; new keys may be added at the end of an object. Problems are told as "
        "RFC 9457 says, and their type is stable. Nothing outside a limit is changed "
        f"silently; an address has at most {MAX_ADDRESS_BYTES:,} bytes."
    ),
)
_FORM_BYTES = 400_000
"""Bytes that a form may have beside a file."""
_DEFAULTS = WebSettings()


def create_app(
    searcher: Searcher,
    settings: WebSettings = _DEFAULTS,
    counters: Counters | None = None,
) -> OpenAPI:
    """Make the WSGI application that serves a searcher.

    Args:
        searcher: What answers.
        settings: How the web behaves.
        counters: Where requests are counted, if others count there, too.
    """
    app = OpenAPI(
        __name__,
        info=_API,
        security_schemes={},  # the default is written as null, which is not 3.1
        doc_ui=False,
        validation_error_status=400,
        validation_error_model=Problem,
        validation_error_callback=_refuse,
    )
    app.config["MAX_CONTENT_LENGTH"] = most = MAX_DRAFT_BYTES + _FORM_BYTES
    app.url_map.merge_slashes = False  # it redirects, and nothing else here does
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = settings.static_max_age_seconds
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    patience.install(app, settings.threads, most)
    transfer.install(app)
    security.install(app, settings)
    cors.install(app, settings.cors_origins)
    interface.install(app)
    errors.install(app)
    hosts.install(app, settings)
    rates.install(app, settings.requests_per_minute)
    gate.install(app)
    described.install(app)
    api.install(app, searcher, settings)
    archive_api.install(app, searcher)
    series_api.install(app, searcher)
    pages.install(app, searcher)
    archive_pages.install(app, searcher)
    citation_api.install(app, searcher)
    document_page.install(app, searcher)
    help_pages.install(app)
    feed_pages.install(app, searcher)
    mine_pages.install(app)
    series_pages.install(app, searcher)
    wording_api.install(app, searcher)
    wording_pages.install(app, searcher)
    suggest_api.install(app, searcher)
    export_api.install(app, searcher, settings)
    export_pages.install(app, searcher)
    precedents_api.install(app, searcher)
    precedents_pages.install(app, searcher)
    metrics.install(app, searcher, counters or Counters(1), settings)
    return app


def _refuse(problem: ValidationError) -> NoReturn:
    """Turn a refusal by pydantic into ours, which the error handlers answer."""
    raise bad_parameter(problem, known(models()[problem.title])) from problem
