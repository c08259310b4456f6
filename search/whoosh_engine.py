"""The default engine: Whoosh finds and scores, NumPy counts and orders."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher as WhooshSearcher

from index.analysis import Analyzer
from index.build import wanted_manifest
from index.codec.whoosh_codec import files_of
from index.errors import IndexBroken
from index.generations import live_generation
from index.manifest import read_manifest
from index.whoosh_index import broken_errors, newest_commit, open_reader
from search import facets
from search.columns import Columns, Row, make_columns, read_columns
from search.engine import Answer, Match
from search.executor import Executor
from search.query import Query, Word
from search.ranking import first_places, folded_places
from search.results import SearchRequest
from search.texts import FoldedText
from search.whoosh_query import Finder, Looks

TextsOf = Callable[[int], FoldedText]
"""Gives the folded text of a revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """One index state, opened once and shared by all requests.

    Attributes:
        folder: The generation.
        commit: Whoosh's number of the commit.
        searcher: Whoosh's searcher on it.
        columns: The columns read from it.
        executor: What answers, where all segments are ours.
    """

    folder: Path
    commit: int
    searcher: WhooshSearcher
    columns: Columns
    executor: Executor | None

    @property
    def version(self) -> str:
        """Name of the state: generation and commit."""
        return f"{self.folder.name}-{self.commit}"


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
        self._analyzer = analyzer
        self._finder = Finder(analyzer, _looks(texts_of))
        self._opening = threading.Lock()
        # Whoosh's readers share one file position among threads.
        self._reading = threading.Lock()
        self._opened: _State | None = None

    def version(self) -> str:
        """Name the index state that would answer now."""
        return self._state().version

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
        masks = facets.filter_masks(columns, request)
        kept = np.ones(docnums.size, dtype=np.bool_)
        for mask in masks.values():
            kept &= mask[docnums]
        counted = facets.count_facets(
            columns, docnums, masks, collapse=request.collapse
        )
        if masks:
            docnums, scores = docnums[kept], scores[kept]
        start = (request.page - 1) * request.per_page
        wanted = start + request.per_page
        total = int(docnums.size)
        if request.collapse:
            places, copies, total = folded_places(
                columns, docnums, scores, request.sort, wanted
            )
        else:
            places = first_places(columns, docnums, scores, request.sort, wanted)
            copies = np.zeros(places.size, dtype=np.int64)
        shown = range(start, min(wanted, places.size))
        return Answer(
            matches=tuple(
                Match(
                    id=columns.ids[docnums[places[i]]],
                    revision=int(columns.revisions[docnums[places[i]]]),
                    score=round(float(scores[places[i]]), 6),
                    near_duplicates=int(copies[i]),
                )
                for i in shown
            ),
            total=total,
            total_documents=int(docnums.size),
            facets=counted,
            index_version=state.version,
        )

    def _run(
        self, state: _State, query: Query
    ) -> tuple[NDArray[np.integer], NDArray[np.float64]]:
        """Find all documents of a query: docnums, ascending, and scores."""
        if state.executor and state.executor.takes(query):
            return state.executor.run(query)
        with broken_errors(state.folder), self._reading:
            return self._finder.find(state.searcher, state.columns.revisions, query)

    def _state(self) -> _State:
        """Return the newest state, opened when generation or commit changed.

        Raises:
            IndexNotUsable: There is no index, or it is stale or broken.
        """
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
        commit = newest_commit(folder)
        with self._opening:
            opened = self._opened
            if not opened or (opened.folder, opened.commit) != (folder, commit):
                opened = self._opened = self._open(folder, commit)
            return opened

    def _open(self, folder: Path, commit: int) -> _State:
        """Open the newest commit of a generation."""
        read_manifest(folder).check(wanted_manifest(self._analyzer))
        reader = open_reader(folder, self._analyzer)
        with broken_errors(folder):
            generation = reader.generation()  # an empty index has none
            parts = files_of(reader)
            executor = Executor(parts, self._analyzer) if parts else None
            return _State(
                folder=folder,
                commit=commit if generation is None else int(generation),
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
