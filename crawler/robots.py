"""Robots.txt after RFC 9309, and the pause it asks for, as a part of Scrapy.

Section 2.3.1: 4xx allows everything; 5xx and no answer forbid everything; redirects
are followed five times. What is forbidden for want of an answer is not forbidden for
good: it fails as its robots.txt does, and robots.txt is asked for again.
"""

import asyncio
import time
from collections.abc import Iterator
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.archiving import rim_of
from crawler.recorder import Recorder
from crawler.urls import host_of, resolve

_OWN = "wensu_robots"
"""Key of a request's ``meta`` that tells robots.txt from pages."""
_OK = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_CLIENT_ERRORS = range(400, 500)
_ASK_AGAIN_SECONDS = 4.0
"""How long a robots.txt that could not be had is not asked for again."""


class Forbidden(IgnoreRequest):
    """The host's robots.txt forbids an address."""


class RobotsUnavailable(IgnoreRequest):
    """A host has no robots.txt to give at the moment."""


class Robots:
    """Downloader middleware: what robots.txt forbids is not asked for."""

    def __init__(self, crawler: Crawler) -> None:
        """Take the crawl."""
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Task[Protego]] = {}
        self._ask_again: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold an address against the rules of its host.

        Raises:
            Forbidden: They forbid it.
            RobotsUnavailable: They cannot be had, or whatever happened on the way.
        """
        if request.meta.get(_OWN):
            return
        rules = await self._rules_of(request)
        if not rules.can_fetch(request.url, self._agent):
            message = "robots.txt forbids it"
            raise Forbidden(message)

    async def _rules_of(self, request: Request) -> Protego:
        """Give the rules of a host, which are read once."""
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        task = self._rules.get(origin)
        if task is None or self._failed_long_ago(origin, task):
            task = asyncio.ensure_future(
                self._read(origin, request.meta["download_slot"])
            )
            self._rules[origin] = task
        return await asyncio.shield(task)

    def _failed_long_ago(self, origin: str, task: "asyncio.Task[Protego]") -> bool:
        """Tell whether it is time to ask again for what could not be had."""
        failed = task.done() and (task.cancelled() or task.exception())
        return bool(failed) and time.monotonic() >= self._ask_again[origin]

    async def _read(self, origin: str, host: str) -> Protego:
        """Read the rules of a host, on the same terms as its pages."""
        try:
            rules = Protego.parse(await self._fetch(f"{origin}/robots.txt"))
        except DownloadCancelledError as error:
            raise RobotsUnavailable(str(error)) from error
        finally:
            self._ask_again[origin] = time.monotonic() + _ASK_AGAIN_SECONDS
        rim = rim_of(self._crawler)
        rim.pace.heed(host, rules.crawl_delay(self._agent))
        rim.recorder.note_sitemaps(_own_sitemaps(rules, f"{origin}/", host))
        return rules

    async def _fetch(self, url: str) -> str:
        """Give the text of a robots.txt, an empty one where there is none."""
        for _ in range(_MAX_REDIRECTS + 1):
            request = Request(
                url,
                meta={_OWN: True, "download_slot": host_of(url)},
                callback=NO_CALLBACK,
            )
            response = await self._crawler.engine.download_async(request)
            if response.status in _CLIENT_ERRORS:
                return ""
            if response.status == _OK:
                return Recorder.text(request)
            location = response.headers.get("Location")
            target = resolve(url, location.decode("latin-1")) if location else None
            if response.status not in _REDIRECTS or target is None:
                message = f"robots.txt: HTTP status {response.status}"
                raise RobotsUnavailable(message)
            url = target
        return ""


def _own_sitemaps(rules: Protego, base: str, host: str) -> Iterator[str]:
    """List the sitemaps that are on the host that names them."""
    for named in rules.sitemaps:
        url = resolve(base, named)
        if url and host_of(url) == host:
            yield url
