"""An application on a free port of loopback, for tests with a real client."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application; give its address, without a trailing slash."""
    server = make_server("127.0.0.1", 0, _at_once(app), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _at_once(
    app: Flask,
) -> Callable[["WSGIEnvironment", "StartResponse"], list[bytes]]:
    """Hand over each answer as a whole.

    Werkzeug's server leaves an answer open, and a file behind it, where a browser
    goes away in the middle of it.
    """

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
        parts = app(environ, start)
        try:
            return [b"".join(parts)]
        finally:
            getattr(parts, "close", bool)()

    return answer
