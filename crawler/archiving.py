"""Everything that comes over the wire goes to the archive, as a part of Scrapy."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.recorder import Recorder


def recorder_of(crawler: Crawler) -> Recorder:
    """Give the recorder of a crawl: Scrapy copies its settings, not its spider."""
    recorder: Recorder = crawler.spider.recorder  # type: ignore[union-attr]
    return recorder


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
        recorder_of(self._crawler).answer(request, response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Archive a failure, unless it is a decision of ours."""
        if not isinstance(exception, IgnoreRequest):
            reason = str(exception) or type(exception).__name__
            recorder_of(self._crawler).failure(request, reason)
