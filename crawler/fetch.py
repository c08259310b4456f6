"""A plain, bounded fetch: start pages and what they link to on the same host."""

import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html
from protego import Protego

from crawler.clean import Skipped, SkipReason
from crawler.decode import decode
from crawler.errors import FetchError, RobotsDenied
from crawler.ingest import Received
from crawler.settings import CrawlSettings
from crawler.urls import canonical_url

AGENT = "Wensu/0.1"
_SCHEMES = frozenset({"http", "https"})
_CLIENT_ERRORS = range(400, 500)


def crawl(urls: Sequence[str], settings: CrawlSettings) -> Iterator[Received]:
    """Fetch pages breadth first, bounded in number and depth.

    Robots.txt is obeyed, one request a host is made at a time with a pause after
    it, and nothing but http and https is opened. A page that cannot be fetched is
    given with the reason.

    Raises:
        FetchError: A start address is not an http address.
    """
    for url in urls:
        if urlsplit(url).scheme not in _SCHEMES or not urlsplit(url).hostname:
            raise FetchError(url, "not an http address: write http://host/path")
    fetcher = Fetcher(settings)
    queue = deque((canonical_url(url), 0) for url in dict.fromkeys(urls))
    seen = {url for url, _ in queue}
    left = settings.max_pages
    while queue and left:
        url, depth = queue.popleft()
        left -= 1
        page = _fetch_one(fetcher, url)
        yield page
        if depth < settings.max_depth and isinstance(page.payload, bytes):
            for link in links_of(page.payload, page.url or url):
                if link not in seen:
                    seen.add(link)
                    queue.append((link, depth + 1))


def _fetch_one(fetcher: "Fetcher", url: str) -> Received:
    """Fetch one page; a failure becomes a page with a reason."""
    try:
        return fetcher.fetch(url)
    except FetchError as error:
        reason = Skipped(SkipReason.UNREADABLE, error.reason)
        return Received(origin=url, payload=reason, url=url)


class Fetcher:
    """Fetches pages politely."""

    def __init__(self, settings: CrawlSettings) -> None:
        """Take the settings; nothing is opened yet."""
        self._settings = settings
        contact = f" (+{settings.contact})" if settings.contact else ""
        self.agent = AGENT + contact
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPRedirectHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            self._opener.add_handler(handler)
        self._robots: dict[str, Protego] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Received:
        """Fetch one page.

        Raises:
            RobotsDenied: The site forbids it.
            FetchError: It cannot be fetched, or is too large.
        """
        if not self._rules(url).can_fetch(url, AGENT):
            raise RobotsDenied(url)
        self._pause(urlsplit(url).netloc)
        return self._get(url)

    def _get(self, url: str) -> Received:
        """Make one request."""
        request = urllib.request.Request(url, headers={"User-Agent": self.agent})  # noqa: S310 (http and https only, checked by crawl)
        limit = self._settings.max_bytes
        try:
            with self._opener.open(
                request, timeout=self._settings.timeout_seconds
            ) as response:
                payload = response.read(limit + 1)
                declared = response.headers.get_content_charset()
                status, final = response.status, response.geturl()
        except urllib.error.HTTPError as error:
            status = error.code
            error.close()
            raise FetchError(url, f"HTTP status {status}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise FetchError(url, str(error) or type(error).__name__) from error
        if len(payload) > limit:
            raise FetchError(url, f"more than {limit:,} bytes")
        return Received(
            origin=url,
            payload=payload,
            url=canonical_url(final),
            status=status,
            declared=declared,
        )

    def _rules(self, url: str) -> Protego:
        """Read a host's robots.txt once; one that fails forbids all.

        Source: RFC 9309 section 2.3.1: 4xx allows, other failures disallow.
        """
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            try:
                page = self._get(f"{root}/robots.txt")
                assert isinstance(page.payload, bytes)  # noqa: S101 (as _get gives)
                text = page.payload.decode("utf-8-sig", "replace")
            except FetchError as error:
                cause = error.__cause__
                allowed = (
                    isinstance(cause, urllib.error.HTTPError)
                    and cause.code in _CLIENT_ERRORS
                )
                text = "" if allowed else "User-agent: *\nDisallow: /"
            self._robots[root] = Protego.parse(text)
        return self._robots[root]

    def _pause(self, host: str) -> None:
        """Wait until the host may be asked again."""
        wait = self._last.get(host, 0.0) + self._settings.delay_seconds
        time.sleep(max(0.0, wait - time.monotonic()))
        self._last[host] = time.monotonic()


def links_of(payload: bytes, url: str) -> list[str]:
    """List the addresses a page links to on its own host, in order, each once."""
    text = decode(payload).text
    try:
        tree = lxml_html.fromstring(text)
    except (etree.ParserError, ValueError):
        return []
    found = []
    for anchor in tree.iter("a"):
        target = urljoin(url, (anchor.get("href") or "").strip())
        parts = urlsplit(target)
        if parts.scheme in _SCHEMES and parts.netloc == urlsplit(url).netloc:
            found.append(canonical_url(target))
    return list(dict.fromkeys(link for link in found if link != canonical_url(url)))
