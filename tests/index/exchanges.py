"""Exchanges to archive: pages of invented offices, as a server might send them."""

import gzip
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.archive import Archive
from index.home import Home
from index.http_message import write_head
from index.store import Store
from index.warc_format import Exchange
from index.warc_reader import read_records
from index.warc_record import Damage, RecordType, WarcRecord
from index.warc_table import RecordRow
from index.warc_writer import WarcWriter

NOON = datetime(2024, 5, 6, 12, 0, 0, 125000, tzinfo=UTC)
INFO = {"software": "Wensu/0", "robots": "obey"}
SENT = b"GET /%d HTTP/1.1\r\nHost: qingxi.example\r\n\r\n"


def page(number: int, sentences: int = 40) -> bytes:
    """Write a page that no other number has."""
    lines = [f"<p>青溪县第{number}号总结，第{n}条。</p>" for n in range(sentences)]
    text = "".join(lines)
    return f"<html><title>青溪县{number}</title>{text}</html>".encode()


def exchange(number: int, body: bytes | None = None, **changes: object) -> Exchange:
    """Make an exchange: each number is an address and a second of its own."""
    payload = page(number) if body is None else body
    fields = [
        (b"Content-Type", b"text/html; charset=utf-8"),
        (b"Set-Cookie", b"a=1"),
        (b"set-cookie", b"b=2"),
    ]
    values: dict[str, object] = {
        "url": f"http://qingxi.example/{number}",
        "at": NOON + timedelta(seconds=number),
        "request": SENT % number,
        "head": write_head(b"HTTP/1.1 200 OK", fields),
        "body": payload,
    }
    return Exchange(**(values | changes))  # type: ignore[arg-type]  # as named


def zipped(number: int) -> Exchange:
    """Make an exchange whose body is compressed, as most are."""
    fields = [(b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip")]
    head = write_head(b"HTTP/1.1 200 OK", fields)
    return exchange(number, gzip.compress(page(number), mtime=0), head=head)


def new_archive(folder: Path, store: Store, max_bytes: int = 10**9) -> Archive:
    """Open an archive for writing."""
    writer = WarcWriter(folder, info=INFO, max_bytes=max_bytes, clock=lambda: NOON)
    return Archive(writer, store)


def written(folder: Path, exchanges: Iterator[Exchange] | list[Exchange]) -> Path:
    """Write exchanges into one file; give it."""
    writer = WarcWriter(folder, info=INFO, clock=lambda: NOON)
    for each in exchanges:
        writer.write_response(each, "")
    writer.close()
    (path,) = folder.glob("*.warc.gz")
    return path


def read(path: Path) -> tuple[list[WarcRecord], list[Damage]]:
    """Read a file through; part what could be read from what could not."""
    found = list(read_records(path))
    records = [each for each in found if isinstance(each, WarcRecord)]
    return records, [each for each in found if isinstance(each, Damage)]


def responses(path: Path) -> list[str]:
    """List the addresses of the responses that can be read."""
    records, _ = read(path)
    return [each.url for each in records if each.type == RecordType.RESPONSE]


def forget(home: Home, rows: Iterable[RecordRow]) -> None:
    """Take rows out of the store, as if a kill had come before they were committed."""
    connection = sqlite3.connect(home.store)
    ids = [(row.id,) for row in rows]
    connection.executemany("DELETE FROM warc_records WHERE id = ?", ids)
    connection.commit()
    connection.close()
