"""The body of a response without its transfer and content codings.

Sources: RFC 9112 section 7.1 (chunks), RFC 9110 section 8.4.1 (gzip, deflate),
RFC 7932 (br), RFC 8878 (zstd). Archives often keep the header of a coding that
they have taken off; a body that does not begin as its coding would is taken as it
is. The result is bounded, whatever a small body may grow to.
"""

import io
import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from fastwarc.stream_io import BrotliReader, ZstdReader

from index.http_message import HttpResponse

_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")
_STEP = 4096  # of a body cut off, what stands before its last step is kept
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZLIB = 0x0F, 8, 31  # RFC 1950 section 2.2: compression method 8, header mod 31


class Payload(NamedTuple):
    """A body as the page's author wrote it.

    Attributes:
        body: Its bytes; where it is too large, the first so many and some more.
        problem: Why it is not all of it, in words; empty when it is whole.
        coding: The coding that is still on it because it is not known.
    """

    body: bytes
    problem: str = ""
    coding: str = ""


def payload_of(response: HttpResponse, max_bytes: int) -> Payload:
    """Take off the codings of a response's body.

    Args:
        response: As received.
        max_bytes: How far a coded body is unpacked; one byte more tells that it is
            larger.
    """
    payload = unchunked(response)
    for coding in reversed(_names(response.get("Content-Encoding"))):
        body, problem, _ = payload
        if coding in _DECODERS:
            payload = _DECODERS[coding](body, max_bytes + 1)
            payload = payload._replace(problem=problem or payload.problem)
        elif coding != "identity" and not _is_markup(body):
            return Payload(body, problem, coding)
    return payload


def unchunked(response: HttpResponse) -> Payload:
    """Take off the transfer coding alone."""
    if "chunked" in _names(response.get("Transfer-Encoding")):
        return _join_chunks(response.body)
    return Payload(response.body)


def _names(value: str) -> list[str]:
    """List the codings that a header names."""
    return [name.strip().lower() for name in value.split(",") if name.strip()]


def _is_markup(body: bytes) -> bool:
    """Tell whether a body begins as markup does, and as no coded body does."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _join_chunks(body: bytes) -> Payload:
    """Join chunks; a body that is not in chunks is left as it is."""
    parts: list[bytes] = []
    at = 0
    while begin := _CHUNK.match(body, at):
        size = int(begin[1], 16)
        if not size:
            return Payload(b"".join(parts))
        parts.append(body[begin.end() : begin.end() + size])
        at = begin.end() + size
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not parts:
        return Payload(body)
    return Payload(b"".join(parts), "its last chunk is missing")


def _gunzip(body: bytes, limit: int) -> Payload:
    """Unpack gzip, more than one member too."""
    unpacked, problem = b"", ""
    while body.startswith(_GZIP) and len(unpacked) < limit and not problem:
        engine = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)
        more, problem, _ = _inflate(engine, body, limit - len(unpacked))
        unpacked, body = unpacked + more, engine.unused_data
    return Payload(unpacked, problem) if unpacked or problem else Payload(body)


def _deflate(body: bytes, limit: int) -> Payload:
    """Unpack deflate: with the header of zlib, or raw as some servers send it."""
    method, number, divisor = _ZLIB
    begin = int.from_bytes(body[:2], "big")
    wrapped = (begin >> 8) & method == number and begin % divisor == 0
    if not wrapped and _is_markup(body):
        return Payload(body)
    wbits = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
    return _inflate(zlib.decompressobj(wbits=wbits), body, limit)


def _inflate(engine: "zlib._Decompress", body: bytes, limit: int) -> Payload:
    """Unpack one stream as far as it is whole and wanted."""
    parts, left = [], limit
    try:
        while body and left and not engine.eof:
            parts.append(engine.decompress(body, min(_STEP, left)))
            left -= len(parts[-1])
            body = engine.unconsumed_tail
    except zlib.error:
        return Payload(b"".join(parts), "its compressed body is damaged")
    torn = left and not engine.eof
    return Payload(b"".join(parts), "its compressed body is cut off" if torn else "")


def _brotli(body: bytes, limit: int) -> Payload:
    """Unpack brotli, which has no mark of its own."""
    if _is_markup(body):
        return Payload(body)
    return _read_through(BrotliReader(io.BytesIO(body)), limit)


def _zstd(body: bytes, limit: int) -> Payload:
    """Unpack zstd."""
    if not body.startswith(_ZSTD):
        return Payload(body)
    return _read_through(ZstdReader(io.BytesIO(body)), limit)


def _read_through(reader: BrotliReader | ZstdReader, limit: int) -> Payload:
    """Read a decompressing reader as far as it is whole and wanted."""
    parts, left = [], limit
    try:
        while left and (part := reader.read(min(_STEP, left))):
            parts.append(part)
            left -= len(part)
    except OSError:
        return Payload(b"".join(parts), "its compressed body is damaged")
    return Payload(b"".join(parts))


_DECODERS: dict[str, Callable[[bytes, int], Payload]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
