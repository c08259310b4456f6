"""Facts about the memory that a mapped index keeps resident."""

from pathlib import Path

import numpy as np
import pytest

from index.codec.container import Container, ContainerWriter
from index.codec.segment_file import SegmentFile
from search.residence import resident_bytes, trim

SIZE = 64 << 20


@pytest.fixture
def file(tmp_path: Path) -> SegmentFile:
    """Make what has a large file behind it, and have all of it resident."""
    with ContainerWriter(tmp_path / "large") as out:
        out.put("numbers", np.arange(SIZE // 8, dtype="<u8"))
    found = SegmentFile.__new__(SegmentFile)
    found.container = Container(tmp_path / "large")
    assert found.container.get("numbers").sum() == sum_of_numbers()
    return found


def sum_of_numbers() -> int:
    """Add up what is in the file."""
    count = SIZE // 8
    return count * (count - 1) // 2


def test_large_index_is_let_go_and_read_again(file: SegmentFile) -> None:
    """What is mapped leaves the resident memory, and nothing is lost."""
    before = resident_bytes()
    assert trim([file], limit_bytes=SIZE // 2)
    assert resident_bytes() < before - SIZE // 2
    assert file.container.get("numbers").sum() == sum_of_numbers()


@pytest.mark.parametrize("limit_bytes", [2 * SIZE, 1 << 50])
def test_what_is_small_enough_stays(file: SegmentFile, limit_bytes: int) -> None:
    """Nothing is let go of an index below the limit."""
    before = resident_bytes()
    assert not trim([file], limit_bytes)
    assert resident_bytes() > before - SIZE // 2
