"""Serve a handful of pages on loopback, as a test wants them at the moment."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Served:
    """Pages by path on a loopback port.

    Attributes:
        pages: Status, headers and text of each.
        asked: What was asked for, in order.
        most: Requests at a time, at the most so far.
        seconds: How long each answer takes.
    """

    def __init__(self) -> None:
        """Serve nothing yet."""
        self.pages: dict[str, tuple[int, dict[str, str], str]] = {}
        self.asked: list[tuple[float, str, dict[str, str]]] = []
        self.seconds = 0.0
        self.now = self.most = 0
        self.root = ""

    def paths(self) -> Counter[str]:
        """Count the requests by path, robots.txt aside."""
        return Counter(path for _, path, _ in self.asked if path != "/robots.txt")


@contextmanager
def serving() -> Iterator[Served]:
    """Serve pages from a thread each."""
    served, lock = Served(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with lock:
                headers = {name.lower(): text for name, text in self.headers.items()}
                served.asked.append((time.monotonic(), self.path, headers))
                served.now += 1
                served.most = max(served.most, served.now)
            time.sleep(served.seconds)
            with lock:
                served.now -= 1
            status, fields, text = served.pages.get(self.path, (404, {}, ""))
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", **fields}.items():
                self.send_header(name, value)
            body = text.encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    served.root = f"http://127.0.0.1:{server.server_port}"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(*links: str) -> tuple[int, dict[str, str], str]:
    """Make a page of links."""
    items = "".join(f"<li><a href='{link}'>{link}</a></li>" for link in links)
    return 200, {}, f"<title>云岭</title><ul>{items}</ul>"
