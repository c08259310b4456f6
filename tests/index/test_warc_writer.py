"""Writing WARC files: what any tool reads, byte for byte, whatever happens."""

import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import fastwarc.warc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import WarcNotWritten
from index.http_message import write_head
from index.warc_format import Exchange, Failure, Revisited, warc_uri
from index.warc_reader import read_record
from index.warc_record import RecordType
from index.warc_writer import WarcWriter, left_alone, own_files
from tests.index.exchanges import (
    INFO,
    NOON,
    exchange,
    page,
    read,
    responses,
    written,
    zipped,
)


@pytest.fixture(name="writer")
def make_writer(tmp_path: Path) -> Iterator[WarcWriter]:
    """Open a writer whose files are full at 20 kB."""
    writer = WarcWriter(tmp_path, info=INFO, max_bytes=20_000, clock=lambda: NOON)
    yield writer
    writer.close()


def _every_kind(writer: WarcWriter) -> None:
    """Write one record of each kind, and a body of each sort."""
    first = writer.write_response(exchange(1), "d1")
    writer.write_response(exchange(2, page(1)), "d1", Revisited(first))
    same = Revisited(first, not_modified=True)
    head = write_head(b"HTTP/1.1 304 Not Modified", [])
    writer.write_response(exchange(3, b"", head=head), "d1", same)
    moved = write_head(b"HTTP/1.1 301 Moved", [(b"Location", b"/2")])
    writer.write_response(exchange(4, b"", head=moved), "")
    writer.write_response(zipped(5), "d5")
    cut = exchange(6, ip="192.0.2.1", truncated="length", request=b"")
    writer.write_response(cut, "d6")
    failure = Failure(url="http://gone.example/云", at=NOON, reason="no such\r\nhost")
    writer.write_failure(failure)
    writer.write_failure(replace(failure, request=b"GET / HTTP/1.1\r\n\r\n"))
    writer.close()


def _fields(path: Path, kind: RecordType) -> list[Mapping[str, str]]:
    return [dict(each.fields) for each in read(path)[0] if each.type == kind]


def test_other_tools_read_every_record(writer: WarcWriter, tmp_path: Path) -> None:
    """The check of warcio finds nothing; fastwarc reads all, digests verified."""
    _every_kind(writer)
    paths = own_files(tmp_path)
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", *map(str, paths)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert checked.returncode == 0, checked.stdout
    assert "failed" not in checked.stdout
    found: Counter[str] = Counter()
    for path in paths:
        for record in fastwarc.warc.ArchiveIterator(path, verify_digests=True):
            found[str(record.record_type)] += 1
    assert found == {
        "warcinfo": len(paths),
        "response": 4,
        "revisit": 2,
        "metadata": 2,
        "request": 6,
    }


def test_what_was_asked_stands_behind_what_came(
    writer: WarcWriter, tmp_path: Path
) -> None:
    """The request names the record that it brought, and has its time and address."""
    row = writer.write_response(exchange(1), "")
    writer.close()
    records, _ = read(own_files(tmp_path)[0])
    assert [each.type for each in records] == ["warcinfo", "response", "request"]
    assert records[2].get("WARC-Concurrent-To") == row.id
    assert records[2].block == exchange(1).request
    for name in ("WARC-Date", "WARC-Target-URI", "WARC-Warcinfo-ID"):
        assert records[1].get(name) == records[2].get(name) != ""
    assert records[1].get("WARC-Warcinfo-ID") == records[0].get("WARC-Record-ID")


def test_a_row_says_where_a_record_is(writer: WarcWriter, tmp_path: Path) -> None:
    """Its offset alone is enough to read it; length and fields agree."""
    rows = [writer.write_response(exchange(n), f"d{n}") for n in range(60)]
    writer.close()
    for number, row in enumerate(rows):
        record = read_record(tmp_path / row.file, row.offset)
        assert (record.length, record.url, record.type) == (
            row.length,
            row.url,
            row.type,
        )
        assert record.get("WARC-Date") == row.at
        assert record.get("WARC-Payload-Digest") == row.warc_digest
        assert (row.status, row.digest) == (200, f"d{number}")


