"""Only pages of named origins may read the API, and none may by default."""

import pytest
from flask.testing import FlaskClient

from tests.fakes import FakeSearcher
from web import WebSettings, create_app

DESK = "https://desk.example"
SEARCH = "/api/v1/search"
ASKED = {"Origin": DESK, "Access-Control-Request-Method": "GET"}


def client_for(*origins: str) -> FlaskClient:
    """Make a client of an application that lets these origins in."""
    settings = WebSettings(cors_origins=origins)
    return create_app(FakeSearcher(), settings).test_client()


def allowed(client: FlaskClient, address: str, origin: str) -> str | None:
    """Tell which origin an answer lets in."""
    response = client.get(address, headers={"Origin": origin})
    return response.headers.get("Access-Control-Allow-Origin")


def test_no_origin_is_let_in_by_default(client: FlaskClient) -> None:
    """Neither an answer nor a preflight names any."""
    assert allowed(client, SEARCH, DESK) is None
    response = client.options(SEARCH, headers=ASKED)
    assert not [name for name in response.headers if name[0].startswith("Access")]


def test_named_origin_is_let_in_and_no_other() -> None:
    """The answer depends on the origin, and says so to caches."""
    client = client_for(DESK, "https://b.example")
    assert allowed(client, SEARCH, DESK) == DESK
    assert allowed(client, "/api/v1/nowhere", DESK) == DESK
    for origin in ("https://desk.example.evil.example", "http://desk.example", "null"):
        assert allowed(client, SEARCH, origin) is None
    assert "Origin" in client.get(SEARCH).vary


def test_pages_are_read_by_no_other_origin() -> None:
    """It is the API that is opened."""
    assert allowed(client_for(DESK), "/search", DESK) is None


def test_every_origin_may_be_let_in_but_without_credentials() -> None:
    """An asterisk stays an asterisk, with which browsers send no cookies."""
    client = client_for("*")
    assert allowed(client, SEARCH, "https://anyone.example") == "*"
    headers = client.get(SEARCH, headers={"Origin": DESK}).headers
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Link" in headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    ("address", "method"), [(SEARCH, "GET"), ("/api/v1/precedents", "POST")]
)
def test_preflight_tells_methods_and_headers(address: str, method: str) -> None:
    """A page may then send JSON and tags."""
    response = client_for(DESK).options(
        address, headers={**ASKED, "Access-Control-Request-Method": method}
    )
    assert (response.status_code, response.data) == (204, b"")
    assert method in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_refused_preflight_says_why() -> None:
    """No such address, or one request too many: no fault of ours."""
    settings = WebSettings(cors_origins=(DESK,), requests_per_minute=1)
    client = create_app(FakeSearcher(), settings).test_client()
    unknown = client.options("/api/v1/nothing", headers=ASKED)
    refused = client.options(SEARCH, headers=ASKED)
    assert (unknown.status_code, refused.status_code) == (404, 429)
    assert "Access-Control-Allow-Methods" not in refused.headers
    assert int(refused.headers["Retry-After"]) > 0


def test_options_tells_the_methods_there_are(client: FlaskClient) -> None:
    """Allow is the whole answer."""
    response = client.options(SEARCH)
    assert {*response.headers["Allow"].split(", ")} == {"GET", "HEAD", "OPTIONS"}
    assert (response.status_code, response.data) == (204, b"")
    assert "Content-Type" not in response.headers
