"""The OpenAPI document is valid, and what is answered is what it says."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import TestResponse

from index.errors import CorruptStore, IndexMissing, WensuError
from search.quotes import read_quote
from tests.fakes import FakeSearcher
from tests.web.documents import CAPTURES, DOCUMENTS
from tests.web.years import YEARS
from web.params import SearchParameters, known

PATHS = {
    "search": "/api/v1/search",
    "document": "/api/v1/documents/{id}",
    "compare": "/api/v1/documents/{id}/compare",
    "cite": "/api/v1/documents/{id}/cite",
    "quote": "/api/v1/quotes",
    "coverage": "/api/v1/coverage",
    "wording": "/api/v1/wording",
    "seriesList": "/api/v1/series",
    "series": "/api/v1/series/{id}",
    "seriesDiff": "/api/v1/series/{id}/diff",
    "suggest": "/api/v1/suggest",
    "similar": "/api/v1/documents/{id}/similar",
    "export": "/api/v1/export",
    "health": "/healthz",
    "metrics": "/metrics",
}
POSTED = {"/api/v1/precedents", "/api/v1/batch"}
"""Answer POST alone; ``test_precedents_api`` and ``test_export`` hold their answers."""

DOCUMENT = "/api/v1/documents/"
QUOTE = f"{CAPTURES[1].digest}:b1:0-4"


@pytest.fixture
def described(client: FlaskClient) -> dict[str, Any]:
    """Give the OpenAPI document."""
    document: dict[str, Any] = client.get("/openapi.json").get_json()
    return document


def validate(described: Mapping[str, Any], path: str, response: TestResponse) -> None:
    """Hold an answer against its schema; an undeclared one has none."""
    operation = described["paths"][PATHS[path]]["get"]
    declared = operation["responses"][str(response.status_code)]
    schema = declared["content"][response.mimetype]["schema"]
    body = (
        response.get_json(force=True)
        if response.mimetype in {"application/json", "application/problem+json"}
        else response.text
    )
    Draft202012Validator({**schema, "components": described["components"]}).validate(
        body
    )


def test_document_is_valid_openapi_3_1(described: dict[str, Any]) -> None:
    """The document passes the validator of the specification."""
    assert described["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_every_address_and_parameter_is_described(described: dict[str, Any]) -> None:
    """Each of the addresses; a search takes every parameter there is."""
    assert set(described["paths"]) == {*PATHS.values(), *POSTED}
    search = described["paths"][PATHS["search"]]["get"]
    names = tuple(parameter["name"] for parameter in search["parameters"])
    assert names == known(SearchParameters)
    assert all(parameter["description"] for parameter in search["parameters"])


def test_form_of_a_quote_is_described(described: dict[str, Any]) -> None:
    """The pattern that is declared is the one that is read."""
    parameters = described["paths"][PATHS["quote"]]["get"]["parameters"]
    (pattern,) = (p["schema"]["pattern"] for p in parameters if p["name"] == "quote")
    for text in (QUOTE, f"{QUOTE}:0123456789abcdef", QUOTE.replace("b1", "b1-b2")):
        assert re.fullmatch(pattern, text)
        assert str(read_quote(text)) == text
    assert not re.fullmatch(pattern, "b1:0-4")


def test_limits_of_parameters_are_described(described: dict[str, Any]) -> None:
    """What is refused can be known beforehand."""
    search = described["paths"][PATHS["search"]]["get"]
    schemas = {each["name"]: each["schema"] for each in search["parameters"]}
    assert schemas["q"]["maxLength"] == 1000
    assert (schemas["per_page"]["minimum"], schemas["per_page"]["maximum"]) == (1, 100)
    assert "null" not in str(schemas)


@pytest.mark.parametrize(
    ("address", "path", "status"),
    [
        ("/api/v1/search?q=联谊", "search", 200),
        ("/api/v1/search?q=联谊&explain=true&collapse=false", "search", 200),
        ("/api/v1/search?page=2&per_page=5&complete=true", "search", 200),
        ("/api/v1/search?q=没有的词", "search", 200),
        ('/api/v1/search?q="联谊', "search", 400),
        ("/api/v1/search?q=名字:联谊", "search", 400),
        ("/api/v1/search?per_page=1000", "search", 400),
        ("/api/v1/search?colour=red", "search", 400),
        ("/api/v1/documents/unknown", "document", 404),
        ("/api/v1/documents/unknown?q=1", "document", 400),
        *((DOCUMENT + each.id, "document", 200) for each in DOCUMENTS[:6]),
        (f"{DOCUMENT}{DOCUMENTS[0].id}/compare", "compare", 200),
        (f"{DOCUMENT}{DOCUMENTS[0].id}/compare?from=2&to=1", "compare", 200),
        (f"{DOCUMENT}{DOCUMENTS[0].id}/compare?from=9", "compare", 404),
        (f"{DOCUMENT}{DOCUMENTS[0].id}/compare?from=1&from=2", "compare", 400),
        (f"{DOCUMENT}{DOCUMENTS[0].id}/cite", "cite", 200),
        (f"{DOCUMENT}{DOCUMENTS[0].id}/cite?capture=9", "cite", 404),
        (f"/api/v1/quotes?document={DOCUMENTS[0].id}&quote={QUOTE}", "quote", 200),
        ("/api/v1/quotes?document=a&quote=b", "quote", 400),
        (f"/api/v1/quotes?document=unknown&quote={QUOTE}", "quote", 404),
        ("/api/v1/coverage", "coverage", 200),
        ("/api/v1/coverage?site=a", "coverage", 400),
        ("/api/v1/wording?q=联谊", "wording", 200),
        ("/api/v1/wording?q=联谊&q=走访&by=published&collapse=false", "wording", 200),
        ("/api/v1/wording?q=没有的词", "wording", 200),
        ("/api/v1/wording?q=联谊&format=csv", "wording", 200),
        ("/api/v1/wording?q=“”", "wording", 400),
        ("/api/v1/wording?q=1&q=2&q=3&q=4&q=5&q=6", "wording", 400),
        ("/api/v1/wording?q=联谊&by=month", "wording", 400),
        ("/api/v1/series", "seriesList", 200),
        ("/api/v1/series?q=档案馆&per_page=1", "seriesList", 200),
        ("/api/v1/series?page=0", "seriesList", 400),
        (f"/api/v1/series/{YEARS[0].id}", "series", 200),
        ("/api/v1/series/unknown", "series", 404),
        ("/api/v1/series/unknown?q=1", "series", 400),
        (f"/api/v1/series/{YEARS[0].id}/diff", "seriesDiff", 200),
        (f"/api/v1/series/{YEARS[0].id}/diff?from=2014&to=2015", "seriesDiff", 200),
        (f"/api/v1/series/{YEARS[0].id}/diff?from=2016", "seriesDiff", 404),
        (f"/api/v1/series/{YEARS[0].id}/diff?from=x", "seriesDiff", 400),
        ("/api/v1/export?q=联谊", "export", 200),
        ("/api/v1/export?q=联谊&format=csv&text=true&snippets=true", "export", 200),
        ("/api/v1/export?q=联谊&format=bibtex&sort=newest", "export", 200),
        ("/api/v1/export?format=ris&collapse=false", "export", 200),
        ("/api/v1/export?format=ris&text=true", "export", 400),
        ("/api/v1/export?format=xlsx", "export", 400),
        ("/api/v1/export?page=2", "export", 400),
        ('/api/v1/export?q="联谊', "export", 400),
        ("/healthz", "health", 200),
    ],
)
def test_answer_is_as_described(
    client: FlaskClient,
    described: dict[str, Any],
    address: str,
    path: str,
    status: int,
) -> None:
    """Status, content type and body of an answer are declared."""
    response = client.get(address)
    assert response.status_code == status
    validate(described, path, response)


@pytest.mark.parametrize("path", PATHS)
def test_wrong_method_is_described(
    client: FlaskClient, described: dict[str, Any], path: str
) -> None:
    """405 is declared wherever it is answered."""
    response = client.post(PATHS[path].replace("{id}", DOCUMENTS[0].id))
    assert response.status_code == 405
    validate(described, path, response)


@pytest.mark.parametrize("path", sorted({*PATHS} - {"metrics"}))
@pytest.mark.parametrize(
    "failure",
    [IndexMissing(Path("archive")), CorruptStore(Path("archive"), "cut off")],
)
def test_unusable_archive_is_described(
    client: FlaskClient,
    searcher: FakeSearcher,
    described: dict[str, Any],
    path: str,
    failure: WensuError,
) -> None:
    """503 is declared wherever it is answered; metrics are told all the same."""
    searcher.failure = failure
    asked = f"?document={DOCUMENTS[0].id}&quote={QUOTE}" if path == "quote" else ""
    response = client.get(PATHS[path].replace("{id}", DOCUMENTS[0].id) + asked)
    assert response.status_code == 503
    validate(described, path, response)
