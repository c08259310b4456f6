"""The JSON of a document; see ``schemas`` for what holds of every answer."""

from pydantic import Field

from index.document import BlockKind, Kind, RegionFrom, Script, YearFrom
from index.near_duplicates import Relation
from web.answer import Answer


class CompletenessAnswer(Answer):
    """How much of the text the archived page shows."""

    reason: str | None
    shown: int | None
    """Characters the page says it shows."""
    claimed: int | None
    """Characters the page says the whole text has."""
    omissions: list[int]
    """Characters left out at each gap; 0 where the page gives none."""


class SectionAnswer(Answer):
    """A heading of the outline."""

    level: int
    heading: str
    anchor: str | None
    """Block it stands in; null where the page leaves the section out."""


class BlockAnswer(Answer):
    """A paragraph, heading, caption, row or list item."""

    anchor: str
    kind: BlockKind
    text: str
    section: list[str]


class RemovedAnswer(Answer):
    """Text that was taken out of the page, and the rule that did."""

    text: str
    rule: str
    after: str | None
    """Block it stood behind; null before the first."""


class CaptureAnswer(Answer):
    """A time the page was fetched or imported."""

    at: str
    status: int | None
    digest: str
    origin: str = Field(serialization_alias="from")
    """Address fetched, or name of the imported file."""
    encoding: str | None
    """The codec its bytes were read by, told by the bytes; null where not known."""
    declared: str | None
    """The character set that server or markup named; recorded, not followed."""
    replaced: int
    """Characters that could not be read."""
    number: int
    """1 for the oldest; it or the digest names the capture to /documents/{id}/raw."""
    changed: bool
    """Whether title or text differ from the capture before; true for the first."""


class RelatedAnswer(Answer):
    """Another document that says the same, or a part of it."""

    id: str
    title: str
    site: str
    similarity: float
    """Share of the shorter text that stands in the longer one, 0 to 1."""
    relation: Relation
    """What it is to the document asked for; truncated is a part of it, fuller has it as
    a part; doubled prints it twice, single once; same-original has another part of the
    canonical document."""


class DocumentAnswer(Answer):
    """A document."""

    id: str
    url: str | None
    site: str
    title: str
    path: list[str]
    published: str | None
    published_text: str | None
    """The words the date was read from."""
    year: int | None
    year_from: YearFrom | None
    """Where the year was read."""
    source: str | None
    authors: list[str]
    document_numbers: list[str]
    """Its own numbers (发文字号), as printed."""
    cited_numbers: list[str]
    """Numbers of other documents that it names, in order."""
    region: str | None
    """Province it is about, by its full name of today."""
    city: str | None
    """City, league or prefecture of today; null for cities that are provinces."""
    region_from: RegionFrom | None
    """What told the region."""
    kind: Kind
    script: Script
    complete: bool
    completeness: CompletenessAnswer
    text: str
    """The cleaned text, blocks joined by newlines."""
    sections: list[SectionAnswer]
    blocks: list[BlockAnswer]
    removed: list[RemovedAnswer]
    captures: list[CaptureAnswer]
    canonical: str
    """Id of the document that stands for this one and its near-duplicates."""
    near_duplicates: list[RelatedAnswer]
    """The others, the canonical one first."""
    gone: str | None
    """When its page was found to be gone, UTC; null where it is not known to be."""
    series: str | None
    """Id of the year series it is in; null where none is known."""
