"""Answers are packed where that pays, and not sent again while they are the same."""

import gzip
from collections.abc import Iterator

import pytest
from flask import Response
from flask.testing import FlaskClient
from flask_openapi3.openapi import OpenAPI

from tests.fakes import FakeSearcher
from tests.web.documents import DOCUMENTS
from tests.web.years import YEARS
from web import create_app

GZIP = {"Accept-Encoding": "gzip, br"}
KEPT = [
    "/",
    "/search?q=联谊",
    f"/documents/{DOCUMENTS[0].id}",
    f"/documents/{DOCUMENTS[0].id}/raw",
    f"/documents/{DOCUMENTS[0].id}/compare",
    "/coverage",
    "/series",
    f"/series/{YEARS[0].id}/diff",
    "/wording?q=联谊",
    "/help",
    "/precedents",
    "/opensearch.xml",
    "/openapi.json",
    "/static/style.css",
    "/suggest?q=联",
    "/api/v1/search?q=联谊",
    f"/api/v1/documents/{DOCUMENTS[0].id}",
    f"/api/v1/documents/{DOCUMENTS[0].id}/similar",
    f"/api/v1/documents/{DOCUMENTS[0].id}/compare",
    "/api/v1/coverage",
    "/api/v1/suggest?q=联",
    "/api/v1/series",
    f"/api/v1/series/{YEARS[0].id}",
    f"/api/v1/series/{YEARS[0].id}/diff",
    "/api/v1/wording?q=联谊",
    "/api/v1/wording?q=联谊&format=csv",
]


@pytest.mark.parametrize("address", KEPT)
@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "gzip"])
def test_what_a_client_has_is_not_sent_again(
    client: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    """Whatever may be kept has a tag, and the tag brings 304 without a body."""
    with client.get(address, headers=headers) as first:
        tag = first.headers["ETag"]
        assert "Accept-Encoding" in first.vary
    with client.get(address, headers={**headers, "If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"].removeprefix("W/") == tag.removeprefix("W/")
        assert "Accept-Encoding" in again.vary
    with client.get(address, headers={"If-None-Match": '"another"'}) as other:
        assert other.status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/api/v1/search?q=联谊", "/static/style.css", "/openapi.json"]
)
def test_packed_answer_unpacks_to_the_plain_one(
    client: FlaskClient, address: str
) -> None:
    """It is smaller, says so, and has a weak tag."""
    with client.get(address) as plain, client.get(address, headers=GZIP) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.headers["Content-Length"] == str(len(packed.data))
        assert len(packed.data) < len(plain.data) / 2
        assert len(gzip.decompress(packed.data)) == len(plain.data)
        assert packed.headers["ETag"].startswith("W/")


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/api/v1/suggest?q=没有", GZIP),
        ("/openapi.json", {"Accept-Encoding": "gzip;q=0"}),
        ("/openapi.json", {"Accept-Encoding": "br"}),
        ("/static/style.css", {**GZIP, "Range": "bytes=0-1999"}),
    ],
)
def test_what_would_not_shrink_or_may_not_is_sent_as_it_is(
    client: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    """Small answers, parts of files, and clients that take no gzip."""
    with client.get(address, headers=headers) as response:
        assert "Content-Encoding" not in response.headers


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    """HEAD tells tag, length and links, and sends no body."""
    address = "/api/v1/search?q=本周&page=2"
    get, head = client.get(address), client.head(address)
    assert head.data == b""
    assert head.headers.getlist("Link") == get.headers.getlist("Link")
    assert head.headers["ETag"] == get.headers["ETag"]
    assert abs(int(head.headers["Content-Length"]) - len(get.data)) < 10


def test_streamed_answer_is_packed_as_it_goes(app: OpenAPI) -> None:
    """Nothing waits for the end, and the source is closed when nobody reads on."""
    done: list[str] = []

    @app.route("/streamed")
    def streamed() -> Response:
        def parts() -> Iterator[str]:
            try:
                for number in range(200_000):
                    yield f"{number * number} 第{number}行\n"
            finally:
                done.append("closed")

        return Response(parts(), content_type="text/csv")

    client = app.test_client()
    whole = client.get("/streamed", headers=GZIP)
    assert "Content-Length" not in whole.headers
    lines = gzip.decompress(whole.data).decode().splitlines()
    assert (len(lines), lines[-1]) == (200_000, "39999600001 第199999行")
    part = client.get("/streamed", headers=GZIP, buffered=False)
    assert len(next(iter(part.response))) < 100_000
    part.close()
    assert done == ["closed", "closed"]


def test_answer_that_changes_has_another_tag(searcher: FakeSearcher) -> None:
    """A page is sent anew when what it shows has changed."""
    client = create_app(searcher).test_client()
    before = client.get("/")
    searcher.documents = searcher.documents[:3]
    after = client.get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200


def test_what_is_not_to_be_kept_has_no_tag(client: FlaskClient) -> None:
    """The state of the service, problems, and what holds somebody's text."""
    for response in (
        client.get("/healthz"),
        client.get("/nowhere"),
        client.get("/api/v1/nowhere"),
        client.post("/precedents", data={"text": "开展联谊工作，走访企业若干家"}),
    ):
        assert "ETag" not in response.headers
        kept = response.cache_control
        assert kept.no_store or kept.no_cache
