"""What is asked of the search for precedents and what comes back: frozen data.

Offsets are code points, ends exclusive; the characters of a run are the same in both
texts after folding.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from index.document import Script
from search.results import SearchRequest, Span


class Order(StrEnum):
    """The order of passages."""

    OVERLAP = "overlap"
    EARLIEST = "earliest"


_EVERYTHING: Final = SearchRequest()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentRequest:
    """A text whose wording is sought.

    Attributes:
        text: A paragraph or a draft.
        limit: Passages at the most, 1 to 100.
        order: Their order.
        min_overlap: Leave out passages that have less of the text, 0 to 1.
        within: Its filters say which documents are sought; nothing else of it counts.
    """

    text: str
    limit: int = 10
    order: Order = Order.OVERLAP
    min_overlap: float = 0.0
    within: SearchRequest = _EVERYTHING


class SharedRun(NamedTuple):
    """Characters that stand in both texts.

    Attributes:
        query: Where in the text that was asked for.
        passage: Where in the text of the passage; of the same length.
    """

    query: Span
    passage: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of the archive that shares wording with a text.

    Attributes:
        id: Document id.
        title: Its title.
        anchor: The block it begins in.
        anchors: The blocks it stands in, in order.
        start: Where in the first of them it begins.
        section: Headings above it, outermost first.
        text: The passage, blocks joined by line ends.
        overlap: Share of the letters and digits of the text asked for that stand in
            shared runs, 0 to 1; those that many passages share weigh less.
        common: How many letters and digits that are.
        runs: The shared runs, in the order of the text asked for.
        url: Address of the document, if known.
        site: Its site.
        source: Its publisher.
        published: When it was published, ISO 8601 as far as known.
        year: The year it is about.
        script: Its script.
        near_duplicates: Further documents of its group that were found with it.
    """

    id: str
    title: str
    anchor: str
    anchors: tuple[str, ...]
    start: int
    section: tuple[str, ...]
    text: str
    overlap: float
    common: int
    runs: tuple[SharedRun, ...]
    url: str | None
    site: str
    source: str | None
    published: str | None
    year: int | None
    script: Script
    near_duplicates: int


class Source(NamedTuple):
    """A passage that has some of a part of a draft.

    Attributes:
        id: Document id.
        anchor: The block the passage begins in.
        title: Title of the document.
        overlap: Share of the letters and digits of the part that stand in it.
    """

    id: str
    anchor: str
    title: str
    overlap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph of a draft, or a sentence where there is only one paragraph.

    Attributes:
        span: Where it stands in the text asked for.
        covered: Share of its letters and digits that stand in any passage, 0 to 1.
        sources: The passages that have most of it, best first.
    """

    span: Span
    covered: float
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedents:
    """The answer.

    Attributes:
        text: The text asked for.
        total: Passages found; those beyond the limit are not listed.
        passages: The passages, in order.
        parts: What is known of each part of the text, in its order.
        took_ms: Milliseconds it took.
        index_version: Name of the index state that answered.
    """

    text: str
    total: int
    passages: tuple[Passage, ...]
    parts: tuple[Part, ...]
    took_ms: float
    index_version: str
