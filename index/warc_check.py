"""Can every record of the archive's WARC files be read, and do the rows agree?"""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from index.archive import row_of
from index.store import payload_digest
from index.warc_reader import MAX_BLOCK, read_records
from index.warc_record import Damage, WarcRecord
from index.warc_table import WITH_ROW, RecordRow, RecordTable
from index.warc_writer import left_alone

_SHOWN = 5


def warc_problems(folder: Path, records: RecordTable) -> Iterator[str]:
    """Re-read every file of the archive.

    Yields:
        One sentence for each thing amiss; nothing when all is well.
    """
    files = warc_files(folder)
    for path in files:
        yield from _Check(path, records).problems()
    for name in sorted(set(records.files()) - {path.name for path in files}):
        lost = len(records.of_file(name))
        yield f"{name} is missing, and with it {lost} records: restore it from a copy"
    if lost := records.count_lost_payloads():
        yield f"the bytes of {lost} captures are neither in the store nor in WARC files"


def warc_files(folder: Path) -> list[Path]:
    """List the WARC files of a folder by name."""
    return sorted((*folder.glob("*.warc.gz"), *folder.glob("*.warc")))


class _Check:
    """Holds one file against its rows."""

    def __init__(self, path: Path, records: RecordTable) -> None:
        """Take the file and its rows; what is still being written is left out."""
        self._path = path
        rows = records.of_file(path.name)
        self._rows = {row.offset: row for row in rows}
        with left_alone(path) as alone:
            self._end = path.stat().st_size if alone else records.end_of(path.name)
        self._whole = self._damaged = self._unknown = 0

    def problems(self) -> Iterator[str]:
        """Read the file through."""
        name = self._path.name
        for each in read_records(self._path):
            if each.offset >= self._end:
                break
            if isinstance(each, Damage):
                self._damaged += 1
                yield f"{name}: {each}{self._lost(each)}"
            else:
                yield from self._compare(each)
        for row in self._rows.values():
            yield f"{name}: {row.url} should be at offset {row.offset:,}, and is not"
        if self._unknown:
            yield (
                f"{name}: {self._unknown} records are not in the store yet: "
                "the next wensu crawl takes them in"
            )
        if self._damaged:
            yield (
                f"{name}: {self._whole} records can be read, and {self._damaged} "
                "stretches cannot: restore the file from a copy"
            )

    def _lost(self, damage: Damage) -> str:
        """Name the records that a damaged stretch held."""
        offsets = range(damage.offset, damage.offset + max(1, damage.length))
        lost = [self._rows.pop(at) for at in [*self._rows] if at in offsets]
        if not lost:
            return ""
        shown = ", ".join(f"{row.url} of {row.at}" for row in lost[:_SHOWN])
        more = ", ..." if len(lost) > _SHOWN else ""
        return f"; lost: {shown}{more}"

    def _compare(self, record: WarcRecord) -> Iterator[str]:
        """Hold a record that can be read against its row."""
        self._whole += 1
        row = self._rows.pop(record.offset, None)
        if row is None:
            self._unknown += record.type in WITH_ROW
            return
        differing = ", ".join(_differing(row, record))
        if differing:
            yield (
                f"{row.file}: the record at offset {row.offset:,} is not the one that "
                f"the store knows; they differ in {differing}"
            )


def _differing(known: RecordRow, record: WarcRecord) -> Iterator[str]:
    """Name the columns in which a row and its record differ."""
    payload = record.payload(MAX_BLOCK)
    digest = payload_digest(payload.body) if payload else known.digest
    found = row_of(record, known.file, digest)
    for field in fields(RecordRow):
        if getattr(known, field.name) != getattr(found, field.name):
            yield field.name
