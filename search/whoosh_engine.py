"""The default engine: one index state, opened once, and the way of a search through it.

A new commit or generation is noticed by the times of two names on disk. A time that is
not yet ``_SETTLED_NS`` old proves nothing, since another change may have the same.
"""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher as WhooshSearcher

from index.analysis import Analyzer
from index.build import wanted_manifest
from index.codec.whoosh_codec import files_of
from index.errors import IndexBroken
from index.generations import current_file, live_generation
from index.manifest import read_manifest
from index.whoosh_index import broken_errors, newest_commit, open_reader
from search.columns import Columns, Row, make_columns, read_columns
from search.engine import Answer, Match, Snapshot
from search.executor import Executor, NotFromListsError
from search.facets import PASSES, count_facets, failures, make_filters
from search.query import Query, Word
from search.ranking import rank
from search.residence import trim
from search.results import SearchRequest
from search.texts import FoldedText
from search.whoosh_query import Finder, Looks

_SETTLED_NS: Final = 2_000_000_000
_TRIMMED: Final = 32
"""After so many searches the resident memory is looked at."""

_NOT_RESTRICTED: Final = np.empty(0, np.int8)

TextsOf = Callable[[int], FoldedText]
"""Gives the folded text of a revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
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


class WhooshEngine:
    """Answers from the live generation; follows new commits and generations."""

    def __init__(self, index: Path, analyzer: Analyzer, texts_of: TextsOf) -> None:
        """Take where the index is; nothing is opened before the first search.

        Args:
            index: The folder of generations.
            analyzer: The analyzer in use; an index built by another is refused.
            texts_of: Where exact strings are looked up.
        """
        self._index = index
        self._current = str(current_file(index))
        self._analyzer = analyzer
        self._finder = Finder(analyzer, _looks(texts_of))
        self._opening = threading.Lock()
        # Whoosh's readers share one file position among threads.
        self._reading = threading.Lock()
        self._opened: _State | None = None
        self._searches = 0

    def version(self) -> str:
        """Name the index state that would answer now."""
        return self._state().version

    def snapshot(self) -> Snapshot:
        """Give the index state that would answer now.

        Raises:
            IndexBroken: A segment of it was written by something else.
        """
        state = self._state()
        executor = state.executor
        if executor is None and any(state.columns.ids):
            raise IndexBroken(state.folder, "a segment is not of Wensu's own writing")
        self._count_search(state)
        return Snapshot(
            folder=state.folder,
            version=state.version,
            files=executor.files if executor else (),
            alive=executor.alive if executor else np.ones(len(state.columns.ids), bool),
            columns=state.columns,
        )

    def revisions(self) -> dict[str, int]:
        """Map every indexed id to the revision that was indexed."""
        columns = self._state().columns
        return {
            name: int(revision)
            for name, revision in zip(columns.ids, columns.revisions, strict=True)
            if name
        }

    def document_frequency(self, text: str) -> int:
        """Count the documents that literally contain the text."""
        docnums, _ = self._run(self._state(), Word(text))
        return int(docnums.size)

    def search(self, query: Query, request: SearchRequest) -> Answer:
        """Find, filter, count, order, and cut out the page asked for."""
        state = self._state()
        columns = state.columns
        docnums, scores = self._run(state, query)
        self._count_search(state)
        filters, failed = make_filters(columns, request), _NOT_RESTRICTED
        if filters:
            failed = failures(columns, docnums, filters)
        counted = {}
        if request.facets:
            counted = count_facets(columns, docnums, failed, collapse=request.collapse)
        if filters:
            passing = failed == PASSES
            docnums, scores = docnums[passing], scores[passing]
        start = (request.page - 1) * request.per_page
        ranked = rank(
            columns,
            docnums,
            scores,
            request.sort,
            range(start, start + request.per_page),
            collapse=request.collapse,
        )
        return Answer(
            matches=tuple(
                Match(columns.ids[docnum], revision, round(score, 6), copies)
                for docnum, revision, score, copies in zip(
                    ranked.docnums.tolist(),
                    columns.revisions[ranked.docnums].tolist(),
                    ranked.scores.tolist(),
                    ranked.copies.tolist(),
                    strict=True,
                )
            ),
            total=ranked.total,
            total_documents=int(docnums.size),
            facets=counted,
            index_version=state.version,
        )

    def _count_search(self, state: _State) -> None:
        """Look at the resident memory from time to time."""
        self._searches += 1
        if state.executor and self._searches % _TRIMMED == 0:
            trim(state.executor.files)

    def _run(
        self, state: _State, query: Query
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Find all documents of a query: docnums, ascending, and scores."""
        if state.executor:
            try:
                return state.executor.run(query)
            except NotFromListsError:
                pass
            except ValueError as error:
                raise IndexBroken(state.folder, str(error)) from error
        with broken_errors(state.folder), self._reading:
            revisions = state.columns.revisions
            docnums, scores = self._finder.find(state.searcher, revisions, query)
            return docnums.astype(np.int32), scores

    def _state(self) -> _State:
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

    def _state_of(self, folder: Path) -> _State:
        """Return the newest state of a generation."""
        stamp = self._stamp(str(folder))
        commit = newest_commit(folder)
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

    def _open(self, folder: Path, commit: int) -> _State:
        """Open the newest commit of a generation."""
        read_manifest(folder).check(wanted_manifest(self._analyzer))
        reader = open_reader(folder, self._analyzer)
        with broken_errors(folder):
            generation = reader.generation()  # an empty index has none
            parts = files_of(reader)
            executor = Executor(parts, self._analyzer) if parts else None
            commit = commit if generation is None else int(generation)
            return _State(
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


def _rows(reader: IndexReader) -> list[Row | None]:
    """Read the stored row of every docnum, ``None`` where it is deleted."""
    rows: list[Row | None] = [None] * reader.doc_count_all()
    for docnum, fields in reader.iter_docs():
        rows[docnum] = (fields["id"], fields["row"])
    return rows


def _looks(texts_of: TextsOf) -> Looks:
    """Make what looks at the texts of revisions."""

    def looks(
        revisions: Sequence[int], test: Callable[[FoldedText], bool]
    ) -> NDArray[np.bool_]:
        found = [test(texts_of(revision)) for revision in revisions]
        return np.asarray(found, dtype=np.bool_)

    return looks
