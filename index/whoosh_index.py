"""Opening and writing Whoosh indexes; Whoosh's own errors end here."""

import pickle
import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import error as zlib_error

from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex, IndexError, IndexVersionError
from whoosh.reading import IndexReader, ReaderClosed, TermNotFound
from whoosh.writing import IndexingError

from index.analysis import Analyzer
from index.errors import IndexBroken, IndexLocked
from index.whoosh_schema import make_schema

# What opening a torn, foreign or vanished index raises in Whoosh 2.7.
BROKEN = (
    EmptyIndexError,
    IndexError,
    IndexVersionError,
    IndexingError,
    TermNotFound,
    ReaderClosed,
    OSError,
    EOFError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ImportError,
    AssertionError,
    LookupError,
    struct.error,
    zlib_error,
    pickle.UnpicklingError,
)
_TOC = re.compile(r"^_MAIN_(\d+)\.toc$")
_OPEN_TRIES = 5
_OPEN_PAUSE_SECONDS = 0.05
_LOCK_PAUSE_SECONDS = 0.2


@contextmanager
def broken_errors(folder: Path) -> Iterator[None]:
    """Translate what Whoosh raises on damaged files."""
    try:
        yield
    except BROKEN as error:
        message = f"{type(error).__name__}: {error}".strip(": ")
        raise IndexBroken(folder, message) from error


def create_index(folder: Path, analyzer: Analyzer) -> FileIndex:
    """Make an empty index in an empty folder."""
    storage = FileStorage(str(folder))
    return FileIndex.create(storage, make_schema(analyzer), "MAIN")


def open_index(folder: Path, analyzer: Analyzer) -> FileIndex:
    """Open an index; its schema calls the analyzer in use.

    A writer deletes old segments when it commits, so that a reader may look for
    a file that has just gone; it looks again before it calls the index broken.

    Raises:
        IndexBroken: Files are missing or cannot be read.
    """
    with broken_errors(folder):
        return FileIndex(FileStorage(str(folder)), schema=make_schema(analyzer))


def open_reader(folder: Path, analyzer: Analyzer) -> IndexReader:
    """Open a reader on the newest commit.

    Raises:
        IndexBroken: Files are missing or cannot be read.
    """
    for attempt in range(_OPEN_TRIES):
        try:
            return open_index(folder, analyzer).reader()
        except FileNotFoundError as error:
            if attempt == _OPEN_TRIES - 1:
                raise IndexBroken(folder, str(error)) from error
            time.sleep(_OPEN_PAUSE_SECONDS)
        except BROKEN as error:
            raise IndexBroken(folder, f"{type(error).__name__}: {error}") from error
    raise IndexBroken(folder, "files keep vanishing")


def newest_commit(folder: Path) -> int:
    """Tell the number of the newest commit by the name of its table of contents.

    Raises:
        IndexBroken: There is none.
    """
    with broken_errors(folder):
        names = [_TOC.match(path.name) for path in folder.iterdir()]
    commits = [int(match.group(1)) for match in names if match]
    if not commits:
        raise IndexBroken(folder, "its table of contents is missing")
    return max(commits)


@contextmanager
def writer_lock(index: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the right to write any generation; one process at a time has it.

    The operating system frees it when the process ends, however it ends.

    Raises:
        IndexLocked: Another process held it all the while.
    """
    index.mkdir(parents=True, exist_ok=True)
    lock = FileStorage(str(index)).lock("WRITE")
    deadline = time.monotonic() + wait_seconds
    while not lock.acquire():
        if time.monotonic() >= deadline:
            raise IndexLocked(index, wait_seconds)
        time.sleep(_LOCK_PAUSE_SECONDS)
    try:
        yield
    finally:
        lock.release()
