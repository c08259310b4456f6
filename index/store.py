"""Documents on disk: one SQLite file, read and written nowhere else.

Nothing is overwritten. A document points at its current *revision*, the cleaned
text as JSON; a *capture* is one fetch or import and points at the revision its
page gave; the page's bytes are a *payload*, kept once by digest. An index names
the revision it was built from, so snippets always come from the text that was
indexed, whatever was ingested since.

::

    meta       key, value                    schema version
    documents  id, url, site, year, script,  for counts
               complete, revision,           current revision
               fingerprint                   equal for copies of one text
    revisions  seq, document, digest, body   zlib(JSON of index.document.Document)
    captures   seq, document, revision, at, status, digest, origin, cleaner
    payloads   digest, body                  zlib(bytes as fetched)
    skipped    origin, digest, reason, detail, at
"""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter

from index.database import Database
from index.document import Capture, Document
from index.errors import CorruptStore, UnknownDocument
from index.fold import fold

_DOCUMENT = TypeAdapter(Document)


class Outcome(StrEnum):
    """What storing a page changed."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedPage:
    """A page that yielded no document.

    Attributes:
        origin: Address or file name.
        digest: Digest over its bytes.
        reason: Short stable word, such as ``no-text``.
        detail: One sentence for the user.
        at: When, ISO 8601 in UTC.
    """

    origin: str
    digest: str
    reason: str
    detail: str
    at: str


def payload_digest(payload: bytes) -> str:
    """Name a payload by its SHA-256."""
    return f"sha256:{hashlib.sha256(payload).hexdigest()}"


def text_fingerprint(text: str) -> str:
    """Name a text so that copies in either script and any spacing are equal."""
    letters = "".join(filter(str.isalnum, fold(text)))
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Store:
    """The documents of one archive; safe to share between threads."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the store.

        Args:
            path: The SQLite file.
            create: Make file and folder when they are missing.

        Raises:
            StoreMissing: There is no store and ``create`` is off.
            CorruptStore: The file is not a store of this version.
        """
        self._database = Database(path, create=create)

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._database.close()

    # -- writing -----------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything written inside at once, or nothing of it."""
        with self._database.errors(), self._database.connection:
            yield

    def put(
        self, document: Document, capture: Capture, payload: bytes, cleaner: str
    ) -> Outcome:
        """Store a cleaned page as a capture of its document.

        Args:
            document: The cleaned page.
            capture: When and from where it came.
            payload: Its bytes.
            cleaner: Version of the cleaner, to know pages that need no new look.

        Returns:
            What changed; an unchanged text may still have added a capture.
        """
        with self._database.errors():
            revision = self._put_revision(document)
            before = self._current(document.id)
            self._put_capture(document.id, revision, capture, cleaner)
            self._database.connection.execute(
                "INSERT OR IGNORE INTO payloads VALUES (?, ?)",
                (capture.digest, zlib.compress(payload)),
            )
            self._database.connection.execute(
                "DELETE FROM skipped WHERE origin = ?", (capture.origin,)
            )
            after = self._refresh(document)
        if before is None:
            return Outcome.NEW
        return Outcome.UNCHANGED if before == after else Outcome.CHANGED

    def _put_revision(self, document: Document) -> int:
        """Store the cleaned text once; return its number."""
        body = _DOCUMENT.dump_json(document)
        digest = hashlib.sha256(body).hexdigest()
        self._database.connection.execute(
            "INSERT OR IGNORE INTO revisions (document, digest, body) VALUES (?, ?, ?)",
            (document.id, digest, zlib.compress(body)),
        )
        row = self._database.connection.execute(
            "SELECT seq FROM revisions WHERE document = ? AND digest = ?",
            (document.id, digest),
        ).fetchone()
        return int(row[0])

    def _put_capture(
        self, document_id: str, revision: int, capture: Capture, cleaner: str
    ) -> None:
        """Add the capture, or refresh the one that has the same bytes.

        An imported file is the same capture whenever its bytes are known; a
        fetched page only when it repeats the newest capture, for a page may
        change back.
        """
        rows = self._database.connection.execute(
            "SELECT seq, digest FROM captures WHERE document = ? ORDER BY seq DESC",
            (document_id,),
        ).fetchall()
        candidates = rows if capture.status is None else rows[:1]
        for seq, digest in candidates:
            if digest == capture.digest:
                self._database.connection.execute(
                    "UPDATE captures SET revision = ?, cleaner = ? WHERE seq = ?",
                    (revision, cleaner, seq),
                )
                return
        self._database.connection.execute(
            "INSERT INTO captures (document, revision, at, status, digest, origin,"
            " cleaner) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                document_id,
                revision,
                capture.at,
                capture.status,
                capture.digest,
                capture.origin,
                cleaner,
            ),
        )

    def _current(self, document_id: str) -> int | None:
        """Tell the current revision of a document."""
        row = self._database.connection.execute(
            "SELECT revision FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return None if row is None else int(row[0])

    def _refresh(self, document: Document) -> int:
        """Point the document at the revision of its newest capture."""
        (revision,) = self._database.connection.execute(
            "SELECT revision FROM captures WHERE document = ? ORDER BY seq DESC",
            (document.id,),
        ).fetchone()
        current = self.revision(revision)
        self._database.connection.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                current.id,
                current.url,
                current.site,
                current.year,
                str(current.script),
                current.completeness.complete,
                revision,
                text_fingerprint(current.text),
            ),
        )
        return int(revision)

    def skip(self, page: SkippedPage, cleaner: str) -> None:
        """Record a page that yielded no document."""
        with self._database.errors():
            self._database.connection.execute(
                "INSERT OR REPLACE INTO skipped VALUES (?, ?, ?, ?, ?, ?)",
                (page.origin, page.digest, page.reason, page.detail, page.at, cleaner),
            )

    # -- reading -----------------------------------------------------------

    def is_known(self, digest: str, origin: str, cleaner: str) -> bool:
        """Tell whether these bytes were already cleaned by this cleaner."""
        with self._database.errors():
            row = self._database.connection.execute(
                "SELECT 1 FROM captures WHERE digest = ? AND cleaner = ? UNION"
                " SELECT 1 FROM skipped WHERE digest = ? AND cleaner = ?"
                " AND origin = ?",
                (digest, cleaner, digest, cleaner, origin),
            ).fetchone()
        return row is not None

    def get(self, document_id: str) -> Document:
        """Return the current text of a document.

        Raises:
            UnknownDocument: There is none with this id.
        """
        with self._database.errors():
            seq = self._current(document_id)
            if seq is None:
                raise UnknownDocument(document_id)
            return self.revision(seq)

    def revision(self, seq: int) -> Document:
        """Return a revision by its number.

        Raises:
            CorruptStore: There is no such revision.
        """
        with self._database.errors():
            row = self._database.connection.execute(
                "SELECT body FROM revisions WHERE seq = ?", (seq,)
            ).fetchone()
            if row is None:
                raise CorruptStore(self._database.path, f"revision {seq} is missing")
            return _DOCUMENT.validate_json(zlib.decompress(row[0]))

    def revisions(self) -> dict[str, int]:
        """Map every document id to its current revision."""
        with self._database.errors():
            return dict(self._database.connection.execute("SELECT id, revision FROM documents"))

    def state(self) -> str:
        """Name the state of the store; it changes with every capture stored."""
        with self._database.errors():
            row = self._database.connection.execute(
                "SELECT (SELECT MAX(seq) FROM revisions), (SELECT MAX(seq) FROM"
                " captures), (SELECT COUNT(*) FROM documents)"
            ).fetchone()
        return "-".join(str(number or 0) for number in row)

    def captures(self, document_id: str) -> tuple[Capture, ...]:
        """List a document's captures, oldest first."""
        with self._database.errors():
            rows = self._database.connection.execute(
                "SELECT at, status, digest, origin FROM captures"
                " WHERE document = ? ORDER BY seq",
                (document_id,),
            ).fetchall()
        return tuple(
            Capture(at=at, status=status, digest=digest, origin=origin)
            for at, status, digest, origin in rows
        )

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes of a capture, ``None`` when there are none."""
        with self._database.errors():
            row = self._database.connection.execute(
                "SELECT body FROM payloads WHERE digest = ?", (digest,)
            ).fetchone()
            return None if row is None else zlib.decompress(row[0])

    def copies(self, document_id: str) -> tuple[Document, ...]:
        """List the other documents that have the same text after folding."""
        with self._database.errors():
            rows = self._database.connection.execute(
                "SELECT other.revision FROM documents AS it JOIN documents AS other"
                " ON other.fingerprint = it.fingerprint AND other.id != it.id"
                " WHERE it.id = ? ORDER BY other.id",
                (document_id,),
            ).fetchall()
        return tuple(self.revision(seq) for (seq,) in rows)

    def from_origin(self, name: str) -> tuple[Document, ...]:
        """List documents without an address that were imported from this file name."""
        with self._database.errors():
            rows = self._database.connection.execute(
                "SELECT DISTINCT documents.revision FROM captures JOIN documents"
                " ON documents.id = captures.document"
                " WHERE origin = ? AND documents.url IS NULL ORDER BY captures.seq",
                (name,),
            ).fetchall()
        return tuple(self.revision(seq) for (seq,) in rows)

    def skipped(self) -> tuple[SkippedPage, ...]:
        """List the pages that yielded no document, by origin."""
        with self._database.errors():
            rows = self._database.connection.execute(
                "SELECT origin, digest, reason, detail, at FROM skipped ORDER BY origin"
            ).fetchall()
        return tuple(
            SkippedPage(origin=origin, digest=digest, reason=reason, detail=detail, at=at)
            for origin, digest, reason, detail, at in rows
        )

    def counts(self) -> dict[str, int]:
        """Count documents, revisions, captures, payloads and skipped pages."""
        return self._database.counts()

    def tallies(self) -> dict[str, dict[str, int]]:
        """Count documents by site, year, script and completeness."""
        return self._database.tallies()

    def damage(self) -> Iterator[str]:
        """Re-read everything stored; yield a sentence for each thing amiss."""
        return self._database.damage()
