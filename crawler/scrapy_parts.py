"""What Scrapy is told: the settings of a crawl, and the parts that are ours.

Scrapy fetches; what is fetched next, what an answer means and what is kept is
decided elsewhere. So most of its middlewares are off: redirects and retries go
through the frontier, where robots.txt is asked again and nothing is lost, and
content encodings are undone where size can be bounded.
"""

from collections import deque
from typing import Any, Self

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.robotstxt import RobotParser
from twisted.internet.defer import Deferred

from crawler.addresses import is_public
from crawler.settings import CrawlSettings

RECORDER = "WENSU_RECORDER"
"""Setting that holds the crawl's ``Recorder``."""
NAMED_HOSTS = "WENSU_NAMED_HOSTS"
"""Setting that holds the hosts the user named, which may be private."""
_MIDDLEWARE = "scrapy.downloadermiddlewares."
_UNUSED = (
    "offsite.OffsiteMiddleware",
    "robotstxt.RobotsTxtMiddleware",
    "httpauth.HttpAuthMiddleware",
    "downloadtimeout.DownloadTimeoutMiddleware",
    "useragent.UserAgentMiddleware",
    "retry.RetryMiddleware",
    "redirect.MetaRefreshMiddleware",
    "httpcompression.HttpCompressionMiddleware",
    "redirect.RedirectMiddleware",
    "httpproxy.HttpProxyMiddleware",
    "stats.DownloaderStats",
    "httpcache.HttpCacheMiddleware",
)
_UNUSED_EXTENSIONS = (
    "corestats.CoreStats",
    "logcount.LogCount",
    "telnet.TelnetConsole",
    "memusage.MemoryUsage",
    "logstats.LogStats",
    "feedexport.FeedExporter",
    "spiderstate.SpiderState",
    "closespider.CloseSpider",
    "remote_control.RemoteControl",
)
_FAILED_ROBOTS = "User-agent: *\nDisallow: /"
_CLIENT_ERRORS = range(400, 500)
_MAX_THROTTLE_SECONDS = 30.0


def scrapy_settings(
    settings: CrawlSettings, agent: str, recorder: object, named_hosts: frozenset[str]
) -> dict[str, Any]:
    """Give Scrapy's settings for one crawl."""
    return {
        "USER_AGENT": agent,
        "DEFAULT_REQUEST_HEADERS": {
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
            "Accept-Language": "zh-CN,zh;q=0.9,zh-TW;q=0.8,en;q=0.1",
            "Accept-Encoding": "gzip, deflate",
        },
        "SCHEDULER": FirstInFirstOut,
        "DOWNLOADER_MIDDLEWARES": {
            **{_MIDDLEWARE + name: None for name in _UNUSED},
            Robots: 100,
            AddressGuard: 200,
            Archive: 950,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS": {f"scrapy.extensions.{name}": None for name in _UNUSED_EXTENSIONS},
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": agent.partition("/")[0],
        "TWISTED_DNS_RESOLVER": GuardedResolver,
        "DOWNLOAD_DELAY": settings.delay_seconds,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "DOWNLOAD_TIMEOUT": settings.timeout_seconds,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "CONCURRENT_REQUESTS": settings.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.concurrency_per_host,
        "AUTOTHROTTLE_ENABLED": settings.delay_seconds > 0,
        "AUTOTHROTTLE_START_DELAY": settings.delay_seconds,
        "AUTOTHROTTLE_MAX_DELAY": max(settings.delay_seconds, _MAX_THROTTLE_SECONDS),
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        RECORDER: recorder,
        NAMED_HOSTS: named_hosts,
    }


class FirstInFirstOut:
    """Scrapy's scheduler: hands requests out in the order they came."""

    def __init__(self) -> None:
        """Begin empty."""
        self._queue: deque[Request] = deque()

    @classmethod
    def from_crawler(cls, _crawler: Crawler) -> Self:
        """Make one for a crawl."""
        return cls()

    def open(self, spider: object) -> None:
        """Nothing is to be opened."""

    def close(self, reason: str) -> None:
        """Drop what was not handed out: the frontier has it still."""
        self._queue.clear()

    def has_pending_requests(self) -> bool:
        """Tell whether anything is left."""
        return bool(self._queue)

    def enqueue_request(self, request: Request) -> bool:
        """Take a request; none is refused."""
        self._queue.append(request)
        return True

    def next_request(self) -> Request | None:
        """Hand out the oldest."""
        return self._queue.popleft() if self._queue else None


class Archive:
    """Downloader middleware: every answer and every failure goes to the archive.

    It stands next to the downloader, so that it sees what came over the wire,
    robots.txt, redirects and errors included.
    """

    def __init__(self, recorder: Any) -> None:
        """Take the recorder of this crawl."""
        self._recorder = recorder

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl."""
        return cls(crawler.settings[RECORDER])

    def process_response(self, request: Request, response: Response) -> Response:
        """Write an answer and note where it stands."""
        request.meta["place"] = self._recorder.answer(request, response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Write a failure, unless it is a decision of ours."""
        if not isinstance(exception, IgnoreRequest):
            request.meta["place"] = self._recorder.failure(request, exception)


class Robots(RobotsTxtMiddleware):
    """Robots.txt after RFC 9309, and the pause it asks for.

    Source: RFC 9309 section 2.3.1: 4xx allows everything; 5xx and no answer forbid
    everything. Scrapy parses whatever comes, and allows what failed.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Take the recorder, which undoes content encodings."""
        super().__init__(crawler)
        self._recorder = crawler.settings[RECORDER]
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]

    async def _parse_robots(
        self, response: Response, netloc: str, request: Request
    ) -> None:
        """Read the file by its status; a byte order mark is no part of it."""
        if response.status in _CLIENT_ERRORS:
            text = ""
        elif response.status == 200:  # noqa: PLR2004  what HTTP calls OK
            text = self._recorder.text(response)
        else:
            text = _FAILED_ROBOTS
        rules = _Rules(text)
        self._recorder.robots(netloc, text, rules.delay(self._agent))
        self._settle(netloc, rules)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """Forbid everything where there was no answer."""
        self._settle(netloc, _Rules(_FAILED_ROBOTS))

    def _settle(self, netloc: str, rules: "_Rules") -> None:
        """Give the rules to all that wait for them."""
        waiting = self._parsers[netloc]
        self._parsers[netloc] = rules
        if isinstance(waiting, Deferred):
            waiting.callback(rules)


class _Rules(RobotParser):
    """One host's rules."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        return cls(robotstxt_body.decode("utf-8-sig", "replace"))

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return bool(self._rules.can_fetch(url, user_agent))

    def delay(self, agent: str) -> float:
        return float(self._rules.crawl_delay(agent) or 0.0)


class PrivateAddress(IgnoreRequest):  # noqa: N818  an answer, as Scrapy's own is
    """A public host led to an address inside the user's network."""


class AddressGuard:
    """Downloader middleware: addresses written as numbers must be public."""

    def __init__(self, named: frozenset[str]) -> None:
        """Take the hosts that are exempt."""
        self._named = named

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl."""
        return cls(crawler.settings[NAMED_HOSTS])
