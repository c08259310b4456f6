"""WARC files as other tools write them; pages are ours, places invented."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.crawler.pages import PROSE

URL = "http://yun.example/a.html"
DATE = "2021-03-04T05:06:07Z"


def page(text: str = PROSE, title: str = "云州市工作总结") -> bytes:
    """Write a page."""
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<html><title>{title}</title><body>{lines}</body></html>".encode()


@dataclass(frozen=True, kw_only=True)
class Made:
    """A record to be written.

    Attributes:
        body: What follows the HTTP head.
        url: Its address.
        date: When it was captured.
        status: The status line, without which there is no HTTP head.
        headers: Those of the response.
        kind: The type of the record.
        fields: More named fields.
    """

    body: bytes = field(default_factory=page)
    url: str = URL
    date: str = DATE
    status: str = "HTTP/1.1 200 OK"
    headers: Sequence[tuple[str, str]] = (("Content-Type", "text/html"),)
    kind: str = "response"
    fields: Sequence[tuple[str, str]] = ()


def write(path: Path, *records: Made, compressed: bool = True) -> Path:
    """Write a file by warcio, a gzip member a record unless it is not compressed."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=compressed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "x"}))
        for record in records:
            writer.write_record(_to_warcio(writer, record))
    return path


def _to_warcio(writer: WARCWriter, record: Made) -> object:
    """Make a record as warcio has it."""
    protocol, _, status = record.status.partition(" ")
    head = StatusAndHeaders(status, list(record.headers), protocol=protocol)
    named = {"WARC-Date": record.date, **dict(record.fields)}
    return writer.create_warc_record(
        record.url,
        record.kind,
        payload=io.BytesIO(record.body),
        length=len(record.body),
        http_headers=head if record.status else None,
        warc_headers_dict=named,
    )
