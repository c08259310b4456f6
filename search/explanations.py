"""Why hits are what they are: plain frozen data, made by ``explain`` and ``why``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """How a string of a query is sought."""

    WORD = "word"
    EXACT = "exact"
    SYNONYM = "synonym"
    PREFIX = "prefix"
    NEAR = "near"
    VERBATIM = "verbatim"
    FILTER = "filter"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermExplanation:
    """One string of the query: a token, a quoted string, a synonym.

    Attributes:
        text: As typed, or as the file of synonyms has it.
        documents: Documents that match it alone: a token those that literally
            contain it.
        folded: What is looked for, width, case and script made alike.
        field: ``title``, or ``""`` for everywhere.
        role: How it is sought.
        synonym_of: What was typed, where this is an equivalent of it.
        excluded: Whether it stands under a minus.
    """

    text: str
    documents: int
    folded: str = ""
    field: str = ""
    role: Role = Role.WORD
    synonym_of: str = ""
    excluded: bool = False


class ScorePart(NamedTuple):
    """A part of the score of a hit; all of them add up to it.

    Attributes:
        name: ``bm25f``, or the name of another part of the score.
        clause: The clause of the query it comes from, ``""`` for the whole query.
        term: The word in it, folded, ``""`` for none.
        field: Where the word stands: ``title``, ``headings`` or ``body``.
        score: What it adds.
    """

    name: str
    clause: str
    term: str
    field: str
    score: float


class Verdict(StrEnum):
    """Why a document is among the hits or not."""

    HIT = "hit"
    FOLDED = "folded"
    FILTERED = "filtered"
    LACKS = "lacks"
    PENDING = "pending"
    UNKNOWN = "unknown"


class FailedFilter(NamedTuple):
    """A filter of the request that a document does not pass.

    Attributes:
        name: The parameter.
        value: The document's value, ``None`` where it has none.
        wanted: The values that would pass; those that do not, with a minus.
    """

    name: str
    value: str | int | bool | None
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPart:
    """One string or filter of a clause, held against a document.

    Attributes:
        text: It, in the query language.
        role: How it is sought.
        excluded: Whether the query wants documents without it.
        held: Whether the document matches it.
        count: How often it stands in the document; 0 for filters and near strings.
        longest: Of a string that the document lacks, the longest part it contains.
        distance: Of near strings, the fewest characters between them anywhere in the
            document; ``None`` where one of them is missing.
        allowed: Of near strings, the characters allowed between them.
        value: Of a filter, the document's value.
    """

    text: str
    role: Role
    excluded: bool
    held: bool
    count: int = 0
    longest: str = ""
    distance: int | None = None
    allowed: int | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyClause:
    """One of the clauses all of which a hit matches.

    Attributes:
        clause: It, in the query language.
        matched: Whether the document matches it.
        parts: The strings and filters in it.
    """

    clause: str
    matched: bool
    parts: tuple[WhyPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a document is or is not among the hits of a search.

    Attributes:
        id: The id asked about.
        verdict: The reason, in one word.
        title: Title of the document, ``""`` where it is unknown.
        rank: Its rank, or that of the hit it is folded into; 0 where there is none.
        page: The page this hit is on; 0 where there is none.
        shown_as: Id of the near-duplicate it is folded into, ``""`` if in none.
        shown_title: Its title.
        filters: The filters it does not pass.
        clauses: The clauses of the query, each held against it.
        outdated: Whether the store has a newer text of it than the index.
    """

    id: str
    verdict: Verdict
    title: str = ""
    rank: int = 0
    page: int = 0
    shown_as: str = ""
    shown_title: str = ""
    filters: tuple[FailedFilter, ...] = ()
    clauses: tuple[WhyClause, ...] = ()
    outdated: bool = False
