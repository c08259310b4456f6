"""A loopback server that misbehaves: one path for each kind of harm.

::

    with HostileServer() as server:
        fetch(server.url("gzip-bomb"))
        server.requests  # what was asked, when, with which headers

The answers are written to the socket as they are, so that headers can be broken.
Everything is bounded: no answer lasts longer than ``patience_seconds`` nor is longer
than ``MAX_SENT`` bytes, and leaving the ``with`` block closes what is still open.
"""

import contextlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

from tests.crawler.hostile_answers import ANSWERS, Answer, Asked

LOOPBACK: Final = "127.0.0.1"
MAX_SENT: Final = 200_000_000
_MAX_REQUEST = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came.

    Attributes:
        at: Seconds of the monotonic clock.
        method: ``GET``, ``HEAD``, ...
        path: With its query.
        headers: By name in lower case.
    """

    at: float
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)


class HostileServer:
    """Serves ``ANSWERS`` and ``/robots.txt`` from a free port.

    Attributes:
        root: The address without a path.
        requests: What was asked, in order.
        robots: Name of the answer given for ``/robots.txt``.
        sent: Bytes sent by path.
    """

    def __init__(
        self, *, robots: str = "robots", patience_seconds: float = 5.0
    ) -> None:
        """Bind a free port; serving begins with ``with``.

        Args:
            robots: Which of the answers is ``/robots.txt``.
            patience_seconds: How long an answer without end goes on.
        """
        self.robots = robots
        self.requests: list[Request] = []
        self.sent: Counter[str] = Counter()
        self._patience = patience_seconds
        self._socket = socket.create_server((LOOPBACK, 0), backlog=128)
        self._port = self._socket.getsockname()[1]
        self.root = f"http://{LOOPBACK}:{self._port}"
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def url(self, name: str) -> str:
        """Give the address of an answer.

        Raises:
            KeyError: There is no such answer.
        """
        ANSWERS[name]
        return f"{self.root}/{name}"

    def asked(self, name: str) -> list[Request]:
        """List the requests for an answer."""
        return [each for each in self.requests if each.path.split("?")[0] == f"/{name}"]

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every connection and wait for every thread."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=10)

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        """Run work in a thread of its own."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        """Take connections until the socket is closed."""
        while not self._closing.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        """Answer one request and close."""
        with connection:
            connection.settimeout(self._patience)
            with contextlib.suppress(OSError):
                request = _read_request(connection)
                if request:
                    self.requests.append(request)
                    self._answer(connection, request)
                    _linger(connection)
        with self._lock:
            self._open.discard(connection)

    def _answer(self, connection: socket.socket, request: Request) -> None:
        """Send the pieces of an answer as long as is allowed."""
        end = time.monotonic() + self._patience
        for piece in self._pieces(request):
            too_much = self.sent[request.path] + len(piece) > MAX_SENT
            if too_much or time.monotonic() > end or self._closing.is_set():
                return
            connection.sendall(piece)
            self.sent[request.path] += len(piece)

    def _pieces(self, request: Request) -> Iterator[bytes]:
        """Choose the answer to a request."""
        path, _, query = request.path.partition("?")
        name = self.robots if path == "/robots.txt" else path.strip("/").split("/")[0]
        answer: Answer = ANSWERS.get(name, ANSWERS["soft-404"])
        before = sum(each.path == request.path for each in self.requests) - 1
        yield from answer(
            Asked(
                root=self.root,
                port=self._port,
                method=request.method,
                path=path,
                query=query,
                headers=request.headers,
                before=before,
                wait=self._closing.wait,
            )
        )


def _read_request(connection: socket.socket) -> Request | None:
    """Read the head of a request; a body is not expected."""
    received = b""
    while b"\r\n\r\n" not in received and len(received) < _MAX_REQUEST:
        piece = connection.recv(_MAX_REQUEST)
        if not piece:
            return None
        received += piece
    line, *lines = received.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    method, path, *_ = [*line.split(" "), "", ""]
    pairs = (each.partition(":") for each in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Request(at=time.monotonic(), method=method, path=path, headers=headers)


def _linger(connection: socket.socket) -> None:
    """Let the client read what was sent before the connection is gone."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(1.0)
    while connection.recv(_MAX_REQUEST):
        pass
