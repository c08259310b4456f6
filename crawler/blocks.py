"""What a reader hands to the cleaner: a page as a list of raw blocks.

The HTML reader and the plain-text reader both produce a ``Page``; from there on
nobody knows which one it was.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from index.document import BlockKind


class Reader(StrEnum):
    """Which reader made a page."""

    HTML = "html"
    PLAIN_TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlock:
    """One line of a page before cleaning.

    Attributes:
        text: One line, white space collapsed and stripped; ``""`` is a spacer: an
            empty paragraph that separates what stands around it.
        kind: What the markup says it is.
        boilerplate: Why the HTML reader judged the block not to be main content,
            features that decided included (``outside-main: links 0.93``); empty
            where it is content or where no judgement was made.
        tight: Whether only a line break stands between it and the block before, so
            that the two may be one sentence broken in the middle.
        linked: Characters of the text inside links, white space not counted.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    boilerplate: str = ""
    tight: bool = False
    linked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as read, before a profile and the cleaner worked on it.

    Attributes:
        reader: Which reader made it.
        url: Address the page names for itself, or it was fetched from.
        title: Content of ``<title>``, or ``""``.
        meta: Lower-cased names of meta elements and Open Graph properties, each
            with its content.
        fields: What a site profile's selectors picked: ``title``, ``published``,
            ``publisher``, ``authors``, ``path``, each the text found.
        blocks: The whole page, top to bottom.
    """

    reader: Reader
    url: str | None = None
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    blocks: tuple[RawBlock, ...] = ()
