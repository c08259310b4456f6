"""Writing captures into the store, and the rule which of them is current.

A document points at the revision of its newest capture. An imported file is the
same capture whenever its bytes are known; a fetched page only when it repeats the
newest one, for a page may change back.
"""

import hashlib
import zlib
from typing import NamedTuple

from pydantic import TypeAdapter

from index.database import Database
from index.document import Capture, Document
from index.errors import CorruptStore
from index.fold import fold

_DOCUMENT = TypeAdapter(Document)


class Change(NamedTuple):
    """The current revision of a document before and after a capture."""

    before: int | None
    after: int


def text_fingerprint(document: Document) -> str:
    """Name a document's text so that copies in either script and any spacing agree.

    A document without a single letter or digit agrees with none but itself.
    """
    letters = "".join(filter(str.isalnum, fold(document.text))) or document.id
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def put_capture(
    database: Database, document: Document, capture: Capture, cleaner: str
) -> Change:
    """Add a capture and its cleaned text; to be called within a transaction."""
    revision = _put_revision(database, document)
    before = current_revision(database, document.id)
    _put_capture(database, (document.id, revision), capture, cleaner)
    after = _number(
        database,
        "SELECT revision FROM captures WHERE document = ? ORDER BY seq DESC LIMIT 1",
        document.id,
    )
    if before != after:
        _make_current(database, read_revision(database, after), after)
    return Change(before, after)


def current_revision(database: Database, document_id: str) -> int | None:
    """Tell the current revision of a document, ``None`` where there is none."""
    row = database.row("SELECT revision FROM documents WHERE id = ?", document_id)
    return None if row is None else int(row[0])


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


def _put_revision(database: Database, document: Document) -> int:
    """Store the cleaned text once; return its number."""
    body = _DOCUMENT.dump_json(document)
    digest = hashlib.sha256(body).hexdigest()
    database.rows(
        "INSERT OR IGNORE INTO revisions (document, digest, body) VALUES (?, ?, ?)",
        document.id,
        digest,
        zlib.compress(body),
    )
    return _number(
        database,
        "SELECT seq FROM revisions WHERE document = ? AND digest = ?",
        document.id,
        digest,
    )


def _put_capture(
    database: Database, pointer: tuple[str, int], capture: Capture, cleaner: str
) -> None:
    """Add the capture, or point the one that has the same bytes at the revision."""
    document_id, revision = pointer
    rows = database.rows(
        "SELECT seq, digest FROM captures WHERE document = ? ORDER BY seq DESC",
        document_id,
    )
    candidates = rows if capture.status is None else rows[:1]
    same = [seq for seq, digest in candidates if digest == capture.digest]
    if same:
        database.rows(
            "UPDATE captures SET revision = ?, cleaner = ? WHERE seq = ?",
            revision,
            cleaner,
            same[0],
        )
        return
    database.rows(
        "INSERT INTO captures (document, revision, at, status, digest, origin,"
        " cleaner) VALUES (?, ?, ?, ?, ?, ?, ?)",
        *pointer,
        *(capture.at, capture.status, capture.digest, capture.origin),
        cleaner,
    )


def _make_current(database: Database, document: Document, revision: int) -> None:
    """Make a revision the current one of its document, and count the change."""
    database.rows(
        "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *(document.id, document.url, document.site, document.year),
        *(document.script.value, document.completeness.complete),
        *(revision, text_fingerprint(document)),
    )
    database.rows(
        "INSERT INTO meta VALUES ('changes', '1')"
        " ON CONFLICT (key) DO UPDATE SET value = value + 1"
    )


def _number(database: Database, sql: str, *values: object) -> int:
    """Read the number of a row that was just written.

    Raises:
        CorruptStore: It is not there.
    """
    row = database.row(sql, *values)
    if row is None:
        raise CorruptStore(database.path, "a row just written is missing")
    return int(row[0])
