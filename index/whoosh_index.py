"""Opening and writing Whoosh indexes; Whoosh's own errors end here."""

import errno
import pickle
import re
import struct
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import error as zlib_error

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex, LockError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import IndexReader, ReaderClosed, TermNotFound
from whoosh.writing import IndexingError

from index.analysis import Analyzer
from index.errors import IndexBroken, IndexLocked, IndexNotWritten
from index.whoosh_schema import make_schema

# What opening a torn, foreign or vanished index raises in Whoosh 2.7; the last
# line is what reading a damaged pickle may raise.
BROKEN = (
    *(WhooshIndexError, IndexingError, ReaderClosed, TermNotFound),
    *(OSError, EOFError, struct.error, zlib_error),
    *(ValueError, TypeError, LookupError, AttributeError, AssertionError),
    *(pickle.UnpicklingError, ImportError, ArithmeticError, MemoryError, NameError),
)
# What only writing can raise: a full disk, a quota, a limit, a read-only system.
_UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
_TOC = re.compile(r"^_MAIN_(\d+)\.toc$")
_OPEN_TRIES = 5
_OPEN_PAUSE_SECONDS = 0.05
_LOCK_PAUSE_SECONDS = 0.2


@contextmanager
def broken_errors(folder: Path) -> Iterator[None]:
    """Translate what Whoosh raises on damaged files, and on a full disk."""
    try:
        yield
    except LockError as error:
        raise IndexLocked(folder, 0) from error
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno in _UNWRITTEN:
            raise IndexNotWritten(folder, str(error)) from error
        message = f"{type(error).__name__}: {error}".strip(": ")
        raise IndexBroken(folder, message) from error


def create_index(folder: Path, analyzer: Analyzer) -> None:
    """Make an empty index in an empty folder."""
    FileIndex.create(FileStorage(str(folder)), make_schema(analyzer), "MAIN")


def open_reader(folder: Path, analyzer: Analyzer) -> IndexReader:
    """Open a reader on the newest commit; its schema calls the analyzer in use.

    Raises:
        IndexBroken: Files are missing or cannot be read.
    """
    with broken_errors(folder), _closing_on_error(folder) as storage:
        return _open(storage, analyzer).reader()


def commit_changes(
    folder: Path,
    analyzer: Analyzer,
    *,
    add: Iterable[Mapping[str, object]] = (),
    replace: Iterable[Mapping[str, object]] = (),
    drop: Iterable[str] = (),
) -> None:
    """Commit changes, all or none of them.

    Args:
        folder: The generation.
        analyzer: The analyzer in use.
        add: Fields of documents that the index does not have; Whoosh takes these
            without looking for an older one.
        replace: Fields of documents that it has in another revision.
        drop: Ids of documents to delete.

    Raises:
        IndexBroken: Files are missing or cannot be read or written.
        IndexLocked: Something that is not Wensu is writing.
    """
    with broken_errors(folder), _closing_on_error(folder) as storage:
        writer = _open(storage, analyzer).writer()
        try:
            for name in drop:
                writer.delete_by_term("id", name)
            for fields in replace:
                writer.update_document(**fields)
            for fields in add:
                writer.add_document(**fields)
            writer.commit()
        except BaseException:
            with suppress(*BROKEN):
                writer.cancel()
            raise


class _Storage(FileStorage):  # type: ignore[misc]  # Whoosh is untyped
    """Remembers the files it opened: Whoosh leaves them open when one is damaged."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._opened: list[StructFile] = []

    def open_file(self, name: str, **options: object) -> StructFile:
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    def close_files(self) -> None:
        for file in self._opened:
            if not file.is_closed:
                file.close()


@contextmanager
def _closing_on_error(folder: Path) -> Iterator[_Storage]:
    """Give the files of an index; close what was opened when something fails."""
    storage = _Storage(folder)
    try:
        yield storage
    except BaseException:
        storage.close_files()
        raise


def _open(storage: FileStorage, analyzer: Analyzer) -> FileIndex:
    """Open an index.

    A writer deletes the old table of contents when it commits, so that it may be
    gone when it has just been found; it is looked for again.
    """
    for _ in range(_OPEN_TRIES - 1):
        with suppress(FileNotFoundError):
            return FileIndex(storage, schema=make_schema(analyzer))
        time.sleep(_OPEN_PAUSE_SECONDS)
    return FileIndex(storage, schema=make_schema(analyzer))


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
