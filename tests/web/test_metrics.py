"""What is told to Prometheus, and the log of requests."""

import logging
import re

import pytest
from flask.testing import FlaskClient

from tests.fakes import FakeSearcher
from web.access_log import Answered, log_line
from web.app import create_app
from web.counters import Counters, Tally
from web.settings import WebSettings

LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [\d.e+]+')


def told(client: FlaskClient) -> list[str]:
    """Give the lines of the metrics."""
    response = client.get("/metrics", buffered=True)
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    return response.text.splitlines()


def test_every_line_is_in_the_format(client: FlaskClient) -> None:
    """Each line declares a metric or gives a value, the last one ends."""
    client.get("/search?q=联谊", buffered=True)
    lines = told(client)
    values = [line for line in lines if not line.startswith("# ")]
    assert all(LINE.fullmatch(line) for line in values)
    assert client.get("/metrics", buffered=True).text.endswith("\n")


def test_addresses_are_counted_by_their_route(client: FlaskClient) -> None:
    """A thousand addresses make no more series than one."""
    for number in range(10):
        client.get(f"/documents/none-{number}", buffered=True)
        client.get(f"/nowhere/{number}", buffered=True)
    lines = told(client)
    counted = 'wensu_requests_total{route="/documents/<document_id>",status="404"} 10'
    assert counted in lines
    assert 'wensu_requests_total{route="",status="404"} 10' in lines
    assert "none-3" not in "\n".join(lines)


def test_times_add_up(client: FlaskClient) -> None:
    """The last bucket has all requests, and so has the count."""
    client.get("/help", buffered=True)
    lines = told(client)
    assert 'wensu_request_seconds_bucket{route="/help",le="+Inf"} 1' in lines
    assert 'wensu_request_seconds_count{route="/help"} 1' in lines


def test_unusable_index_is_told(client: FlaskClient, searcher: FakeSearcher) -> None:
    """What watches the service sees that searches fail, and what is waiting."""
    searcher.pending = 7
    assert {"wensu_index_usable 1", "wensu_documents_pending 7"} <= set(told(client))


def test_rows_of_all_workers_are_summed_up() -> None:
    """A request counted in one row is told by another."""
    counters = Counters(2)
    one, other = Tally(counters, ["/a"]), Tally(counters, ["/a"])
    for seconds in (0.001, 9.0):
        one.count("/a", 200, seconds)
    one.count("/unknown", 799, 0.2)
    first, second = other.counts()
    assert (first.route, first.statuses) == ("", {500: 1})
    assert (second.route, second.statuses) == ("/a", {200: 2})
    assert (second.times[0], second.times[-1], second.seconds) == (1, 1, 9.001)


@pytest.mark.parametrize(
    ("queries", "path"), [(False, "/%E7%94%B2%0A"), (True, "/%E7%94%B2%0A?q=%E4%B9%99")]
)
def test_line_of_the_log_is_one_line(path: str, *, queries: bool) -> None:
    """Bytes that are no ASCII, and ends of lines, stand encoded."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/甲\n".encode().decode("latin-1"),
        "QUERY_STRING": "q=乙".encode().decode("latin-1"),
        "REMOTE_ADDR": "192.0.2.7",
    }
    answered = Answered(environ=environ, status=404, seconds=0.01, size=12)
    assert log_line(answered, queries=queries) == (
        f"method=GET path={path} status=404 ms=10.0 bytes=12 client=192.0.2.7"
    )


def test_log_has_queries_only_where_the_setting_says_so(
    searcher: FakeSearcher, caplog: pytest.LogCaptureFixture
) -> None:
    """What was sought is logged with ``log_queries``."""
    with caplog.at_level(logging.INFO, logger="web.access_log"):
        for log_queries in (False, True):
            settings = WebSettings(log_queries=log_queries)
            client = create_app(searcher, settings).test_client()
            client.get("/search?q=ab", buffered=True)
    without, with_query = (record.getMessage() for record in caplog.records)
    assert "path=/search status" in without
    assert "path=/search?q=ab status" in with_query
