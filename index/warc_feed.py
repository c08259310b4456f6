"""Bytes of a WARC file in order, and where in it a record may begin."""

import re
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO

GZIP = b"\x1f\x8b\x08"  # RFC 1952 section 2.3.1; no method but deflate is in use
PLAIN = b"WARC/"
_GZIP_FORMAT = zlib.MAX_WBITS + 16
_STEP = 16_384
_WINDOW = 1_048_576
_OVERLAP = 64  # longer than what _START matches
_LOOK = 512  # of a member, to see what it begins with: a file name may come first
_START = re.compile(rb"\x1f\x8b\x08|WARC/[01]\.\d{1,3}\r?\n[A-Za-z-]{1,30}:")


class Flaw(StrEnum):
    """What is wrong with a stretch of a WARC file, in words."""

    NO_RECORD = "no record begins here"
    ENDLESS_HEAD = "the head of its record does not end"
    NO_LENGTH = "the length of its record cannot be read"
    WRONG_LENGTH = "its record does not end where it says"
    TOO_SHORT = "it ends before its record does"
    FILE_ENDS = "the file ends before it does"
    BAD_GZIP = "its gzip member is damaged"
    WRONG_DIGEST = "its content is not what its digest says"


class Unreadable(Exception):  # noqa: N818 (a stretch of a file, not the program)
    """What is being read is damaged; the message is its ``Flaw``."""

    def __init__(self, flaw: Flaw) -> None:
        """Keep what is wrong."""
        self.flaw = flaw
        super().__init__(flaw)


class Feed:
    """Takes pieces that come as they come, and gives as many bytes as are wanted.

    Attributes:
        taken: How many bytes it gave.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Take the pieces; none is read yet."""
        self._pieces = pieces
        self._held = bytearray()
        self.taken = 0

    def has(self, count: int) -> bool:
        """Tell whether so many bytes are left."""
        while len(self._held) < count:
            piece = next(self._pieces, b"")
            if not piece:
                return False
            self._held += piece
        return True

    def begins(self, with_: bytes) -> bool:
        """Tell whether these bytes come next."""
        return self.has(len(with_)) and self._held.startswith(with_)

    def through(self, pattern: re.Pattern[bytes], limit: int) -> bytes:
        """Give everything up to the end of a pattern.

        Raises:
            Unreadable: It does not come within the limit.
        """
        while not (found := pattern.search(self._held, 0, limit)):
            if len(self._held) >= limit or not self.has(len(self._held) + 1):
                raise Unreadable(Flaw.ENDLESS_HEAD)
        return self._take(found.end())

    def pieces(self, count: int) -> Iterator[bytes]:
        """Give so many bytes, piece by piece.

        Raises:
            Unreadable: There are fewer.
        """
        while count:
            if not self.has(1):
                raise Unreadable(Flaw.TOO_SHORT)
            piece = self._take(min(count, len(self._held)))
            count -= len(piece)
            yield piece

    def skip_line_ends(self) -> None:
        """Leave out the line ends that come next."""
        while self.has(1) and self._held[0] in b"\r\n":
            self._take(len(self._held) - len(self._held.lstrip(b"\r\n")))

    def _take(self, count: int) -> bytes:
        """Give what is held already."""
        given = bytes(self._held[:count])
        del self._held[:count]
        self.taken += count
        return given


class GzipMember:
    """One member of a gzip file.

    Attributes:
        end: Where in the file it ends; known when all of it is inflated.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        """Take the file and where in it the member begins."""
        self._file = file
        self.end = offset

    def inflated(self) -> Iterator[bytes]:
        """Inflate it piece by piece; an error comes before its last piece ends.

        Raises:
            Unreadable: It is damaged, its checksum is wrong, or the file ends first.
        """
        engine = zlib.decompressobj(wbits=_GZIP_FORMAT)
        self._file.seek(self.end)
        while not engine.eof:
            raw = engine.unconsumed_tail or self._file.read(_STEP)
            if not raw:
                raise Unreadable(Flaw.FILE_ENDS)
            try:
                piece = engine.decompress(raw, _STEP)
            except zlib.error as error:
                raise Unreadable(Flaw.BAD_GZIP) from error
            if piece:
                yield piece
        self.end = self._file.tell() - len(engine.unused_data)


def plain_bytes(file: BinaryIO, offset: int) -> Iterator[bytes]:
    """Read a file on from an offset."""
    file.seek(offset)
    while piece := file.read(_STEP):
        yield piece


def find_start(file: BinaryIO, begin: int) -> int:
    """Find the next offset at which a record seems to begin, or the file's end."""
    while True:
        file.seek(begin)
        window = file.read(_WINDOW)
        for found in _START.finditer(window):
            offset = begin + found.start()
            if found[0] != GZIP or _holds_record(file, offset):
                return offset
        if len(window) < _WINDOW:
            return begin + len(window)
        begin += len(window) - _OVERLAP


def _holds_record(file: BinaryIO, offset: int) -> bool:
    """Tell whether what looks like a gzip member inflates to a record."""
    file.seek(offset)
    try:
        engine = zlib.decompressobj(wbits=_GZIP_FORMAT)
        return engine.decompress(file.read(_LOOK), len(PLAIN)) == PLAIN
    except zlib.error:
        return False
