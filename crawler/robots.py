"""Robots.txt after RFC 9309, and the pause it asks for, as a part of Scrapy.

Section 2.3.1: 4xx allows everything; 5xx and no answer forbid everything; redirects
are followed five times. Scrapy parses whatever comes, and allows what failed.
"""

from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from crawler.archiving import recorder_of
from crawler.politeness import MAX_CRAWL_DELAY_SECONDS
from crawler.urls import host_of, resolve

_FORBID_ALL = "User-agent: *\nDisallow: /"
_OK = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_CLIENT_ERRORS = range(400, 500)


class Robots(RobotsTxtMiddleware):
    """Robots.txt after RFC 9309, and the pause it asks for.

    Source: RFC 9309 section 2.3.1: 4xx allows everything; 5xx and no answer forbid
    everything. Scrapy parses whatever comes, and allows what failed.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Take the crawl."""
        super().__init__(crawler)
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Fetch a host's rules once, on the same terms as its pages.

        Redirects are followed up to five times. Source: RFC 9309 section 2.3.1.2.
        """
        parts = urlsplit(request.url)
        if parts.netloc not in self._parsers:
            waiting: Deferred[RobotParser | None] = Deferred()
            self._parsers[parts.netloc] = waiting
            text = await self._fetch(f"{parts.scheme}://{parts.netloc}/robots.txt")
            rules = _Rules(text)
            self._heed(request, rules)
            self._parsers[parts.netloc] = rules
            waiting.callback(rules)
        found = self._parsers[parts.netloc]
        return (
            await maybe_deferred_to_future(found)
            if isinstance(found, Deferred)
            else found
        )

    def _heed(self, request: Request, rules: "_Rules") -> None:
        """Keep to the pause a site asks for, and note the sitemaps it names."""
        host = request.meta["download_slot"]
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot:
            delay = min(rules.delay(self._agent), MAX_CRAWL_DELAY_SECONDS)
            slot.delay = max(slot.delay, delay)
        sitemaps = (resolve(request.url, url) for url in rules.sitemaps)
        own = [url for url in sitemaps if url and host_of(url) == host]
        recorder_of(self.crawler).note_sitemaps(own)

    async def _fetch(self, url: str) -> str:
        """Give the text of a robots.txt, or one that says what its absence means."""
        for _ in range(_MAX_REDIRECTS + 1):
            request = Request(
                url,
                priority=self.DOWNLOAD_PRIORITY,
                meta={
                    "dont_obey_robotstxt": True,
                    "download_slot": host_of(url),
                },
                callback=NO_CALLBACK,
            )
            try:
                response = await self.crawler.engine.download_async(request)
            except Exception:  # noqa: BLE001  whatever it is, there is no answer
                return _FORBID_ALL
            if response.status in _CLIENT_ERRORS:
                return ""
            if response.status == _OK:
                return recorder_of(self.crawler).text(request)
            location = response.headers.get("Location")
            target = resolve(url, location.decode("latin-1")) if location else None
            if response.status not in _REDIRECTS or target is None:
                return _FORBID_ALL
            url = target
        return ""


class _Rules(RobotParser):
    """One host's rules."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    @classmethod
    def from_crawler(cls, _crawler: Crawler, robotstxt_body: bytes) -> Self:
        return cls(robotstxt_body.decode("utf-8-sig", "replace"))

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return bool(self._rules.can_fetch(_text(url), _text(user_agent)))

    @property
    def sitemaps(self) -> list[str]:
        return list(self._rules.sitemaps)

    def delay(self, agent: str) -> float:
        return float(self._rules.crawl_delay(agent) or 0.0)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
