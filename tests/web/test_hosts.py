"""The server answers to its own names, and calls itself by no other."""

import pytest
from flask.testing import FlaskClient

from tests.fakes import FakeSearcher
from web import WebSettings, create_app


def client_for(**settings: object) -> FlaskClient:
    """Make a client of an application with these settings."""
    made = WebSettings(**settings)  # type: ignore[arg-type]  # each test names its own
    return create_app(FakeSearcher(), made).test_client()


def status(client: FlaskClient, host: str) -> int:
    """Ask by a name; tell the status."""
    return client.get("/api/v1/search", headers={"Host": host}).status_code


LOOPBACK = ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"]
FOREIGN = ["evil.example", "evil.example:8000", "localhost.evil.example", "a@b", "[x"]


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_is_asked_by_its_names(client: FlaskClient, host: str) -> None:
    """With any port."""
    assert status(client, host) == 200


@pytest.mark.parametrize("host", FOREIGN)
def test_name_that_was_made_to_lead_here_is_refused(
    client: FlaskClient, host: str
) -> None:
    """A stranger's page cannot read what is served on loopback (DNS rebinding)."""
    response = client.get("/api/v1/search", headers={"Host": host})
    assert response.status_code == 400
    assert response.get_json(force=True)["type"] == "/problems/unknown-host"
    assert "evil" not in client.get("/search", headers={"Host": host}).text


def test_request_without_a_name_is_answered_in_http_1_0(client: FlaskClient) -> None:
    """No browser speaks it; with HTTP/1.1 a name must come along."""
    nameless = {"HTTP_HOST": "", "SERVER_PROTOCOL": "HTTP/1.0"}
    response = client.get("/opensearch.xml", environ_overrides=nameless)
    assert response.status_code == 200
    assert 'template="http://localhost/search' in response.text
    newer = nameless | {"SERVER_PROTOCOL": "HTTP/1.1"}
    refused = client.get("/api/v1/search", environ_overrides=newer)
    assert refused.status_code == 400
    assert "Host header" in refused.get_json(force=True)["detail"]


def test_public_name_is_answered_too() -> None:
    """It is that of base_url; others may be added."""
    client = client_for(
        host="0.0.0.0",  # noqa: S104 (nothing listens)
        base_url="https://archive.example/wensu/",
        allowed_hosts=("Wensu.intranet.example",),
    )
    assert status(client, "archive.example") == 200
    assert status(client, "wensu.intranet.example:8080") == 200
    assert status(client, "127.0.0.1") == 200
    assert status(client, "evil.example") == 400


def test_open_server_answers_to_any_name() -> None:
    """Without a public name nobody knows how it is called."""
    assert status(client_for(host="0.0.0.0"), "wensu.intranet.example") == 200  # noqa: S104 (nothing listens)


@pytest.mark.parametrize("address", ["/opensearch.xml", "/suggest?q=联"])
def test_public_address_is_named_whatever_was_asked(address: str) -> None:
    """Documents that name the site name it as its operator does."""
    client = client_for(base_url="https://archive.example")
    text = client.get(address).text
    assert "localhost" not in text
    assert ("https://archive.example/" in text) == (address == "/opensearch.xml")


def test_forwarded_name_is_believed_of_a_named_proxy_alone() -> None:
    """Without the setting the header means nothing."""
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    page = client_for(host="0.0.0.0").get("/opensearch.xml", headers=forwarded).text  # noqa: S104 (nothing listens)
    assert "http://localhost/" in page
    assert "evil" not in page
    behind = client_for(host="0.0.0.0", trusted_proxies=1)  # noqa: S104 (nothing listens)
    forwarded["X-Forwarded-Host"] = "archive.example"
    page = behind.get("/opensearch.xml", headers=forwarded).text
    assert "https://archive.example/search" in page


def test_https_only_is_said_by_https_only() -> None:
    """HSTS is sent where a setting says so and the request came by TLS."""
    header = "Strict-Transport-Security"
    client = client_for(hsts_seconds=31_536_000)
    secure = client.get("/", base_url="https://localhost")
    assert secure.headers[header] == "max-age=31536000"
    assert header not in client.get("/").headers
    assert header not in client_for().get("/", base_url="https://localhost").headers
