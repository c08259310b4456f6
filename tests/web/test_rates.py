"""A client that asks too often is told to wait, and how long."""

import pytest
from flask.testing import FlaskClient

from tests.fakes import FakeSearcher
from tests.web.test_openapi import validate
from web import WebSettings, create_app
from web.rates import RateLimit, client_of

SEARCH = "/api/v1/search"


class Clock:
    """A clock that stands until it is moved."""

    now = 1_000_000.3

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def limited(quota: int, **others: int) -> FlaskClient:
    """Make a client of an application with a limit."""
    settings = WebSettings(requests_per_minute=quota, **others)  # type: ignore[arg-type]  # all are numbers
    return create_app(FakeSearcher(), settings).test_client()


def test_no_limit_by_default(client: FlaskClient) -> None:
    """Nothing is counted, and nothing said of it."""
    assert "RateLimit" not in client.get(SEARCH).headers


def test_request_over_the_limit_is_a_problem_that_says_when() -> None:
    """The third of two is 429, declared, with Retry-After; pages are told so too."""
    client = limited(2)
    first, second = client.get(SEARCH), client.get(SEARCH)
    assert first.headers["RateLimit-Policy"] == '"client";q=2;w=60'
    assert first.headers["RateLimit"] == '"client";r=1;t=30'
    assert second.headers["RateLimit"].startswith('"client";r=0;t=')
    refused = client.get(SEARCH)
    assert refused.status_code == 429
    assert 28 <= int(refused.headers["Retry-After"]) <= 30
    assert refused.headers["RateLimit"].startswith('"client";r=0;')
    problem = refused.get_json(force=True)
    assert problem["type"] == "/problems/too-many-requests"
    validate(client_document(), "search", refused)
    assert client.get("/search").status_code == 429


def client_document() -> dict[str, object]:
    """Give the OpenAPI document."""
    client = create_app(FakeSearcher()).test_client()
    document: dict[str, object] = client.get("/openapi.json").get_json()
    return document


def test_health_and_files_are_not_counted() -> None:
    """Who watches the service, and the style of a page, use up nothing."""
    client = limited(1)
    client.get(SEARCH)
    assert client.get("/healthz").status_code == 200
    with client.get("/static/style.css") as response:
        assert response.status_code == 200


def test_clients_are_counted_apart() -> None:
    """One that asks too often keeps nobody else from asking."""
    client = limited(1)
    for number in (1, 2):
        response = client.get(SEARCH, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
        assert response.status_code == 200


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 200)])
def test_forwarded_address_counts_only_behind_a_proxy_that_is_named(
    proxies: int, status: int
) -> None:
    """Otherwise a client could call itself by another address each time."""
    client = limited(1, trusted_proxies=proxies)
    statuses = [
        client.get(
            SEARCH, headers={"X-Forwarded-For": f"spoofed, 192.0.2.{number}"}
        ).status_code
        for number in (1, 2)
    ]
    assert statuses == [200, status]


def test_requests_come_back_one_by_one() -> None:
    """After a second of sixty a minute one more is answered, and not two."""
    clock = Clock()
    limit = RateLimit(60, clock=clock)
    assert [limit.ask("a").wait > 0 for _ in range(61)] == [False] * 60 + [True]
    clock.now += 1
    assert [limit.ask("a").wait > 0 for _ in range(2)] == [False, True]
    clock.now += 3600
    ruling = limit.ask("a")
    assert (ruling.wait, ruling.left) == (0, 59)


def test_memory_is_bounded() -> None:
    """Of many addresses the last are remembered."""
    limit = RateLimit(1, clock=Clock())
    for number in range(10_001):
        limit.ask(str(number))
    assert limit.ask("10000").wait > 0
    assert limit.ask("1").wait > 0
    assert limit.ask("0").wait == 0


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_client_is_an_address_or_the_network_it_has(address: str, client: str) -> None:
    """Who has one address of IPv6 has 2^64."""
    assert client_of(address) == client
