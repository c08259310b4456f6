"""Reading WARC files: record by record, and past whatever is damaged.

One gzip member a record, a whole file in one member, no compression: each stretch
of a file is read as what it begins as. Where a stretch cannot be read, the next
one is looked for behind its first byte: a gzip member that inflates to ``WARC/``,
or a line ``WARC/1.x``. What lies between is a ``Damage``; nothing is left out
without one. A record inside a damaged record, such as an archived WARC file, may
be taken for one of the file itself.

A record is vouched for by the digest of its block; without one by the checksum of
its gzip member; without that by the digest of its payload, whichever way the tool
that wrote it has counted. At most ``max_bytes`` of a block are held in memory.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from index.content_coding import payload_of, unchunked
from index.errors import BadRecord
from index.http_message import BLANK_LINE, Fields, field_of, parse_fields
from index.warc_feed import (
    GZIP,
    PLAIN,
    Feed,
    Flaw,
    GzipMember,
    Unreadable,
    find_start,
    plain_bytes,
)
from index.warc_record import Damage, Digester, RecordType, WarcRecord

MAX_BLOCK: Final = 64_000_000
"""Bytes of a block that are held in memory unless less is asked for."""
_MAX_HEAD = 65_536
_MAX_DIGITS = 15
_NO_PAYLOAD = frozenset({RecordType.REVISIT, RecordType.WARCINFO})


def read_records(
    path: Path, *, start: int = 0, max_bytes: int = MAX_BLOCK
) -> Iterator[WarcRecord | Damage]:
    """Read a file from front to back.

    Args:
        path: A WARC file, compressed or not.
        start: Where to begin: 0, or an offset at which a record begins.
        max_bytes: How much of a block is held; a longer one is cut and read past.
    """
    with path.open("rb") as file:
        size = path.stat().st_size
        while start < size:
            scan = _Scan(file, start, size, max_bytes)
            yield from scan.records()
            start = scan.end


def read_record(path: Path, offset: int, *, max_bytes: int = MAX_BLOCK) -> WarcRecord:
    """Read the record that begins at an offset.

    Raises:
        BadRecord: The file is not there, or no whole record begins there.
    """
    try:
        found = next(read_records(path, start=offset, max_bytes=max_bytes), None)
    except OSError as error:
        raise BadRecord(path, offset, error.strerror or str(error)) from error
    if found is None or isinstance(found, Damage):
        reason = found.reason if found else Flaw.NO_RECORD
        raise BadRecord(path, offset, reason)
    return found


class _Scan:
    """One stretch of a file: a gzip member, or a record without compression.

    Attributes:
        end: Where the next stretch begins; known when all records are read.
    """

    def __init__(self, file: BinaryIO, offset: int, size: int, max_bytes: int) -> None:
        """Take the file and where in it to read."""
        self._file, self._offset, self._size = file, offset, size
        self._max_bytes = max_bytes
        self._url = ""
        self.end = size

    def records(self) -> Iterator[WarcRecord | Damage]:
        """Read what is there; where that fails, find the next stretch."""
        try:
            yield from self._stretch()
        except Unreadable as error:
            self.end = find_start(self._file, self._offset + 1)
            yield self._damage(error.flaw, self.end - self._offset)

    def _stretch(self) -> Iterator[WarcRecord | Damage]:
        """Read a gzip member or a plain record, by what it begins with."""
        self._file.seek(self._offset)
        begin = self._file.read(len(PLAIN))
        if begin.startswith(GZIP):
            yield from self._member()
        elif begin == PLAIN:
            feed = Feed(plain_bytes(self._file, self._offset))
            record = self._record(feed, covered=False)
            self.end = self._offset + feed.taken
            yield replace(record, length=feed.taken)
        else:
            raise Unreadable(Flaw.NO_RECORD)

    def _member(self) -> Iterator[WarcRecord | Damage]:
        """Read the records of a gzip member; the last when its checksum is right."""
        member = GzipMember(self._file, self._offset)
        feed = Feed(member.inflated())
        alone = True
        while feed.has(1):
            record = self._record(feed, covered=True)
            alone = alone and not feed.has(1)
            yield replace(record, length=member.end - self._offset if alone else 0)
            alone = False
        self.end = member.end

    def _record(self, feed: Feed, *, covered: bool) -> WarcRecord | Damage:
        """Read one record and the line ends behind it.

        Args:
            feed: Stands at its first byte.
            covered: Whether a checksum outside of the record covers it.
        """
        head = feed.through(BLANK_LINE, _MAX_HEAD)
        if not head.startswith(PLAIN):
            raise Unreadable(Flaw.NO_RECORD)
        fields = parse_fields(head)
        self._url = field_of(fields, "WARC-Target-URI").strip("<>")
        digester = Digester(field_of(fields, "WARC-Block-Digest"))
        block, cut = self._block(feed, self._length(fields, covered=covered), digester)
        record = WarcRecord(
            offset=self._offset, length=0, fields=fields, block=block, cut=cut
        )
        feed.skip_line_ends()
        ended = not feed.has(1) or feed.begins(PLAIN)
        verdict = digester.verdict
        if verdict is None and not covered:
            verdict = _payload_verdict(record)
        if not (ended or verdict):
            raise Unreadable(Flaw.WRONG_LENGTH)
        return self._damage(Flaw.WRONG_DIGEST, 0) if verdict is False else record

    def _length(self, fields: Fields, *, covered: bool) -> int:
        """Read how long the block is."""
        text = field_of(fields, "Content-Length")
        if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
            raise Unreadable(Flaw.NO_LENGTH)
        if not covered and int(text) > self._size - self._offset:
            raise Unreadable(Flaw.FILE_ENDS)
        return int(text)

    def _block(self, feed: Feed, length: int, digester: Digester) -> tuple[bytes, bool]:
        """Read the block as far as it is wanted, and on to its end."""
        block = bytearray()
        for piece in feed.pieces(length):
            digester.update(piece)
            block += piece[: max(0, self._max_bytes - len(block))]
        return bytes(block), len(block) < length

    def _damage(self, flaw: Flaw, length: int) -> Damage:
        """Tell of something that cannot be read here."""
        return Damage(offset=self._offset, length=length, reason=flaw, url=self._url)


def _payload_verdict(record: WarcRecord) -> bool | None:
    """Hold the payload against its digest, in each way that tools count it."""
    wanted = record.get("WARC-Payload-Digest")
    partial = record.get("WARC-Truncated") or record.get("WARC-Segment-Number")
    if record.cut or partial or record.type in _NO_PAYLOAD or not wanted:
        return None
    response = record.response
    bodies = [record.block if response is None else response.body]
    if response:
        bodies += [unchunked(response).body, payload_of(response, MAX_BLOCK).body]
    verdicts = [_verdict(wanted, body) for body in bodies]
    return None if None in verdicts else any(verdicts)


def _verdict(wanted: str, body: bytes) -> bool | None:
    """Hold bytes against a digest."""
    digester = Digester(wanted)
    digester.update(body)
    return digester.verdict
