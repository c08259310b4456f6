"""Serve the sample sites on loopback, as small real web servers would."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

SITES_DIR = Path(__file__).resolve().parent
SITE_NAMES = (
    "qingwang",
    "changzhou",
    "wenfanwang",
    "yulan",
    "wm114",
    "yunxi",
    "linxi",
)
_LOOPBACK = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Static files, quietly, with a charset only where it is the true one."""

    def guess_type(self, path: object) -> str:
        """Leave the charset of pages in older encodings for the reader to find."""
        file = Path(str(path))
        kind = super().guess_type(str(path))
        if not kind.startswith("text/") or not file.is_file():
            return kind
        return f"{kind}; charset=utf-8" if _is_utf8(file.read_bytes()) else kind

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def _is_utf8(content: bytes) -> bool:
    """Tell whether the bytes are valid UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class SampleSites:
    """The seven sample sites on a loopback port, each below its folder's name.

    Attributes:
        url: Base address with a trailing slash.
        index_urls: The list page of every site.
    """

    def __init__(self, port: int = 0, folder: Path = SITES_DIR) -> None:
        """Bind the port, any free one for 0; serving begins with ``with``."""
        handler = partial(_Handler, directory=str(folder))
        self._server = ThreadingHTTPServer((_LOOPBACK, port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://{_LOOPBACK}:{self._server.server_port}/"
        self.index_urls = [f"{self.url}{name}/index.html" for name in SITE_NAMES]

    def __enter__(self) -> Self:
        """Begin to answer requests."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop answering and give the port back."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
