"""Slow clients do not keep quick ones waiting.

A body that comes in drop by drop holds a thread until it is there, and so does an
answer of no known length, such as an export, that is taken away as slowly. No more
than half of the threads of a process may be held so; who comes then is told to come
again (503 with ``Retry-After``). All other answers are handed over as a whole, and the
server sends them beside its threads.
"""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any, Final

from flask import Flask, request
from werkzeug.exceptions import ServiceUnavailable

from web.access_log import Environ, Wsgi

_BUSY: Final = "wensu.busy"
_ADVICE: Final = (
    "too many clients send or take away something slowly at this moment: wait as "
    "Retry-After says, then go on"
)
_RETRY_SECONDS: Final = 5
_BLOCK: Final = 1 << 16
_LENGTH: Final = "content-length"
_BODILESS: Final = ("1", "204", "304")


class Busy(ServiceUnavailable):
    """As many threads as may wait for their clients do so already."""


def install(app: Flask, threads: int, most_bytes: int) -> None:
    """Let at most half of the threads wait for clients.

    To be called before other installations: what refuses must be asked first.

    Args:
        app: The application.
        threads: Threads of the process.
        most_bytes: Bytes that a body may have; of more no more is read.
    """
    app.before_request(_refuse_if_busy)
    places = BoundedSemaphore(max(1, threads // 2))
    app.wsgi_app = _Patient(  # type: ignore[method-assign]  # Flask's way
        app.wsgi_app, places, most_bytes
    )


def _refuse_if_busy() -> None:
    """Refuse a request that no thread is free for."""
    if _BUSY in request.environ:
        raise Busy(_ADVICE, retry_after=_RETRY_SECONDS)


class _Patient:
    """A WSGI application that waits for few of its clients at a time."""

    def __init__(self, app: Wsgi, places: BoundedSemaphore, most_bytes: int) -> None:
        self._app, self._places, self._most = app, places, most_bytes

    def __call__(
        self, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request."""
        if _declares_body(environ, self._most):
            if self._places.acquire(blocking=False):
                try:
                    _receive(environ, self._most)
                finally:
                    self._places.release()
            else:
                environ[_BUSY] = True
        begun = _Begun()
        body = self._app(environ, begun.start)
        if not begun.is_whole(body):
            if self._places.acquire(blocking=False):
                start_response(*begun.said)
                return _Streamed(body, self._places.release)
            _close(body)
            environ[_BUSY] = True
            body = self._app(environ, begun.start)
        start_response(*begun.said)
        try:
            return [b"".join(body)]
        finally:
            _close(body)


class _Begun:
    """What an application says before its body."""

    said: tuple[Any, ...] = ()

    def start(self, *said: object) -> None:
        """Take status and headers; the latest count."""
        self.said = said

    def is_whole(self, body: Iterable[bytes]) -> bool:
        """Tell whether the body is there already, or will be at once."""
        status, headers = self.said[:2]
        sized = any(name.lower() == _LENGTH for name, _ in headers)
        return sized or isinstance(body, tuple) or status.startswith(_BODILESS)


class _Streamed:
    """A body that is sent as it is made; its place is given back once."""

    def __init__(self, body: Iterable[bytes], give_back: Callable[[], None]) -> None:
        self._body = body
        self._left = iter((give_back,))

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._body
        finally:
            self._over()

    def close(self) -> None:
        """Close the body; called by the server, whether all was sent or not."""
        try:
            _close(self._body)
        finally:
            self._over()

    def _over(self) -> None:
        for give_back in self._left:
            give_back()


def _declares_body(environ: Environ, most: int) -> bool:
    """Tell whether a request has a body that is worth waiting for."""
    if environ["REQUEST_METHOD"] != "POST":
        return False  # nobody reads it
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal():
        return 0 < int(length) <= most
    return "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()


def _receive(environ: Environ, most: int) -> None:
    """Read a body, of one that is too long as much as shows it."""
    source, parts, size = environ["wsgi.input"], list[bytes](), 0
    declared = environ.get("CONTENT_LENGTH") or ""
    left = int(declared) if declared.isdecimal() else most + 1
    while size < left and (part := source.read(min(_BLOCK, left - size))):
        parts.append(part)
        size += len(part)
    environ["wsgi.input"] = BytesIO(b"".join(parts))
    environ["CONTENT_LENGTH"] = str(size)
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _close(body: Iterable[bytes]) -> None:
    """Close a body, if it can be closed."""
    close = getattr(body, "close", None)
    if close:
        close()
