"""What all documents say of themselves, without their texts, read in one go.

A revision is JSON with the blocks last of what matters here; so a few hundred bytes of
each are read and unpacked. 100,000 documents take some two seconds.
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import Final

from pydantic import TypeAdapter, ValidationError

from index.database import Database
from index.document import Document
from index.errors import CorruptStore
from index.revisions import read_revision

_DOCUMENT: Final = TypeAdapter(Document)
_BLOCKS: Final = b'"blocks":['
_BATCH: Final = 4000
_READ: Final = 2048
"""Bytes of a packed revision; heads take some 400."""


def read_heads(
    database: Database, revisions: Sequence[int]
) -> Iterator[tuple[int, Document]]:
    """Give revisions without their blocks.

    What is missing or damaged is left out; ``wensu check`` names it.
    """
    for start in range(0, len(revisions), _BATCH):
        some = revisions[start : start + _BATCH]
        marks = ", ".join("?" * len(some))
        rows = database.rows(
            f"SELECT seq, substr(body, 1, {_READ}) FROM revisions"  # noqa: S608
            f" WHERE seq IN ({marks})",
            *some,
        )
        for seq, body in rows:
            head = _head(body) or _whole(database, seq)
            if head:
                yield seq, head


def _whole(database: Database, seq: int) -> Document | None:
    """Read a revision whose head is longer than what was read, if it can be read."""
    try:
        return read_revision(database, seq)
    except CorruptStore:
        return None


def _head(body: bytes) -> Document | None:
    """Read the head of a packed revision of which only the beginning is given."""
    try:
        plain = zlib.decompressobj().decompress(body)
        return _DOCUMENT.validate_json(plain[: plain.index(_BLOCKS)] + _BLOCKS + b"]}")
    except (zlib.error, ValidationError, ValueError):
        return None  # the whole of it is to be read
