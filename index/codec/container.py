"""A file of named sections, each with its checksum.

::

    8   magic          b"WENSUSEG"
    8   version        u64
    ..  sections       each at a multiple of 8, zeros between them
    ..  table          for each section, 48 bytes:
                       name 24 (ASCII, zeros behind it), dtype 4 (NumPy's name, such
                       as b"<u2"), crc32 u32, offset u64, length u64
    24  trailer        offset of the table u64, sections u32, crc32 of the table u32,
                       magic

All numbers are little-endian. A file that ends early has no trailer and is refused,
and so is one whose table does not fit its checksum. Sections of up to 64 KiB are
checked when the file is opened, longer ones by ``verify``.
"""

import mmap
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, NoReturn, Self

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Longs
from index.codec.numbers import unpack, unpack_ascending

MAGIC: Final = b"WENSUSEG"
VERSION: Final = 1
_HEADER = struct.Struct("<8sQ")
_ENTRY = struct.Struct("<24s4sIQQ")
_TRAILER = struct.Struct("<QII8s")
_ALIGNMENT = 8
_CHECKED_AT_ONCE = 1 << 16

Array = NDArray[np.integer]


class DamagedFile(ValueError):  # noqa: N818 (an error by its base)
    """A file is not what it should be."""

    def __init__(self, name: str, problem: str) -> None:
        """Name the file and what is wrong with it."""
        super().__init__(f"{name}: {problem}")


class _Section(NamedTuple):
    """One line of the table."""

    name: str
    dtype: str
    crc: int
    offset: int
    length: int


class Sections:
    """Sections of a file that are mapped into memory.

    The map outlives the file's name, so that arrays stay good when a later commit
    removes the file.

    Attributes:
        name: The file's name.
        bytes: The file, shape (n_bytes,).
    """

    def __init__(
        self, name: str, content: mmap.mmap, table: Iterable[_Section] = ()
    ) -> None:
        """Take the map of a file, and its table."""
        self.name = name
        self.bytes = np.frombuffer(content, np.uint8)
        self._table = {each.name: each for each in table}

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a section."""
        return name in self._table

    def _find(self, name: str) -> _Section:
        """Find a section.

        Raises:
            DamagedFile: There is none.
        """
        found = self._table.get(name)
        return found or self.refuse(f"has no section {name}")

    def start(self, name: str) -> int:
        """Tell at which byte of the file a section begins."""
        return self._find(name).offset

    def refuse(self, problem: str, cause: Exception | None = None) -> NoReturn:
        """Say what is wrong with this file.

        Raises:
            DamagedFile: Always.
        """
        raise DamagedFile(self.name, problem) from cause

    def numbers(self, name: str, *, ascending: bool = False) -> Longs:
        """Read a section of packed numbers.

        Raises:
            DamagedFile: There is none, or it is damaged.
        """
        content = self.get(name).view(np.uint8)
        try:
            return unpack_ascending(content) if ascending else unpack(content)
        except ValueError as error:
            self.refuse(f"section {name} is damaged: {error}", error)

    def get(self, name: str) -> Array:
        """Give a section as an array, not copied.

        Raises:
            DamagedFile: There is none.
        """
        found = self._find(name)
        part = self.bytes[found.offset : found.offset + found.length]
        return part.view(found.dtype)


class ContainerWriter:
    """Writes sections one after the other; the file appears when it is whole."""

    def __init__(self, path: Path) -> None:
        """Begin a file beside ``path``, which must not exist."""
        self._path = path
        self._fresh = path.with_name(path.name + ".new")
        self._file = self._fresh.open("wb")
        self._file.write(_HEADER.pack(MAGIC, VERSION))
        self._table: list[_Section] = []

    def __enter__(self) -> Self:
        """Write within a ``with``."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the file, or remove what there is of it."""
        if kind is None:
            self._finish()
        else:
            self._file.close()
            self._fresh.unlink()

    def put(self, name: str, array: Array) -> None:
        """Write an array as a section."""
        self.stream(name, array.dtype, [array])

    def stream(
        self, name: str, dtype: np.dtype[np.integer], parts: Iterable[Array]
    ) -> None:
        """Write a section whose array comes in parts."""
        self._file.write(bytes(-self._file.tell() % _ALIGNMENT))
        offset, crc = self._file.tell(), 0
        for part in parts:
            content = np.ascontiguousarray(part).view(np.uint8).data
            crc = zlib.crc32(content, crc)
            self._file.write(content)
        length = self._file.tell() - offset
        self._table.append(_Section(name, _named(dtype), crc, offset, length))

    def so_far(self) -> Sections:
        """Read the sections that are written."""
        self._file.flush()
        with self._fresh.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return Sections(self._path.name, content, self._table)

    def _finish(self) -> None:
        """Write the table, and give the file its name once it is on the disk."""
        self._file.write(bytes(-self._file.tell() % _ALIGNMENT))
        offset = self._file.tell()
        table = b"".join(
            _ENTRY.pack(each.name.encode(), each.dtype.encode(), *each[2:])
            for each in self._table
        )
        self._file.write(table)
        self._file.write(
            _TRAILER.pack(offset, len(self._table), zlib.crc32(table), MAGIC)
        )
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._fresh.rename(self._path)


def _named(dtype: np.dtype[np.integer]) -> str:
    """Name a type of number as the table does."""
    return dtype.newbyteorder("<").str.replace("|", "")


class Container(Sections):
    """Reads sections of a whole file."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            DamagedFile: It is torn, foreign or of another version.
            OSError: It cannot be opened.
        """
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _HEADER.size + _TRAILER.size:
                raise DamagedFile(path.name, "ends too early")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        super().__init__(path.name, self._map)
        self.size_bytes = size
        self._table = {each.name: each for each in self._sections()}
        for each in self._table.values():
            if each.length <= _CHECKED_AT_ONCE:
                self._check(each)

    def _sections(self) -> list[_Section]:
        """Read the table."""
        magic, version = _HEADER.unpack_from(self._map)
        if magic != MAGIC:
            self.refuse("is not a segment of Wensu")
        if version != VERSION:
            self.refuse(f"has version {version}, not {VERSION}")
        end = self.size_bytes - _TRAILER.size
        offset, number, crc, magic = _TRAILER.unpack_from(self._map, end)
        if magic != MAGIC or offset + number * _ENTRY.size != end:
            self.refuse("ends too early")
        table = self._map[offset:end]
        if zlib.crc32(table) != crc:
            self.refuse("its table is damaged")
        return [
            _Section(name.rstrip(b"\0").decode(), dtype.rstrip(b"\0").decode(), *rest)
            for name, dtype, *rest in _ENTRY.iter_unpack(table)
        ]

    def let_go(self) -> None:
        """Let what is resident of the file go; it is read again when it is needed."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def bytes_by_section(self) -> dict[str, int]:
        """Tell how many bytes each section has."""
        return {name: each.length for name, each in self._table.items()}

    def verify(self) -> None:
        """Check every section.

        Raises:
            DamagedFile: One is damaged.
        """
        for each in self._table.values():
            self._check(each)

    def _check(self, section: _Section) -> None:
        """Check one section."""
        part = self.bytes[section.offset : section.offset + section.length]
        if part.size != section.length or zlib.crc32(part.data) != section.crc:
            self.refuse(f"section {section.name} is damaged")
