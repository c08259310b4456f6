"""Revisions: cleaned documents as the store keeps them, compressed JSON."""

import hashlib
import zlib
from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from index.database import Database
from index.document import Document
from index.errors import CorruptStore

_DOCUMENT: Final = TypeAdapter(Document)


def put_revision(database: Database, document: Document) -> int:
    """Store a cleaned text once; return its number."""
    body = _DOCUMENT.dump_json(document)
    digest = hashlib.sha256(body).hexdigest()
    database.rows(
        "INSERT OR IGNORE INTO revisions (document, digest, body) VALUES (?, ?, ?)",
        document.id,
        digest,
        zlib.compress(body),
    )
    return database.number(
        "SELECT seq FROM revisions WHERE document = ? AND digest = ?",
        document.id,
        digest,
    )


def read_revision(database: Database, seq: int) -> Document:
    """Read a revision by its number.

    Raises:
        CorruptStore: There is no such revision, or it cannot be read.
    """
    body = read_body(database, seq)
    with database.errors():
        return parse_body(body)


def say_the_same(database: Database, one: int, other: int) -> bool:
    """Tell whether two revisions have the same title and text."""
    if one == other:
        return True
    first, second = read_revision(database, one), read_revision(database, other)
    return (first.title, first.text) == (second.title, second.text)


def read_body(database: Database, seq: int) -> bytes:
    """Read a revision as it is stored.

    Raises:
        CorruptStore: There is no such revision.
    """
    return read_bodies(database, (seq,))[0]


def read_bodies(database: Database, seqs: Sequence[int]) -> list[bytes]:
    """Read revisions as they are stored.

    Raises:
        CorruptStore: There is none of a number.
    """
    marks = ", ".join("?" * len(seqs))
    rows = database.rows(
        f"SELECT seq, body FROM revisions WHERE seq IN ({marks})",  # noqa: S608
        *seqs,
    )
    bodies = dict(rows)
    for seq in seqs:
        if seq not in bodies:
            raise CorruptStore(database.path, f"revision {seq} is missing")
    return [bodies[seq] for seq in seqs]


def parse_body(body: bytes) -> Document:
    """Make the document of what ``read_body`` gave."""
    return _DOCUMENT.validate_json(zlib.decompress(body))
