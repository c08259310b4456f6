"""Codings of bodies are taken off: whole, torn, lying, or meant to fill the memory."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.content_coding import Payload, payload_of
from index.http_message import HttpResponse

TEXT = "云州市工作总结，共有若干条。".encode() * 500
LIMIT = 10**6


def _payload(body: bytes, coding: str = "", transfer: str = "") -> Payload:
    """Take the codings off a body."""
    fields = (("Content-Encoding", coding), ("Transfer-Encoding", transfer))
    return payload_of(HttpResponse(status=200, fields=fields, body=body), LIMIT)


def test_a_body_without_coding_is_itself() -> None:
    """However long it is."""
    assert _payload(TEXT * 1000) == Payload(TEXT * 1000)


def test_members_of_gzip_are_joined() -> None:
    """What follows the last is left out, as browsers do."""
    body = gzip.compress(b"one ") + gzip.compress(b"two") + b"padding"
    assert _payload(body, "gzip") == Payload(b"one two")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_torn_body_gives_what_is_there(coding: str) -> None:
    """And says that it is not all."""
    body = gzip.compress(TEXT) if coding == "gzip" else zlib.compress(TEXT)
    found = _payload(body[:-12], coding)
    assert TEXT.startswith(found.body) is bool(found.body) is True
    assert found.problem == "its compressed body is cut off"


def test_a_damaged_body_gives_what_stands_before() -> None:
    """And says so."""
    body = gzip.compress(TEXT, compresslevel=0)
    found = _payload(body[:5000] + b"\xff" + body[5001:], "gzip")
    assert found.problem == "its compressed body is damaged"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_a_small_body_cannot_fill_the_memory(coding: str) -> None:
    """A hundred megabytes of zeros are unpacked to the limit and a byte more."""
    body = bytes(10**8)
    for name in coding.split(", "):
        body = gzip.compress(body, 1) if name == "gzip" else zlib.compress(body, 1)
    assert _payload(body, coding).body == bytes(LIMIT + 1)


def test_an_unknown_coding_stays_and_is_named() -> None:
    """Nobody takes the bytes for text."""
    assert _payload(b"\x01\x02", "compress") == Payload(b"\x01\x02", coding="compress")
    assert _payload(b" <html>", "compress") == Payload(b" <html>")


@pytest.mark.parametrize(
    ("body", "joined", "problem"),
    [
        (b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", b"abcde", ""),
        (b"3 \nabc\n0\n\n", b"abc", ""),
        (b"3\r\nabc\r\n5\r\nde", b"abcde", "its last chunk is missing"),
        (b"0\r\n\r\n", b"", ""),
        (b"<html>", b"<html>", ""),
        (b"", b"", ""),
    ],
)
def test_chunks_are_joined(body: bytes, joined: bytes, problem: str) -> None:
    """With extensions, bare line ends, without the last one; or left where none are."""
    assert _payload(body, transfer="chunked") == Payload(joined, problem)


@given(
    body=st.binary(max_size=300),
    coding=st.sampled_from(["gzip", "br", "zstd", "deflate"]),
)
def test_any_bytes_under_any_name_are_survived(body: bytes, coding: str) -> None:
    """A lying header is no error."""
    assert isinstance(_payload(body, coding, "chunked").body, bytes)
