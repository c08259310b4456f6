"""The JSON of explanations; see ``schemas`` for what holds of every answer."""

from search.explanations import Role, Verdict
from web.answer import Answer


class SynonymAnswer(Answer):
    """What is found beside words that were typed."""

    text: str
    """The words as typed."""
    equivalents: list[str]
    """What says the same, as the files of synonyms have it."""


class TermAnswer(Answer):
    """A string of the query: a token, a quoted string, a synonym."""

    text: str
    documents: int
    """Documents that match it alone."""
    folded: str
    """What is looked for: width, case and script made alike."""
    field: str
    """title, or empty for everywhere."""
    role: Role
    """How it is sought."""
    synonym_of: str
    """What was typed, where this is an equivalent of it; else empty."""
    excluded: bool
    """Whether it stands under a minus."""


class ExplainAnswer(Answer):
    """How the query was understood."""

    terms: list[TermAnswer]


class PartAnswer(Answer):
    """A part of the score of a hit."""

    name: str
    """bm25f, or the name of another part of the score."""
    clause: str
    """The clause of the query it comes from; empty for the whole query."""
    term: str
    """The word in it, folded; empty for none."""
    field: str
    """Where the word stands: title, headings or body; empty for none."""
    score: float


class FilterAnswer(Answer):
    """A filter of the request that a document does not pass."""

    name: str
    value: str | int | bool | None
    """The document's value; null where it has none."""
    wanted: list[str]
    """The values that would pass."""


class WhyPartAnswer(Answer):
    """One string or filter of a clause, held against a document."""

    text: str
    role: Role
    excluded: bool
    """Whether the query wants documents without it."""
    held: bool
    """Whether the document matches it."""
    count: int
    """How often it stands in the document; 0 for filters and near strings."""
    longest: str
    """Of a string that the document lacks, the longest part it contains."""
    distance: int | None
    """Of near strings, the fewest characters between them anywhere in the document."""
    allowed: int | None
    """Of near strings, the characters allowed between them."""
    value: str | None
    """Of a filter, the document's value."""


class WhyClauseAnswer(Answer):
    """One of the clauses all of which a hit matches."""

    clause: str
    matched: bool
    parts: list[WhyPartAnswer]


class WhyAnswer(Answer):
    """Why a document is or is not among the hits."""

    id: str
    verdict: Verdict
    """hit; folded into a near-duplicate; filtered out by a parameter; lacks what the
    query asks for; pending: not indexed yet; unknown."""
    title: str
    rank: int
    """Rank of the hit that shows it; 0 where none does."""
    page: int
    """Page of this hit; 0 where there is none."""
    shown_as: str
    """The near-duplicate it is folded into; empty if in none."""
    shown_title: str
    filters: list[FilterAnswer]
    """The filters it does not pass."""
    clauses: list[WhyClauseAnswer]
    """The clauses of the query, each held against it."""
    outdated: bool
    """Whether the store has a newer text of it than the index."""
