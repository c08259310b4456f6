"""Sitemaps: XML, indexes, feeds and plain lists, gzipped or not, however broken.

Source: sitemaps.org protocol 0.9 (50,000 addresses and 50 MB a file), RSS 2.0, Atom
(RFC 4287). What can be read is read; what went wrong is said beside it. Entities are
not expanded and nothing outside the file is loaded.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from io import BytesIO
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree

from crawler.outlinks import LinkKind, Outlink
from crawler.urls import resolve

MAX_ENTRIES: Final = 50_000
"""Addresses of one sitemap that are read."""

MAX_BYTES: Final = 50_000_000
"""Bytes of one sitemap that are read, unpacked."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# Not escaped, as in many addresses with two parameters.
_AMPERSAND = re.compile(rb"&(?!#?\w{1,20};)")
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex|rss|feed)\b",
    re.DOTALL,
)
_SNIFFED = 2048
_W3C_DATE = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_END = re.compile(rb"</(?:[\w.-]+:)?(?:url|sitemap|item|entry)\s*>")
_BEGIN = re.compile(rb"<(?:[\w.-]+:)?(?:url|sitemap|item|entry)\b")
_ENTRY_TAGS = frozenset({"url", "sitemap", "item", "entry"})
_DATE_TAGS = frozenset({"lastmod", "pubDate", "updated", "published", "date"})


class Problem(StrEnum):
    """What was wrong with a sitemap; the entries before it are kept."""

    HTML = "html"
    BAD_GZIP = "bad-gzip"
    BAD_XML = "bad-xml"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    BAD_ADDRESSES = "bad-addresses"
    EMPTY = "empty"


class Entry(NamedTuple):
    """An address of a sitemap.

    Attributes:
        url: In canonical form.
        modified: When it changed, in ISO 8601, by what the sitemap says: a hint.
    """

    url: str
    modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap says.

    Attributes:
        pages: Addresses of pages, each once.
        sitemaps: Addresses of further sitemaps.
        problems: What was wrong.
    """

    pages: tuple[Entry, ...]
    sitemaps: tuple[Entry, ...]
    problems: frozenset[Problem]


class _Found(NamedTuple):
    """An address as it stands in the file."""

    target: str
    modified: str
    is_sitemap: bool


def is_sitemap(payload: bytes) -> bool:
    """Tell a sitemap, a sitemap index or a feed from a page, by how it begins."""
    return _ROOT.match(payload[:_SNIFFED]) is not None


def read_sitemap(payload: bytes, url: str) -> Sitemap:
    """Read a sitemap.

    Args:
        payload: As it came, gzipped or not.
        url: Where it came from, which relative addresses are resolved by.
    """
    problems: set[Problem] = set()
    content = _unpacked(payload, problems)
    pages: dict[str, Entry] = {}
    sitemaps: dict[str, Entry] = {}
    found = _found(content, problems)
    for target, modified, is_sitemap in islice(found, MAX_ENTRIES):
        address = resolve(url, target)
        if address is None:
            problems.add(Problem.BAD_ADDRESSES)
        else:
            kept = sitemaps if is_sitemap else pages
            kept.setdefault(address, Entry(address, _date(modified)))
    if next(found, None):
        problems.add(Problem.TOO_MANY)
    if not (pages or sitemaps or problems):
        problems.add(Problem.EMPTY)
    return Sitemap(
        pages=tuple(pages.values()),
        sitemaps=tuple(sitemaps.values()),
        problems=frozenset(problems),
    )


def _unpacked(payload: bytes, problems: set[Problem]) -> bytes:
    """Undo gzip, twice where it was done twice, up to the largest size."""
    for _ in range(2):
        if not payload.startswith(_GZIP):
            break
        unpacker = zlib.decompressobj(_GZIP_WINDOW)
        try:
            payload = unpacker.decompress(payload, MAX_BYTES + 1)
        except zlib.error:
            problems.add(Problem.BAD_GZIP)
            return _salvaged(payload)
        if not unpacker.eof and len(payload) <= MAX_BYTES:
            problems.add(Problem.BAD_GZIP)
    if len(payload) > MAX_BYTES:
        problems.add(Problem.TOO_LARGE)
    return payload[:MAX_BYTES]


def _salvaged(payload: bytes) -> bytes:
    """Unpack what stands before the damage."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    whole = bytearray()
    for start in range(0, len(payload), 512):
        try:
            whole += unpacker.decompress(payload[start : start + 512], MAX_BYTES)
        except zlib.error:
            break
        if len(whole) > MAX_BYTES:
            break
    return bytes(whole[:MAX_BYTES])


def _found(content: bytes, problems: set[Problem]) -> Iterator[_Found]:
    """Choose the way to read a file by how it begins."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HTML.match(start):
        problems.add(Problem.HTML)
    elif start.startswith((b"<", *_UTF_16)):
        yield from _of_xml(content.lstrip(b" \t\r\n"), problems)
    else:
        for line in content.decode("utf-8-sig", "replace").splitlines():
            if line.strip():
                yield _Found(line.strip(), "", is_sitemap=False)


def _of_xml(content: bytes, problems: set[Problem]) -> Iterator[_Found]:
    """Read XML of any root and name space, entry by entry."""
    if not content.startswith(_UTF_16):
        content = _AMPERSAND.sub(b"&amp;", _without_stump(content))
    events = etree.iterparse(
        BytesIO(content),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            name = _name(element)
            if name in _ENTRY_TAGS:
                found = _of_entry(element, is_sitemap=name == "sitemap")
                if found:
                    yield found
                _forget(element)
    except etree.XMLSyntaxError:
        problems.add(Problem.BAD_XML)
    if events.error_log:
        problems.add(Problem.BAD_XML)


def _without_stump(content: bytes) -> bytes:
    """Take off an entry that the end of the file cuts: half an address is wrong."""
    end = 0
    for found in _END.finditer(content):
        end = found.end()
    return content[:end] if _BEGIN.search(content, end) else content


def _of_entry(element: etree._Element, *, is_sitemap: bool) -> _Found | None:
    """Read one entry; an Atom link has its address in an attribute.

    A text with an element inside is none: entities stand there, unexpanded.
    """
    target = modified = ""
    for child in element:
        name, text = _name(child), "" if len(child) else (child.text or "").strip()
        if name == "loc" or (name == "link" and text):
            target = target or text
        elif name == "link" and child.get("rel", "alternate") == "alternate":
            target = target or (child.get("href") or "").strip()
        elif name in _DATE_TAGS:
            modified = modified or text
    return _Found(target, modified, is_sitemap) if target else None


def _forget(element: etree._Element) -> None:
    """Free an entry and those before it, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _name(element: etree._Element) -> str:
    """Give a tag without its name space."""
    return str(element.tag).rpartition("}")[2]


def _date(text: str) -> str | None:
    """Read a date of a sitemap or a feed."""
    if _W3C_DATE.fullmatch(text):
        return text
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment.isoformat()


def sitemap_outlinks(payload: bytes, url: str) -> Iterator[Outlink]:
    """List what a sitemap names; further sitemaps cost no depth."""
    sitemap = read_sitemap(payload, url)
    for entry in sitemap.sitemaps:
        yield Outlink(target=entry.url, url=entry.url, kind=LinkKind.FRAME)
    for entry in sitemap.pages:
        yield Outlink(target=entry.url, url=entry.url)
