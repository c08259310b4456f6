"""A better query, where one with a wrong character finds nothing or very little.

Every string of the query is corrected for itself, in its field, quotation marks and
all; what a minus excludes and what filters stays. A correction is offered only if it
finds something; where the query itself does, only if it finds more, and many times
more than have what was typed as it stands.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from index.analysis import Analyzer
from search.completions import LiveCompletions, Opened
from search.corrections import Corrector
from search.engine import Engine
from search.query import And, Exact, Near, Or, Prefix, Query, Word, Words
from search.results import SearchRequest

TIMES: Final = 10
"""So many times more a correction must find than what is typed, word for word."""

_REMEMBERED: Final = 1 << 10
"""Corrections that are kept."""

Correct = Callable[[str], str | None]
"""Writes a text as it was meant; none where nothing better is known."""

Expand = Callable[[Query], Query]
"""Cuts the running text of a query into words."""


class DidYouMean:
    """Offers better queries."""

    def __init__(
        self, engine: Engine, live: LiveCompletions, analyzer: Analyzer, expand: Expand
    ) -> None:
        """Take what counts documents, what terms there are, and what cuts text."""
        self._engine, self._live, self._expand = engine, live, expand

        @lru_cache(1)
        def correcting(opened: Opened) -> Correct:
            """Remember beside the corrector: nothing it holds leads back to it.

            So what is open is let go as soon as other completions are.
            """
            made = Corrector(opened, analyzer, lambda text: engine.count(Exact(text)))
            return lru_cache(_REMEMBERED)(made.correct)

        self._correcting = correcting

    def suggest(self, query: Query, request: SearchRequest, total: int) -> str | None:
        """Give a better query than one that found some hits, if there is one.

        Args:
            query: As parsed, its running text not cut into words.
            request: The search that was made.
            total: Documents it found.
        """
        opened = self._live.get()
        if request.page > 1 or opened is None:
            return None
        meant = _corrected(query, self._correcting(opened))
        if meant == query:
            return None
        found = self._count(self._expand(meant), request)
        if total and found > total:
            total = TIMES * self._count(_verbatim(query), request)
        return str(meant) if found > total else None

    def _count(self, query: Query, request: SearchRequest) -> int:
        """Count the documents that a query finds by the filters of a search."""
        asked = replace(request, page=1, per_page=1, facets=False, explain=False)
        return self._engine.search(query, asked).total_documents


def _verbatim(query: Query) -> Query:
    """Seek running text as it stands."""
    match query:
        case Words(text, field):
            return Exact(text, field)
        case And(clauses) | Or(clauses):
            return replace(query, clauses=tuple(map(_verbatim, clauses)))
        case _:
            return query


def _corrected(query: Query, correct: Correct) -> Query:
    """Correct every string of a query that is not excluded."""
    match query:
        case Words(text) | Word(text) | Exact(text) | Prefix(text):
            return replace(query, text=correct(text) or text)
        case Near(texts):
            return replace(query, texts=tuple(correct(text) or text for text in texts))
        case And(clauses) | Or(clauses):
            inner = dict.fromkeys(_corrected(clause, correct) for clause in clauses)
            if len(inner) == 1:
                return next(iter(inner))
            return replace(query, clauses=tuple(inner))
        case _:
            return query
