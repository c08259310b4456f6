"""Keeping the resident memory of a process that serves a large index in bounds.

What is read of a mapped file stays resident until the system needs the room, and
counts as the process's own although it can be read again from the system's cache. So
from time to time it is let go, when there is too much of it.
"""

from collections.abc import Sequence
from mmap import PAGESIZE
from pathlib import Path
from typing import Final

from index.codec.segment_file import SegmentFile

LIMIT_BYTES: Final = 640 << 20
"""Bytes of mapped files that may stay resident."""

_STATUS: Final = Path("/proc/self/statm")
_SHARED: Final = 2  # Source: proc(5), statm: size, resident, shared, ...


def trim(files: Sequence[SegmentFile], limit_bytes: int = LIMIT_BYTES) -> bool:
    """Let go of what is resident of segments, if it is too much.

    Args:
        files: The segments; a small index is left alone.
        limit_bytes: How much may stay.

    Returns:
        Whether anything was let go.
    """
    if sum(file.container.size_bytes for file in files) <= limit_bytes:
        return False
    if resident_bytes() <= limit_bytes:
        return False
    for file in files:
        file.container.let_go()
    return True


def resident_bytes() -> int:
    """Tell how much of mapped files is resident, 0 where the system does not say."""
    try:
        return int(_STATUS.read_bytes().split()[_SHARED]) * PAGESIZE
    except OSError:
        return 0
