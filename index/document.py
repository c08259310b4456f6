"""What a document is: plain frozen data, shared by every package.

A document is one archived office text. Its body is a list of blocks; sections
are the outline over them. ``Document.text`` joins the blocks with newlines, and
every offset anywhere in Wensu counts code points in one block's ``text`` or in
the title, never bytes and never folded or escaped characters.
"""

from dataclasses import dataclass
from enum import StrEnum


class Script(StrEnum):
    """The Chinese script a document is written in."""

    HANS = "hans"
    HANT = "hant"
    MIXED = "mixed"


class Kind(StrEnum):
    """What sort of office text a document is."""

    YEARBOOK = "yearbook"
    SUMMARY = "summary"
    REPORT = "report"
    BRIEFING = "briefing"
    OTHER = "other"


class YearFrom(StrEnum):
    """Where the year a document is about was read."""

    TITLE = "title"
    VOLUME = "volume"
    BODY = "body"
    PUBLISHED = "published"


class RegionFrom(StrEnum):
    """What told the region a document is about."""

    PROFILE = "profile"
    TITLE = "title"
    PUBLISHER = "publisher"
    PATH = "path"
    SITE = "site"
    BODY = "body"


class BlockKind(StrEnum):
    """What a block is on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    ROW = "row"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, caption, table row or list item.

    Attributes:
        anchor: Stable name inside the document, ``b1``, ``b2``, ...
        kind: What the block is.
        text: Its characters as cleaned, one line, no markup.
        section: Headings above the block, outermost first, its own included.
        heading_length: Leading characters of ``text`` that are a heading run
            into the paragraph (``【概况】``, ``1、…。``); 0 where there is none, and
            the whole length for a block of kind ``HEADING``.
    """

    anchor: str
    kind: BlockKind
    text: str
    section: tuple[str, ...] = ()
    heading_length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One heading of the outline.

    Attributes:
        level: 1 for the outermost headings.
        heading: The heading as printed.
        anchor: The block it stands in; ``None`` where the page's outline names a
            section whose text the page leaves out.
    """

    level: int
    heading: str
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Text the cleaner took out of the page, and why.

    Attributes:
        text: What was removed.
        rule: The rule that removed it, such as ``repeated-block``.
        after: Anchor of the block it stood behind; ``None`` before the first.
    """

    text: str
    rule: str
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How much of the document the page shows.

    Attributes:
        complete: Whether the page gives the whole text, as far as can be told.
        reason: The evidence when it does not.
        shown: Characters the page says it shows.
        claimed: Characters the page says the whole text has.
        omissions: Characters left out at each gap; 0 where the page gives none.
    """

    complete: bool = True
    reason: str | None = None
    shown: int | None = None
    claimed: int | None = None
    omissions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One archived office document, cleaned.

    Attributes:
        id: Stable identifier, 16 hexadecimal digits.
        url: Canonical address, if any is known.
        site: The site's name, or its host; empty when nothing tells.
        title: Title of the text, never the site's name.
        path: Breadcrumb, outermost first.
        published: ISO 8601 as far as known: ``2021-03-04``, ``2021-03``,
            ``2021``, ``--10-14`` (no year) or ``None``.
        published_text: The words it was read from.
        year: The year the text is about, not the year it was put up.
        year_from: How ``year`` was found.
        publisher: The source named by the page (来源).
        authors: Names of the writers, not of editors.
        region: Province it is about, by its full name of today, if known.
        city: City, league or prefecture of today it is about, if known; none for
            Hong Kong, Macao and the four cities that are provinces.
        region_from: What told the region.
        document_numbers: Its own document numbers (发文字号), as printed.
        cited_numbers: Those of other documents that it names, in order.
        kind: What sort of text it is.
        script: The script it is written in.
        completeness: How much of it the page shows.
        blocks: The text.
        sections: The outline.
        removed: What was taken out of the page.
    """

    id: str
    url: str | None = None
    site: str = ""
    title: str = ""
    path: tuple[str, ...] = ()
    published: str | None = None
    published_text: str | None = None
    year: int | None = None
    year_from: YearFrom | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    region: str | None = None
    city: str | None = None
    region_from: RegionFrom | None = None
    document_numbers: tuple[str, ...] = ()
    cited_numbers: tuple[str, ...] = ()
    kind: Kind = Kind.OTHER
    script: Script = Script.HANS
    completeness: Completeness = Completeness()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    removed: tuple[Removed, ...] = ()

    @property
    def text(self) -> str:
        """The cleaned text: the blocks joined by newlines."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One time the document's page was fetched or imported.

    Attributes:
        at: When, ISO 8601 in UTC.
        status: HTTP status, ``None`` for an imported file.
        digest: ``sha256:`` and 64 hexadecimal digits over the payload.
        origin: The address fetched or the name of the imported file.
        encoding: The codec that its bytes were read by.
        declared: The character set that server or markup named; not followed.
        replaced: Characters that could not be read.
    """

    at: str
    status: int | None
    digest: str
    origin: str
    encoding: str | None = None
    declared: str | None = None
    replaced: int = 0
