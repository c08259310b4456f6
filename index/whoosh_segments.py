"""Commits of whole segments: files first, then Whoosh's table of contents.

A commit holds Whoosh's own lock, so that a plain Whoosh writer keeps out. Segments
are written and synced before the table of contents that names them appears, and
what no table names is removed after that. Killed at any moment, the index opens at
its last commit, and the next commit clears away what was left.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.filelock import try_for

from index.analysis import Analyzer
from index.codec.elias_fano import LIMIT
from index.codec.merging import merge_segments, write_content
from index.codec.whoosh_codec import ArraySegment
from index.inverter import Content
from index.whoosh_index import broken_errors, open_reader

INDEX_NAME: Final = "MAIN"
FAN: Final = 8
"""Segments of about one size that are merged when there are so many."""

_SMALLEST: Final = 1000
_LOCK_SECONDS: Final = 60.0
_WAITING: Final = "waiting-"


def write_segment(folder: Path, content: Content) -> ArraySegment:
    """Write a segment's file; nothing refers to it before ``commit_segments``."""
    segment = ArraySegment(INDEX_NAME, content.documents)
    write_content(_waiting(segment.path(folder)), content)
    return segment


def verify_index(folder: Path, analyzer: Analyzer) -> None:
    """Check every byte of the segments of the newest commit.

    Raises:
        IndexBroken: One is damaged.
    """
    reader = open_reader(folder, analyzer)
    with broken_errors(folder):
        for leaf, _ in reader.leaf_readers():
            if isinstance(leaf.segment(), ArraySegment):
                leaf.segment().open(leaf.storage()).container.verify()
    reader.close()


def remove_waiting(folder: Path) -> None:
    """Remove what writers left who were killed; nobody may be writing."""
    for left in folder.glob(f"{_WAITING}*"):
        left.unlink()


def _waiting(path: Path) -> Path:
    """Name a file that is not committed, so that a commit does not clear it away."""
    return path.with_name(_WAITING + path.name)


def commit_segments(
    folder: Path, segments: Sequence[ArraySegment] = (), drop: Sequence[str] = ()
) -> None:
    """Delete documents and add segments, all or nothing.

    Args:
        folder: The index.
        segments: Segments whose files are written.
        drop: Ids to delete from the segments there are.

    Raises:
        LockError: Another writer held the lock for a minute.
    """
    storage = FileStorage(str(folder))
    with _lock(storage):
        toc = TOC.read(storage, INDEX_NAME)
        kept = list(toc.segments)
        for segment in kept:
            _delete(storage, toc, segment, drop)
        kept = [each for each in kept if each.doc_count() > 0]
        for segment in segments:
            path = segment.path(folder)
            _waiting(path).rename(path)
        kept += segments
        kept = _merged(folder, kept)
        toc = TOC(toc.schema, kept, toc.generation + 1)
        _sync(folder)
        toc.write(storage, INDEX_NAME)
        _sync(folder / toc._filename(INDEX_NAME, toc.generation))  # noqa: SLF001 (Whoosh has no other way)
        _sync(folder)
        clean_files(storage, INDEX_NAME, toc.generation, kept)


@contextmanager
def _lock(storage: FileStorage) -> Iterator[None]:
    """Hold Whoosh's lock."""
    lock = FileIndex(storage).lock("WRITELOCK")
    if not try_for(lock.acquire, timeout=_LOCK_SECONDS, delay=0.05):
        raise LockError
    try:
        yield
    finally:
        lock.release()


def _delete(
    storage: FileStorage, toc: TOC, segment: Segment, drop: Sequence[str]
) -> None:
    """Mark documents of a segment as deleted, whoever wrote it."""
    if not drop:
        return
    reader = SegmentReader(storage, toc.schema, segment)
    found: set[int] = set()
    for name in drop:
        with suppress(TermNotFound):
            found.update(reader.postings("id", name).all_ids())
    reader.close()
    for docnum in found:
        segment.delete_document(docnum)


def _merged(folder: Path, segments: Sequence[Segment]) -> list[Segment]:
    """Merge segments of one size wherever there are too many, and sparse ones.

    So there are at most ``FAN`` segments of each size, each size ``FAN`` times the
    one before: their number grows with the logarithm of the documents.
    """
    kept = list(segments)
    while chosen := _chosen(kept):
        fresh = ArraySegment(INDEX_NAME, 0)
        storage = FileStorage(str(folder))
        files = [(each.open(storage), set(each.deleted_docs())) for each in chosen]
        if sum(file.positions for file, _ in files) >= LIMIT:
            break
        fresh.set_doc_count(merge_segments(fresh.path(folder), files))
        place = kept.index(chosen[0])
        kept[place] = fresh
        kept = [each for each in kept if each not in chosen]
    return kept


def _chosen(segments: Sequence[Segment]) -> list[ArraySegment]:
    """Choose what is to be merged next; segments that others wrote stay."""
    ours = [each for each in segments if isinstance(each, ArraySegment)]
    sizes: dict[int, list[ArraySegment]] = {}
    for each in ours:
        if 2 * each.deleted_count() > each.doc_count_all():
            return [each]
        tier, most = 0, _SMALLEST
        while each.doc_count() > most:
            tier, most = tier + 1, most * FAN
        sizes.setdefault(tier, []).append(each)
    for tier in sorted(sizes):
        if len(sizes[tier]) >= FAN:
            return sizes[tier]
    return []


def _sync(path: Path) -> None:
    """Have a file or the names in a folder reach the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
