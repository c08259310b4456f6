"""Facts about the file of a segment: whole or refused."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.codec.container import MAGIC, Container, ContainerWriter, DamagedFile

LONG = 100_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write a file of two sections, one of them long."""
    path = tmp_path / "file"
    with ContainerWriter(path) as out:
        out.put("short", np.asarray([1, 2, 258], "<u2"))
        out.put("long", np.arange(LONG, dtype="<u4"))
    return path


def test_file_is_what_its_format_says(tmp_path: Path) -> None:
    """A file of one small section, byte by byte."""
    path = tmp_path / "file"
    with ContainerWriter(path) as out:
        out.put("ab", np.asarray([1, 2, 258], "<u2"))
    numbers = bytes([1, 0, 2, 0, 2, 1])
    table = struct.pack("<24s4sIQQ", b"ab", b"<u2", zlib.crc32(numbers), 16, 6)
    expected = [
        MAGIC + struct.pack("<Q", 1),
        numbers + bytes(2),
        table,
        struct.pack("<QII", 24, 1, zlib.crc32(table)) + MAGIC,
    ]
    assert path.read_bytes() == b"".join(expected)


def test_sections_come_back(path: Path) -> None:
    """Arrays keep type and numbers, and all checksums hold."""
    file = Container(path)
    assert file.get("short").tolist() == [1, 2, 258]
    assert file.get("long").dtype == np.dtype("<u4")
    assert (file.get("long") == np.arange(LONG)).all()
    assert file.bytes_by_section() == {"short": 6, "long": 4 * LONG}
    file.verify()


def test_nothing_appears_before_it_is_whole(tmp_path: Path) -> None:
    """A writer that fails leaves no file, not even an unfinished one."""
    error = "stop"

    def fail() -> None:
        with ContainerWriter(tmp_path / "f") as out:
            out.put("a", np.zeros(3, np.uint8))
            assert not (tmp_path / "f").exists()
            raise RuntimeError(error)

    with pytest.raises(RuntimeError, match=error):
        fail()
    assert list(tmp_path.iterdir()) == []


def cut(data: bytes) -> bytes:
    """Lose the end."""
    return data[:-1]


def half(data: bytes) -> bytes:
    """Lose half."""
    return data[: len(data) // 2]


def empty(_: bytes) -> bytes:
    """Lose all."""
    return b""


def foreign(data: bytes) -> bytes:
    """Be something else."""
    return b"%PDF-1.7" + data[8:]


def newer(data: bytes) -> bytes:
    """Be of a later version."""
    return data[:8] + b"\2" + data[9:]


def small_garbled(data: bytes) -> bytes:
    """Have another byte in the short section."""
    return data[:16] + b"\7" + data[17:]


def table_garbled(data: bytes) -> bytes:
    """Have another byte in the table."""
    return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]


@pytest.mark.parametrize(
    "damage", [cut, half, empty, foreign, newer, small_garbled, table_garbled]
)
def test_damaged_file_is_refused(path: Path, damage: Callable[[bytes], bytes]) -> None:
    """Torn, foreign, newer or garbled: opening says so."""
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DamagedFile):
        Container(path)


def test_long_sections_are_checked_on_request(path: Path) -> None:
    """Opening does not read them; ``verify`` does."""
    data = bytearray(path.read_bytes())
    data[LONG] ^= 1
    path.write_bytes(data)
    file = Container(path)
    with pytest.raises(DamagedFile, match="section long"):
        file.verify()


def test_missing_section_is_an_error(path: Path) -> None:
    """A file without what is needed is not taken for an empty one."""
    with pytest.raises(DamagedFile, match="has no section other"):
        Container(path).get("other")
