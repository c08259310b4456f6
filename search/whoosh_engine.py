"""The default engine: the way of a search through one state of the index."""

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis import Analyzer
from index.errors import IndexBroken
from index.fold import fold
from index.whoosh_index import BROKEN
from search.closeness import closeness
from search.columns import Ints
from search.engine import Answer, Listed, Match, Snapshot, Tally
from search.executor import NotFromListsError
from search.explain import score_parts
from search.explanations import ScorePart
from search.facets import PASSES, count_facets, failures, in_group, make_filters
from search.locating import Location, Matches, locate
from search.query import Query, Word
from search.ranking import Ranked, rank
from search.reranking import Reranked, rerank, unchanged
from search.residence import trim
from search.results import Axis, FacetCount, SearchRequest, Sort
from search.tally import count_dates
from search.texts import FoldedText, Looks
from search.whoosh_query import Finder
from search.whoosh_state import State, States, blame_damage

_TRIMMED: Final = 32
"""After so many searches the resident memory is looked at."""

_NOT_RESTRICTED: Final = np.empty(0, np.int8)

TextsOf = Callable[[int], FoldedText]
"""Gives the folded text of a revision."""


class WhooshEngine:
    """Answers from the live generation; follows new commits and generations."""

    def __init__(self, index: Path, analyzer: Analyzer, texts_of: TextsOf) -> None:
        """Take where the index is; nothing is opened before the first search.

        Args:
            index: The folder of generations.
            analyzer: The analyzer in use; an index built by another is refused.
            texts_of: Where exact strings are looked up.
        """
        looks = _looks(texts_of)
        self._states = States(index, analyzer, looks)
        self._finder = Finder(analyzer, looks)
        # Whoosh's readers share one file position among threads.
        self._reading = threading.Lock()
        self._searches = 0

    def version(self) -> str:
        """Name the index state that would answer now."""
        return self._states.current().version

    def snapshot(self) -> Snapshot:
        """Give the index state that would answer now.

        Raises:
            IndexBroken: A segment of it was written by something else.
        """
        state = self._states.current()
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
        columns = self._states.current().columns
        return {
            name: int(revision)
            for name, revision in zip(columns.ids, columns.revisions, strict=True)
            if name
        }

    def document_frequency(self, text: str) -> int:
        """Count the documents that literally contain the text."""
        return self.count(Word(text))

    def count(self, query: Query) -> int:
        """Count the documents of a query, of one word by its list alone."""
        state = self._states.current()
        if state.executor and isinstance(query, Word):
            counted = state.executor.count(query)
            if counted is not None:
                return counted
        docnums, _ = self._run(state, query)
        return int(docnums.size)

    def holds(self, query: Query, document_id: str) -> bool:
        """Tell whether a document matches a query."""
        state = self._states.current()
        docnums, _ = self._run(state, query)
        return bool(np.isin(state.columns.docnums([document_id]), docnums))

    def locate(
        self,
        query: Query,
        request: SearchRequest,
        document_id: str,
        strings: Sequence[str] = (),
    ) -> Location | None:
        """Tell where a document stands; ``None`` where it is not indexed."""
        state = self._states.current()
        (docnum,) = state.columns.docnums([document_id])
        if docnum < 0:
            return None
        found = Matches(*self._run(state, query))

        def order(passing: Matches, page: range) -> Ranked:
            return _order(state, *passing, request, strings, page).ranked

        return locate(state.columns, found, request, docnum, order)

    def score_parts(
        self, query: Query, ids: Sequence[str]
    ) -> list[tuple[ScorePart, ...]]:
        """Tell what the scores of hits are the sum of, from segments of ours."""
        state = self._states.current()
        docnums = state.columns.docnums(ids)
        if state.executor is None or min(docnums, default=0) < 0:
            return [()] * len(ids)
        return score_parts(
            query, docnums, state.executor, lambda leaf: self._run(state, leaf)[0]
        )

    def search(
        self, query: Query, request: SearchRequest, strings: Sequence[str] = ()
    ) -> Answer:
        """Find, filter, count, order, and cut out the page asked for."""
        start = (request.page - 1) * request.per_page
        page = range(start, start + request.per_page)
        listed, facets = self._list(query, request, strings, page)
        return Answer(
            matches=listed.matches(),
            total=listed.total,
            total_documents=listed.total_documents,
            facets=facets,
            index_version=listed.index_version,
        )

    def listed(
        self, query: Query, request: SearchRequest, strings: Sequence[str] = ()
    ) -> Listed:
        """Find all that ``search`` finds on all pages, in one state of the index."""
        request = replace(request, facets=False)
        return self._list(query, request, strings, range(sys.maxsize))[0]

    def _list(
        self,
        query: Query,
        request: SearchRequest,
        strings: Sequence[str],
        page: range,
    ) -> tuple[Listed, dict[str, tuple[FacetCount, ...]]]:
        """Find, filter, count and order."""
        state = self._states.current()
        columns = state.columns
        docnums, scores = self._run(state, query)
        if request.group:
            request = replace(request, collapse=False)
            inside = in_group(columns, docnums, request.group)
            docnums, scores = docnums[inside], scores[inside]
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
        listed = Listed(
            columns=columns,
            found=_order(state, docnums, scores, request, strings, page),
            total_documents=int(docnums.size),
            index_version=state.version,
        )
        return listed, counted

    def tally(
        self, queries: Sequence[Query], request: SearchRequest, axis: Axis
    ) -> tuple[Tally, ...]:
        """Count the documents of each query by year, all in one state of the index."""
        state = self._states.current()
        filters = make_filters(state.columns, request)
        found = []
        for query in queries:
            docnums, _ = self._run(state, query)
            if filters:
                failed = failures(state.columns, docnums, filters)
                docnums = docnums[failed == PASSES]
            found.append(_tally(state, docnums, axis, collapse=request.collapse))
        return tuple(found)

    def _count_search(self, state: State) -> None:
        """Look at the resident memory from time to time."""
        self._searches += 1
        if state.executor and self._searches % _TRIMMED == 0:
            trim(state.executor.files)

    def _run(
        self, state: State, query: Query
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Find all documents of a query: docnums, ascending, and scores."""
        if state.executor:
            try:
                return state.executor.run(query)
            except NotFromListsError:
                pass
            except ValueError as error:
                blame_damage(state, error)
                raise
        with self._reading:
            revisions = state.columns.revisions
            try:
                docnums, scores = self._finder.find(state.searcher, revisions, query)
            except BROKEN as error:
                blame_damage(state, error)
                raise
            return docnums.astype(np.int32), scores


def _order(  # noqa: PLR0913, PLR0917 (what an order depends on)
    state: State,
    docnums: NDArray[np.int32],
    scores: NDArray[np.float64],
    request: SearchRequest,
    strings: Sequence[str],
    page: range,
) -> Reranked:
    """Put the hits of a page in order."""
    columns, executor = state.columns, state.executor

    def pages(page: range) -> Ranked:
        return rank(
            columns, docnums, scores, request.sort, page, collapse=request.collapse
        )

    if not strings or executor is None or request.sort is not Sort.RELEVANCE:
        return unchanged(pages(page))
    return rerank(
        pages,
        lambda best: closeness(executor.segments, [*map(fold, strings)], best),
        columns.latest,
        page,
    )


def _tally(state: State, docnums: Ints, axis: Axis, *, collapse: bool) -> Tally:
    """Count documents by year, and name the first and the last."""
    columns = state.columns
    counted = count_dates(columns, docnums, axis, collapse=collapse)

    def match(docnum: int | None) -> Match | None:
        if docnum is None:
            return None
        return Match(columns.ids[docnum], int(columns.revisions[docnum]), 0.0, 0)

    return Tally(
        years=counted.years,
        months=counted.months,
        undated=counted.undated,
        total=counted.total,
        total_documents=int(docnums.size),
        first=match(counted.first),
        last=match(counted.last),
        index_version=state.version,
    )


def _looks(texts_of: TextsOf) -> Looks:
    """Make what looks at the texts of revisions."""

    def looks(
        revisions: Sequence[int], test: Callable[[FoldedText], bool]
    ) -> NDArray[np.bool_]:
        found = [test(texts_of(revision)) for revision in revisions]
        return np.asarray(found, dtype=np.bool_)

    return looks
