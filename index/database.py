"""The store's SQLite file: schema, connections, counts, and its health."""

import hashlib
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from index.errors import CorruptStore, StoreMissing

SCHEMA_VERSION = "1"
_BUSY_SECONDS = 60.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, url TEXT, site TEXT NOT NULL, year INTEGER,
    script TEXT NOT NULL, complete INTEGER NOT NULL,
    revision INTEGER NOT NULL, fingerprint TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_fingerprint ON documents (fingerprint);
CREATE TABLE IF NOT EXISTS revisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL,
    digest TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (document, digest));
CREATE TABLE IF NOT EXISTS captures (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL,
    revision INTEGER NOT NULL, at TEXT NOT NULL, status INTEGER,
    digest TEXT NOT NULL, origin TEXT NOT NULL, cleaner TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS captures_document ON captures (document, seq);
CREATE INDEX IF NOT EXISTS captures_digest ON captures (digest);
CREATE INDEX IF NOT EXISTS captures_origin ON captures (origin);
CREATE TABLE IF NOT EXISTS payloads (digest TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS skipped (
    origin TEXT NOT NULL, digest TEXT NOT NULL, reason TEXT NOT NULL,
    detail TEXT NOT NULL, at TEXT NOT NULL, cleaner TEXT NOT NULL,
    PRIMARY KEY (origin, digest)) WITHOUT ROWID;
"""
_TABLES = ("documents", "revisions", "captures", "payloads", "skipped")
_TALLIED = ("site", "year", "script", "complete")


class Database:
    """Connections to the file, one a thread, and what can be said of the whole."""

    def __init__(self, path: Path, *, create: bool) -> None:
        """Open the file, or make it with its folder.

        Raises:
            StoreMissing: It is not there and ``create`` is off.
            CorruptStore: It is not a store of this version.
        """
        self.path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        if not path.exists():
            if not create:
                raise StoreMissing(path)
            path.parent.mkdir(parents=True, exist_ok=True)
        with self.errors(), self.connection:
            self.connection.executescript(_SCHEMA)
            self.connection.execute(
                "INSERT OR IGNORE INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,)
            )
            (found,) = self.connection.execute(
                "SELECT value FROM meta WHERE key = 'schema'"
            ).fetchone()
        if found != SCHEMA_VERSION:
            raise CorruptStore(path, f"schema {found}, expected {SCHEMA_VERSION}")

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "it", None)
        if connection is None:
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, check_same_thread=False
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._local.it = connection
            self._opened.append(connection)
        return connection

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Translate what SQLite and the JSON reader say about damage."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise CorruptStore(self.path, str(error)) from error
        except (sqlite3.DatabaseError, zlib.error, ValidationError) as error:
            raise CorruptStore(self.path, type(error).__name__) from error

    def close(self) -> None:
        """Close every connection."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._local = threading.local()

    def counts(self) -> dict[str, int]:
        """Count the rows of every table."""
        with self.errors():
            return {
                table: int(
                    self.connection.execute(
                        f"SELECT COUNT(*) FROM {table}"  # noqa: S608 (names above)
                    ).fetchone()[0]
                )
                for table in _TABLES
            }

    def tallies(self) -> dict[str, dict[str, int]]:
        """Count documents by the values of some columns, most frequent first."""
        with self.errors():
            return {
                column: {
                    "" if value is None else str(value): int(count)
                    for value, count in self.connection.execute(
                        f"SELECT {column}, COUNT(*) FROM documents"  # noqa: S608 (names above)
                        f" GROUP BY {column} ORDER BY COUNT(*) DESC, {column}"
                    )
                }
                for column in _TALLIED
            }

    def damage(self) -> Iterator[str]:
        """Re-read everything; yield a sentence for each thing amiss."""
        with self.errors():
            (verdict,) = self.connection.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                yield f"SQLite says: {verdict}"
            for seq, digest, body in self.connection.execute(
                "SELECT seq, digest, body FROM revisions"
            ):
                if _digest_of(body) != digest:
                    yield f"revision {seq} does not match its digest"
            for digest, body in self.connection.execute(
                "SELECT digest, body FROM payloads"
            ):
                if f"sha256:{_digest_of(body)}" != digest:
                    yield f"payload {digest} does not match its digest"


def _digest_of(body: bytes) -> str:
    """Digest what a compressed body holds; empty when it cannot be read."""
    try:
        return hashlib.sha256(zlib.decompress(body)).hexdigest()
    except zlib.error:
        return ""
