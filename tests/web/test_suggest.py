"""Completion over HTTP: as JSON, as OpenSearch has it, and in the form."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.errors import IndexMissing
from search.suggest import Suggestion, SuggestionKind
from tests.fakes import FakeSearcher
from tests.web.page import get, one

OFFERED = (
    Suggestion(kind=SuggestionKind.SUBJECT, text="统战", query="统战", documents=1234),
    Suggestion(kind=SuggestionKind.TITLE, text="统<战>", query='"统<战>"', documents=1),
)


@pytest.fixture(autouse=True)
def offers(searcher: FakeSearcher) -> None:
    """Have something to offer."""
    searcher.completions = OFFERED


def test_json_has_kind_text_query_and_documents(client: FlaskClient) -> None:
    """In the order in which they are offered."""
    answer = client.get("/api/v1/suggest?q=统").get_json()
    assert answer == {
        "q": "统",
        "suggestions": [
            {"kind": "subject", "text": "统战", "query": "统战", "documents": 1234},
            {"kind": "title", "text": "统<战>", "query": '"统<战>"', "documents": 1},
        ],
    }


def test_nothing_typed_is_answered_with_nothing(client: FlaskClient) -> None:
    """An empty list is an answer, also without q."""
    for address in ("/api/v1/suggest", "/api/v1/suggest?q="):
        assert client.get(address).get_json() == {"q": "", "suggestions": []}


def test_opensearch_form_has_four_lists(client: FlaskClient) -> None:
    """What is typed, queries, what each is, and addresses that search for it."""
    response = client.get("/suggest?q=统", headers={"Accept-Language": "en"})
    assert response.mimetype == "application/x-suggestions+json"
    typed, queries, descriptions, addresses = json.loads(response.text)
    assert typed == "统"
    assert queries == ["统战", '"统<战>"']
    assert descriptions == ["1,234 documents", "1 document"]
    assert client.get(addresses[0]).status_code == 200


@pytest.mark.parametrize("path", ["/suggest", "/api/v1/suggest"])
@pytest.mark.parametrize("query", ["q=a&q=b", "q=%FF", "q=" + "a" * 1001, "x=1"])
def test_what_cannot_be_used_is_refused(
    client: FlaskClient, path: str, query: str
) -> None:
    """With 400 and a problem in JSON, for scripts ask."""
    if path == "/suggest" and query == "x=1":
        query = "q=a&x=1"
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("path", ["/suggest", "/api/v1/suggest"])
def test_missing_index_is_a_problem(
    client: FlaskClient, searcher: FakeSearcher, path: str
) -> None:
    """With 503, as a search has it."""
    searcher.failure = IndexMissing(Path("index"))
    response = client.get(f"{path}?q=统")
    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"


def test_description_links_the_suggestions(client: FlaskClient) -> None:
    """Browsers find the address in opensearch.xml."""
    body = client.get("/opensearch.xml").text
    assert 'type="application/x-suggestions+json"' in body
    assert "/suggest?q={searchTerms}" in body


@pytest.mark.parametrize("path", ["/", "/search?q=联谊"])
def test_form_tells_the_script_what_it_needs(client: FlaskClient, path: str) -> None:
    """Address and words of the page's language; the box itself is a plain one."""
    page = get(client, path)
    box = one(page, "#q")
    assert box.get("data-suggest") == "/api/v1/suggest"
    assert json.loads(str(box["data-kinds"]))["title"] == "标题"
    assert box.get("role") is None
    assert one(page, "script[src*='suggest.js']").has_attr("defer")
