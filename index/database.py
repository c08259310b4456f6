"""The store's SQLite file: schema, connections, counts, and its health."""

import hashlib
import sqlite3
import threading
import weakref
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from index.connection import Connection
from index.database_schema import SCHEMA, UPGRADES, VERSION
from index.errors import (
    CorruptStore,
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreNotWritten,
)

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_UNWRITTEN = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY})
_PRIMARY_CODE = 0xFF  # the low byte of SQLite's extended result codes
_TABLES = ("documents", "revisions", "captures", "payloads", "skipped")
_TALLIED = ("site", "year", "script", "complete")


class Database:
    """Connections to the file, one a thread, and what can be said of the whole."""

    def __init__(self, path: Path, *, create: bool, busy_seconds: float) -> None:
        """Open the file, or make it with its folder.

        Args:
            path: The file.
            create: Make it when it is missing or empty.
            busy_seconds: How long to wait for another process that writes.

        Raises:
            StoreMissing: There is none and ``create`` is off.
            CorruptStore: It is not a store of this version; it is left as it is.
            StoreNotWritten: It cannot be made there.
        """
        self.path = path
        self._busy_seconds = busy_seconds
        self._read_only = False
        self._create = create
        self._local = threading.local()
        self._opened: weakref.WeakSet[Connection] = weakref.WeakSet()
        if not _has_content(path):
            if not create:
                raise StoreMissing(path)
            _make_folder(path)
        try:
            self._check_schema()
        except BaseException:
            self.close()
            raise
        self._create = False

    def _check_schema(self) -> None:
        """Make the tables in an empty file; refuse what is no store."""
        with self.errors():
            # Journal mode is kept in the file: a foreign one must not be touched.
            if not self.rows("SELECT 1 FROM sqlite_master"):
                self.connection.execute("PRAGMA journal_mode = WAL")
                with self.transaction():
                    self._run(SCHEMA)
            if not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'revisions'"):
                raise CorruptStore(self.path, "it is the database of something else")
        while (schema := self._schema()) in UPGRADES:
            self._upgrade(schema)
        if schema != VERSION:
            problem = f"schema {schema}, expected {VERSION}"
            raise CorruptStore(self.path, problem)

    def _schema(self) -> str:
        """Tell the version of the tables."""
        row = self.row("SELECT value FROM meta WHERE key = 'schema'")
        return str(row[0]) if row else "unknown"

    def _upgrade(self, schema: str) -> None:
        """Bring the tables to the next version, unless another process just did."""
        with self.transaction():
            if self._schema() == schema:
                self._run(UPGRADES[schema])

    def _run(self, statements: Iterable[str]) -> None:
        """Run statements one after the other."""
        for statement in statements:
            self.rows(statement)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection; outside a transaction each statement commits."""
        own: Connection | None = getattr(self._local, "it", None)
        if own is None:
            own = Connection(
                self.path, create=self._create, busy_seconds=self._busy_seconds
            )
            if self._read_only:
                own.forbid_writing()
            self._opened.add(own)
            self._local.it = own
        return own.sqlite

    def forbid_writing(self) -> None:
        """Let SQLite refuse from now on whatever would change the file."""
        self._read_only = True
        for own in self._opened:
            own.forbid_writing()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement; give all of its rows."""
        with self.errors():
            return self.connection.execute(sql, values).fetchall()

    def many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row of values."""
        with self.errors():
            self.connection.executemany(sql, values)

    def row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        """Run a statement; give its first row, ``None`` if there is none."""
        return next(iter(self.rows(sql, *values)), None)

    def number(self, sql: str, *values: object) -> int:
        """Run a statement that must give a number.

        Raises:
            CorruptStore: It gives none.
        """
        row = self.row(sql, *values)
        if row is None:
            raise CorruptStore(self.path, "a row that must be there is missing")
        return int(row[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is written inside at once, or nothing; inner ones join in.

        Raises:
            StoreLocked: Another process went on writing.
        """
        with self.errors():
            connection = self.connection
            joins = connection.in_transaction
            if not joins:
                connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if not joins:
                connection.rollback()
            raise
        if not joins:
            with self.errors():
                connection.commit()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Translate what SQLite and the JSON reader say about damage."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise self._translated(error) from error
        except (sqlite3.DatabaseError, zlib.error, ValidationError) as error:
            raise CorruptStore(self.path, type(error).__name__) from error

    def _translated(self, error: sqlite3.OperationalError) -> StoreError:
        """Say in our words why a statement could not be run."""
        extended = getattr(error, "sqlite_errorcode", 0)
        code = extended & _PRIMARY_CODE
        if code in _BUSY:
            return StoreLocked(self.path, self._busy_seconds)
        if code in _UNWRITTEN or extended == sqlite3.SQLITE_IOERR_WRITE:
            return StoreNotWritten(self.path, str(error))
        if not self.path.exists():
            if self._create:
                return StoreNotWritten(self.path, str(error))
            return StoreMissing(self.path)
        return CorruptStore(self.path, str(error))

    def close(self) -> None:
        """Close every connection."""
        for own in self._opened:
            own.sqlite.close()
        self._opened.clear()
        self._local = threading.local()

    def file_state(self) -> tuple[tuple[int, int], ...]:
        """Name the state of the file; it changes when anything is committed.

        What is committed stands in the write-ahead log first, or in its place.
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        return tuple(_stamp(path) for path in (self.path, log))

    def counts(self) -> dict[str, int]:
        """Count the rows of every table."""
        union = " UNION ALL ".join(
            f"SELECT '{table}', COUNT(*) FROM {table}"  # noqa: S608 (names above)
            for table in _TABLES
        )
        return dict(self.rows(union))

    def tallies(self) -> dict[str, dict[str, int]]:
        """Count documents by the values of some columns, most frequent first."""
        return {
            column: {
                "" if value is None else str(value): int(count)
                for value, count in self.rows(
                    f"SELECT {column}, COUNT(*) FROM documents"  # noqa: S608 (names above)
                    f" GROUP BY {column} ORDER BY COUNT(*) DESC, {column}"
                )
            }
            for column in _TALLIED
        }

    def damage(self) -> Iterator[str]:
        """Re-read everything; yield a sentence for each thing amiss."""
        try:
            with self.errors():
                yield from self._damage()
        except CorruptStore as error:
            yield str(error)

    def _damage(self) -> Iterator[str]:
        """Re-read everything, as far as SQLite can."""
        for (verdict,) in self.rows("PRAGMA integrity_check(5)"):
            if verdict != "ok":
                yield f"SQLite says of the store: {verdict}"
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


def _has_content(path: Path) -> bool:
    """Tell whether there is a file with something in it."""
    try:
        return path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False


def _make_folder(path: Path) -> None:
    """Make the folder of a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreNotWritten(path, str(error)) from error


def _stamp(path: Path) -> tuple[int, int]:
    """Tell when a file was written to and its size; zeros where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _digest_of(body: bytes) -> str:
    """Digest what a compressed body holds; empty when it cannot be read."""
    try:
        return hashlib.sha256(zlib.decompress(body)).hexdigest()
    except zlib.error:
        return ""
