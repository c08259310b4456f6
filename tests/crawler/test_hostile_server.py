"""The hostile server misbehaves as it says, and stops when it is told to."""

import gzip
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, IncompleteRead
from io import BytesIO
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

import pytest

from tests.crawler.hostile_answers import ANSWERS, DOCUMENT, LARGE_PAGE
from tests.crawler.hostile_server import HostileServer


class Talk(NamedTuple):
    """What came back on one connection."""

    head: bytes
    body: bytes
    seconds: float


@pytest.fixture(name="server", scope="module")
def serve() -> Iterator[HostileServer]:
    """Serve every answer, each without end for half a second."""
    with HostileServer(patience_seconds=0.5) as server:
        yield server


def talk(
    url: str,
    *,
    method: str = "GET",
    limit: int = 300_000_000,
    headers: str = "Accept: */*\r\n",
) -> Talk:
    """Ask on a plain socket and read whatever comes, up to a number of bytes."""
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    start = time.monotonic()
    received, size = [], 0
    with socket.create_connection((parts.hostname or "", parts.port or 80), 20) as line:
        line.sendall(f"{method} {path} HTTP/1.1\r\n{headers}\r\n".encode())
        while size < limit and (piece := line.recv(1 << 20)):
            received.append(piece)
            size += len(piece)
    head, end, body = b"".join(received).partition(b"\r\n\r\n")
    return Talk(head + end[:2], body, time.monotonic() - start)


def status(url: str, *, headers: str = "") -> int:
    """Read a status code off a plain answer."""
    return int(talk(url, headers=headers).head.split(b" ")[1])


@pytest.mark.parametrize("name", sorted({*ANSWERS} - {"large-page"}))
def test_every_answer_ends(server: HostileServer, name: str) -> None:
    """Within the patience of the server, and within bounds of size."""
    found = talk(server.url(name), limit=30_000_000)
    assert found.seconds < 5
    assert server.asked(name)[-1].method == "GET"


def test_what_was_asked_is_on_record(server: HostileServer) -> None:
    """Time, path and headers of every request, in order."""
    before = time.monotonic()
    talk(f"{server.url('document')}?a=1", headers="User-Agent: Wensu/0\r\n")
    request = server.requests[-1]
    assert before <= request.at <= time.monotonic()
    assert (request.method, request.path) == ("GET", "/document?a=1")
    assert request.headers == {"user-agent": "Wensu/0"}
    with pytest.raises(KeyError):
        server.url("no-such-answer")


def test_a_good_document_is_among_them(server: HostileServer) -> None:
    """A client that is not disturbed reads it whole."""
    with urllib.request.urlopen(server.url("document"), timeout=5) as response:  # noqa: S310 (loopback)
        assert response.read().decode() == DOCUMENT


def test_bodies_without_end(server: HostileServer) -> None:
    """As fast as can be read, or byte by byte; ended by the server's patience."""
    endless = talk(server.url("never-ending"), limit=5_000_000)
    assert len(endless.body) > 100_000
    assert b"Content-Length" not in endless.head
    drip = talk(server.url("slow-drip"))
    assert 0 < len(drip.body) < 30
    assert drip.seconds > 0.4
    assert talk(server.url("slow-head")).body == b""
    assert talk(server.url("silent"))[:2] == (b"", b"")


