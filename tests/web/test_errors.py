"""Every error is told, to scripts as RFC 9457 says and to readers as a page."""

import re
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask.testing import FlaskClient
from flask_openapi3.openapi import OpenAPI

from index.errors import (
    BadRecord,
    CorruptStore,
    IndexBroken,
    IndexMissing,
    StoreMissing,
    WensuError,
)
from tests.fakes import FakeSearcher
from tests.web.page import get, one, words
from web import create_app
from web.errors import PROBLEM_JSON, ProblemName
from web.faults import tell_in_full

FOLDER = Path("/srv/secret-place")


def problem(client: FlaskClient, address: str, method: str = "GET") -> dict[str, Any]:
    """Ask for what cannot be answered and read the problem."""
    response = client.open(address, method=method)
    body: dict[str, Any] = response.get_json(force=True)
    assert response.content_type == PROBLEM_JSON
    assert response.status_code == body["status"]
    return body


def test_query_error_has_the_position_and_what_was_expected(
    client: FlaskClient,
) -> None:
    """A script can point at the character that is wrong."""
    body = problem(client, '/api/v1/search?q=联谊 "振兴')
    assert body["type"] == "/problems/query-syntax"
    assert (body["status"], body["position"]) == (400, 3)
    assert body["expected"] == 'close it with "'
    assert body["mistake"] == "unclosed-quote"
    assert body["suggestion"] == '联谊 "振兴"'
    assert body["instance"].startswith("/api/v1/search?q=%E8%81%94")


def test_unknown_field_lists_the_known_ones(client: FlaskClient) -> None:
    """The fields there are come with the problem."""
    body = problem(client, "/api/v1/search?q=名字:甲")
    assert (body["position"], body["known"]) == (0, ["title", "year"])


def test_parameter_error_names_the_parameter(client: FlaskClient) -> None:
    """A script knows which parameter to mend."""
    body = problem(client, "/api/v1/search?per_page=101")
    assert body["type"] == "/problems/parameter"
    assert body["parameter"] == "per_page"
    assert body["detail"] == "per_page: must be at most 100"


def test_repeated_parameter_is_refused_by_the_api(client: FlaskClient) -> None:
    """Neither of two pages is silently chosen."""
    body = problem(client, "/api/v1/search?page=1&page=2")
    assert body["detail"] == "page: may be given only once"


def test_unknown_document_is_not_found(client: FlaskClient) -> None:
    """An id that no document has is 404."""
    body = problem(client, "/api/v1/documents/nobody")
    assert (body["type"], body["status"]) == ("/problems/unknown-document", 404)


def test_unknown_address_of_the_api_is_a_problem(client: FlaskClient) -> None:
    """A script that mistypes an address gets JSON, not a page."""
    body = problem(client, "/api/v1/serch")
    assert (body["type"], body["status"]) == ("/problems/not-found", 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused_and_the_allowed_ones_named(
    client: FlaskClient, method: str
) -> None:
    """405 carries Allow."""
    response = client.open("/api/v1/search", method=method)
    assert problem(client, "/api/v1/search", method)["status"] == 405
    assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    ("failure", "name", "state"),
    [
        (IndexMissing(Path("archive")), "index-not-usable", "missing"),
        (CorruptStore(Path("archive"), "cut off"), "store-not-usable", None),
    ],
)
def test_unusable_archive_says_what_to_do(
    client: FlaskClient,
    searcher: FakeSearcher,
    failure: WensuError,
    name: str,
    state: str | None,
) -> None:
    """503 says what to do and the state of the index, but no folder of the server."""
    searcher.failure = failure
    body = problem(client, "/api/v1/search")
    assert (body["type"], body["status"]) == (f"/problems/{name}", 503)
    assert body.get("state") == state
    assert re.search("run wensu index|log says why", body["detail"])
    assert "archive" not in body["detail"].replace("the archive of pages", "")


def test_unusable_index_is_a_page_for_a_reader(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """The page of results says what to do, in an answer of status 503."""
    searcher.failure = IndexMissing(Path("archive"))
    assert client.get("/search?q=联谊").status_code == 503
    assert "run wensu index" in one(get(client, "/search?q=联谊"), "[role=alert]").text


@pytest.mark.parametrize("address", ["/", "/healthz", "/search", "/api/v1/search"])
@pytest.mark.parametrize(
    "failure",
    [
        IndexMissing(FOLDER),
        IndexBroken(FOLDER, f"[Errno 5] {FOLDER}/g1/seg"),
        StoreMissing(FOLDER / "store"),
        CorruptStore(FOLDER, "cut off"),
        BadRecord(FOLDER / "a.warc.gz", 5, "torn"),
    ],
)
def test_folders_of_the_server_are_told_in_its_log_alone(
    client: FlaskClient,
    searcher: FakeSearcher,
    caplog: pytest.LogCaptureFixture,
    address: str,
    failure: WensuError,
) -> None:
    """A stranger is told what is wrong, the operator where."""
    searcher.failure = failure
    response = client.get(address)
    assert str(FOLDER) not in response.text
    assert re.search("run wensu index|log says why", response.text)
    assert str(failure) in caplog.text


def test_command_line_is_told_where(
    app: OpenAPI, searcher: FakeSearcher, client: FlaskClient
) -> None:
    """It is the operator who asks there."""
    tell_in_full(app.config)
    searcher.failure = failure = IndexMissing(FOLDER)
    assert problem(client, "/api/v1/search")["detail"] == str(failure)


class BrokenSearcher(FakeSearcher):
    """A searcher with a fault nobody foresaw."""

    def health(self) -> NoReturn:
        """Fail."""
        raise ZeroDivisionError


def test_unforeseen_fault_tells_nothing_of_the_inside() -> None:
    """A fault is a problem of status 500 that shows no code."""
    client = create_app(BrokenSearcher()).test_client()
    body = problem(client, "/healthz")
    assert (body["type"], body["status"]) == ("/problems/internal", 500)
    assert "ZeroDivision" not in str(body)
    assert client.get("/").status_code == 500


@pytest.mark.parametrize("name", list(ProblemName))
def test_type_of_a_problem_is_the_address_of_its_explanation(
    client: FlaskClient, name: ProblemName
) -> None:
    """Each type can be looked up."""
    assert client.get(f"/problems/{name}").status_code == 200


def test_unknown_page_is_explained_in_the_language_of_the_reader(
    client: FlaskClient,
) -> None:
    """A page that is not there is a page of status 404."""
    assert client.get("/nowhere").status_code == 404
    assert words(get(client, "/nowhere?lang=en"), "h1") == [
        "There is nothing at this address"
    ]
    assert client.get("/problems/unheard-of").status_code == 404


def test_reader_of_chinese_is_told_of_an_unknown_document_in_chinese(
    client: FlaskClient,
) -> None:
    """The page has its own words, not the sentence for scripts as well."""
    page = client.get("/documents/0000000000000000?lang=zh-Hans")
    assert page.status_code == 404
    assert "没有这份文档" in page.text
    assert "ids are listed" not in page.text
