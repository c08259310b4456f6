"""Revisions: cleaned texts as the store keeps them, zlib over JSON."""

import hashlib
import zlib

from pydantic import TypeAdapter

from index.database import Database
from index.document import Document
from index.errors import CorruptStore

_DOCUMENT = TypeAdapter(Document)


def put_revision(database: Database, document: Document) -> int:
    """Store a text once; return its number."""
    body = _DOCUMENT.dump_json(document)
    digest = hashlib.sha256(body).hexdigest()
    database.rows(
        "INSERT OR IGNORE INTO revisions (document, digest, body) VALUES (?, ?, ?)",
        document.id,
        digest,
        zlib.compress(body),
    )
    return number_of(
        database,
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


def read_body(database: Database, seq: int) -> bytes:
    """Read a revision as it is stored.

    Raises:
        CorruptStore: There is no such revision.
    """
    row = database.row("SELECT body FROM revisions WHERE seq = ?", seq)
    if row is None:
        raise CorruptStore(database.path, f"revision {seq} is missing")
    return bytes(row[0])


def parse_body(body: bytes) -> Document:
    """Make the document of what ``read_body`` gave."""
    return _DOCUMENT.validate_json(zlib.decompress(body))


def number_of(database: Database, sql: str, *values: object) -> int:
    """Read the number of a row that must be there.

    Raises:
        CorruptStore: It is not there.
    """
    row = database.row(sql, *values)
    if row is None:
        raise CorruptStore(database.path, "a row that must be there is missing")
    return int(row[0])
