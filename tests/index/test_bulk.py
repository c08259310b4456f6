"""Facts about indexing in several processes: the same index, and no silent loss."""

import multiprocessing
import pickle
import sqlite3
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from index import bulk
from index.analysis import make_analyzer
from index.build import indexed_places, update_index
from index.bulk import write_revisions
from index.codec.segment_file import EXTENSION, SegmentFile
from index.errors import CorruptStore, IndexNotWritten
from index.generations import live_generation
from index.home import Home
from index.settings import IndexSettings
from index.store import Store
from tests.corpus import CORPUS, fill, make_document

MANY = [make_document(100 + n, f"第{n}篇", f"渡口{n}号。") for n in range(1100)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Make an archive large enough for several processes."""
    home = Home(tmp_path)
    fill(home, [*CORPUS, *MANY])
    return home


def test_processes_index_what_one_would(home: Home) -> None:
    """Everything is there once, in segments of the size asked for."""
    store = Store(home.store)
    settings = IndexSettings(processes=2, batch_documents=400)
    steps = list(update_index(home, store, make_analyzer(), settings))
    total = len(CORPUS) + len(MANY)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == total
    found = indexed_places(live_generation(home.index), make_analyzer())
    assert found == store.groups.places()
    store.close()


@pytest.mark.parametrize("processes", [1, 2])
def test_segments_are_written_before_they_grow_too_large(
    home: Home, tmp_path: Path, processes: int
) -> None:
    """A process holds no more text than the setting says, and one document."""
    store, most = Store(home.store), 500
    settings = IndexSettings(processes=processes, segment_characters=most)
    revisions = sorted(store.revisions().values())
    steps = write_revisions(tmp_path, store, make_analyzer(), settings, revisions)
    written = [step.segment for step in steps if step.segment]
    files = [SegmentFile(path) for path in tmp_path.glob(f"*{EXTENSION}")]
    longest = max(int(np.diff(file.text_ends, prepend=0).max()) for file in files)
    assert len(files) == len(written) > 20
    assert max(file.positions for file in files) < most + longest
    assert sum(file.documents for file in files) == len(revisions)
    store.close()


def test_processes_never_wait_for_each_other_to_listen(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a process has written is told in fewer bytes than a line holds.

    A line that is full makes who speaks wait; when both speak, both wait for ever.
    """
    store, sent = Store(home.store), []
    receive = Connection.recv

    def measured(line: Connection) -> object:
        answer = receive(line)
        sent.append(len(pickle.dumps(answer)))
        return answer

    monkeypatch.setattr(Connection, "recv", measured)
    settings = IndexSettings(processes=2)
    revisions = [*store.revisions().values()]
    list(write_revisions(tmp_path, store, make_analyzer(), settings, revisions))
    assert len(sent) > 5
    assert max(sent) < 1000
    store.close()


def test_failure_in_a_process_is_told(home: Home, tmp_path: Path) -> None:
    """A revision that cannot be read stops the build with its error."""
    store = Store(home.store)
    folder = tmp_path / "none"
    revisions = [*store.revisions().values()]
    settings = IndexSettings(processes=2)
    steps = bulk.write_revisions(
        tmp_path, store, make_analyzer(), settings, [*revisions, 10**9]
    )
    with pytest.raises(CorruptStore):
        list(steps)
    steps = bulk.write_revisions(folder, store, make_analyzer(), settings, revisions)
    with pytest.raises(IndexNotWritten) as caught:
        list(steps)
    assert isinstance(caught.value.__cause__, FileNotFoundError)
    store.close()


def test_process_that_is_killed_is_told(home: Home, tmp_path: Path) -> None:
    """Nobody waits for ever for one that has been ended."""
    store = Store(home.store)
    revisions = [*store.revisions().values()] * 4
    steps = bulk.write_revisions(
        tmp_path, store, make_analyzer(), IndexSettings(processes=2), revisions
    )
    next(steps)
    for child in multiprocessing.active_children():
        child.kill()
    with pytest.raises(IndexNotWritten, match=r"ended|Broken pipe|reset") as caught:
        list(steps)
    assert isinstance(caught.value.__cause__, OSError)
    store.close()


@pytest.mark.parametrize("processes", [1, 2])
def test_garbage_in_the_store_is_said_with_its_revision(
    home: Home, processes: int
) -> None:
    """A body that cannot be parsed is damage of the store, in either way of working."""
    store = Store(home.store)
    seq = max(store.revisions().values())
    with sqlite3.connect(home.store) as connection:
        connection.execute(
            "UPDATE revisions SET body = ? WHERE seq = ?", (b"garbage", seq)
        )
    connection.close()
    settings = IndexSettings(processes=processes)
    with pytest.raises(CorruptStore, match=f"revision {seq} is damaged"):
        list(update_index(home, store, make_analyzer(), settings))
    store.close()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_folder_that_cannot_be_written_is_said(home: Home, processes: int) -> None:
    """A failing disk is an error with advice, in either way of working."""
    store = Store(home.store)
    revisions = sorted(store.revisions().values())
    settings = IndexSettings(processes=processes)
    missing = home.folder / "nowhere"
    steps = write_revisions(missing, store, make_analyzer(), settings, revisions)
    with pytest.raises(IndexNotWritten, match="run the same command again"):
        list(steps)
    store.close()
