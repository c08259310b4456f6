"""The state of the index that answers: opened once, and again when it has changed.

A new commit or generation is noticed by the times of two names on disk. A time that is
not yet ``_SETTLED_NS`` old proves nothing, since another change may have the same.
"""

import os
import threading
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from whoosh.reading import IndexReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher as WhooshSearcher

from index.analysis import Analyzer
from index.build import wanted_manifest
from index.codec.container import DamagedFile
from index.codec.whoosh_codec import files_of
from index.errors import IndexBroken
from index.generations import current_file, live_generation
from index.manifest import read_manifest
from index.whoosh_index import broken_errors, newest_commit, open_reader
from search.columns import Columns, Row, make_columns, read_columns
from search.executor import Executor
from search.texts import Looks

_SETTLED_NS: Final = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One index state, opened once and shared by all requests.

    Attributes:
        folder: The generation.
        place: The same as text.
        commit: Whoosh's number of the commit.
        version: Name of the state: generation and commit.
        stamp: Times of the names on disk, where they prove that nothing is newer.
        searcher: Whoosh's searcher on it.
        columns: The columns read from it.
        executor: What answers, where all segments are ours.
    """

    folder: Path
    place: str
    commit: int
    version: str
    stamp: tuple[int, int] | None
    searcher: WhooshSearcher
    columns: Columns
    executor: Executor | None


class States:
    """Gives the newest state; safe to share between threads."""

    def __init__(self, index: Path, analyzer: Analyzer, looks: Looks) -> None:
        """Take where the index is; nothing is opened yet.

        Args:
            index: The folder of generations.
            analyzer: The analyzer in use; an index built by another is refused.
            looks: Looks at the texts of documents.
        """
        self._index = index
        self._current = str(current_file(index))
        self._analyzer = analyzer
        self._looks = looks
        self._opening = threading.Lock()
        self._opened: State | None = None

    def current(self) -> State:
        """Return the newest state, opened when generation or commit changed.

        Raises:
            IndexNotUsable: There is no index, or it is stale or broken.
        """
        opened = self._opened
        if opened and opened.stamp and opened.stamp == self._stamp(opened.place):
            return opened
        while True:
            folder = live_generation(self._index)
            try:
                return self._state_of(folder)
            except IndexBroken:
                # A rebuild may have been swapped in and the old one removed.
                if live_generation(self._index) == folder:
                    raise

    def _state_of(self, folder: Path) -> State:
        """Return the newest state of a generation."""
        stamp = self._stamp(str(folder))
        commit = newest_commit(folder)
        before = self._opened
        if before and self._opening.locked():
            return before  # one request opens what is new, the others need not wait
        with self._opening:
            opened = self._opened
            if not opened or (opened.folder, opened.commit) != (folder, commit):
                opened = self._open(folder, commit)
            if stamp and max(stamp) + _SETTLED_NS < time.time_ns():
                opened = replace(opened, stamp=stamp)
            self._opened = opened
            return opened

    def _stamp(self, folder: str) -> tuple[int, int] | None:
        """Read the times of what changes with a commit or a generation."""
        try:
            return os.stat(self._current).st_mtime_ns, os.stat(folder).st_mtime_ns  # noqa: PTH116 (in every search)
        except OSError:
            return None

    def _open(self, folder: Path, commit: int) -> State:
        """Open the newest commit of a generation."""
        read_manifest(folder).check(wanted_manifest(self._analyzer))
        reader = open_reader(folder, self._analyzer)
        with broken_errors(folder):
            generation = reader.generation()  # an empty index has none
            parts = files_of(reader)
            make = partial(Executor, analyzer=self._analyzer, looks=self._looks)
            executor = make(parts) if parts else None
            commit = commit if generation is None else int(generation)
            return State(
                folder=folder,
                place=str(folder),
                commit=commit,
                version=f"{folder.name}-{commit}",
                stamp=None,
                searcher=WhooshSearcher(reader, weighting=BM25F()),
                columns=read_columns(executor.files, executor.alive)
                if executor
                else make_columns(_rows(reader)),
                executor=executor,
            )


def blame_damage(state: State, error: Exception) -> None:
    """Find out whether a search failed because the index is damaged.

    Raises:
        IndexBroken: It is. Where it is whole, the fault is in the program.
    """
    if state.executor is None:  # Whoosh's own files have no checksums
        raise IndexBroken(state.folder, str(error)) from error
    try:
        for file in state.executor.files:
            file.container.verify()
    except DamagedFile as damage:
        raise IndexBroken(state.folder, str(damage)) from error
    if isinstance(error, DamagedFile):
        raise IndexBroken(state.folder, str(error)) from error


def _rows(reader: IndexReader) -> list[Row | None]:
    """Read the stored row of every docnum, ``None`` where it is deleted."""
    rows: list[Row | None] = [None] * reader.doc_count_all()
    for docnum, fields in reader.iter_docs():
        rows[docnum] = (fields["id"], fields["row"])
    return rows
