"""What goes into a WARC file: an exchange, and how a record is spelled.

The format is WARC 1.1 (ISO 28500:2017), one gzip member a record::

    |- warcinfo
    |- response   status line and headers in their order; the body as it came, with
    |  request    its content coding and without its transfer coding, whose header
    |             is then called X-Archive-Orig-Transfer-Encoding
    |- revisit    for a payload that is in the archive already: headers, no body
    |  request
    `- metadata   for a fetch that brought no response: fetchError, in words
       request    if one was sent

A request stands behind what came of it and names it. Digests are SHA-1 in base 32,
which every tool checks; that a payload is the same is told by SHA-256 besides.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.warc_record import RecordType, WarcRecord
from index.warc_table import RecordRow

_VERSION = "WARC/1.1"
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_URI_MARKS = "%/:=&?~#+!$,;'@()*[]"
_TRANSFER = re.compile(rb"^(?=transfer-encoding[ \t]*:)", re.IGNORECASE | re.MULTILINE)
_FIELDS = "application/warc-fields"
_CONTENT_TYPES: Final = {
    RecordType.WARCINFO: _FIELDS,
    RecordType.METADATA: _FIELDS,
    RecordType.REQUEST: "application/http; msgtype=request",
    RecordType.RESPONSE: "application/http; msgtype=response",
    RecordType.REVISIT: "application/http; msgtype=response",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and the response to it.

    Attributes:
        url: The address that was asked.
        at: When, aware.
        request: Head and body as sent.
        head: Status line and headers as received, blank line included.
        body: The body, its transfer coding taken off, its content coding left.
        ip: The server's address, if known.
        truncated: Why the body is not whole, in a word of ISO 28500 section 5.13:
            ``length``, ``time``, ``disconnect`` or ``unspecified``; else empty.
    """

    url: str
    at: datetime
    request: bytes
    head: bytes
    body: bytes
    ip: str = ""
    truncated: str = ""

    @property
    def archived_head(self) -> bytes:
        """The head as it goes into the file: it names no coding that is gone."""
        return _TRANSFER.sub(b"X-Archive-Orig-", self.head)

    @property
    def record(self) -> WarcRecord:
        """What will be read of it from the file, offset and length not yet known."""
        fields = (
            ("WARC-Type", RecordType.RESPONSE.value),
            ("WARC-Target-URI", warc_uri(self.url)),
            ("WARC-Date", warc_date(self.at)),
            ("WARC-Truncated", self.truncated),
        )
        block = self.archived_head + self.body
        return WarcRecord(offset=0, length=0, fields=fields, block=block)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A fetch that brought no response.

    Attributes:
        url: The address that was asked.
        at: When, aware.
        reason: What went wrong, such as an unknown host or a timeout.
        request: Head and body, if they were sent.
    """

    url: str
    at: datetime
    reason: str
    request: bytes = b""


@dataclass(frozen=True, slots=True)
class Revisited:
    """The record that has what a response brought again.

    Attributes:
        row: The record.
        not_modified: Whether the server said so (status 304), and not its bytes.
    """

    row: RecordRow
    not_modified: bool = False

    @property
    def named(self) -> dict[str, str]:
        """The fields that lead to the record; ISO 28500 section 6.7."""
        how = "server-not-modified" if self.not_modified else "identical-payload-digest"
        return {
            "WARC-Profile": _PROFILES + how,
            "WARC-Refers-To": self.row.id,
            "WARC-Refers-To-Target-URI": self.row.url,
            "WARC-Refers-To-Date": self.row.at,
        }


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of an HTTP message, for warcio to write byte for byte."""

    headers_buff: bytes

    def compute_headers_buffer(self, _filter: object = None) -> None:
        """Leave the head as it is."""


def gzip_member(
    kind: RecordType, named: Mapping[str, str], body: bytes, head: bytes = b""
) -> bytes:
    """Spell a record.

    Args:
        kind: Its type.
        named: Its fields; empty ones are left out.
        body: Its block, or what of it follows the head.
        head: The head of the HTTP message that the block is.
    """
    fields = [("WARC-Type", kind.value)]
    fields += [(name, value) for name, value in named.items() if value]
    record = ArcWarcRecord(
        *("warc", kind.value, StatusAndHeaders("", fields, protocol=_VERSION)),
        io.BytesIO(body),
        *(_Head(head) if head else None, _CONTENT_TYPES[kind], len(body)),
        payload_length=len(body),
    )
    member = io.BytesIO()
    WARCWriter(member, gzip=True).write_record(record)
    return member.getvalue()


def warc_fields(named: Mapping[str, str]) -> bytes:
    """Spell a block of type ``application/warc-fields``, a line for each."""
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in named.items())
    return "".join(lines).encode("utf-8", "replace")


def warc_date(at: datetime) -> str:
    """Write a time as WARC-Date: ISO 8601 in UTC, microseconds included."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def warc_uri(url: str) -> str:
    """Write an address as a URI: what may not stand in one percent-encoded."""
    return quote(url, safe=_URI_MARKS, errors="replace")
