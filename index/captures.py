"""Writing captures into the store, and the rule which of them is current.

A document points at the revision of its newest capture, by the time of capturing,
whenever it came into the store. An imported file is the same capture whenever its
bytes are known; a fetched page only when it repeats the newest capture of its time,
for a page may change back, or be fetched again unchanged. What is current is that
revision without the template of its site, where one was learnt
(``index.site_template``).
"""

from typing import NamedTuple

from index.database import Database
from index.document import Capture, Document
from index.errors import CorruptStore
from index.revisions import put_revision, read_revision
from index.settling import put_text
from index.site_template import without_template
from index.template_tables import count_blocks, template_of


class Change(NamedTuple):
    """The cleaned revision of a document before and after a capture."""

    before: int | None
    after: int


def put_capture(
    database: Database, document: Document, capture: Capture, cleaner: str
) -> Change:
    """Add a capture and its cleaned text; to be called within a transaction."""
    revision = put_revision(database, document)
    before = cleaned_revision(database, document.id)
    _put_capture(database, (document.id, revision), capture, cleaner)
    after = cleaned_revision(database, document.id)
    if after is None:
        raise CorruptStore(database.path, "a capture just written is missing")
    if before != after:
        newest = document if after == revision else read_revision(database, after)
        count_blocks(database, newest)
        _show(database, newest, after)
    return Change(before, after)


def is_known(database: Database, page: tuple[str, str, str], at: str | None) -> bool:
    """Tell whether digest, origin and cleaner are those of a page seen before.

    Args:
        database: The store.
        page: Its digest, origin and the cleaner that is in use.
        at: When it was captured; ``None`` for now.
    """
    row = database.row(
        "SELECT 1 FROM captures WHERE digest = ?1 AND cleaner = ?3"
        " AND (status IS NULL OR (at = ?4 AND origin = ?2) OR ?4 IS NULL AND seq ="
        " (SELECT seq FROM captures WHERE origin = ?2"
        " ORDER BY at DESC, seq DESC LIMIT 1))"
        " UNION SELECT 1 FROM skipped"
        " WHERE digest = ?1 AND origin = ?2 AND cleaner = ?3",
        *(*page, at),
    )
    return row is not None


def revision_cleaned(database: Database, page: tuple[str, str, str]) -> int | None:
    """Tell what a cleaner made of the bytes of an address: digest, origin, cleaner."""
    row = database.row(
        "SELECT revision FROM captures"
        " WHERE digest = ? AND origin = ? AND cleaner = ? LIMIT 1",
        *page,
    )
    return None if row is None else int(row[0])


def cleaned_revision(database: Database, document_id: str) -> int | None:
    """Tell the revision that a document's newest capture gave."""
    row = database.row(
        "SELECT revision FROM captures WHERE document = ?"
        " ORDER BY at DESC, seq DESC LIMIT 1",
        document_id,
    )
    return None if row is None else int(row[0])


def show_current(database: Database, document_id: str) -> None:
    """Make the newest cleaned text, less its site's template, the current one.

    Raises:
        CorruptStore: There is no capture, or its text cannot be read.
    """
    cleaned = cleaned_revision(database, document_id)
    if cleaned is None:
        raise CorruptStore(database.path, f"{document_id} has no capture")
    _show(database, read_revision(database, cleaned), cleaned)


def _show(database: Database, document: Document, cleaned: int) -> None:
    """Make a cleaned text, less its site's template, the current one."""
    shown = without_template(document, template_of(database, document.site))
    revision = cleaned if shown is document else put_revision(database, shown)
    if revision != current_revision(database, document.id):
        _make_current(database, shown, revision)


def current_revision(database: Database, document_id: str) -> int | None:
    """Tell the current revision of a document, ``None`` where there is none."""
    row = database.row("SELECT revision FROM documents WHERE id = ?", document_id)
    return None if row is None else int(row[0])


def _put_capture(
    database: Database, pointer: tuple[str, int], capture: Capture, cleaner: str
) -> None:
    """Add the capture, or point the one that has the same bytes at the revision."""
    document_id, revision = pointer
    same = database.row(
        "SELECT seq FROM captures WHERE document = ?1 AND digest = ?2"
        " AND (?3 IS NULL OR at = ?4 AND seq = (SELECT seq FROM captures"
        " WHERE document = ?1 AND at <= ?4 ORDER BY at DESC, seq DESC LIMIT 1))"
        " ORDER BY at DESC, seq DESC LIMIT 1",
        *(document_id, capture.digest, capture.status, capture.at),
    )
    if same:
        database.rows(
            "UPDATE captures SET revision = ?, cleaner = ?, encoding = ?,"
            " declared = ?, replaced = ? WHERE seq = ?",
            *(revision, cleaner, capture.encoding, capture.declared),
            *(capture.replaced, same[0]),
        )
        return
    database.rows(
        "INSERT INTO captures (document, revision, at, status, digest, origin,"
        " cleaner, encoding, declared, replaced)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *pointer,
        *(capture.at, capture.status, capture.digest, capture.origin, cleaner),
        *(capture.encoding, capture.declared, capture.replaced),
    )


def _make_current(database: Database, document: Document, revision: int) -> None:
    """Make a revision the current one of its document, and count the change."""
    database.rows(
        "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(document.id, document.url, document.site, document.year),
        *(document.script.value, document.completeness.complete, revision),
    )
    put_text(database, document, revision)
    database.rows(
        "INSERT INTO meta VALUES ('changes', '1')"
        " ON CONFLICT (key) DO UPDATE SET value = value + 1"
    )
