"""What Scrapy is told: the settings of a crawl, and the parts that are ours.

Scrapy fetches; what is fetched next, what an answer means and what is kept is
decided elsewhere. So most of its middlewares are off: redirects and retries go
through the frontier, where robots.txt is asked again and nothing is lost, and
content encodings are undone where size can be bounded.
"""

from collections import deque
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.archiving import Archiving, Pacing
from crawler.guard import NAMED_HOSTS, AddressGuard, GuardedResolver
from crawler.robots import Robots
from crawler.settings import CrawlSettings

_MIDDLEWARE = "scrapy.downloadermiddlewares."
_UNUSED = (
    "offsite.OffsiteMiddleware",
    "robotstxt.RobotsTxtMiddleware",
    "httpauth.HttpAuthMiddleware",
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
            Pacing: 300,
            Archiving: 950,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS": {
            f"scrapy.extensions.{name}": None for name in _UNUSED_EXTENSIONS
        },
        "ROBOTSTXT_USER_AGENT": agent.partition("/")[0],
        "TWISTED_DNS_RESOLVER": GuardedResolver,
        "DNS_TIMEOUT": settings.timeout_seconds,
        # How many requests are under way, and when, is the feeder's and the pace's.
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.concurrency_per_host,
        "DOWNLOAD_TIMEOUT": settings.timeout_seconds,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        # Scrapy starts so many tasks for each answer; our callbacks give no items.
        "CONCURRENT_ITEMS": 1,
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
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
