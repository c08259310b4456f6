"""What the web tells, without a server: for commands of other packages."""

import json
from collections.abc import Mapping
from http import HTTPStatus

import click
from flask.testing import FlaskClient

from index.home import Home
from index.settings import read_settings
from search.explanations import Why
from search.export_formats import AddressOf
from search.service import SearchService, open_service
from web.app import create_app
from web.explaining import why_lines
from web.faults import tell_in_full
from web.messages import Language, translator
from web.settings import WebSettings


def json_answer(
    home: Home,
    parameters: Mapping[str, str | int | list[str]],
    address: str = "/api/v1/search",
) -> str:
    """Answer with what the API would send, by asking the API itself."""
    service = open_service(home)
    try:
        client = _client(service)
        written = {
            name: str(to).lower() if isinstance(to, bool) else to
            for name, to in parameters.items()
        }
        response = client.get(address, query_string=written)
    finally:
        service.close()
    if response.status_code != HTTPStatus.OK:
        raise click.ClickException(json.loads(response.text)["detail"])
    return response.text


def json_precedents(home: Home, asked: Mapping[str, str | int]) -> str:
    """Answer a search for precedents with what the API would send."""
    service = open_service(home)
    try:
        client = _client(service)
        response = client.post("/api/v1/precedents", json=dict(asked))
    finally:
        service.close()
    if response.status_code != HTTPStatus.OK:
        raise click.ClickException(json.loads(response.text)["detail"])
    return response.text


def addresses(home: Home) -> AddressOf:
    """Give what gives the address a document has where the archive is served."""
    settings = read_settings(home.settings, "web", WebSettings)
    base = settings.base_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    return lambda document_id: f"{base}/documents/{document_id}"


def why_in_english(why: Why) -> list[str]:
    """Put why a document is a hit or not into lines of words."""
    return why_lines(why, translator(Language.ENGLISH))


def _client(service: SearchService) -> FlaskClient:
    """Make a client of the API that is told where things are."""
    app = create_app(service)
    tell_in_full(app.config)
    return app.test_client()
