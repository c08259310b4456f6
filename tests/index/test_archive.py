"""The archive: each payload once, rows that agree, nothing lost by a kill."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fastwarc.warc
import pytest

from index.archive import Archive, recover
from index.document import Capture
from index.errors import StoreLocked
from index.home import Home
from index.http_message import write_head
from index.store import Store, payload_digest
from index.warc_check import warc_problems
from index.warc_format import Failure
from index.warc_record import RecordType
from index.warc_writer import own_files
from tests.corpus import CORPUS
from tests.index.exchanges import (
    NOON,
    exchange,
    forget,
    new_archive,
    page,
    read,
    zipped,
)


@pytest.fixture(name="home")
def make_home(tmp_path: Path) -> Home:
    """Name a home folder."""
    return Home(tmp_path)


@pytest.fixture(name="store")
def make_store(home: Home) -> Iterator[Store]:
    """Open an empty store."""
    store = Store(home.store, create=True)
    yield store
    store.close()


@pytest.fixture(name="archive")
def make_archive(home: Home, store: Store) -> Iterator[Archive]:
    """Open an archive."""
    archive = new_archive(home.warc, store)
    yield archive
    archive.close()


def _take_in(home: Home, store: Store) -> list[str]:
    """Recover what the store does not know; give the addresses."""
    found = [each.row for each in recover(home.warc, store)]
    store.records.add(found)
    return [row.url for row in found]


def test_a_payload_is_archived_once(archive: Archive) -> None:
    """At another address too, before and after the rows are committed."""
    rows = [archive.put(exchange(1)), archive.put(exchange(2, page(1)))]
    with archive.transaction():
        pass
    rows += [archive.put(exchange(3, page(1))), archive.put(exchange(4))]
    assert [row.type for row in rows] == ["response", "revisit", "revisit", "response"]
    assert len({row.digest for row in rows[:3]}) == 1
    assert rows[0].digest == payload_digest(page(1))


def test_the_same_payload_in_another_coding_is_archived_again(archive: Archive) -> None:
    """A revisit stands for the very same bytes; the digest of the page is the same."""
    rows = [archive.put(exchange(1)), archive.put(zipped(1)), archive.put(zipped(1))]
    assert [row.type for row in rows] == ["response", "response", "revisit"]
    assert {row.digest for row in rows} == {payload_digest(page(1))}


def test_empty_bodies_are_no_revisits(archive: Archive) -> None:
    """A redirect says all in its headers."""
    head = write_head(b"HTTP/1.1 302 Found", [(b"Location", b"/2")])
    rows = [archive.put(exchange(n, b"", head=head)) for n in (1, 2)]
    assert [(row.type, row.status) for row in rows] == [("response", 302)] * 2


def test_not_modified_is_a_revisit_of_what_the_address_had(archive: Archive) -> None:
    """With nothing to refer to it is kept as the response that it is."""
    head = write_head(b"HTTP/1.1 304 Not Modified", [(b"ETag", b'"1"')])
    unknown = archive.put(exchange(1, b"", head=head))
    first = archive.put(exchange(1))
    archive.put(exchange(2))
    again = archive.put(exchange(1, b"", head=head))
    assert [unknown.type, again.type] == ["response", "revisit"]
    assert (again.status, again.digest) == (304, first.digest)


def test_a_damaged_record_is_not_referred_to(archive: Archive, home: Home) -> None:
    """What is there again is archived again."""
    first = archive.put(exchange(1))
    path = home.warc / first.file
    content = bytearray(path.read_bytes())
    content[first.offset + first.length // 2] ^= 255
    with path.open("r+b") as file:
        file.write(content)
    assert archive.put(exchange(1)).type == RecordType.RESPONSE


def test_the_store_reads_payloads_from_the_archive(
    archive: Archive, store: Store, home: Home
) -> None:
    """They are not kept twice; one that cannot be read is not there."""
    row = archive.put(zipped(1))
    with archive.transaction():
        capture = Capture(at=row.at, status=200, digest=row.digest, origin=row.url)
        store.put(CORPUS[0], capture, None, "cleaner")
    assert store.counts()["payloads"] == 0
    assert store.payload(row.digest) == page(1)
    assert list(warc_problems(home.warc, store.records)) == []
    (home.warc / row.file).unlink()
    assert store.payload(row.digest) is None


def test_rows_and_what_is_written_beside_them_are_one_transaction(
    archive: Archive, store: Store
) -> None:
    """When it fails the rows wait for the next one."""
    row = archive.put(exchange(1))

    def failing() -> None:
        with archive.transaction():
            assert store.records.of_address(row.url) == [row]
            raise StoreLocked(store.path, 1)

    with pytest.raises(StoreLocked):
        failing()
    assert store.records.of_address(row.url) == []
    archive.close()
    assert store.records.of_address(row.url) == [row]


def test_rows_are_committed_once(archive: Archive, store: Store, home: Home) -> None:
    """A later transaction does not write them again."""
    row = archive.put(exchange(1))
    with archive.transaction():
        pass
    forget(home, [row])
    with archive.transaction():
        pass
    assert store.records.of_address(row.url) == []


def test_what_the_store_does_not_know_is_recovered(
    archive: Archive, store: Store, home: Home
) -> None:
    """Responses, revisits and failures, as if their rows had been committed."""
    written = [archive.put(exchange(1)), archive.put(exchange(2, page(1)))]
    with archive.transaction():
        pass
    head = write_head(b"HTTP/1.1 304 Not Modified", [])
    written.append(archive.put(exchange(3, page(1))))
    written.append(archive.put(zipped(4)))
    written.append(archive.put(exchange(4, b"", head=head)))
    written.append(
        archive.fail(Failure(url="http://gone.example/", at=NOON, reason="x"))
    )
    archive.close()
    forget(home, written[2:])
    assert [each.row for each in recover(home.warc, store)] == written[2:]
    store.records.add(written[2:])
    assert list(recover(home.warc, store)) == []


def test_files_that_are_being_written_are_left_alone(
    archive: Archive, store: Store, home: Home
) -> None:
    """Another process may be in the middle of a record."""
    archive.put(exchange(1))
    (path,) = own_files(home.warc)
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 half of a record")
    size = path.stat().st_size
    assert list(recover(home.warc, store)) == []
    assert path.stat().st_size == size


@pytest.mark.parametrize("kept", [0, 1, 10, 200])
def test_a_torn_record_is_cut_off(
    archive: Archive, store: Store, home: Home, kept: int
) -> None:
    """Other tools then read the file to its end; what stood before is recovered."""
    rows = [archive.put(exchange(1)), archive.put(exchange(2, request=b""))]
    archive.close()
    forget(home, rows)
    row = rows[1]
    path = home.warc / row.file
    path.write_bytes(path.read_bytes()[: row.offset + kept])
    assert _take_in(home, store) == [exchange(1).url]
    assert path.stat().st_size == row.offset
    assert len(list(fastwarc.warc.ArchiveIterator(path, verify_digests=True))) == 3


def test_zeros_at_the_end_are_cut_off(
    archive: Archive, store: Store, home: Home
) -> None:
    """A loss of power may leave blocks that were never filled."""
    row = archive.put(exchange(1))
    archive.close()
    path = home.warc / row.file
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(bytes(8192))
    assert _take_in(home, store) == []
    assert path.stat().st_size == size


def test_damage_before_whole_records_is_not_cut_off(
    archive: Archive, store: Store, home: Home
) -> None:
    """What can still be read behind it is recovered; wensu check tells the rest."""
    rows = [archive.put(exchange(n)) for n in range(3)]
    archive.close()
    forget(home, rows)
    path = home.warc / rows[0].file
    content = bytearray(path.read_bytes())
    content[rows[1].offset + 100] ^= 255
    path.write_bytes(content)
    assert _take_in(home, store) == [exchange(0).url, exchange(2).url]
    assert path.stat().st_size == len(content)


def test_a_file_without_a_whole_record_is_removed(store: Store, home: Home) -> None:
    """It was killed within its first write."""
    home.warc.mkdir()
    path = home.warc / "wensu-20240506120000-00000.warc.gz"
    path.write_bytes(b"\x1f\x8b\x08 torn")
    assert _take_in(home, store) == []
    assert not path.exists()


def test_files_of_others_are_never_cut(store: Store, home: Home) -> None:
    """What lies in the folder under another name is not ours."""
    home.warc.mkdir()
    path = home.warc / "other.warc.gz"
    path.write_bytes(b"torn")
    assert _take_in(home, store) == []
    assert path.read_bytes() == b"torn"


def test_nothing_is_lost_by_a_kill_at_any_moment(home: Home) -> None:
    """Eight times in a row: every exchange that was told is in the archive.

    A kill makes one be archived again at the most, that which was written and not
    told. Every file is whole for other tools afterwards, and the rows agree with it.
    """
    chance = random.Random(5)  # noqa: S311 (repeatable)
    told: list[int] = []
    kills = 8
    for _ in range(kills):
        told += _told_until_killed(home, len(told), chance.randrange(1, 40))
        store = Store(home.store)
        _take_in(home, store)
        assert list(warc_problems(home.warc, store.records)) == []
        rows = {n: store.records.of_address(exchange(n).url) for n in told}
        payloads = [store.payload(rows[n][0].digest) for n in told]
        store.close()
        assert payloads == [page(n) for n in told]
    assert told == list(range(len(told)))
    assert sum(map(len, rows.values())) <= len(told) + kills
    for path in own_files(home.warc):
        records = list(fastwarc.warc.ArchiveIterator(path, verify_digests=True))
        assert len(records) == len(read(path)[0])


def _told_until_killed(home: Home, begin: int, count: int) -> list[int]:
    """Let a process archive, kill it, and give what it told until then."""
    command = [sys.executable, "-m", "tests.index.killed_writer", str(home.folder)]
    command.append(str(begin))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        told = [int(process.stdout.readline()) for _ in range(count)]
        process.send_signal(signal.SIGKILL)
        return told + [int(line) for line in process.stdout]
