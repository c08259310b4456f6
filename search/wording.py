"""The use of exact phrases over the years: first and last attestation, and counts.

A year's count is held against the documents the archive has of that year, so that a
year of which little was collected does not look like one in which little was written.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from search.engine import Engine, Match, Tally
from search.errors import RequestError
from search.notation import QUOTES
from search.parser import parse
from search.query import And, Everything, Exact, Or, Query, Words
from search.results import Axis, Hit, SearchRequest
from search.sought import PositiveStrings

MAX_PHRASES: Final = 5
MAX_PHRASE_CHARACTERS: Final = 200

Describe = Callable[[Sequence[Match], int, PositiveStrings], tuple[Hit, ...]]
"""Describes matches: the rank of the first, and what is to be marked in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRequest:
    """What is asked about phrases.

    Attributes:
        phrases: The phrases, with or without quotation marks around them.
        axis: Which year of a document counts.
        within: Its filters say which documents are looked at, and ``collapse``
            whether copies of one text count once a year.
    """

    phrases: tuple[str, ...]
    axis: Axis = Axis.YEAR
    within: SearchRequest = field(default_factory=SearchRequest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The documents of one year or month.

    Attributes:
        period: The year, or the month as YYYYMM.
        documents: Those that contain the phrase.
        held: All that the archive has; with none nothing is known of the period.
    """

    period: int
    documents: int
    held: int

    @property
    def share(self) -> float | None:
        """Give the part of the documents held that contain the phrase."""
        return self.documents / self.held if self.held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The use of one phrase.

    Attributes:
        phrase: The phrase, no quotation marks around it.
        query: The query that finds its documents.
        total: Documents that contain it, copies folded if so asked.
        total_documents: The same, copies counted each.
        undated: Those of them whose year is not known; they are in no count.
        years: Its counts, one for every year from the first to the last one of which
            any document is held.
        months: The same by month of publication, months without it left out; empty
            unless years are of publication.
        first: The earliest document that contains it, copies included.
        last: The latest.
    """

    phrase: str
    query: str
    total: int
    total_documents: int
    undated: int
    years: tuple[Count, ...]
    months: tuple[Count, ...]
    first: Hit | None
    last: Hit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The answer about phrases.

    Attributes:
        axis: Which year of a document counts.
        collapse: Whether copies of one text count once a year.
        held: Documents looked at.
        held_undated: Those of them whose year is not known.
        uses: One for each phrase.
        index_version: Name of the index state that answered.
    """

    axis: Axis
    collapse: bool
    held: int
    held_undated: int
    uses: tuple[Use, ...]
    index_version: str


class Wording:
    """Follows phrases through the archive; safe to share between threads."""

    def __init__(self, engine: Engine, describe: Describe) -> None:
        """Take what finds documents and what describes them."""
        self._engine = engine
        self._describe = describe

    def track(self, request: WordingRequest) -> Track:
        """Count the documents of each phrase by year.

        Raises:
            RequestError: There are no phrases, too many, or one that cannot be.
            IndexNotUsable: There is no index, or it is stale or broken.
        """
        phrases = tuple(map(bare_phrase, request.phrases))
        _check(phrases)
        queries: list[Query] = [Everything(), *map(Exact, phrases)]
        all_held, *tallies = self._engine.tally(queries, request.within, request.axis)
        return Track(
            axis=request.axis,
            collapse=request.within.collapse,
            held=all_held.total,
            held_undated=all_held.undated,
            uses=tuple(
                self._use(phrase, tally, all_held)
                for phrase, tally in zip(phrases, tallies, strict=True)
            ),
            index_version=all_held.index_version,
        )

    def _use(self, phrase: str, tally: Tally, held: Tally) -> Use:
        """Tell of one phrase."""
        years = range(min(held.years), max(held.years) + 1) if held.years else ()
        return Use(
            phrase=phrase,
            query=str(Exact(phrase)),
            total=tally.total,
            total_documents=tally.total_documents,
            undated=tally.undated,
            years=_counts(years, tally.years, held.years),
            months=_counts(tally.months, tally.months, held.months),
            first=self._attested(tally.first, phrase),
            last=self._attested(tally.last, phrase),
        )

    def _attested(self, match: Match | None, phrase: str) -> Hit | None:
        """Describe a document with the phrase marked in it."""
        if match is None:
            return None
        sought = PositiveStrings(everywhere=(phrase,), title=())
        (hit,) = self._describe((match,), 1, sought)
        return hit


def bare_phrase(text: str) -> str:
    """Take the quotation marks and blanks off that a phrase was typed or pasted with.

    Line ends go too, as in the input field of a browser.
    """
    phrase = "".join(text.splitlines()).strip()
    if len(phrase) > 1 and QUOTES.get(phrase[0]) == phrase[-1]:
        return phrase[1:-1].strip()
    return phrase


def phrases_of(text: str) -> tuple[str, ...]:
    """List the phrases that a query wants to be found, so that they can be followed.

    These are its quoted strings, or all of it where it is one run of characters.

    Raises:
        QuerySyntaxError: The query cannot be read.
    """
    query = parse(text)
    if isinstance(query, Words) and not query.field:
        return (query.text,)
    found = tuple(dict.fromkeys(_phrases(query)))
    fitting = [each for each in found if 0 < len(each) <= MAX_PHRASE_CHARACTERS]
    return tuple(fitting[:MAX_PHRASES])


def _phrases(query: Query) -> Iterator[str]:
    """Walk over the quoted strings that are not under a minus."""
    match query:
        case Exact(text, ""):
            yield bare_phrase(text)
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _phrases(clause)
        case _:
            return


def _counts(
    periods: Sequence[int] | Mapping[int, int],
    found: Mapping[int, int],
    held: Mapping[int, int],
) -> tuple[Count, ...]:
    """Hold what was found in each period against what there is."""
    return tuple(
        Count(period=period, documents=found.get(period, 0), held=held.get(period, 0))
        for period in periods
    )


def _check(phrases: Sequence[str]) -> None:
    """Refuse what is outside the stated limits."""
    if not 1 <= len(phrases) <= MAX_PHRASES or not all(phrases):
        raise RequestError(parameter="q", limit=f"one to {MAX_PHRASES} phrases")
    if max(map(len, phrases)) > MAX_PHRASE_CHARACTERS:
        limit = f"at most {MAX_PHRASE_CHARACTERS} characters a phrase"
        raise RequestError(parameter="q", limit=limit)
    if any(unicodedata.category(char) == "Cs" for each in phrases for char in each):
        raise RequestError(parameter="q", limit="text in UTF-8, no half characters")
