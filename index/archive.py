"""The archive of everything fetched: WARC files, and rows that say what is where.

The order of writes loses nothing, whenever the process is killed: a record goes to
its file at once, the file is brought to the disk before rows are committed, and
rows are committed together with whatever else the fetch changes in the store. What
stands in a file without a row was written by a process that came no further;
``recover`` finds it, so that it can be worked on as if just fetched.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from index.store import Store, payload_digest
from index.warc_format import Exchange, Failure, Revisited, warc_uri
from index.warc_reader import MAX_BLOCK, read_records
from index.warc_record import RecordType, WarcRecord
from index.warc_table import WITH_ROW, RecordRow
from index.warc_writer import WarcWriter, left_alone, own_files

_OK, _NOT_MODIFIED = 200, 304


class Recovered(NamedTuple):
    """A record that the store does not know.

    Attributes:
        record: The record.
        row: What the store is to know of it.
    """

    record: WarcRecord
    row: RecordRow


class Archive:
    """Writes what was fetched, once; to be used by one thread.

    A payload counts as archived when a record has it byte for byte and can be read:
    damage in the past is no reason to let go of what is there now.
    """

    def __init__(self, writer: WarcWriter, store: Store) -> None:
        """Take the files, and the store of the same home, which has the rows."""
        self._writer, self._store = writer, store
        self._pending: list[RecordRow] = []

    def put(self, exchange: Exchange) -> RecordRow:
        """Write an exchange: a payload that is in the archive already as a revisit.

        Raises:
            WarcNotWritten: It could not be written.
        """
        payload = exchange.record.payload(MAX_BLOCK)
        digest = payload_digest(payload.body if payload else exchange.body)
        revisited = self._revisited(exchange, digest)
        if revisited:
            digest = revisited.row.digest
        row = self._writer.write_response(exchange, digest, revisited)
        self._pending.append(row)
        return row

    def fail(self, failure: Failure) -> RecordRow:
        """Write that a fetch brought no response.

        Raises:
            WarcNotWritten: It could not be written.
        """
        row = self._writer.write_failure(failure)
        self._pending.append(row)
        return row

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit the rows of what was written, with all that is written inside.

        Where that fails, the rows are kept for the next time.

        Raises:
            WarcNotWritten: The files could not be brought to the disk.
            StoreLocked: Another process went on writing.
        """
        self._writer.sync()
        with self._store.transaction():
            self._store.records.add(self._pending)
            yield
        self._pending.clear()

    def sync(self) -> None:
        """Bring what was written to the disk, before another process commits rows.

        Raises:
            WarcNotWritten: The disk would not.
        """
        self._writer.sync()

    def committed(self, rows: int) -> None:
        """Note that another process has committed the oldest rows."""
        del self._pending[:rows]

    def close_file(self) -> None:
        """Close the file; the rows are another process's to commit."""
        self._writer.close()

    def close(self) -> None:
        """Commit the rows that are left, and close the file."""
        with self.transaction():
            pass
        self._writer.close()

    def _revisited(self, exchange: Exchange, digest: str) -> Revisited | None:
        """Find the record that has what an exchange brought again, and can be read."""
        response = exchange.record.response
        if response and response.status == _NOT_MODIFIED:
            earlier = self._rows_of(warc_uri(exchange.url))
            digest = next((row.digest for row in earlier if row.status == _OK), "")
            found = self._first(digest, lambda _: True)
            return Revisited(found, not_modified=True) if found else None
        if not exchange.body:
            return None
        found = self._first(digest, lambda body: body == exchange.body)
        return Revisited(found) if found else None

    def _first(self, digest: str, fits: Callable[[bytes], bool]) -> RecordRow | None:
        """Find the newest response that holds a payload, in a body that fits."""
        for row in self._holders(digest):
            record = self._store.records.read(row)
            if record and record.response and fits(record.response.body):
                return row
        return None

    def _rows_of(self, url: str) -> list[RecordRow]:
        """List what was fetched from an address, newest first."""
        rows = self._store.records.of_address(url)
        rows += [row for row in self._pending if row.url == url]
        return rows[::-1]

    def _holders(self, digest: str) -> list[RecordRow]:
        """List the responses that hold a payload, newest first."""
        rows = self._store.records.with_payload(digest)
        rows += [
            row
            for row in self._pending
            if row.digest == digest and row.type == RecordType.RESPONSE
        ]
        return rows[::-1]


def recover(folder: Path, store: Store) -> Iterator[Recovered]:
    """Find the records that the store does not know, in the order of their writing.

    A torn record at the end of a file is cut off first: it would keep other tools
    from reading the file. Files that another process is writing are left alone.
    Rows are to be added in the order they come, or not at all: what stands before a
    known record counts as known.
    """
    found: dict[tuple[str, str], str] = {}
    for path in own_files(folder):
        with left_alone(path) as alone:
            if alone:
                start = store.records.end_of(path.name)
                cut_torn_end(path, start)
                yield from _unknown(path, start, found, store)


def cut_torn_end(path: Path, start: int) -> None:
    """Cut off what cannot be read at the end of a file; remove an empty file."""
    end = start
    for each in read_records(path, start=start):
        if isinstance(each, WarcRecord):
            end = each.offset + each.length
    if not end:
        path.unlink()
    elif end < path.stat().st_size:
        os.truncate(path, end)


def _unknown(
    path: Path, start: int, found: dict[tuple[str, str], str], store: Store
) -> Iterator[Recovered]:
    """Read the records of one file from an offset on."""
    if not path.exists():
        return
    for record in read_records(path, start=start):
        if isinstance(record, WarcRecord) and record.type in WITH_ROW:
            digest = _recovered_digest(record, found, store)
            row = row_of(record, path.name, digest)
            found[row.url, row.at] = digest
            yield Recovered(record, row)


def _recovered_digest(
    record: WarcRecord, found: dict[tuple[str, str], str], store: Store
) -> str:
    """Name the payload of a record; of a revisit, that of the record it refers to."""
    payload = record.payload(MAX_BLOCK)
    if payload:
        return payload_digest(payload.body)
    url = record.get("WARC-Refers-To-Target-URI")
    at = record.get("WARC-Refers-To-Date")
    known = (row.digest for row in store.records.of_address(url) if row.at == at)
    return found.get((url, at)) or next(known, "")


def row_of(record: WarcRecord, name: str, digest: str) -> RecordRow:
    """Make the row of a record that was read."""
    response = record.response
    return RecordRow(
        file=name,
        offset=record.offset,
        length=record.length,
        type=record.type,
        id=record.get("WARC-Record-ID"),
        url=record.url,
        at=record.get("WARC-Date"),
        status=response.status if response else None,
        digest=digest,
        warc_digest=record.get("WARC-Payload-Digest") if response else "",
    )
