"""From Scrapy's requests and responses to records of the archive.

Scrapy gives the headers by name and the body without its transfer coding; the order
of different headers, and what the server wrote behind the status, are not known.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from http.client import responses
from itertools import takewhile
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
TARGET = "target"
"""The same for the address of the frontier that a request is for."""
_MAX_ROBOTS = 512_000


class Recorder:
    """Archives what one crawl fetches, and reads robots.txt."""

    def __init__(self, archive: Archive) -> None:
        """Take the archive."""
        self._archive = archive
        self._unsent: list[tuple[RecordRow, Request]] = []
        self._passing: set[Request] = set()
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
        self._keep(self._archive.put(exchange), request)
        request.meta[ANSWER] = exchange.record.response

    def failure(self, request: Request, reason: str) -> None:
        """Archive that there was no answer."""
        failure = Failure(
            url=request.url,
            at=datetime.now(UTC),
            request=_request_head(request),
            reason=reason,
        )
        self._keep(self._archive.fail(failure), request)

    def _keep(self, row: RecordRow, request: Request) -> None:
        """Keep a row until what came of its request was passed on."""
        self._unsent.append((row, request))
        if TARGET in request.meta:
            self._passing.add(request)

    def passed_on(self, request: Request) -> None:
        """Note that what came of a request is on its way to the store."""
        self._passing.discard(request)

    def take_rows(self) -> tuple[RecordRow, ...]:
        """Give the rows that are safe on disk and whose answers were passed on.

        What stands before a known record counts as known, so that none is given
        before an answer that the store would not hear of if all ended now.
        """
        self._archive.sync()
        ready = list(takewhile(lambda kept: kept[1] not in self._passing, self._unsent))
        del self._unsent[: len(ready)]
        return tuple(row for row, _ in ready)

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
