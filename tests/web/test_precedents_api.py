"""Facts about precedents and similar documents as scripts get them."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from index.errors import IndexMissing, WensuError
from tests.fakes import FakeSearcher
from tests.web.documents import YEARBOOK

ADDRESS = "/api/v1/precedents"
TEXT = "本县联谊会组织茶农赴外地学习，成效明显。"
PROBLEM = "application/problem+json"


def validate(client: FlaskClient, response: TestResponse, path: str) -> None:
    """Hold an answer against the schema that declares it."""
    described: dict[str, Any] = client.get("/openapi.json").get_json()
    (operation,) = described["paths"][path].values()
    content = operation["responses"][str(response.status_code)]["content"]
    schema = content[response.mimetype]["schema"]
    Draft202012Validator({**schema, "components": described["components"]}).validate(
        response.get_json(force=True)
    )


def test_passages_come_with_runs_into_both_texts(client: FlaskClient) -> None:
    """The answer is as the contract has it, and nobody keeps it."""
    response = client.post(ADDRESS, json={"text": TEXT})
    answer = response.get_json()
    first = answer["passages"][0]
    assert response.status_code == 200
    assert response.cache_control.no_store
    assert [*first][:6] == ["id", "title", "anchor", "text", "overlap", "runs"]
    assert (first["id"], first["anchor"]) == (YEARBOOK.id, "b2")
    run = first["runs"][0]
    assert TEXT[slice(*run["query"])] == first["text"][slice(*run["passage"])]
    assert answer["parts"][0]["sources"][0]["id"] == YEARBOOK.id
    validate(client, response, ADDRESS)


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"text": "短"}, "text"),
        ({"text": "字" * 20_001}, "text"),
        ({"text": 5}, "text"),
        ({"text": TEXT, "limit": 0}, "limit"),
        ({"text": TEXT, "limit": 101}, "limit"),
        ({"text": TEXT, "order": "random"}, "order"),
        ({"text": TEXT, "min_overlap": 2}, "min_overlap"),
        ({"text": TEXT, "year_from": 2020, "year_to": 2019}, "year_from"),
        ({"text": TEXT, "colour": "red"}, "colour"),
        ({}, "text"),
        ([TEXT], "body"),
        ("no object", "body"),
    ],
)
def test_what_cannot_be_used_is_named(
    client: FlaskClient, body: object, parameter: str
) -> None:
    """Each is answered with 400 and its name, in the declared form."""
    response = client.post(ADDRESS, json=body)
    assert (response.status_code, response.mimetype) == (400, PROBLEM)
    assert response.get_json(force=True)["parameter"] == parameter
    validate(client, response, ADDRESS)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"text=abc"])
def test_a_body_that_is_no_json_is_refused(client: FlaskClient, body: bytes) -> None:
    """Broken or other content is a problem of the request."""
    response = client.post(ADDRESS, data=body, content_type="application/json")
    assert response.status_code == 400
    assert response.get_json(force=True)["parameter"] == "body"


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    """It is not read: 413."""
    body = b'{"text": "' + b"a" * 3_000_000 + b'"}'
    response = client.post(ADDRESS, data=body, content_type="application/json")
    assert (response.status_code, response.mimetype) == (413, PROBLEM)


def test_reading_the_address_is_told_to_post(client: FlaskClient) -> None:
    """GET is refused with the method that is answered."""
    response = client.get(ADDRESS)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_similar_documents_are_listed(client: FlaskClient) -> None:
    """As many as asked for, with what they have in common."""
    path = "/api/v1/documents/{id}/similar"
    response = client.get(path.format(id=YEARBOOK.id) + "?limit=1")
    (document,) = response.get_json()["documents"]
    assert document["words"] == ["联谊"]
    validate(client, response, path)


@pytest.mark.parametrize(
    ("address", "status"),
    [("ffffffffffffffff/similar", 404), (f"{YEARBOOK.id}/similar?limit=0", 400)],
)
def test_similar_documents_of_nothing_are_a_problem(
    client: FlaskClient, address: str, status: int
) -> None:
    """An unknown document and a limit outside its limits."""
    response = client.get(f"/api/v1/documents/{address}")
    assert (response.status_code, response.mimetype) == (status, PROBLEM)


@pytest.mark.parametrize("failure", [IndexMissing(Path("index"))])
def test_an_index_that_cannot_be_used_is_said(
    client: FlaskClient, searcher: FakeSearcher, failure: WensuError
) -> None:
    """503, as searches say it."""
    searcher.failure = failure
    assert client.post(ADDRESS, json={"text": TEXT}).status_code == 503
