"""Why a document is or is not among the hits of a search, clause by clause."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from index.analysis import Analyzer
from index.document import Document
from index.errors import UnknownDocument
from index.fold import fold
from index.store import Store
from search.engine import Engine
from search.explain import Sought, leaves, role_of
from search.explanations import Verdict, Why, WhyClause, WhyPart
from search.locating import Location
from search.near import smallest_distance
from search.query import (
    And,
    Attribute,
    Everything,
    Exact,
    Near,
    Prefix,
    Query,
    Verbatim,
    Word,
    Words,
    YearRange,
)
from search.results import SearchRequest
from search.texts import FoldedText, FoldedTexts

_BORDER: Final = "\n"
"""Between title and blocks where strings near each other are sought."""


class Archived(NamedTuple):
    """What is asked about a document.

    Attributes:
        store: Has the documents.
        engine: Finds them.
        texts: Has their texts, folded.
        analyzer: Cuts them into tokens.
    """

    store: Store
    engine: Engine
    texts: FoldedTexts
    analyzer: Analyzer


def explain_why(
    document_id: str,
    query: Query,
    request: SearchRequest,
    strings: Sequence[str],
    archive: Archived,
) -> Why:
    """Tell why a document is or is not among the hits.

    Args:
        document_id: Its id, as given by whoever asks.
        query: The expanded query.
        request: The search.
        strings: Running text of the query, see ``Engine.search``.
        archive: What is asked about the document.
    """
    try:
        document = archive.store.get(document_id)
    except UnknownDocument:
        return Why(id=document_id, verdict=Verdict.UNKNOWN)
    location = archive.engine.locate(query, request, document_id, strings)
    if location is None:
        return Why(id=document_id, verdict=Verdict.PENDING, title=document.title)
    text = archive.texts.of(location.revision)
    shown = location.shown_as if location.shown_as != document_id else ""
    page = (location.rank - 1) // request.per_page + 1 if location.rank else 0
    return Why(
        id=document_id,
        verdict=_verdict(location, shown),
        title=document.title,
        rank=location.rank,
        page=page,
        shown_as=shown,
        shown_title=archive.store.get(shown).title if shown else "",
        filters=location.failed,
        clauses=_clauses(query, text, document_id, archive),
        outdated=archive.store.revision(location.revision) != document,
    )


def _verdict(location: Location, shown_as: str) -> Verdict:
    """Say the reason in one word."""
    if not location.matches:
        return Verdict.LACKS
    if location.failed:
        return Verdict.FILTERED
    return Verdict.FOLDED if shown_as else Verdict.HIT


def _clauses(
    query: Query, text: FoldedText, document_id: str, archive: Archived
) -> tuple[WhyClause, ...]:
    """Hold every clause of a query against a document."""
    clauses = query.clauses if isinstance(query, And) else (query,)

    def holds(clause: Query) -> bool:
        return archive.engine.holds(clause, document_id)

    return tuple(
        WhyClause(
            clause=str(clause),
            matched=holds(clause),
            parts=tuple(
                _part(sought, text, archive.analyzer, held=holds(sought.leaf))
                for sought in dict.fromkeys(leaves(clause))
            ),
        )
        for clause in clauses
        if not isinstance(clause, Everything)
    )


def _part(
    sought: Sought,
    text: FoldedText,
    analyzer: Analyzer,
    *,
    held: bool,
) -> WhyPart:
    """Hold one string or filter against a document."""
    leaf = sought.leaf
    part = WhyPart(
        text=str(leaf), role=role_of(sought), excluded=sought.excluded, held=held
    )
    match leaf.clause if isinstance(leaf, Verbatim) else leaf:
        case Word(string, field) | Exact(string, field) | Words(string, field):
            strings = _strings(text, field)
            return replace(
                part,
                count=sum(each.count(fold(string)) for each in strings) if held else 0,
                longest="" if held else _longest_part(string, strings),
            )
        case Prefix(string, field):
            return replace(part, count=_beginning(string, text, field, analyzer))
        case Near(texts, distance, field, ordered):
            joined = _BORDER.join(_strings(text, field))
            folded = [*map(fold, texts)]
            found = smallest_distance(joined, folded, ordered=ordered)
            return replace(part, distance=found, allowed=distance)
        case Attribute() | YearRange() as filtered:
            return replace(part, value=_value(filtered, text.head))
        case _:
            return part


def _strings(text: FoldedText, field: str) -> tuple[str, ...]:
    """List the folded title of a document, and its blocks unless ``title`` is asked."""
    return (text.title,) if field == "title" else (text.title, *text.folded)


def _longest_part(string: str, among: Sequence[str]) -> str:
    """Give the longest part of a string that stands in one of some folded others."""
    folded, best = fold(string), ""
    for start in range(len(folded)):
        end = start + len(best) + 1
        while end <= len(folded) and any(folded[start:end] in each for each in among):
            best, end = string[start:end], end + 1
    return best


def _beginning(start: str, text: FoldedText, field: str, analyzer: Analyzer) -> int:
    """Count the tokens of a document that begin with a string."""
    wanted = fold(start)
    return sum(
        token.text.startswith(wanted)
        for each in _strings(text, field)
        for token in analyzer.tokens(each)
    )


def _value(leaf: Attribute | YearRange, document: Document) -> str | None:
    """Write the value a document has in the field of a filter."""
    match leaf:
        case YearRange():
            value: object = document.year
        case Attribute("complete"):
            value = str(document.completeness.complete).lower()
        case Attribute("source"):
            value = document.publisher
        case Attribute(field):
            value = getattr(document, field)
    return None if value is None else str(value)
