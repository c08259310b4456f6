"""What nobody can mean is refused before anything is done, and says why."""

import pytest
from flask.testing import FlaskClient

from tests.web.page import get, one

PROBLEM = "application/problem+json"
POST = "/api/v1/precedents"


@pytest.mark.parametrize("path", ["/", "/search", "/help", "/api/v1/search"])
def test_address_that_is_too_long_is_refused(client: FlaskClient, path: str) -> None:
    """By its own name, whatever it is the address of."""
    response = client.get(f"{path}?x={'长' * 11_000}")
    assert response.status_code == 400
    if path.startswith("/api"):
        assert response.get_json(force=True)["type"] == "/problems/address-too-long"


@pytest.mark.parametrize(
    ("path", "query"),
    [("documents/\xff", ""), ("search", "q=%ff"), ("\xc3(", ""), ("search", "\xff")],
)
def test_address_that_is_not_utf8_is_refused(
    client: FlaskClient, path: str, query: str
) -> None:
    """Neither path nor parameters are guessed."""
    asked = {"PATH_INFO": f"/api/v1/{path}", "QUERY_STRING": query}
    response = client.get("/", environ_overrides=asked)
    assert (response.status_code, response.mimetype) == (400, PROBLEM)
    assert "percent-encoded UTF-8" in response.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/help?q=%ff", "UTF-8"),
        ("/coverage?page=0", "page"),
        ("/series?page=1&page=2", "page"),
        ("/documents/a000000000000001/compare?from=1&from=2", "from"),
    ],
)
def test_page_says_which_parameter_and_why(
    client: FlaskClient, address: str, said: str
) -> None:
    """In the language of the interface, on pages without a form of their own too."""
    assert client.get(address).status_code == 400
    assert said in one(get(client, address), "[role=alert]").text
    assert "参数" in one(get(client, address), "[role=alert]").text


@pytest.mark.parametrize("kind", [None, "text/plain", "application/xml", "text/json"])
def test_body_of_another_kind_is_refused(client: FlaskClient, kind: str | None) -> None:
    """So no form of another site can send one (it would have to be text/plain)."""
    response = client.post(POST, data='{"text": "x"}', content_type=kind)
    assert (response.status_code, response.mimetype) == (415, PROBLEM)
    problem = response.get_json(force=True)
    assert problem["type"] == "/problems/media-type"
    assert problem["detail"] == "the body must be one of: application/json"


def test_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    """Its declared length is enough to know."""
    for address in (POST, "/precedents"):
        response = client.post(
            address, data=b"x" * 2_500_000, content_type="application/json"
        )
        assert response.status_code == 413
    assert client.post(POST, data=b"x" * 2_500_000).mimetype == PROBLEM


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "PUT", "X-ANY"])
@pytest.mark.parametrize("address", ["/", "/api/v1/search", "/static/style.css"])
def test_other_methods_do_nothing(
    client: FlaskClient, address: str, method: str
) -> None:
    """405 names those there are, and echoes nothing (TRACE)."""
    response = client.open(address, method=method, headers={"X-Echo": "echoed"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "echoed" not in response.text
