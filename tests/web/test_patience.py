"""Facts about slow clients: they hold few threads, and nobody else waits for them."""

import json
import socket
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient

from search.drafts import MAX_DRAFT_BYTES
from tests.fakes import FakeSearcher
from tests.web.served import ask, make_home, serving
from web import WebSettings, create_app

EXPORT: Final = "/api/v1/export?q="
PRECEDENTS: Final = "/api/v1/precedents"
HEAD: Final = (
    f"POST {PRECEDENTS} HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/json\r\n"
)
TWO: Final = WebSettings(threads=2)
"""Two threads, of which one may wait for a client."""


@pytest.fixture
def client() -> FlaskClient:
    """Ask a process of two threads."""
    return create_app(FakeSearcher(), TWO).test_client()


def post(port: int, body: bytes, length: str) -> bytes:
    """Send a body; give the status line."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"{HEAD}{length}\r\nConnection: close\r\n\r\n".encode())
        connection.sendall(body)
        return connection.recv(65536).split(b"\r\n")[0]


def test_bodies_that_do_not_come_hold_up_no_search(tmp_path: Path) -> None:
    """Pages and answers come at once; further bodies are refused, then taken again."""
    home = make_home(tmp_path)
    (home / "wensu.toml").write_text("[web]\nthreads = 2\n", "utf-8")
    body = json.dumps({"text": "云溪县委统战部围绕中心、服务大局"}).encode()
    length = f"Content-Length: {len(body)}"
    with serving(home, workers=1) as served:
        with ExitStack() as stack:
            for _ in range(8):
                slow = socket.create_connection(("127.0.0.1", served.port), timeout=10)
                stack.enter_context(slow)
                slow.sendall(f"{HEAD}Content-Length: 1000\r\n\r\n{{".encode())
            for line in (b"GET /healthz HTTP/1.1", b"GET /search?q=x HTTP/1.1"):
                assert ask(served.port, line)[0] == b"HTTP/1.1 200 OK"
            refused = post(served.port, body, length)
            assert refused == b"HTTP/1.1 503 Service Unavailable"
        for _ in range(100):  # the server learns a moment later that they have gone
            if (answer := post(served.port, body, length)) != refused:
                break
        assert answer == b"HTTP/1.1 200 OK"


def test_a_body_in_chunks_is_read_and_has_the_same_limit(tmp_path: Path) -> None:
    """Without a declared length it is too large when it is too large."""
    text = json.dumps({"text": "云溪县委统战部围绕中心"}).encode()
    large = b" " * (MAX_DRAFT_BYTES + 1_000_000)
    with serving(make_home(tmp_path), workers=1) as served:
        for body, status in ((text, b"200 OK"), (large, b"413")):
            chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
            answer = post(served.port, chunk, "Transfer-Encoding: chunked")
            assert answer.startswith(b"HTTP/1.1 " + status)


def test_files_that_are_not_taken_away_are_few(client: FlaskClient) -> None:
    """While one is under way another is told to wait; a search is answered."""
    first = client.get(EXPORT)
    assert first.status_code == HTTPStatus.OK
    second = client.get(EXPORT)
    assert second.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert second.headers["Retry-After"] == "5"
    assert second.get_json()["type"] == "/problems/busy"
    assert client.get("/api/v1/search?q=").status_code == HTTPStatus.OK
    first.close()
    third = client.get(EXPORT)
    assert third.status_code == HTTPStatus.OK
    assert json.loads(third.text.splitlines()[-1])


def test_a_file_that_was_taken_away_makes_room(client: FlaskClient) -> None:
    """As many as one likes, one behind the other."""
    for _ in range(5):
        assert client.get(EXPORT).text.endswith("\n")


def test_a_page_says_that_the_server_is_busy(client: FlaskClient) -> None:
    """In the words of the reader's language."""
    with client.get(EXPORT):
        page = client.post(
            "/precedents", data={"text": "甲"}, headers={"Accept-Language": "zh-CN"}
        )
    assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "服务器正忙" in page.text


def test_the_body_of_a_get_is_not_waited_for(client: FlaskClient) -> None:
    """Nobody reads it."""
    answer = client.get("/api/v1/search?q=", data="x" * 100)
    assert answer.status_code == HTTPStatus.OK
