"""The index of the archive's own WARC files: where each record is, and of what.

::

    warc_records   file, offset, length,      where it is: a gzip member of its own
                   type, id, url, at,         as its head says; id is WARC-Record-ID
                   status,                    the server's; NULL for a failure
                   digest,                    of its payload without codings, as in
                                              captures (index.store.payload_digest)
                   warc_digest                of its payload as it is in the file
    payload_names  name, digest               WARC-Payload-Digest of a payload that
                                              was ingested, and ours

Responses, revisits and failures have a row each; the request that belongs to one
stands right behind it in the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from index.database import Database
from index.errors import BadRecord
from index.warc_reader import MAX_BLOCK, read_record
from index.warc_record import RecordType, WarcRecord

WITH_ROW = frozenset({RecordType.RESPONSE, RecordType.REVISIT, RecordType.METADATA})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One row of ``warc_records``; see there."""

    file: str
    offset: int
    length: int
    type: str
    id: str
    url: str
    at: str
    status: int | None
    digest: str
    warc_digest: str

    @property
    def end(self) -> int:
        """Where in its file the next record begins."""
        return self.offset + self.length


_COLUMNS = ", ".join(f'"{field.name}"' for field in fields(RecordRow))
_MARKS = ", ".join("?" for _ in fields(RecordRow))


class RecordTable:
    """The rows; safe to share between threads."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Take the open database and the folder of the files."""
        self._database, self._folder = database, folder

    def add(self, rows: Iterable[RecordRow]) -> None:
        """Add rows; one that is there already is replaced."""
        self._database.many(
            f"INSERT OR REPLACE INTO warc_records ({_COLUMNS}) VALUES ({_MARKS})",  # noqa: S608 (names above)
            [astuple(row) for row in rows],
        )

    def with_payload(self, digest: str) -> list[RecordRow]:
        """List the responses that hold a payload, oldest first."""
        return self._select(
            "digest = ? AND type = ? ORDER BY at", digest, RecordType.RESPONSE
        )

    def read(self, row: RecordRow) -> WarcRecord | None:
        """Read the record of a row; ``None`` where it is damaged or gone."""
        try:
            return read_record(self._folder / row.file, row.offset)
        except BadRecord:
            return None

    def payloads(self, digest: str) -> Iterator[bytes]:
        """Read a payload from each record that should hold it and can be read."""
        for row in self.with_payload(digest):
            record = self.read(row)
            payload = record and record.payload(MAX_BLOCK)
            if payload:
                yield payload.body

    def of_address(self, url: str) -> list[RecordRow]:
        """List what was fetched from an address, oldest first."""
        return self._select("url = ? ORDER BY at", url)

    def of_file(self, name: str) -> list[RecordRow]:
        """List the records of a file, from front to back."""
        return self._select("file = ? ORDER BY offset", name)

    def files(self) -> list[str]:
        """List the files that have records."""
        rows = self._database.rows("SELECT DISTINCT file FROM warc_records")
        return sorted(name for (name,) in rows)

    def end_of(self, name: str) -> int:
        """Tell where the last known record of a file ends; 0 where none is known."""
        found = self._select("file = ? ORDER BY offset DESC LIMIT 1", name)
        return found[0].end if found else 0

    def count_lost_payloads(self) -> int:
        """Count the captures whose bytes are neither in the store nor in a file."""
        row = self._database.row(
            "SELECT COUNT(*) FROM captures"
            " WHERE digest NOT IN (SELECT digest FROM payloads) AND digest NOT IN"
            " (SELECT digest FROM warc_records WHERE type = ?)",
            RecordType.RESPONSE,
        )
        return int(row[0]) if row else 0

    def name_payload(self, name: str, digest: str) -> None:
        """Remember what other tools call a payload."""
        self._database.rows(
            "INSERT OR REPLACE INTO payload_names VALUES (?, ?)", name, digest
        )

    def repeated_payload(self, name: str, url: str, at: str) -> str | None:
        """Give our digest of a payload by what it was named, else by its capture."""
        row = self._database.row(
            "SELECT digest FROM payload_names WHERE name = ?1 UNION ALL"
            " SELECT digest FROM captures WHERE origin = ?2 AND at = ?3 LIMIT 1",
            *(name, url, at),
        )
        return None if row is None else str(row[0])

    def _select(self, condition: str, *values: object) -> list[RecordRow]:
        """Read the rows that meet a condition."""
        names = [field.name for field in fields(RecordRow)]
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM warc_records WHERE {condition}",  # noqa: S608 (ours)
            *values,
        )
        return [RecordRow(**dict(zip(names, row, strict=True))) for row in rows]