def test_a_bomb_and_a_large_page() -> None:
    """A megabyte that becomes hundreds; a hundred megabytes as they are."""
    with HostileServer(patience_seconds=30) as patient:
        bomb = talk(patient.url("gzip-bomb"))
        assert len(bomb.body) < 2_000_000
        with gzip.open(BytesIO(bomb.body)) as unpacked:
            assert len(unpacked.read(50_000_000)) == 50_000_000
        large = talk(patient.url("large-page"), limit=1_000_000)
        assert f"Content-Length: {LARGE_PAGE}".encode() in large.head


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("redirect-loop", "/redirect-loop"),
        ("redirect-pair", "/redirect-pair-2"),
        ("redirect-pair-2", "/redirect-pair"),
        ("redirect-chain", "/redirect-chain?1"),
        ("redirect-loopback", "http://127.0.0.1:1/"),
        ("redirect-localhost", "http://localhost:{port}/document"),
        ("redirect-spelled", "http://2130706433:{port}/document"),
        ("redirect-metadata", "http://169.254.169.254/latest/meta-data/"),
        ("redirect-file", "file:///etc/hostname"),
        ("redirect-nonsense", "http://[bad/"),
        ("redirect-home", "/"),
    ],
)
def test_redirects(server: HostileServer, name: str, target: str) -> None:
    """Round in circles, to the machine itself, to a file, to nothing."""
    target = target.format(port=urlsplit(server.root).port)
    assert f"Location: {target}\r\n".encode() in talk(server.url(name)).head


def test_a_chain_of_redirects_has_thirty(server: HostileServer) -> None:
    """And a document at its end."""
    assert status(f"{server.url('redirect-chain')}?29") == 302
    assert status(f"{server.url('redirect-chain')}?30") == 200
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(server.url("redirect-loop"), timeout=5)  # noqa: S310 (loopback)
    caught.value.close()


def test_a_redirect_to_wherever_a_test_likes(server: HostileServer) -> None:
    """Another server on loopback, for one."""
    other = "http://127.0.0.1:9/x?y"
    head = talk(f"{server.url('redirect-to')}?{quote(other, safe='')}").head
    assert f"Location: {other}".encode() in head


@pytest.mark.parametrize(
    "name",
    [
        *("bad-status", "no-http", "no-answer", "many-headers", "large-header"),
        *("length-too-large", "chunk-size-nonsense", "chunk-cut", "cut-midway"),
    ],
)
def test_answers_that_the_standard_client_cannot_read(
    server: HostileServer, name: str
) -> None:
    """Heads that are none, and bodies that end before they should."""
    connection = HTTPConnection(*_place(server), timeout=5)
    try:
        connection.request("GET", f"/{name}")
        with pytest.raises((HTTPException, OSError)):
            connection.getresponse().read()
    finally:
        connection.close()


def _place(server: HostileServer) -> tuple[str, int]:
    """Give host and port of a server."""
    parts = urlsplit(server.root)
    return parts.hostname or "", parts.port or 0


def test_lengths_that_are_wrong(server: HostileServer) -> None:
    """Too large, too small, negative, none, two of them."""
    body = DOCUMENT.encode()
    large = talk(server.url("length-too-large"))
    assert (b"Content-Length: 1000000" in large.head, large.body) == (True, body)
    small = talk(server.url("length-too-small"))
    assert (b"Content-Length: 40" in small.head, small.body) == (True, body)
    assert b"Content-Length: -5" in talk(server.url("length-negative")).head
    assert b"Content-Length: many" in talk(server.url("length-nonsense")).head
    assert talk(server.url("two-lengths")).head.count(b"Content-Length") == 2
    with (
        urllib.request.urlopen(server.url("cut-midway"), timeout=5) as response,  # noqa: S310 (loopback)
        pytest.raises(IncompleteRead),
    ):
        response.read()


def test_heads_that_are_wrong(server: HostileServer) -> None:
    """A line without colon, a hundred thousand headers, one of a megabyte."""
    assert b"\r\nno colon here\r\n" in talk(server.url("bad-header")).head
    assert talk(server.url("many-headers")).head.count(b"\r\n") > 100_000
    assert len(talk(server.url("large-header")).head) > 1_000_000
    assert b"/a\rSet-Cookie" in talk(server.url("header-injection")).head


