"""Scope: which outlinks a crawl follows, and why not the others.

Every link gets a decision with a reason, so that a crawl can account for all it saw.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import translate
from functools import cache
from typing import Final
from urllib.parse import quote, urlsplit

from crawler.errors import CrawlError
from crawler.outlinks import LinkKind, Outlink
from crawler.traps import trap_by_counts, trap_in
from crawler.urls import host_of

MAX_HOPS: Final = 1_000
"""Pages of one list, frames and redirects that follow each other."""

_REGEX = "re:"
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_OTHER_DOCUMENTS = re.compile(
    "pdf|docx?|wps|ofd|caj|rtf|odt|xlsx?|et|csv|pptx?|dps|epub", re.IGNORECASE
)
_MEDIA = re.compile(
    "jpe?g|png|gif|bmp|webp|svg|ico|tiff?|psd|avif|heic|css|m?js|json|map|woff2?|ttf"
    "|eot|otf|mp[34]|m4[av]|wm[av]|avi|mov|flv|f4v|swf|mpe?g|rm|rmvb|wav|og[gv]|webm"
    "|zip|rar|7z|t?gz|bz2|xz|tar|iso|exe|msi|apk|dmg|ipa|bin|cab|jar|dat|torrent|ics"
    "|vcf",
    re.IGNORECASE,
)


class Reason(StrEnum):
    """Why an outlink is followed or not."""

    FOLLOW = "follow"
    NO_ADDRESS = "no-address"
    OFF_SITE = "off-site"
    OUTSIDE_PATH = "outside-path"
    EXCLUDED = "excluded"
    NOT_INCLUDED = "not-included"
    NOT_HTML = "not-html"
    STATIC = "static"
    NOFOLLOW = "nofollow"
    DEPTH = "depth"
    TRAP = "trap"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of an outlink.

    Attributes:
        url: Its address, or what the page says where it is none.
        reason: Followed, or why not.
        depth: Its depth, and hops at that depth, if it is followed.
        hops: Redirects, frames and pages of lists since the last deeper step.
        detail: The trap or pattern that decided.
    """

    url: str
    reason: Reason
    depth: int = 0
    hops: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a crawl an outlink was found.

    Attributes:
        depth: Of the page it stands on; a seed has 0.
        hops: Of that page.
        counts: Of the keys of the address; see ``crawler.traps``.
        this_year: Beyond the next one no calendar is followed.
        allowed: Whether the host's robots.txt allows the address, as far as known.
    """

    depth: int
    hops: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    this_year: int
    allowed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What belongs to a crawl.

    A pattern is a glob (``*`` matches any characters, ``/`` too) over the path and
    query where it begins with ``/``, else over the address without its scheme; or,
    after ``re:``, a regular expression that is searched for in the address. What is
    not ASCII is compared as it stands in canonical addresses, encoded as UTF-8; in a
    regular expression it has to be written so.

    Attributes:
        hosts: Of the sites; with the port where it is not the default.
        subdomains: Whether hosts below them belong to them; ``www.`` does not count.
        paths: Beginnings of paths, one of which an address must have, if any.
        include: Patterns of which an address must match one, if there are any.
        exclude: Patterns of which an address must match none.
        max_depth: Links followed from a seed, one by one. The pages of one list,
            redirects and frames are on the depth of what leads to them.
        heed_nofollow: Whether links that ask for it are left alone.
    """

    hosts: tuple[str, ...]
    subdomains: bool = True
    paths: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_depth: int = 1
    heed_nofollow: bool = True

    def __post_init__(self) -> None:
        """Check the patterns.

        Raises:
            CrawlError: One of them cannot be read.
        """
        for pattern in (*self.include, *self.exclude):
            _compiled(pattern)

    def decide(self, link: Outlink, place: Place) -> Decision:
        """Decide whether an outlink is followed; the first reason against it counts."""
        if link.url is None:
            return Decision(url=link.target, reason=Reason.NO_ADDRESS)
        reason, detail = self._against(link, link.url, place)
        deeper = _leads_deeper(link)
        return Decision(
            url=link.url,
            reason=reason,
            depth=place.depth + deeper,
            hops=0 if deeper else place.hops + 1,
            detail=detail,
        )

    def covers(self, url: str) -> Reason:
        """Tell whether an address belongs to the crawl at all, wherever it is found."""
        if not self._has_host(host_of(url)):
            return Reason.OFF_SITE
        path = urlsplit(url).path
        if self.paths and not path.startswith(tuple(map(_encoded, self.paths))):
            return Reason.OUTSIDE_PATH
        if any(_matches(pattern, url) for pattern in self.exclude):
            return Reason.EXCLUDED
        if self.include and not any(_matches(each, url) for each in self.include):
            return Reason.NOT_INCLUDED
        return _by_extension(path)

    def _against(self, link: Outlink, url: str, place: Place) -> tuple[Reason, str]:
        """Find what speaks against an address, cheap reasons first."""
        reason = self.covers(url)
        if reason is not Reason.FOLLOW:
            return reason, ""
        for reason, holds in (
            (Reason.NOFOLLOW, link.nofollow and self.heed_nofollow),
            (Reason.ROBOTS, not place.allowed),
            (Reason.DEPTH, self._is_too_deep(link, place)),
        ):
            if holds:
                return reason, ""
        trap = trap_in(url, this_year=place.this_year)
        trap = trap or trap_by_counts(url, place.counts)
        return (Reason.TRAP, str(trap)) if trap else (Reason.FOLLOW, "")

    def _is_too_deep(self, link: Outlink, place: Place) -> bool:
        """Tell whether a link leads deeper than is followed, or on without end."""
        if _leads_deeper(link):
            return place.depth >= self.max_depth
        return place.hops >= MAX_HOPS

    def _has_host(self, host: str) -> bool:
        """Tell whether a host is of one of the sites."""
        host = host.removeprefix("www.")
        sites = _sites(self.hosts)
        return host in sites or (
            self.subdomains and any(host.endswith(f".{site}") for site in sites)
        )


@cache
def _sites(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Write hosts as they stand in addresses, without ``www.``."""
    return tuple(host_of(f"http://{host}").removeprefix("www.") for host in hosts)


@cache
def _encoded(text: str) -> str:
    """Encode what is not ASCII, as canonical addresses have it."""
    return quote(text, safe=_ASCII)


def _leads_deeper(link: Outlink) -> bool:
    """Tell a link from what belongs to the page or list it stands on."""
    return not link.pager and link.kind in {LinkKind.LINK, LinkKind.SCRIPT}


def _by_extension(path: str) -> Reason:
    """Tell what is no page by the extension of its name."""
    _, dot, extension = path.rpartition("/")[2].rpartition(".")
    if dot and _OTHER_DOCUMENTS.fullmatch(extension):
        return Reason.NOT_HTML
    return Reason.STATIC if dot and _MEDIA.fullmatch(extension) else Reason.FOLLOW


def _matches(pattern: str, url: str) -> bool:
    """Compare an address with a pattern."""
    if pattern.startswith(_REGEX):
        return bool(_compiled(pattern).search(url))
    address = url.partition("://")[2]
    path = address[address.index("/") :]
    return bool(_compiled(pattern).match(path if pattern[:1] == "/" else address))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Read a pattern.

    Raises:
        CrawlError: It cannot be read.
    """
    regex = pattern.removeprefix(_REGEX)
    try:
        return re.compile(regex if regex != pattern else translate(_encoded(pattern)))
    except re.error as error:
        message = f"the pattern {pattern} cannot be read: {error}"
        raise CrawlError(message) from error
