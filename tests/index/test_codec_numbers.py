"""Facts about columns of numbers on disk."""

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.numbers import pack, pack_ascending, unpack, unpack_ascending

NUMBERS = st.lists(
    st.one_of(st.integers(0, 300), st.integers(0, 1 << 20), st.integers(0, 1 << 62))
)


@given(NUMBERS)
def test_numbers_come_back(numbers: list[int]) -> None:
    """Reading gives what was written, whatever the width."""
    assert unpack(pack(np.asarray(numbers, np.int64))).tolist() == numbers


@given(NUMBERS.map(sorted))
def test_ascending_numbers_come_back(numbers: list[int]) -> None:
    """Differences add up to what was written."""
    written = pack_ascending(np.asarray(numbers, np.int64))
    assert unpack_ascending(written).tolist() == numbers


def test_bytes_are_what_the_format_says() -> None:
    """The width, then the low bytes of all numbers, then their high bytes."""
    content = pack(np.asarray([1, 258, 3])).tobytes()
    assert content[0] == 2
    assert [*zlib.decompress(content[1:])] == [1, 2, 3, 0, 1, 0]
    assert pack(np.asarray([255]))[0] == 1
    assert pack(np.asarray([1 << 16]))[0] == 4
    assert pack(np.asarray([1 << 32]))[0] == 8


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x03" + zlib.compress(b"abc"),
        b"\x02" + zlib.compress(b"abc"),
        b"\x01" + zlib.compress(b"abc")[:-2],
        b"\x01abc",
    ],
    ids=["nothing", "no width", "half a number", "torn", "no zlib"],
)
def test_damaged_numbers_are_refused(content: bytes) -> None:
    """What cannot have been written is no numbers."""
    with pytest.raises(ValueError, match=r"number|Error"):
        unpack(np.frombuffer(content, np.uint8))
