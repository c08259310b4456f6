"""A plain, bounded fetch: start pages and what they link to on the same host."""

import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from protego import Protego

from crawler.clean import Skipped, SkipReason
from crawler.errors import FetchError, RobotsDenied
from crawler.ingest import Received
from crawler.markup import parse
from crawler.settings import CrawlSettings
from crawler.urls import canonical_url
from index.decode import decode

AGENT = "Wensu/0.1"
_SCHEMES = frozenset({"http", "https"})
_CLIENT_ERRORS = range(400, 500)
_ADDRESS_MARKS = "%/:=&?~+!$,;'@()*[]"


class _Response(NamedTuple):
    """What a server answered, its redirects followed."""

    payload: bytes
    url: str
    status: int
    declared: str | None


def crawl(urls: Sequence[str], settings: CrawlSettings) -> Iterator[Received]:
    """Fetch pages breadth first, bounded in number and depth.

    Robots.txt is obeyed, one request a host is made at a time with a pause after
    it, and nothing but http and https is opened. A page that cannot be fetched is
    given with the reason.

    Raises:
        FetchError: A start address is not an http address.
    """
    for url in urls:
        if not _is_web(url):
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

    def __init__(
        self,
        settings: CrawlSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the settings; nothing is opened yet.

        Args:
            settings: Whom to name, how long to wait, how much to read.
            clock: Tells seconds that only grow.
            sleep: Waits so many seconds.
        """
        self._settings = settings
        self._clock, self._sleep = clock, sleep
        contact = f" (+{settings.contact})" if settings.contact else ""
        self.agent = AGENT + contact
        # Only these handlers: nothing but http and https can be opened.
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
        response = self._get(url)
        return Received(
            origin=url,
            payload=response.payload,
            url=canonical_url(response.url),
            status=response.status,
            declared=response.declared,
        )

    def _get(self, url: str) -> _Response:
        """Make one request when its host may be asked again."""
        host = urlsplit(url).netloc
        self._pause(host)
        try:
            response = self._request(url)
        except urllib.error.HTTPError as error:
            status = error.code
            error.close()
            raise FetchError(url, f"HTTP status {status}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise FetchError(url, str(error) or type(error).__name__) from error
        finally:
            self._last[host] = self._clock()
        if len(response.payload) > self._settings.max_bytes:
            raise FetchError(url, f"more than {self._settings.max_bytes:,} bytes")
        return response

    def _request(self, url: str) -> _Response:
        """Ask the server, and read one byte more than is kept."""
        request = urllib.request.Request(  # noqa: S310 (_opener opens http and https only)
            quote(url, safe=_ADDRESS_MARKS), headers={"User-Agent": self.agent}
        )
        with self._opener.open(
            request, timeout=self._settings.timeout_seconds
        ) as response:
            return _Response(
                payload=response.read(self._settings.max_bytes + 1),
                url=response.geturl(),
                status=response.status,
                declared=response.headers.get_content_charset(),
            )

    def _rules(self, url: str) -> Protego:
        """Read a host's robots.txt once; one that fails forbids all.

        Source: RFC 9309 section 2.3.1: 4xx allows, other failures disallow.
        """
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            try:
                payload = self._get(f"{root}/robots.txt").payload
                text = payload.decode("utf-8-sig", "replace")
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
        if host in self._last:
            passed = self._clock() - self._last[host]
            self._sleep(max(0.0, self._settings.delay_seconds - passed))


def links_of(payload: bytes, url: str) -> list[str]:
    """List the addresses a page links to on its own host, in order, each once."""
    own = canonical_url(url)
    targets = (
        (anchor.get("href") or "").strip()
        for anchor in parse(decode(payload).text).iter("a")
    )
    found = (_same_host(url, target) for target in targets)
    return list(dict.fromkeys(link for link in found if link and link != own))


def _same_host(url: str, target: str) -> str:
    """Resolve a link; empty when it leads away or is no address."""
    try:
        joined = urljoin(url, target)
        same = urlsplit(joined).netloc == urlsplit(url).netloc
    except ValueError:
        return ""
    return canonical_url(joined) if same and _is_web(joined) else ""


def _is_web(url: str) -> bool:
    """Tell whether an address is one of http or https."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname)
