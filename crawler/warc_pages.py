"""Pages in WARC files, of our own crawls and of anyone's tools.

Responses with status 200, resources and revisits of web addresses are pages; what
of them is no text is given with the reason, and so is what cannot be read of the
file. Requests, metadata and records of other addresses (``dns:``, ``urn:``) are
about pages and are none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from crawler.clean import Skipped, SkipReason
from crawler.ingest import Received, Repeated, iso_seconds
from crawler.sources import Source
from crawler.urls import canonical_url
from index.content_coding import Payload, payload_of
from index.warc_reader import read_records
from index.warc_record import Damage, RecordType, WarcRecord, parse_date, sha1_name

TEXT_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)
_Reader = Callable[[WarcRecord, Received, int], Received]
_HEAD_BYTES = 65_536  # of a block, for the HTTP head before a page
_OK, _NOT_MODIFIED = 200, 304
_SNIFFED = 512
# Source: WHATWG MIME Sniffing, section 3, "binary data byte".
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_NOT_HTTP = Skipped(SkipReason.UNREADABLE, "its HTTP head cannot be read")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def pages_of_warc(source: Source, max_bytes: int) -> Iterator[Received]:
    """Read the pages of a WARC file in their order.

    Args:
        source: The file.
        max_bytes: Largest page that is kept.
    """
    position = 0
    for each in _records(source, max_bytes):
        page = (
            _damaged(source, each)
            if isinstance(each, Damage)
            else page_of(each, max_bytes)
        )
        if page:
            end = max(position, each.offset + each.length)
            yield replace(page, size_bytes=end - position)
            position = end


def page_of(record: WarcRecord, max_bytes: int) -> Received | None:
    """Give the page that a record holds, or why it holds none.

    Returns:
        ``None`` for a record that is not about the content of a web address.
    """
    url = record.url
    reader = _READERS.get(record.type)
    if reader is None or not _WEB.match(url):
        return None
    at = record.date
    page = Received(
        origin=url, payload=_NOT_HTTP, url=url, at=iso_seconds(at) if at else None
    )
    try:
        page = replace(page, origin=canonical_url(url), url=canonical_url(url))
    except ValueError as error:
        skipped = Skipped(SkipReason.UNREADABLE, f"not an address: {error}")
        return replace(page, payload=skipped)
    return reader(record, page, max_bytes)


def _records(source: Source, max_bytes: int) -> Iterator[WarcRecord | Damage]:
    """Read a file; one that cannot be opened is damaged as a whole."""
    try:
        yield from read_records(source.path, max_bytes=max_bytes + _HEAD_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        yield Damage(offset=0, length=source.size_bytes, reason=reason)


def _damaged(source: Source, damage: Damage) -> Received:
    """Tell of a stretch of a file that cannot be read."""
    return Received(
        origin=f"{source.origin}:{damage.offset}",
        payload=Skipped(SkipReason.DAMAGED, str(damage)),
    )


def _from_response(record: WarcRecord, page: Received, max_bytes: int) -> Received:
    """Read a response: its status, its type, its body without codings."""
    response = record.response
    if response is None:
        return page
    page = replace(
        page,
        status=response.status,
        declared=response.charset,
        name=record.get("WARC-Payload-Digest") or sha1_name(response.body),
    )
    if response.status != _OK:
        return replace(page, payload=_status(response.status))
    payload = payload_of(response, max_bytes)
    return _with_text(page, record, payload, response.media_type, max_bytes)


def _from_resource(record: WarcRecord, page: Received, max_bytes: int) -> Received:
    """Read a resource: a page without the response that brought it."""
    media_type = record.get("Content-Type").partition(";")[0].strip().lower()
    payload = Payload(record.block)
    return _with_text(page, record, payload, media_type, max_bytes)


def _from_revisit(record: WarcRecord, page: Received, _: int) -> Received:
    """Read a revisit: the same payload as an earlier record has."""
    response = record.response
    status = response.status if response else _OK
    if status not in {_OK, _NOT_MODIFIED}:
        return replace(page, status=status, payload=_status(status))
    at = parse_date(record.get("WARC-Refers-To-Date"))
    url = record.get("WARC-Refers-To-Target-URI").strip("<>")
    earlier = Repeated(
        name=record.get("WARC-Payload-Digest"),
        url=canonical_url(url) if url else page.origin,
        at=iso_seconds(at) if at else "",
    )
    declared = response.charset if response else None
    return replace(page, status=status, declared=declared, payload=earlier)


def _from_continuation(_: WarcRecord, page: Received, __: int) -> Received:
    """Tell that the rest of a record that was parted is not read."""
    skipped = Skipped(SkipReason.UNREADABLE, "it continues a record that was parted")
    return replace(page, payload=skipped)


_READERS: Final[dict[str, _Reader]] = {
    RecordType.RESPONSE: _from_response,
    RecordType.RESOURCE: _from_resource,
    RecordType.REVISIT: _from_revisit,
    RecordType.CONTINUATION: _from_continuation,
}


def _with_text(
    page: Received, record: WarcRecord, payload: Payload, media_type: str, limit: int
) -> Received:
    """Give a page its text, or why it has none."""
    if record.cut or len(payload.body) > limit:
        skipped = Skipped(SkipReason.TOO_LARGE, f"more than {limit:,} bytes")
        return replace(page, payload=skipped)
    truncated = record.get("WARC-Truncated")
    parted = "its record was parted" if record.get("WARC-Segment-Number") else ""
    objections = _objections(page.origin, payload, media_type)
    return replace(
        page,
        payload=next(objections, payload.body),
        cut_off=(truncated and f"WARC-Truncated: {truncated}")
        or payload.problem
        or parted,
    )


def _objections(url: str, payload: Payload, media_type: str) -> Iterator[Skipped]:
    """Tell why a payload is no page of text."""
    if media_type and media_type not in TEXT_TYPES:
        known = ", ".join(sorted(TEXT_TYPES))
        yield Skipped(SkipReason.NOT_TEXT, f"{media_type}; read are {known}")
    if urlsplit(url).path == "/robots.txt":
        yield Skipped(SkipReason.NOT_TEXT, "rules for crawlers")
    if payload.coding:
        detail = f"its content coding {payload.coding} is not known"
        yield Skipped(SkipReason.UNREADABLE, detail)
    if payload.problem and not payload.body:
        yield Skipped(SkipReason.UNREADABLE, payload.problem)
    if not media_type and _is_binary(payload.body):
        yield Skipped(SkipReason.NOT_TEXT, "no type is stated, and it is binary")


def _is_binary(body: bytes) -> bool:
    """Tell whether a body of no stated type is no text."""
    return not body.startswith(_UTF16) and bool(_BINARY.search(body[:_SNIFFED]))


def _status(status: int) -> Skipped:
    """Tell of a response that brought no page."""
    return Skipped(SkipReason.UNREADABLE, f"HTTP status {status}")
