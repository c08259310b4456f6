"""One record of a WARC file, and what of a WARC file cannot be read.

Source: ISO 28500:2017 (WARC 1.1); field names are its own.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from index.content_coding import Payload, payload_of
from index.http_message import Fields, HttpResponse, field_of, parse_response

_DIGITS = re.compile(r"\d{14}")  # of old tools, in place of an ISO date
_DECODERS = (
    base64.b32decode,
    bytes.fromhex,
    base64.urlsafe_b64decode,
)
_ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})


class RecordType(StrEnum):
    """The types of ISO 28500 section 6 that Wensu has to tell apart."""

    WARCINFO = "warcinfo"
    RESPONSE = "response"
    RESOURCE = "resource"
    REQUEST = "request"
    METADATA = "metadata"
    REVISIT = "revisit"
    CONTINUATION = "continuation"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """One record.

    Attributes:
        offset: Where in the file it begins, or the gzip member that holds it.
        length: How many bytes of the file it takes; 0 where it shares its gzip
            member with others and cannot be read alone.
        fields: The named fields of its head, in their order.
        block: Its block, or as much of it as was asked for.
        cut: Whether the block is longer.
    """

    offset: int
    length: int
    fields: Fields
    block: bytes
    cut: bool = False

    def get(self, name: str) -> str:
        """Give a named field; empty where there is none."""
        return field_of(self.fields, name)

    @property
    def type(self) -> str:
        """One of ``RecordType``, or whatever else it says."""
        return self.get("WARC-Type").lower()

    @property
    def url(self) -> str:
        """The address it is about; WARC 1.0 sets it in angle brackets."""
        return self.get("WARC-Target-URI").strip("<>")

    @property
    def date(self) -> datetime | None:
        """When it was captured, aware UTC; ``None`` where that cannot be read."""
        return parse_date(self.get("WARC-Date"))

    def payload(self, max_bytes: int) -> Payload | None:
        """Give its payload without codings; ``None`` where it has none of its own."""
        if self.type == RecordType.RESOURCE:
            return Payload(self.block)
        response = self.response
        if response is None or self.type != RecordType.RESPONSE:
            return None
        return payload_of(response, max_bytes)

    @property
    def response(self) -> HttpResponse | None:
        """The HTTP response in its block, if it is one."""
        return parse_response(self.block)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A stretch of a file that cannot be read.

    Attributes:
        offset: Where it begins.
        length: How many bytes of the file it takes.
        reason: What is wrong, in words.
        url: The address of the record, where that much can be read.
    """

    offset: int
    length: int
    reason: str
    url: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        of = f" of {self.url}" if self.url else ""
        return f"{self.length:,} bytes{of} at offset {self.offset:,}: {self.reason}"


def parse_date(text: str) -> datetime | None:
    """Read a WARC-Date: ISO 8601 in UTC with or without fractions, or 14 digits."""
    if _DIGITS.fullmatch(text):
        text = f"{text[:8]}T{text[8:]}"
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is None:
        return found.replace(tzinfo=UTC)
    return found.astimezone(UTC)


def sha1_name(payload: bytes) -> str:
    """Name bytes as WARC-Payload-Digest does by custom: SHA-1 in base 32."""
    digest = hashlib.sha1(payload, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode()}"


class Digester:
    """Holds bytes against a labelled digest such as ``sha1:...``.

    The encoding is not named: base 32 by custom, hexadecimal and base 64 in use.
    """

    def __init__(self, labelled: str) -> None:
        """Take the digest that is wanted; an unknown one is never checked."""
        label, _, self._wanted = labelled.strip().partition(":")
        name = label.lower().replace("-", "")
        self._state = (
            hashlib.new(name, usedforsecurity=False) if name in _ALGORITHMS else None
        )

    def update(self, piece: bytes) -> None:
        """Take the next bytes."""
        if self._state:
            self._state.update(piece)

    @property
    def verdict(self) -> bool | None:
        """Whether the bytes have the digest; ``None`` where that is not known."""
        if self._state is None:
            return None
        return self._state.digest() in _readings(self._wanted)


def _readings(encoded: str) -> set[bytes]:
    """Read a digest in each encoding that it may be in."""
    found = set()
    for decode in _DECODERS:
        try:
            found.add(
                decode(encoded.upper() if decode is base64.b32decode else encoded)
            )
        except (ValueError, binascii.Error):
            continue
    return found