def test_a_revisit_leads_to_what_it_repeats(writer: WarcWriter, tmp_path: Path) -> None:
    """Headers without a body; profile, address, date and id of the first record."""
    first = writer.write_response(exchange(1), "d")
    again = writer.write_response(exchange(2, page(1)), "d", Revisited(first))
    writer.close()
    (fields,) = _fields(own_files(tmp_path)[0], RecordType.REVISIT)
    assert fields["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert fields["WARC-Refers-To"] == first.id
    assert fields["WARC-Refers-To-Target-URI"] == first.url
    assert fields["WARC-Refers-To-Date"] == first.at
    assert fields["WARC-Payload-Digest"] == first.warc_digest == again.warc_digest
    assert read_record(tmp_path / again.file, again.offset).block == exchange(2).head


def test_a_failure_says_why_in_a_line(writer: WarcWriter, tmp_path: Path) -> None:
    """Line ends in a reason cannot make up further fields."""
    reason = "no such\r\nhost: x"
    row = writer.write_failure(Failure(url="http://a.example/", at=NOON, reason=reason))
    writer.close()
    record = read_record(tmp_path / row.file, row.offset)
    assert record.block == b"fetchError: no such host: x\r\n"
    assert (row.status, row.type) == (None, RecordType.METADATA)


def test_files_are_closed_at_their_size(writer: WarcWriter, tmp_path: Path) -> None:
    """Names sort by time of writing; each file says who wrote it."""
    rows = [writer.write_response(exchange(n), "") for n in range(80)]
    writer.close()
    paths = own_files(tmp_path)
    assert len(paths) > 2
    assert list(dict.fromkeys(row.file for row in rows)) == [p.name for p in paths]
    for path in paths:
        assert path.stat().st_size < 20_000 + 2_000
        (info,) = _fields(path, RecordType.WARCINFO)
        assert info["WARC-Filename"] == path.name
    assert all(path.stat().st_size >= 20_000 for path in paths[:-1])


def test_two_writers_never_share_a_file(writer: WarcWriter, tmp_path: Path) -> None:
    """Begun in the same second they take other names."""
    other = WarcWriter(tmp_path, info=INFO, clock=lambda: NOON)
    rows = [each.write_response(exchange(1), "") for each in (writer, other)]
    assert len({row.file for row in rows}) == 2
    for path in own_files(tmp_path):
        with left_alone(path) as alone:
            assert not alone
    writer.close()
    other.close()
    for path in own_files(tmp_path):
        with left_alone(path) as alone:
            assert alone


def test_a_closed_file_is_not_written_again(writer: WarcWriter, tmp_path: Path) -> None:
    """What comes after goes into another."""
    first = writer.write_response(exchange(1), "")
    writer.close()
    content = (tmp_path / first.file).read_bytes()
    assert writer.write_response(exchange(2), "").file != first.file
    writer.close()
    assert (tmp_path / first.file).read_bytes() == content


def test_a_file_is_whole_after_every_record(writer: WarcWriter, tmp_path: Path) -> None:
    """Other tools can read it while it is being written."""
    for number in range(5):
        row = writer.write_response(exchange(number), "")
        assert len(read(tmp_path / row.file)[0]) == 1 + 2 * (number + 1)


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse what goes beyond, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_file_whole(writer: WarcWriter, tmp_path: Path) -> None:
    """Half a record is cut off again, and the error says what stays."""
    path = tmp_path / writer.write_response(exchange(1), "").file
    size = path.stat().st_size
    stays = pytest.raises(WarcNotWritten, match="what was written before stays")
    with _no_file_larger_than(size + 100), stays:
        writer.write_response(exchange(2), "")
    assert path.stat().st_size == size
    writer.write_response(exchange(3), "")
    assert responses(path) == [exchange(1).url, exchange(3).url]
    assert read(path)[1] == []


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "warc").touch()
    writer = WarcWriter(tmp_path / "warc", info=INFO, clock=lambda: NOON)
    with pytest.raises(WarcNotWritten, match="could not be written"):
        writer.write_response(exchange(1), "")


def test_a_transfer_coding_that_is_gone_is_named_otherwise(tmp_path: Path) -> None:
    """Else tools would take the body for chunks; nothing else is changed."""
    fields = [(b"transfer-encoding", b"chunked"), (b"X-Transfer-Encoding", b"a")]
    head = write_head(b"HTTP/1.1 200 OK", fields)
    path = written(tmp_path, [exchange(1, head=head)])
    assert read(path)[0][1].block.startswith(
        b"HTTP/1.1 200 OK\r\nX-Archive-Orig-transfer-encoding: chunked\r\n"
        b"X-Transfer-Encoding: a\r\n\r\n"
    )


def test_times_are_written_in_utc(tmp_path: Path) -> None:
    """Whatever zone they come in."""
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    path = written(tmp_path, [exchange(1, at=beijing)])
    assert read(path)[0][1].date == NOON


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("http://a.example/%C1%AA?x=%e4", "http://a.example/%C1%AA?x=%e4"),
        ("http://a.example/云", "http://a.example/%E4%BA%91"),
        ("http://a.example/\r\nX: y <z>", "http://a.example/%0D%0AX:%20y%20%3Cz%3E"),
    ],
)
def test_addresses_are_written_as_uris(url: str, uri: str) -> None:
    """Escapes stay as they are; nothing can end the line."""
    assert warc_uri(url) == uri


_NAMES = st.from_regex(rb"[A-Za-z][A-Za-z0-9-]{0,15}", fullmatch=True)
_VALUES = st.binary(max_size=40).map(lambda value: value.translate(None, b"\r\n"))
_HEADS = st.lists(st.tuples(_NAMES, _VALUES), max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    fields=_HEADS,
    body=st.binary(max_size=2000),
    request=st.binary(max_size=300),
    coding=st.sampled_from([b"", b"gzip", b"br", b"chunked"]),
)
def test_bodies_and_heads_come_back_byte_for_byte(
    fields: list[tuple[bytes, bytes]], body: bytes, request: bytes, coding: bytes
) -> None:
    """Order, repetition, bytes that are no text, codings: all as received."""
    head = write_head(b"HTTP/1.1 200 OK", [(b"Content-Encoding", coding), *fields])
    sent = Exchange(
        url="http://qingxi.example/", at=NOON, request=request, head=head, body=body
    )
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), [sent])
        records, damage = read(path)
        other = [
            bytes(record.reader.read())
            for record in fastwarc.warc.ArchiveIterator(path, parse_http=False)
        ]
    assert damage == []
    assert records[1].block == sent.archived_head + body == other[1]
    assert records[1].response
    assert records[1].response.body == body
    assert [each.block for each in records[2:]] == ([request] if request else [])
