"""Documents on disk: one SQLite file, read and written nowhere else.

Nothing is overwritten. A document points at its current *revision*, the cleaned
text as JSON; a *capture* is one fetch or import and points at the revision its
page gave; the page's bytes are a *payload*, kept once by digest. An index names
the revision it was built from, so snippets always come from the text that was
indexed, whatever was ingested since. Revisions are numbered from a random place, so
that an index of a store thrown away is never taken for one of the store after it.

::

    meta       key, value                    schema version; count of changes
    documents  id, url, site, year, script,  for counts
               complete, revision            current revision
    revisions  seq, document, digest, body   zlib(JSON of index.document.Document)
    captures   seq, document, revision, at, status, digest, origin, cleaner
    payloads   digest, body                  zlib(bytes), unless in a WARC file of ours
    skipped    origin, digest, reason, detail, at
    site_blocks, templates, ...              see index.template_tables
    warc_records, payload_names              see index.warc_table
    crawls, frontier                         see crawler.frontier
    gone       document, at, status          documents whose page vanished
    texts, postings                          near-duplicates: index.texts
"""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.captures import (
    current_revision,
    is_known,
    put_capture,
    revision_cleaned,
)
from index.crawled import Crawled
from index.database import Database
from index.document import Capture, Document
from index.errors import UnknownDocument
from index.group_check import group_damage
from index.groups import Groups
from index.history import History, KeptCapture
from index.home import Home
from index.revisions import read_bodies, read_body, read_revision, say_the_same
from index.skim import Skimmed, skim
from index.templates import Templates
from index.warc_table import RecordTable


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