def test_labels_and_bodies_that_are_wrong(server: HostileServer) -> None:
    """A charset that is not the true one, bytes of any kind, gzip that is none."""
    wrong = talk(server.url("wrong-charset"))
    assert b"charset=utf-8" in wrong.head
    assert wrong.body.decode("gb18030") == DOCUMENT
    assert b"charset=x-unknown" in talk(server.url("unknown-charset")).head
    assert talk(server.url("empty")).body == b""
    assert talk(server.url("binary")).body[:256] == bytes(range(256))
    assert talk(server.url("nuls")).body.count(b"\0") == len(DOCUMENT) - 1
    label = talk(server.url("gzip-label-only"))
    assert (b"gzip" in label.head, label.body) == (True, DOCUMENT.encode())
    with pytest.raises(EOFError):
        gzip.decompress(talk(server.url("gzip-cut")).body)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("no-content", 204), ("partial", 206), ("not-modified", 304)),
        *(("unauthorized", 401), ("forbidden", 403), ("not-found", 404)),
        *(("gone", 410), ("error", 500), ("odd-status", 999), ("too-many", 429)),
        *(("login-page", 200), ("soft-404", 200), ("challenge", 200)),
    ],
)
def test_statuses(server: HostileServer, name: str, code: int) -> None:
    """As their names say; some pages come with a status that is too good."""
    assert status(server.url(name)) == code


def test_refusals_say_when_to_come_again() -> None:
    """In seconds, by a date, in no way; and after two of them there is a page."""
    with HostileServer() as server:
        assert b"Retry-After: 2\r\n" in talk(server.url("too-many")).head
        date = talk(server.url("too-many-date")).head
        assert b"Retry-After: Wed, 18 May 2033" in date
        assert b"Retry-After: soon" in talk(server.url("too-many-nonsense")).head
        codes = [status(server.url("busy")) for _ in range(4)]
        assert codes == [503, 503, 200, 200]


def test_head_and_get_may_differ(server: HostileServer) -> None:
    """Nothing is there for the one, a document for the other."""
    assert status(server.url("head-differs")) == 200
    assert b" 404 " in talk(server.url("head-differs"), method="HEAD").head


def test_cookies(server: HostileServer) -> None:
    """One page needs its cookie back; another gives a new session each time."""
    url = server.url("cookie-needed")
    assert status(url) == 302
    assert status(url, headers="Cookie: pass=1\r\n") == 200
    first, second = talk(server.url("session")), talk(server.url("session"))
    assert b"Set-Cookie: JSESSIONID=" in first.head
    assert first.body != second.body
    assert b"sid=a" in first.body


def test_sites_without_end_link_on(server: HostileServer) -> None:
    """Paths that grow, months that follow each other."""
    root = server.url("endless-links")
    assert b"'/endless-links/a/b/a/'" in talk(f"{root}/a/b").body
    month = talk(f"{server.url('calendar')}?month=24301").body
    assert b"?month=24302" in month


@pytest.mark.parametrize(
    "name", sorted(name for name in ANSWERS if name.startswith("robots"))
)
def test_each_kind_of_robots_txt_can_be_chosen(name: str) -> None:
    """It is what the server gives for the address that crawlers ask first."""
    with HostileServer(robots=name, patience_seconds=0.3) as server:
        chosen = talk(f"{server.root}/robots.txt")
        direct = talk(server.url(name))
    assert chosen.body[:1_000] == direct.body[:1_000]
    assert chosen.head == direct.head


def test_leaving_ends_what_is_still_going_on() -> None:
    """No thread and no port is left, though clients were still being served."""
    before = threading.active_count()
    with HostileServer(patience_seconds=60) as server:
        place = _place(server)
        lines = [socket.create_connection(place, 5) for _ in range(3)]
        for line, name in zip(lines, ("slow-drip", "silent", "slow-head"), strict=True):
            line.sendall(f"GET /{name} HTTP/1.1\r\n\r\n".encode())
        lines[0].recv(10)
        start = time.monotonic()
    assert time.monotonic() - start < 5
    assert threading.active_count() == before
    for line in lines:
        line.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(place, 1)
