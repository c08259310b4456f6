"""Precedents: the passages of the archive that share the wording of a text.

The text is cut into stretches of about a sentence, whose rarest pairs of characters
vote for places in the index (``precedents_votes``); the documents with most votes are
read and aligned with it (``precedents_comparison``); what they share is cut out and
weighed (``precedents_passages``). So wording is found word for word, with one character
in five changed, with its sentences in another order, and in the other script. Nothing
of a text that is asked for is kept.
"""

import time
import unicodedata
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexBroken
from search.columns import Columns
from search.engine import Snapshot
from search.errors import RequestError
from search.facets import PASSES, failures, make_filters
from search.precedents_candidates import (
    Candidate,
    Found,
    choose_candidates,
    days_of,
    find_candidates,
)
from search.precedents_comparison import Wanted, compare, read_wanted
from search.precedents_passages import Shared, cover, cut_passage, gather, weigh
from search.precedents_results import Order, PrecedentRequest, Precedents
from search.precedents_votes import Cells
from search.results import SearchRequest
from search.texts import FoldedTexts

LEAST_SYMBOLS: Final = 8
MAX_TEXT: Final = 20_000
MAX_PASSAGES: Final = 100


class Snapshots(Protocol):
    """Gives the index state that answers."""

    def snapshot(self) -> Snapshot:
        """Give it, or raise ``IndexNotUsable``."""
        ...


class PrecedentFinder:
    """Finds precedents; safe to share between threads."""

    def __init__(self, engine: Snapshots, texts: FoldedTexts) -> None:
        """Take the engine whose index is searched, and the texts that it indexed."""
        self._engine = engine
        self._texts = texts

    def find(self, request: PrecedentRequest) -> Precedents:
        """Find the passages that share the wording of a text.

        Raises:
            RequestError: A parameter is outside its limits.
            IndexNotUsable: There is no index, or it is stale or broken.
        """
        started = time.perf_counter()
        wanted = read_wanted(request.text)
        check_precedent(request, wanted)
        snapshot = self._engine.snapshot()
        shared = self._compare(snapshot, wanted, request)
        listed = _ordered(snapshot.columns, shared, request)
        passages = [cut_passage(*each) for each in listed[: request.limit]]
        return Precedents(
            text=request.text,
            total=len(listed),
            passages=tuple(passages),
            parts=cover(wanted, [each for each, _ in listed]),
            took_ms=round(1000 * (time.perf_counter() - started), 2),
            index_version=snapshot.version,
        )

    def _compare(
        self, snapshot: Snapshot, wanted: Wanted, request: PrecedentRequest
    ) -> list[Shared]:
        """Compare the text with the documents that may share its wording."""
        if not snapshot.files:
            return []
        found = vote(snapshot, wanted)
        candidates = choose_candidates(
            found,
            snapshot.columns,
            allowed(snapshot, request.within),
            request.limit,
            earliest=request.order is Order.EARLIEST,
        )
        revisions = snapshot.columns.revisions
        texts = self._texts.of_all([int(revisions[one.docnum]) for one in candidates])
        cells = _cells_of(found, candidates)
        return [
            shared
            for one, text in zip(candidates, texts, strict=True)
            for shared in gather(
                wanted,
                one.docnum,
                one.copies,
                text,
                compare(wanted, text.text[1], cells[one.docnum]),
            )
        ]


def check_precedent(request: PrecedentRequest, wanted: Wanted) -> None:
    """Refuse a request outside the stated limits.

    Raises:
        RequestError: Names the parameter and its limit.
    """
    if len(request.text) > MAX_TEXT:
        raise RequestError(parameter="text", limit=f"at most {MAX_TEXT:,} characters")
    if any(unicodedata.category(char) == "Cs" for char in request.text):
        raise RequestError(parameter="text", limit="text in UTF-8, no half characters")
    if wanted.symbols.size < LEAST_SYMBOLS:
        limit = f"at least {LEAST_SYMBOLS} letters or digits; use search for fewer"
        raise RequestError(parameter="text", limit=limit)
    if not 1 <= request.limit <= MAX_PASSAGES:
        raise RequestError(parameter="limit", limit=f"1 to {MAX_PASSAGES}")
    if not 0 <= request.min_overlap <= 1:
        raise RequestError(parameter="min_overlap", limit="0 to 1")


def vote(snapshot: Snapshot, wanted: Wanted, budget: int = 0) -> Found:
    """Find where the stretches of a text may stand; see ``find_candidates``.

    Raises:
        IndexBroken: A segment is damaged.
    """
    try:
        return find_candidates(snapshot.files, wanted.folded, wanted.bounds, budget)
    except ValueError as error:
        raise IndexBroken(snapshot.folder, str(error)) from error


def allowed(snapshot: Snapshot, within: SearchRequest) -> NDArray[np.bool_]:
    """Tell of each document whether it is there and passes the filters."""
    filters = make_filters(snapshot.columns, within)
    if not filters:
        return snapshot.alive
    everything = np.arange(snapshot.alive.size, dtype=np.int32)
    passing = failures(snapshot.columns, everything, filters) == PASSES
    kept: NDArray[np.bool_] = snapshot.alive & passing
    return kept


def _cells_of(found: Found, candidates: list[Candidate]) -> dict[int, Cells]:
    """Give the cells of each candidate."""
    order = np.argsort(found.documents, kind="stable")
    ascending = found.documents[order]
    docnums = np.asarray([one.docnum for one in candidates], np.int32)
    firsts = np.searchsorted(ascending, docnums).tolist()
    lasts = np.searchsorted(ascending, docnums, "right").tolist()
    return {
        one.docnum: found.cells.at(order[first:last])
        for one, first, last in zip(candidates, firsts, lasts, strict=True)
    }


def _ordered(
    columns: Columns, shared: list[Shared], request: PrecedentRequest
) -> list[tuple[Shared, float]]:
    """Put passages in order, each with its overlap."""
    if not shared:
        return []
    days = days_of(columns)
    earliest = request.order is Order.EARLIEST

    def key(each: tuple[Shared, float]) -> tuple[float, float, int, int]:
        one, overlap = each
        day = float(days[one.docnum])
        first = (day, -overlap) if earliest else (-overlap, day)
        return (*first, int(columns.ranks[one.docnum]), int(one.rows[0, 1]))

    weighed = zip(shared, (round(float(x), 4) for x in weigh(shared)), strict=True)
    return sorted((x for x in weighed if x[1] >= request.min_overlap), key=key)
