"""What Scrapy is told: the settings of a crawl, and the parts that are ours.

Scrapy fetches; what is fetched next, what an answer means and what is kept is
decided elsewhere. So most of its middlewares are off: redirects and retries go
through the frontier, where robots.txt is asked again and nothing is lost, and
content encodings are undone where size can be bounded.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.resolver import CachingThreadedResolver
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred

from crawler.addresses import reach_of, usable
from crawler.politeness import MAX_CRAWL_DELAY_SECONDS
from crawler.recorder import Recorder
from crawler.settings import CrawlSettings
from crawler.urls import host_of, resolve

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
_FORBID_ALL = "User-agent: *\nDisallow: /"
_OK = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_CLIENT_ERRORS = range(400, 500)
_MAX_THROTTLE_SECONDS = 30.0


def scrapy_settings(
    settings: CrawlSettings, agent: str, named_hosts: frozenset[str]
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
            Archiving: 950,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS": {
            f"scrapy.extensions.{name}": None for name in _UNUSED_EXTENSIONS
        },
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": agent.partition("/")[0],
        "TWISTED_DNS_RESOLVER": GuardedResolver,
        "DOWNLOAD_DELAY": settings.delay_seconds,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "DOWNLOAD_TIMEOUT": settings.timeout_seconds,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        # Scrapy starts so many tasks for each answer; our callbacks give no items.
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS": settings.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.concurrency_per_host,
        "AUTOTHROTTLE_ENABLED": settings.delay_seconds > 0,
        "AUTOTHROTTLE_START_DELAY": settings.delay_seconds,
        "AUTOTHROTTLE_MAX_DELAY": max(settings.delay_seconds, _MAX_THROTTLE_SECONDS),
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        NAMED_HOSTS: named_hosts,
    }


def recorder_of(crawler: Crawler) -> Recorder:
    """Give the recorder of a crawl: Scrapy copies its settings, not its spider."""
    recorder: Recorder = crawler.spider.recorder  # type: ignore[union-attr]
    return recorder


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

    def close(self, _reason: str) -> None:
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


class PrivateAddress(IgnoreRequest):
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

    def process_request(self, request: Request) -> None:
        """Refuse a numeric address that is not public.

        Raises:
            PrivateAddress: It is none.
        """
        host = urlsplit(request.url).hostname or ""
        if _is_numeric(host):
            refuse_private(host, [host], self._named)


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver; names must lead to public addresses."""

    named: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Make one that knows the hosts the user named."""
        made = super().from_crawler(crawler, reactor)
        made.named = crawler.settings[NAMED_HOSTS]
        return made

    def getHostByName(  # noqa: N802  Twisted's name
        self, name: str, timeout: Sequence[int] = ()
    ) -> "Deferred[str]":
        """Resolve a name, and hold what comes of it against the guard."""
        found = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        refuse_private(name, [address], self.named)
        return address


def refuse_private(host: str, addresses: Sequence[str], named: frozenset[str]) -> None:
    """Refuse a host whose addresses are not public, unless the user named it.

    Raises:
        PrivateAddress: They are not.
    """
    if not usable(host, addresses, named):
        reach = reach_of(addresses[0])
        message = f"{host} leads to {addresses[0]}, which is {reach}"
        raise PrivateAddress(message)


def _is_numeric(host: str) -> bool:
    """Tell an address from a name, however it is spelled: 127.1, 0x7f.1, ::1."""
    last = host.rstrip(".").rpartition(".")[2]
    return ":" in host or last.isdigit() or last.startswith("0x")