class Store:
    """The documents of one archive; safe to share between threads."""

    def __init__(
        self, path: Path, *, create: bool = False, busy_seconds: float = 60.0
    ) -> None:
        """Open the store.

        Args:
            path: The SQLite file.
            create: Make file and folder when they are missing.
            busy_seconds: How long to wait for another process that writes.

        Raises:
            StoreMissing: The file is missing or empty, and ``create`` is off.
            CorruptStore: The file is not a store of this version.
        """
        self._database = Database(path, create=create, busy_seconds=busy_seconds)
        self.templates = Templates(self._database)
        self.records = RecordTable(self._database, Home(path.parent).warc)
        self.crawled = Crawled(self._database)
        self.history = History(self._database)

    @property
    def database(self) -> Database:
        """The file, for those who keep tables of their own in it."""
        return self._database

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._database.close()

    # -- writing -----------------------------------------------------------

    def transaction(self) -> AbstractContextManager[None]:
        """Commit everything written inside at once, or nothing of it.

        What is written outside of one is committed call by call.

        Raises:
            StoreLocked: Another process went on writing.
        """
        return self._database.transaction()

    def put(
        self,
        document: Document,
        capture: Capture,
        payload: bytes | None,
        cleaner: str,
    ) -> Outcome:
        """Store a cleaned page as a capture of its document.

        Args:
            document: The cleaned page.
            capture: When and from where it came.
            payload: Its bytes; ``None`` where the archive's WARC files have them.
            cleaner: Version of the cleaner, to know pages that need no new look.

        Returns:
            What changed; an unchanged text may still have added a capture.
        """
        with self._database.transaction():
            change = put_capture(self._database, document, capture, cleaner)
            if payload is not None:
                self._database.rows(
                    "INSERT OR IGNORE INTO payloads VALUES (?, ?)",
                    capture.digest,
                    zlib.compress(payload),
                )
            self._database.rows(
                "DELETE FROM skipped WHERE origin = ? AND at <= ?",
                capture.origin,
                capture.at,
            )
        if change.before is None:
            return Outcome.NEW
        same = say_the_same(self._database, change.before, change.after)
        return Outcome.UNCHANGED if same else Outcome.CHANGED

    def skip(self, page: SkippedPage, cleaner: str) -> None:
        """Record a page that yielded no document, unless a later capture did."""
        self._database.rows(
            "INSERT OR REPLACE INTO skipped SELECT ?1, ?2, ?3, ?4, ?5, ?6"
            " WHERE NOT EXISTS (SELECT 1 FROM captures WHERE origin = ?1 AND at > ?5)",
            *(page.origin, page.digest, page.reason, page.detail, page.at),
            cleaner,
        )

    # -- reading -----------------------------------------------------------

    def is_known(
        self, digest: str, origin: str, cleaner: str, at: str | None = None
    ) -> bool:
        """Tell whether this cleaner need not look at these bytes again.

        Files are known by their bytes, whatever their name; a page fetched now only
        when it repeats the newest capture of its address, and one that was fetched
        at a time by that time.
        """
        return is_known(self._database, (digest, origin, cleaner), at)

    def cleaned(self, digest: str, origin: str, cleaner: str) -> Document | None:
        """Return what this cleaner made of these bytes of an address, if it did."""
        seq = revision_cleaned(self._database, (digest, origin, cleaner))
        return None if seq is None else self.revision(seq)

    def get(self, document_id: str) -> Document:
        """Return the current text of a document.

        Raises:
            UnknownDocument: There is none with this id.
        """
        seq = current_revision(self._database, document_id)
        if seq is None:
            raise UnknownDocument(document_id)
        return self.revision(seq)

    def revision(self, seq: int) -> Document:
        """Return a revision by its number.

        Raises:
            CorruptStore: There is no such revision, or it cannot be read.
        """
        return read_revision(self._database, seq)

    def skim(self, seqs: Sequence[int]) -> list[Skimmed]:
        """Return revisions by their numbers, as far as a search page shows them.

        Raises:
            CorruptStore: There is no such revision, or it cannot be read.
        """
        bodies = read_bodies(self._database, seqs)
        with self._database.errors():
            return [skim(body, self.path) for body in bodies]

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def body(self, seq: int) -> bytes:
        """Return a revision as it is stored; ``revisions.parse_body`` reads it.

        Raises:
            CorruptStore: There is no such revision.
        """
        return read_body(self._database, seq)

    def revisions(self) -> dict[str, int]:
        """Map every document id to its current revision."""
        return dict(self._database.rows("SELECT id, revision FROM documents"))

    def state(self) -> str:
        """Name the state of the documents; it changes whenever ``revisions`` does."""
        row = self._database.row("SELECT value FROM meta WHERE key = 'changes'")
        return str(row[0]) if row else "0"

    def captures(self, document_id: str) -> tuple[KeptCapture, ...]:
        """List a document's captures, oldest first."""
        return self.history.captures(document_id)

    def payload(self, digest: str) -> bytes | None:
        """Return the bytes of a capture, ``None`` when there are none."""
        row = self._database.row("SELECT body FROM payloads WHERE digest = ?", digest)
        if row is None:
            archived = self.records.payloads(digest)
            return next((it for it in archived if payload_digest(it) == digest), None)
        with self._database.errors():
            return zlib.decompress(row[0])

    @property
    def groups(self) -> Groups:
        """The groups of near-duplicates; kept along with the documents."""
        return Groups(self._database)

    def from_origin(self, name: str) -> tuple[Document, ...]:
        """List documents without an address that were imported from this file name."""
        rows = self._database.rows(
            "SELECT documents.revision FROM captures JOIN documents"
            " ON documents.id = captures.document"
            " WHERE origin = ? AND documents.url IS NULL"
            " GROUP BY documents.id ORDER BY MIN(captures.seq)",
            name,
        )
        return tuple(self.revision(seq) for (seq,) in rows)

    def skipped(self) -> tuple[SkippedPage, ...]:
        """List the pages that yielded no document, by origin."""
        rows = self._database.rows(
            "SELECT origin, digest, reason, detail, at FROM skipped ORDER BY origin, at"
        )
        return tuple(
            SkippedPage(
                origin=origin, digest=digest, reason=reason, detail=detail, at=at
            )
            for origin, digest, reason, detail, at in rows
        )

    def counts(self) -> dict[str, int]:
        """Count documents, revisions, captures, payloads, skipped pages and groups."""
        return self._database.counts() | self.groups.counts()

    def tallies(self) -> dict[str, dict[str, int]]:
        """Count documents by site, year, script and completeness."""
        return self._database.tallies()

    def damage(self) -> Iterator[str]:
        """Re-read everything stored; yield a sentence for each thing amiss."""
        sound = True
        for problem in self._database.damage():
            sound = False
            yield problem
        if sound:  # groups are held against texts that can be read
            yield from group_damage(self._database)
