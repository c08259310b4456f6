"""What is next to Scrapy's downloader: the pace is kept, everything is archived."""

import asyncio
from typing import Protocol, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.pace import Pace
from crawler.recorder import Recorder

_LOOK_SECONDS = 0.2


class Stopped(IgnoreRequest):
    """The crawl is ending, and the request has not been sent."""


class Rim(Protocol):
    """What the parts of Scrapy that are ours share, a crawl each."""

    recorder: Recorder
    pace: Pace


def rim_of(crawler: Crawler) -> Rim:
    """Give what a crawl shares: Scrapy copies its settings, not its spider."""
    rim: Rim = crawler.spider  # type: ignore[assignment]  # the spider of ours
    return rim


class Pacing:
    """Downloader middleware: no request goes out before its host may be asked."""

    def __init__(self, crawler: Crawler) -> None:
        """Take the crawl, whose spider has the pace."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's turn.

        Raises:
            Stopped: The crawl ends before it has come.
        """
        pace, host = rim_of(self._crawler).pace, request.meta["download_slot"]
        while left := pace.pause_seconds(host):
            if not self._crawler.crawling:
                raise Stopped
            await asyncio.sleep(min(left, _LOOK_SECONDS))
        pace.asked(host)


class Archiving:
    """Downloader middleware: every answer and every failure goes to the archive.

    It stands next to the downloader, so that it sees what came over the wire,
    robots.txt, redirects and errors included.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Take the crawl, whose spider has the recorder."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive an answer."""
        rim_of(self._crawler).recorder.answer(request, response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Archive a failure, unless it is a decision of ours."""
        if not isinstance(exception, IgnoreRequest):
            reason = str(exception) or type(exception).__name__
            rim_of(self._crawler).recorder.failure(request, reason)
