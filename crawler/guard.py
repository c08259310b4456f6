"""No crawl is led to machines inside the user's network, as parts of Scrapy.

Addresses written as numbers are held against the guard as they stand, names by what
they resolve to at the moment of connecting. Hosts that the user named are exempt.
"""

from collections.abc import Sequence
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.addresses import reach_of, usable

NAMED_HOSTS = "WENSU_NAMED_HOSTS"
"""Scrapy setting that holds the hosts the user named, which may be private."""


class PrivateAddress(IgnoreRequest, DNSLookupError):  # noqa: N818 (a decision)
    """A public host led to an address inside the user's network.

    For Twisted it is a failed lookup, which it passes over in silence.
    """

    __str__ = Exception.__str__


class AddressGuard:
    """Downloader middleware: addresses written as numbers must be public.

    Names are looked up here, so that a refusal is known as one; the resolver looks
    again when the connection is made.
    """

    def __init__(self, named: frozenset[str]) -> None:
        """Take the hosts that are exempt."""
        self._named = named

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for a crawl."""
        return cls(crawler.settings[NAMED_HOSTS])

    async def process_request(self, request: Request) -> None:
        """Refuse an address that is not public.

        Raises:
            PrivateAddress: It is none.
            DNSLookupError: The host has none.
        """
        from twisted.internet import reactor  # noqa: PLC0415  not before it is chosen

        host = urlsplit(request.url).hostname or ""
        if _is_numeric(host):
            refuse_private(host, [host], self._named)
        else:
            await maybe_deferred_to_future(reactor.resolve(host))  # type: ignore[arg-type]


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
    ) -> Deferred[str]:
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
        led = "" if host == addresses[0] else f"leads to {addresses[0]}, which "
        message = f"{host} {led}is {reach}"
        raise PrivateAddress(message)


def _is_numeric(host: str) -> bool:
    """Tell an address from a name, however it is spelled: 127.1, 0x7f.1, ::1."""
    last = host.rstrip(".").rpartition(".")[2]
    return ":" in host or last.isdigit() or last.startswith("0x")
