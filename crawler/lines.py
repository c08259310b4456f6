"""Lines of a page: what the walk over the markup makes and the judgement reads."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from index.document import BlockKind

_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WIDE = (
    "\u2014\u2018-\u201d\u2026\u3001-\u9fff\uf900-\ufaff\uff01-\uff60"
    "\U00020000-\U0003ffff"
)
# CSS Text Level 3, section 4.1.3: a line feed in the source between two wide
# characters is layout of the source; it shows as nothing, not as a space.
_SOURCE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\r]*+\n[ \t\r\n]*+(?=[{_WIDE}])")
# Possessive, so that a page of nothing but spaces is read in linear time.
_INDENT = re.compile(
    r"(?:(?<=[。！？；…”』」]) ?|\n[ \t\r]*+)(?:\u3000{2,}+|\xa0{4,}+)"
)


@dataclass(slots=True, kw_only=True)
class Line:
    """One line of a page.

    Attributes:
        text: White space collapsed; ``""`` is a spacer.
        kind: What the markup says it is.
        linked: Characters inside links, white space not counted.
        tight: Whether a mere line break, no indent, parts it from the line before.
        aside: Why the line is not part of the page as shown: ``hidden: ...`` or
            ``noise: ...``; empty for most.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    linked: int = 0
    tight: bool = False
    aside: str = ""


class Span(NamedTuple):
    """The lines an element covers.

    Attributes:
        start: Its first line.
        end: One past its last line.
        tag: The element's tag.
        names: Its class and id in lower case, the hints of who built the page.
        chosen: Whether a site profile picked the element as content.
    """

    start: int
    end: int
    tag: str
    names: str = ""
    chosen: bool = False


def collapse(raw: str) -> str:
    """Collapse white space of any width to single spaces, drop zero-width marks."""
    if _ZERO_WIDTH.search(raw):
        raw = _ZERO_WIDTH.sub("", raw)
    if "\n" in raw:
        raw = _SOURCE_BREAK.sub("", raw)
    return " ".join(raw.split())


def is_indented(raw: str) -> bool:
    """Tell whether running text begins with the indent of a paragraph."""
    return raw.lstrip(" \t\r\n").startswith(("\u3000\u3000", "\xa0\xa0\xa0\xa0"))


def split_paragraphs(raw: str, most: int = 0) -> list[str]:
    """Split running text at the full-width indents that begin a paragraph.

    Args:
        raw: The text.
        most: Indents at which it is split; 0 for all.
    """
    if "\u3000\u3000" in raw or "\xa0\xa0\xa0\xa0" in raw:
        pieces = [collapse(piece) for piece in _INDENT.split(raw, most)]
        return [piece for piece in pieces if piece]
    text = collapse(raw)
    return [text] if text else []


def visible_length(text: str) -> int:
    """Count the characters of collapsed text, its spaces left out."""
    return len(text) - text.count(" ")
