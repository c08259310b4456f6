"""The JSON the API answers with; OpenAPI is made from these models.

Keys stand in the order they are sent. Marks are ``[start, end]`` code points in
the text they belong to, ``end`` exclusive. New keys may be added at the end.
"""

from index.document import Kind, Script
from search.mistakes import Mistake
from web.answer import Answer, Mark
from web.explain_schemas import ExplainAnswer, PartAnswer, SynonymAnswer, WhyAnswer


class UnmatchedAnswer(Answer):
    """A filter of the query that matches no document."""

    clause: str
    similar: list[str]
    """Filters that match some, the likeliest first."""


class QueryEcho(Answer):
    """The query as typed and as understood."""

    text: str
    parsed: str
    synonyms: list[SynonymAnswer]
    """What is found beside words that were typed; none with synonyms=false."""
    conflict: tuple[str, str] | None
    """Two clauses that exclude each other, so that no document can match."""
    unmatched: list[UnmatchedAnswer]
    """Where nothing was found, the filters in the query that match nothing."""


class SnippetAnswer(Answer):
    """A passage of a hit."""

    text: str
    marks: list[Mark]
    section: list[str]
    """Headings above the passage, outermost first."""
    anchor: str
    """Block of the document it was cut from."""


class HitAnswer(Answer):
    """A document that matches."""

    id: str
    rank: int
    """1 for the first hit of the whole search."""
    score: float
    title: str
    title_marks: list[Mark]
    url: str | None
    site: str
    published: str | None
    """ISO 8601 as far as known: 2021-03-04, 2021-03, 2021 or --10-14."""
    year: int | None
    """The year the text is about."""
    source: str | None
    """Publisher."""
    region: str | None
    kind: Kind
    script: Script
    complete: bool
    near_duplicates: int
    """Copies folded into this hit."""
    snippets: list[SnippetAnswer]
    gone: str | None
    """When its page was found to be gone, UTC; null where it is not known to be."""
    parts: list[PartAnswer]
    """What adds up to the score; with explain=true."""
    near_duplicates_url: str | None
    """Address that lists it with the copies folded into it; null where it has none."""
    missing: list[str]
    """Words of the query that it lacks; empty unless partial matches are listed."""


class ValueCount(Answer):
    """How many matching documents have a value."""

    value: str
    count: int


class YearCount(Answer):
    """How many matching documents are about a year."""

    value: int
    count: int


class FlagCount(Answer):
    """How many matching documents are whole, or are not."""

    value: bool
    count: int


class FacetsAnswer(Answer):
    """Counts over all hits; each facet without its own filter."""

    year: list[YearCount]
    site: list[ValueCount]
    region: list[ValueCount]
    kind: list[ValueCount]
    source: list[ValueCount]
    script: list[ValueCount]
    complete: list[FlagCount]
    published: list[YearCount]
    """Years of publication."""


class ReachAnswer(Answer):
    """What the search could find, and what it could not because it is not there."""

    sites: int
    """Sites that are searched; 0 where the site asked for was never crawled."""
    documents: int
    """Documents of them in the store."""
    fetched: int
    """Addresses whose server answered."""
    queued: int
    """Addresses still to be fetched."""
    failed: int
    """Addresses that gave no page."""
    skipped: int
    """Addresses not fetched by a rule, such as robots.txt."""
    last_fetched: str | None
    """When an address was fetched last, UTC."""
    complete: bool
    """Whether nothing that is known is queued or failed."""


class PartialAnswer(Answer):
    """Partial matches, listed because too few documents have all words of a query."""

    total: int
    """Hits listed on all pages; ``total`` counts those that have every word."""
    words: list[str]
    """The words of which any was enough."""


class SearchAnswer(Answer):
    """One page of hits."""

    query: QueryEcho
    total: int
    """Hits, copies folded into one unless collapse=false."""
    total_documents: int
    """Documents that match, copies counted each."""
    page: int
    per_page: int
    took_ms: float
    index_version: str
    next: str | None
    """Address of the next page of hits, relative."""
    prev: str | None
    """Address of the page before, relative."""
    suggestion: str | None
    """A better query, if one is known."""
    hits: list[HitAnswer]
    facets: FacetsAnswer
    pending: int
    """Documents changed in the store since the index was built."""
    coverage: ReachAnswer
    """What is covered of the sites that are searched."""
    notices: list[str]
    """What the user should know of this answer, such as a file that cannot be read."""
    explain: ExplainAnswer | None = None
    """Present with explain=true."""
    why: WhyAnswer | None = None
    """Present with why=ID."""
    partial: PartialAnswer | None
    """Set where hits and facets are of partial matches; null where they are not."""


class HealthAnswer(Answer):
    """Whether searches can be answered."""

    ok: bool
    state: str
    detail: str
    index_version: str | None
    documents: int
    pending: int


class Problem(Answer):
    """What went wrong, as RFC 9457 says."""

    type: str
    """Stable name of the kind of problem, and the address that explains it."""
    title: str
    status: int
    detail: str
    instance: str
    """The address that was asked for."""
    position: int | None = None
    """Character of the query the mistake is at, from 0."""
    expected: str | None = None
    """What to write in the query instead."""
    parameter: str | None = None
    """The parameter that is outside its limits."""
    known: list[str] | None = None
    """The names there are, where one was unknown."""
    state: str | None = None
    """Why the index cannot be used, in one word."""
    mistake: Mistake | None = None
    """What is wrong with the query, by a stable name."""
    suggestion: str | None = None
    """The query without its mistakes, where what was meant can be guessed."""
