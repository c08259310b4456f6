"""The log of requests: one line each, as ``name=value``, when it has been answered.

::

    method=GET path=/api/v1/search status=200 ms=4.1 bytes=15093 client=192.0.2.7

What was searched for is left out unless the setting ``log_queries`` is on: what
somebody looks for is nobody else's business. The path stands as it is sent,
percent-encoded, so a line is a line whatever was asked.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

logger = logging.getLogger(__name__)

_MILLI: Final = 1_000
_SAFE: Final = "/:@!$&'()*+,;=~%"
_SHOWN: Final = 2_000
"""Characters of an address that are logged."""

Wsgi = Callable[..., Iterable[bytes]]
Environ = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A request that has been answered.

    Attributes:
        environ: What WSGI tells of it.
        status: The status sent.
        seconds: From the request to the last byte given to the server.
        size: Bytes of the body.
    """

    environ: Environ
    status: int
    seconds: float
    size: int


class Watched:
    """A WSGI application, watched: of each answer somebody is told when it is over."""

    def __init__(self, app: Wsgi, tell: Callable[[Answered], None]) -> None:
        """Take the application, and whom to tell."""
        self._app, self._tell = app, tell

    def __call__(
        self, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request."""
        began = time.perf_counter()
        sent = [500]

        def start(status: str, *rest: object) -> object:
            sent[0] = int(status[:3])
            return start_response(status, *rest)

        def over(size: int) -> None:
            self._tell(
                Answered(
                    environ=environ,
                    status=sent[0],
                    seconds=time.perf_counter() - began,
                    size=size,
                )
            )

        try:
            body = self._app(environ, start)
        except BaseException:
            over(0)
            raise
        if isinstance(body, list):
            over(sum(map(len, body)))
            return body
        return _Body(body, over)


class _Body:
    """The body of an answer, counted as it is sent."""

    def __init__(self, body: Iterable[bytes], over: Callable[[int], None]) -> None:
        self._body, self._over = body, over
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._body:
            self._size += len(part)
            yield part

    def close(self) -> None:
        """Close the body; called by the server, whether all was sent or not."""
        try:
            close = getattr(self._body, "close", None)
            if close:
                close()
        finally:
            self._over(self._size)


def log_line(answered: Answered, *, queries: bool) -> str:
    """Write the line of one request."""
    environ = answered.environ
    path = quote(environ.get("PATH_INFO", "").encode("latin-1"), safe=_SAFE)
    asked = environ.get("QUERY_STRING")
    if queries and asked:
        path += "?" + quote(asked.encode("latin-1"), safe=_SAFE + "?")
    method = quote(environ.get("REQUEST_METHOD", ""), safe="")
    return (
        f"method={method} path={path[:_SHOWN]} status={answered.status} "
        f"ms={_MILLI * answered.seconds:.1f} bytes={answered.size} "
        f"client={environ.get('REMOTE_ADDR', '-')}"
    )


def log(answered: Answered, *, queries: bool) -> None:
    """Log one request."""
    logger.info("%s", log_line(answered, queries=queries))
