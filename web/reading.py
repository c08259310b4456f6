"""The page of a document as the template needs it: text, outline, marks, facts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import attrgetter
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from index.document import Block, BlockKind, Document, Script
from search.results import Span
from search.views import DocumentMarks, DocumentView
from web.marked import Steps, stepped, tidy
from web.messages import Translator

_DEEPEST_HEADING: Final = 6
# A group of these is one list or one table on the page.
_GATHERED: Final = frozenset({BlockKind.ITEM, BlockKind.ROW})
_DATE = re.compile(r"(?P<year>\d{4})?-*(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
LANGUAGE_OF: Final[Mapping[Script, str]] = {
    Script.HANS: "zh-Hans",
    Script.HANT: "zh-Hant",
    Script.MIXED: "zh",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBlock:
    """A block with its matches marked.

    Attributes:
        anchor: Its id on the page.
        html: Its text.
        level: 2 to 6 for a heading, 0 for any other block.
    """

    anchor: str
    html: Markup
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """Blocks that are one list, one table, or one block by itself."""

    kind: BlockKind
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRemoval:
    """Neighbouring texts that one rule removed from one place.

    Attributes:
        rule: The rule, as the cleaner names it.
        family: The part of it that has a message.
        after: Anchor of the block they stood behind.
        texts: What was removed.
    """

    rule: str
    family: str
    after: str | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document to read.

    Attributes:
        view: What is shown.
        title: Its title, matches marked.
        groups: Its text.
        removals: What was taken out of the page.
        marks: Matches on the page.
        language: BCP 47 tag of the text.
    """

    view: DocumentView
    title: Markup
    groups: tuple[ShownGroup, ...]
    removals: tuple[ShownRemoval, ...]
    marks: int
    language: str


def reading(view: DocumentView, marks: DocumentMarks, say: Translator) -> Reading:
    """Make the page of a document; matches are numbered from the title on."""
    document = view.document
    spans = [tidy(marks.title, len(document.title))]
    spans += [
        tidy(marks.blocks.get(block.anchor, ()), len(block.text))
        for block in document.blocks
    ]
    *firsts, end = accumulate(map(len, spans), initial=1)
    steps = Steps(
        total=end - 1, previous=say("marks.previous"), following=say("marks.next")
    )
    return Reading(
        view=view,
        title=stepped(document.title, spans[0], firsts[0], steps),
        groups=tuple(_groups(document, spans[1:], firsts[1:], steps)),
        removals=tuple(_removals(document)),
        marks=end - 1,
        language=LANGUAGE_OF[document.script],
    )


def safe_link(address: str | None) -> str | None:
    """Give an address only if it is one of the web: pages may claim any."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def date_words(published: str, say: Translator) -> str:
    """Write a date that may lack its day, its month or its year."""
    found = _DATE.fullmatch(published)
    if not found:
        return published
    known = {name: int(text) for name, text in found.groupdict().items() if text}
    return say("date." + "-".join(known), **known) if known else published


def _groups(
    document: Document,
    spans: list[tuple[Span, ...]],
    firsts: list[int],
    steps: Steps,
) -> Iterator[ShownGroup]:
    """Gather items into lists and rows into tables."""
    levels = _levels(document)
    rows = zip(document.blocks, spans, firsts, strict=True)
    for key, members in groupby(enumerate(rows), key=_gathering):
        shown = tuple(
            ShownBlock(
                anchor=block.anchor,
                html=stepped(block.text, marks, first, steps, _bold(block)),
                level=levels.get(block.anchor, 0),
            )
            for _, (block, marks, first) in members
        )
        yield ShownGroup(kind=key[0], blocks=shown)


def _removals(document: Document) -> Iterator[ShownRemoval]:
    """Gather what one rule removed in one place."""
    for key, members in groupby(document.removed, key=attrgetter("rule", "after")):
        rule, after = key
        yield ShownRemoval(
            rule=rule,
            family=rule.partition(":")[0],
            after=after,
            texts=tuple(removed.text for removed in members),
        )


def _gathering(
    numbered: tuple[int, tuple[Block, tuple[Span, ...], int]],
) -> tuple[BlockKind, int]:
    """Give blocks that belong together the same key."""
    number, (block, _, _) = numbered
    return block.kind, -1 if block.kind in _GATHERED else number


def _bold(block: Block) -> int:
    """Tell how much of a block to set in bold; a real heading is bold anyway."""
    return 0 if block.kind is BlockKind.HEADING else block.heading_length


def _levels(document: Document) -> dict[str, int]:
    """Give each heading its level on the page, where the title is level 1."""
    outline = {
        section.anchor: section.level + 1 for section in reversed(document.sections)
    }
    return {
        block.anchor: min(
            outline.get(block.anchor, len(block.section) + 1), _DEEPEST_HEADING
        )
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    }
