"""HTTP messages in WARC records, understood wherever they can be."""

import pytest

from index.http_message import parse_fields, parse_response, split_head, write_head


def test_headers_keep_their_order_and_repetition() -> None:
    """A name in any case finds the first."""
    head = b"HTTP/1.1 200 OK\r\nB: 1\r\nA: 2\r\nb: 3\r\n\r\n"
    response = parse_response(head + b"body")
    assert response
    assert response.fields == (("B", "1"), ("A", "2"), ("b", "3"))
    assert (response.get("b"), response.get("c"), response.body) == ("1", "", b"body")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"HTTP/1.1 200 OK", 200),
        (b"HTTP/2 404", 404),
        (b"http/1.0  301\tMoved", 301),
        (b"HTTP/1.1 2000", None),
        (b"ICY 200 OK", None),
        (b"<html>", None),
    ],
)
def test_a_status_line_is_read_in_any_version(line: bytes, status: int | None) -> None:
    """What has none is no response."""
    response = parse_response(line + b"\r\n\r\n")
    assert (response and response.status) == status


def test_bare_line_ends_and_folded_headers_are_read() -> None:
    """As old servers send them."""
    response = parse_response(b"HTTP/1.1 200 OK\nA: 1\n 2\nno colon\nB:3\n\n\nbody")
    assert response
    assert response.fields == (("A", "1 2"), ("B", "3"))
    assert response.body == b"\nbody"


def test_headers_in_either_charset_are_read() -> None:
    """UTF-8, or else every byte a character."""
    assert parse_fields("X\r\nA: 云".encode()) == (("A", "云"),)
    assert parse_fields(b"X\r\nA: \xe9") == (("A", "é"),)


def test_a_head_without_end_has_no_body() -> None:
    """The record was cut off before."""
    assert split_head(b"HTTP/1.1 200 OK\r\nA: 1") == (b"HTTP/1.1 200 OK\r\nA: 1", b"")


@pytest.mark.parametrize(
    ("value", "charset"),
    [
        ("text/html; charset=gb2312", "gb2312"),
        ('a; Charset="utf-8"', "utf-8"),
        ("a", None),
    ],
)
def test_the_character_set_is_found(value: str, charset: str | None) -> None:
    """Quoted or not, in any case."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {value}\r\n\r\n"
    response = parse_response(head.encode())
    assert response
    assert response.charset == charset


def test_nothing_ends_a_header_that_is_written() -> None:
    """A line end in a value would make up another header."""
    assert write_head(b"HTTP/1.1 200 OK", [(b"A", b"1\r\n\r\nB: 2")]) == (
        b"HTTP/1.1 200 OK\r\nA: 1 B: 2\r\n\r\n"
    )
