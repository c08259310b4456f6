"""Files of WARC records: made, grown, closed.

A file is made by its writer, locked while it is open, closed when it has grown to
its size, and never opened for writing again. It has its name from its first byte
on, so the place of a record never changes; a record is one write of one gzip
member, cut off again where the disk is full, so that between two records a file is
whole for any tool. Names sort by time: ``wensu-20240506120000-00000.warc.gz``.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from uuid import uuid4

from index.errors import WarcNotWritten
from index.http_message import split_head
from index.warc_format import (
    Exchange,
    Failure,
    Revisited,
    gzip_member,
    warc_date,
    warc_fields,
    warc_uri,
)
from index.warc_record import RecordType, sha1_name
from index.warc_table import RecordRow

MAX_FILE: Final = 1_000_000_000
"""Bytes from which on a file is closed; ISO 28500 annex C recommends 1 GB."""
_STANDARD = (
    "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
)
_NAME = re.compile(r".+-\d{14}-\d{5,}\.warc\.gz")


class _Open(NamedTuple):
    """The file that is being written."""

    file: BinaryIO
    path: Path
    warcinfo: str


class WarcWriter:
    """Writes the files of one folder; to be used by one thread."""

    def __init__(
        self,
        folder: Path,
        *,
        info: Mapping[str, str],
        max_bytes: int = MAX_FILE,
        prefix: str = "wensu",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take what is to be written where; no file is made yet.

        Args:
            folder: Where the files go; made when it is missing.
            info: What ``warcinfo`` says: software, operator, robots.
            max_bytes: Size from which on a file is closed.
            prefix: What file names begin with.
            clock: Tells the time, aware UTC.
        """
        self._folder, self._info, self._max_bytes = folder, info, max_bytes
        self._prefix, self._clock = prefix, clock
        self._open: _Open | None = None
        self._serial = 0

    def write_response(
        self, exchange: Exchange, digest: str, revisited: Revisited | None = None
    ) -> RecordRow:
        """Write a response, or that it brought nothing new, and its request.

        Args:
            exchange: What was asked, and what came.
            digest: Of its payload without codings, for the row.
            revisited: The record that has the payload already.

        Raises:
            WarcNotWritten: It could not be written.
        """
        if revisited:
            kind, body, link = RecordType.REVISIT, b"", revisited.named
            warc_digest = revisited.row.warc_digest
        else:
            kind, body, link = RecordType.RESPONSE, exchange.body, {}
            warc_digest = sha1_name(body)
        named = {
            **link,
            "WARC-IP-Address": exchange.ip,
            "WARC-Truncated": exchange.truncated,
            "WARC-Payload-Digest": warc_digest,
        }
        row = self._write(kind, exchange, named, body, exchange.archived_head)
        response = exchange.record.response
        return replace(
            row,
            status=response.status if response else None,
            digest=digest,
            warc_digest=warc_digest,
        )

    def write_failure(self, failure: Failure) -> RecordRow:
        """Write that a fetch brought nothing, and its request if one was sent.

        Raises:
            WarcNotWritten: It could not be written.
        """
        said = warc_fields({"fetchError": failure.reason})
        return self._write(RecordType.METADATA, failure, {}, said)

    def sync(self) -> None:
        """Bring what was written to the disk itself, to outlive a loss of power.

        Raises:
            WarcNotWritten: The disk would not.
        """
        if self._open:
            with _errors(self._open.path):
                os.fsync(self._open.file.fileno())

    def close(self) -> None:
        """Close the file for good; the next record goes into another."""
        if self._open:
            self.sync()
            self._open.file.close()
            self._open = None

    def _write(
        self,
        kind: RecordType,
        fetched: Exchange | Failure,
        named: Mapping[str, str],
        body: bytes,
        head: bytes = b"",
    ) -> RecordRow:
        """Write one record, and behind it the request that it came of."""
        opened = self._file_with_room()
        about = {
            "WARC-Date": warc_date(fetched.at),
            "WARC-Target-URI": warc_uri(fetched.url),
            "WARC-Warcinfo-ID": opened.warcinfo,
        }
        record_id = _new_id()
        member = gzip_member(
            kind, {"WARC-Record-ID": record_id, **about, **named}, body, head
        )
        row = RecordRow(
            file=opened.path.name,
            offset=_append(opened, member),
            length=len(member),
            type=kind,
            id=record_id,
            url=about["WARC-Target-URI"],
            at=about["WARC-Date"],
            status=None,
            digest="",
            warc_digest="",
        )
        if fetched.request:
            ids = {"WARC-Record-ID": _new_id(), "WARC-Concurrent-To": record_id}
            head, sent = split_head(fetched.request)
            _append(
                opened, gzip_member(RecordType.REQUEST, {**ids, **about}, sent, head)
            )
        return row

    def _file_with_room(self) -> _Open:
        """Give the open file, or a new one where there is none or it is full."""
        if self._open and self._open.file.tell() >= self._max_bytes:
            self.close()
        if self._open is None:
            self._open = self._new_file()
        return self._open

    def _new_file(self) -> _Open:
        """Make a file that no other process has, and say in it who writes."""
        now = self._clock()
        with _errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._free_path(now)
            file = path.open("xb", buffering=0)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _sync_folder(self._folder)
        opened = _Open(file, path, _new_id())
        named = {
            "WARC-Record-ID": opened.warcinfo,
            "WARC-Date": warc_date(now),
            "WARC-Filename": path.name,
        }
        formats = {"format": "WARC File Format 1.1", "conformsTo": _STANDARD}
        said = warc_fields({**self._info, **formats})
        _append(opened, gzip_member(RecordType.WARCINFO, named, said))
        return opened

    def _free_path(self, now: datetime) -> Path:
        """Name the next file."""
        while True:
            name = f"{self._prefix}-{now:%Y%m%d%H%M%S}-{self._serial:05}.warc.gz"
            self._serial += 1
            if not (self._folder / name).exists():
                return self._folder / name


def own_files(folder: Path) -> list[Path]:
    """List the files that writers made in a folder, oldest first."""
    return sorted(path for path in folder.glob("*") if _NAME.fullmatch(path.name))


@contextmanager
def left_alone(path: Path) -> Iterator[bool]:
    """Hold a file against its writer, and tell whether none has it open."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _append(opened: _Open, member: bytes) -> int:
    """Write a member whole or not at all; tell where it begins."""
    file = opened.file
    with _errors(opened.path):
        offset = file.tell()
        left = memoryview(member)
        try:
            while left:
                left = left[file.write(left) :]
        except OSError:
            file.truncate(offset)
            file.seek(offset)
            raise
    return offset


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Translate what the disk says."""
    try:
        yield
    except OSError as error:
        raise WarcNotWritten(path, error.strerror or str(error)) from error


def _sync_folder(folder: Path) -> None:
    """Bring the name of a new file to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _new_id() -> str:
    """Make up an id that no other record has."""
    return f"<urn:uuid:{uuid4()}>"
