"""From Scrapy's requests and responses to records of the archive.

Scrapy gives the headers by name and the body without its transfer coding; the order
of different headers, and what the server wrote behind the status, are not known.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from http.client import responses
from typing import cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from index.archive import Archive
from index.content_coding import payload_of
from index.decode import decode
from index.http_message import HttpResponse, write_head
from index.warc_format import Exchange, Failure
from index.warc_table import RecordRow

ANSWER = "wensu_answer"
"""Key of a request's ``meta`` under which its ``HttpResponse`` stands."""
ASKED = "wensu_asked"
"""The same for the time at which an answer was there."""
_MAX_ROBOTS = 512_000


class Recorder:
    """Archives what one crawl fetches, and reads robots.txt."""

    def __init__(self, archive: Archive) -> None:
        """Take the archive."""
        self._archive = archive
        self._unsent: list[RecordRow] = []
        self._sitemaps: list[str] = []

    def answer(self, request: Request, response: Response) -> None:
        """Archive an answer, and leave it with its request."""
        exchange = Exchange(
            url=request.url,
            at=datetime.now(UTC),
            request=_request_head(request),
            head=_response_head(response),
            body=response.body,
            ip=str(response.ip_address or ""),
        )
        self._unsent.append(self._archive.put(exchange))
        request.meta[ANSWER] = exchange.record.response

    def failure(self, request: Request, reason: str) -> None:
        """Archive that there was no answer."""
        failure = Failure(
            url=request.url,
            at=datetime.now(UTC),
            request=_request_head(request),
            reason=reason,
        )
        self._unsent.append(self._archive.fail(failure))

    def take_rows(self) -> tuple[RecordRow, ...]:
        """Give the rows of what was archived since the last call, safe on disk."""
        self._archive.sync()
        rows, self._unsent = tuple(self._unsent), []
        return rows

    def note_sitemaps(self, urls: Iterable[str]) -> None:
        """Note the sitemaps of a robots.txt."""
        self._sitemaps += urls

    def take_sitemaps(self) -> tuple[str, ...]:
        """Give the sitemaps noted since the last call."""
        sitemaps, self._sitemaps = tuple(self._sitemaps), []
        return sitemaps

    def committed(self, rows: int) -> None:
        """Note that the oldest rows are known to the store."""
        self._archive.committed(rows)

    def close(self) -> None:
        """Close the file."""
        self._archive.close_file()

    @staticmethod
    def text(request: Request) -> str:
        """Read a robots.txt; a byte order mark is no part of it."""
        answer = cast("HttpResponse | None", request.meta.get(ANSWER))
        return decode(payload_of(answer, _MAX_ROBOTS).body).text if answer else ""


def _request_head(request: Request) -> bytes:
    """Write a request as it is sent."""
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fields = [(b"Host", parts.netloc.encode())]
    fields += [
        (name, value) for name, values in request.headers.items() for value in values
    ]
    return write_head(f"{request.method} {path} HTTP/1.1".encode(), fields)


def _response_head(response: Response) -> bytes:
    """Write status line and headers of a response."""
    reason = responses.get(response.status, "")
    protocol = response.protocol or "HTTP/1.1"
    line = f"{protocol} {response.status} {reason}".rstrip()
    fields = [
        (name, value) for name, values in response.headers.items() for value in values
    ]
    return write_head(line.encode(), fields)
