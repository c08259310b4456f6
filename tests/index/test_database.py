"""Facts about transactions and connections of the store's file."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.database import Database
from index.errors import CorruptStore, StoreLocked, StoreMissing, StoreNotWritten

DESCRIPTORS = Path("/proc/self/fd")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open an empty database."""
    database = Database(tmp_path / "store.sqlite3", create=True, busy_seconds=0)
    yield database
    database.close()


def keys(database: Database) -> set[str]:
    """Tell which keys ``meta`` has besides the schema's."""
    return {key for (key,) in database.rows("SELECT key FROM meta")} - {"schema"}


def write(database: Database, key: str) -> None:
    """Write a row."""
    database.rows("INSERT INTO meta VALUES (?, '')", key)


def test_inner_transaction_joins_the_outer(database: Database) -> None:
    """What an inner transaction wrote is lost with the outer one."""
    error = "stop"

    def outer() -> None:
        with database.transaction():
            with database.transaction():
                write(database, "inner")
            assert keys(database) == {"inner"}
            raise RuntimeError(error)

    with pytest.raises(RuntimeError, match=error):
        outer()
    assert keys(database) == set()


def test_error_of_the_caller_is_not_called_damage(database: Database) -> None:
    """Errors that come from elsewhere pass through a transaction unchanged."""
    with (
        pytest.raises(sqlite3.DatabaseError, match="elsewhere"),
        database.transaction(),
    ):
        raise sqlite3.DatabaseError("elsewhere")  # noqa: EM101 (not ours)


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="the system does not tell")
def test_connection_is_closed_with_its_thread(database: Database) -> None:
    """A server whose threads come and go does not run out of open files."""

    def opened() -> int:
        links = (os.path.realpath(each) for each in DESCRIPTORS.iterdir())
        return sum(link.startswith(str(database.path)) for link in links)

    before = opened()
    for _ in range(threads := 20):
        thread = threading.Thread(target=keys, args=(database,))
        thread.start()
        thread.join()
    assert opened() < before + threads  # SQLite keeps one or two for who comes next


def test_each_thread_has_its_own_transaction(database: Database) -> None:
    """A thread that reads does not see what another has not committed."""
    seen: list[set[str]] = []
    with database.transaction():
        write(database, "mine")
        thread = threading.Thread(target=lambda: seen.append(keys(database)))
        thread.start()
        thread.join()
    assert seen == [set()]
    assert keys(database) == {"mine"}


def test_second_writer_gets_a_lock_error(database: Database) -> None:
    """Being busy is told apart from being damaged."""
    other = Database(database.path, create=False, busy_seconds=0)
    with database.transaction(), pytest.raises(StoreLocked):
        write(other, "theirs")
    write(other, "theirs")
    assert keys(database) == {"theirs"}
    other.close()


@pytest.mark.parametrize("create", [True, False])
def test_file_that_was_moved_away_is_not_made_anew(
    tmp_path: Path, *, create: bool
) -> None:
    """A thread that comes later is told so, whatever the folder is called."""
    path = tmp_path / "a?b#c%20 文" / "store.sqlite3"
    Database(path, create=True, busy_seconds=0).close()
    database = Database(path, create=create, busy_seconds=0)
    for file in path.parent.iterdir():
        file.unlink()

    def read() -> None:
        with pytest.raises(StoreMissing):
            keys(database)

    with ThreadPoolExecutor() as pool:
        pool.submit(read).result()
    assert not path.exists()
    database.close()


def test_full_disk_is_not_called_damage(database: Database) -> None:
    """What was written before is there; nobody is to restore it from a copy."""
    write(database, "before")
    database.connection.execute("PRAGMA max_page_count = 1")  # as many as there are
    with pytest.raises(StoreNotWritten, match="full"):
        write(database, "x" * 1_000_000)
    assert keys(database) == {"before"}


def test_store_that_cannot_be_written_is_not_called_damaged(
    database: Database,
) -> None:
    """A folder that is read only can be read."""
    database.forbid_writing()
    with pytest.raises(StoreNotWritten, match="readonly"):
        write(database, "x")
    assert keys(database) == set()


def test_bad_statement_is_translated(database: Database) -> None:
    """No error of SQLite's leaves this module untranslated."""
    with pytest.raises(CorruptStore, match="no such table"):
        database.rows("SELECT * FROM nowhere")


def test_row_is_none_where_there_is_none(database: Database) -> None:
    """A first row that does not exist is told by None."""
    assert database.row("SELECT value FROM meta WHERE key = 'schema'") == ("2",)
    assert database.row("SELECT value FROM meta WHERE key = 'none'") is None


def test_refused_file_is_closed_again(tmp_path: Path) -> None:
    """A file that is no store can be moved away at once, and has no helpers left."""
    path = tmp_path / "store.sqlite3"
    path.write_bytes(b"x" * 5000)
    with pytest.raises(CorruptStore):
        Database(path, create=True, busy_seconds=0)
    assert list(tmp_path.iterdir()) == [path]
