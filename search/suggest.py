"""Completes the last word of what is typed, from what the archive has.

Of a word that stands alone, or in quotation marks, terms, titles, sources and regions
are offered; behind other words only terms, and only those that are found together with
them. Behind ``title:`` terms and titles are, behind ``source:`` and ``region:`` their
values. Every completion is a whole query and finds something.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from index.fold import fold
from index.script import is_traditional, to_traditional
from search.completions import LiveCompletions, Opened
from search.engine import Engine
from search.errors import QuerySyntaxError
from search.last_word import LastWord, last_word
from search.notation import MINUS
from search.query import Attribute, Exact, Query, Words

MOST: Final = 10
_TITLES, _VALUES = 3, 1  # at the most, beside terms
_BEHIND: Final = 6  # terms behind other words: each is counted with them
_TRIED: Final = 2 * MOST  # terms whose documents are counted, at the most
_REMEMBERED: Final = 1 << 12
_HALVES: Final = re.compile("[\ud800-\udfff]")  # no text of UTF-8

Understand = Callable[[str], Query]
"""Reads a query as a search does."""


class SuggestionKind(StrEnum):
    """What is offered."""

    SUBJECT = "subject"
    """A word that titles or headings have."""
    TERM = "term"
    """A word that texts have."""
    TITLE = "title"
    SOURCE = "source"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One way to complete what is typed.

    Attributes:
        kind: What it is.
        text: What is offered.
        query: The whole query with it.
        documents: Documents that have it, found by the whole query.
    """

    kind: SuggestionKind
    text: str
    query: str
    documents: int


class Suggester:
    """Completes queries."""

    def __init__(
        self, engine: Engine, live: LiveCompletions, understand: Understand
    ) -> None:
        """Take what counts documents, what may be offered, and what reads queries."""
        self._live = live

        @lru_cache(_REMEMBERED)
        def count(query: str, version: str) -> int:
            del version
            try:
                return engine.count(understand(query))
            except QuerySyntaxError:
                return 0

        self._engine, self._counted = engine, count

    def opened(self) -> Opened | None:
        """Give what may be offered, none while it is not there.

        Raises:
            IndexNotUsable: There is no index.
        """
        return self._live.get()

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Complete the last word of a query; nothing where it ends with none.

        Raises:
            IndexNotUsable: There is no index, or it is stale or broken.
        """
        word, opened = last_word(typed), self._live.get()
        if word is None or opened is None or _HALVES.search(typed):
            return ()
        field = word.field.name if word.field else ""
        alone = not word.before.strip()
        if field not in ("", "title"):
            return tuple(_listed(opened, word, field, MOST))
        beside: list[Suggestion] = []
        if alone:
            beside += _listed(opened, word, "title", _TITLES)
        if alone and not field and not word.quoted:
            beside += _listed(opened, word, "source", _VALUES)
            beside += _listed(opened, word, "region", _VALUES)
        most = MOST - len(beside) if alone else _BEHIND
        return (*self._terms(opened, word, field, most), *beside)

    def _count(self, query: str) -> int:
        """Count the documents of a query, once for each state of the index."""
        return self._counted(query, self._engine.version())

    def _terms(
        self, opened: Opened, word: LastWord, field: str, most: int
    ) -> list[Suggestion]:
        """List terms that find something, the weightiest first."""
        table, folded = opened.completions.tables["terms"], fold(word.text)
        traditional = is_traditional(word.text)
        # What a minus excludes is counted for itself, or everything else would be.
        context = "" if word.before.endswith(tuple(MINUS)) else word.before
        found: list[Suggestion] = []
        for number in opened.speller.find(table, folded, _TRIED):
            if len(found) == most:
                break
            shown = table.shown(number)
            text = to_traditional(shown) if traditional else shown
            clause = str(_clause(word, text, field))
            documents = self._count(context + clause)
            if documents and table.folded(number) != folded:
                subject = table.subjects[number] > 0
                kind = SuggestionKind.SUBJECT if subject else SuggestionKind.TERM
                query = word.before + clause
                found.append(
                    Suggestion(kind=kind, text=text, query=query, documents=documents)
                )
        return found


def _listed(
    opened: Opened, word: LastWord, name: str, most: int
) -> Iterator[Suggestion]:
    """List titles, or values of a field, that begin as typed."""
    table = opened.completions.tables.get(f"{name}s")
    if table is None:
        return
    for number in opened.speller.find(table, fold(word.text), most):
        text = table.shown(number)
        clause = Exact(text) if name == "title" else Attribute(name, text)
        yield Suggestion(
            kind=SuggestionKind(name),
            text=text,
            query=word.before + str(clause),
            documents=int(table.documents[number]),
        )


def _clause(word: LastWord, text: str, field: str) -> Query:
    """Write a term as it was begun: quoted or not, in its field."""
    return Exact(text, field) if word.quoted else Words(text, field)
