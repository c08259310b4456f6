"""What is asked of a search and what comes back: plain frozen data.

Marks are ``(start, end)`` code points into the text they belong to, ``end``
exclusive. There is never markup in any of it.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from index.document import Kind, Script
from search.explanations import ScorePart, TermExplanation, Why
from search.partial import Partial


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Axis(StrEnum):
    """Which year of a document counts: what it is about, or when it was put up."""

    YEAR = "year"
    PUBLISHED = "published"


class Span(NamedTuple):
    """Matched characters of a text: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search.

    Attributes:
        text: The query as typed; empty asks for every document.
        page: Page of hits, from 1.
        per_page: Hits on a page, 1 to 100.
        sort: Order of the hits.
        site: Keep documents of any of these sites.
        year: Keep documents about any of these years.
        year_from: Keep documents about this year or a later one.
        year_to: Keep documents about this year or an earlier one.
        published: Keep documents put up in any of these years.
        region: Keep documents of any of these regions, by full or short name.
        kind: Keep documents of any of these kinds.
        source: Keep documents of any of these publishers.
        script: Keep documents in any of these scripts.
        complete: Keep whole documents (``True``), or cut ones (``False``).
        not_site: Leave out documents of these sites; likewise of the other fields.
            A document of which a field is not known is not left out by it.
        not_year: Leave out documents about these years.
        not_published: Leave out documents put up in these years.
        not_region: Leave out documents of these regions.
        not_kind: Leave out documents of these kinds.
        not_source: Leave out documents of these publishers.
        not_script: Leave out documents in these scripts.
        group: Keep a document, by its id, and its near-duplicates, and list each.
        collapse: Fold copies of one text into one hit.
        explain: Tell how the query was understood, and what each hit scores by.
        why: Id of a document of which to tell why it is or is not among the hits.
        synonyms: Find equivalents of unquoted words, too.
        facets: Count the values of all facets.
        partial: List partial matches where few documents have all words.
    """

    text: str = ""
    page: int = 1
    per_page: int = 10
    sort: Sort = Sort.RELEVANCE
    site: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    published: tuple[int, ...] = ()
    region: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = ()
    source: tuple[str, ...] = ()
    script: tuple[Script, ...] = ()
    complete: bool | None = None
    not_site: tuple[str, ...] = ()
    not_year: tuple[int, ...] = ()
    not_published: tuple[int, ...] = ()
    not_region: tuple[str, ...] = ()
    not_kind: tuple[Kind, ...] = ()
    not_source: tuple[str, ...] = ()
    not_script: tuple[Script, ...] = ()
    group: str = ""
    collapse: bool = True
    explain: bool = False
    why: str = ""
    synonyms: bool = True
    facets: bool = True
    partial: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage of a hit.

    Attributes:
        text: The passage, original characters, one line.
        marks: The matched characters in it.
        section: Headings above it, outermost first.
        anchor: The block it was cut from.
    """

    text: str
    marks: tuple[Span, ...]
    section: tuple[str, ...]
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that matches, with its place in the order.

    Attributes:
        id: Document id.
        rank: 1 for the first hit of the whole search.
        score: BM25F score; 0 where nothing was scored.
        title: Title of the document.
        title_marks: The matched characters in it.
        url: Canonical address, if known.
        site: Site.
        published: ISO 8601 as far as known.
        year: The year the document is about.
        source: Publisher.
        region: Region.
        kind: Kind.
        script: Script.
        complete: Whether the page gave the whole text.
        near_duplicates: Copies folded into this hit.
        snippets: Passages with marks, in the order of the text.
        gone: When its page was found to be gone, ISO 8601 in UTC; ``None`` where it
            is not known to be.
        missing: Words of the query that it lacks, as typed; some only among partial
            matches.
        parts: What its score is the sum of, when asked for.
    """

    id: str
    rank: int
    score: float
    title: str
    title_marks: tuple[Span, ...]
    url: str | None
    site: str
    published: str | None
    year: int | None
    source: str | None
    region: str | None
    kind: Kind
    script: Script
    complete: bool
    near_duplicates: int
    snippets: tuple[Snippet, ...]
    gone: str | None = None
    missing: tuple[str, ...] = ()
    parts: tuple[ScorePart, ...] = ()


class Equivalents(NamedTuple):
    """What is found beside words that were typed, because it says the same."""

    text: str
    equivalents: tuple[str, ...]


class FacetCount(NamedTuple):
    """How many matching documents have one value of a field."""

    value: str | int | bool
    count: int  # type: ignore[assignment]  # hides a method of tuples


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """A filter of the query that matches no document.

    Attributes:
        clause: The filter as it is written.
        similar: Filters that match some, the likeliest first.
    """

    clause: str
    similar: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a search.

    Attributes:
        text: The query as typed.
        parsed: The query as understood, in the query language.
        total: Hits, copies folded into one (unless ``collapse`` was off).
        total_documents: Documents that match, copies counted each.
        page: The page asked for.
        per_page: Hits on a page.
        took_ms: Milliseconds the search took.
        index_version: Name of the index state that answered.
        hits: The hits of this page.
        facets: Field name to its values, most frequent first (years: latest
            first); each facet is counted without its own filter.
        explanation: The strings of the query, when asked for.
        suggestion: A better query, if one is known.
        pending: Documents changed in the store since the index was built.
        partial: Set where partial matches are listed: ``hits`` and ``facets`` are of
            those then, and ``total`` still counts the documents that match.
        conflict: Two clauses of the query that exclude each other, if there are.
        unmatched: Where nothing was found, the filters that match nothing.
        synonyms: What is found beside words that were typed.
        why: Why the document asked about is or is not among the hits.
        notices: What the user should know of the answer, one sentence each.
    """

    text: str
    parsed: str
    total: int
    total_documents: int
    page: int
    per_page: int
    took_ms: float
    index_version: str
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    explanation: tuple[TermExplanation, ...] | None = None
    suggestion: str | None = None
    pending: int = 0
    synonyms: tuple[Equivalents, ...] = ()
    why: Why | None = None
    notices: tuple[str, ...] = ()
    conflict: tuple[str, str] | None = None
    unmatched: tuple[Unmatched, ...] = ()
    partial: Partial | None = None

    @property
    def listed(self) -> int:
        """How many hits all pages have together."""
        return self.partial.total if self.partial else self.total
