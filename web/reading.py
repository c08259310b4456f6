"""The page of a document as the template needs it: text, outline, marks, facts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from operator import attrgetter
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from index.document import Block, BlockKind, Document, Script, Section
from index.script import in_script
from search.results import Span
from search.views import DocumentMarks, DocumentView
from web.marked import Looks, Steps, stepped, tidy
from web.marked_words import MarkedWord, marked_words
from web.messages import Translator

_DEEPEST_HEADING: Final = 6
# The rule by which notes on text left out are removed.
_OMISSION: Final = "omission"
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
    """Blocks that are one list, one table, or one block by itself.

    Attributes:
        kind: What the blocks are.
        blocks: The blocks.
        omitted: What the page says of text that it leaves out behind them.
    """

    kind: BlockKind
    blocks: tuple[ShownBlock, ...]
    omitted: tuple[str, ...] = ()


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
        outline: Its sections.
        omitted: What the page says of text that it leaves out before the first block.
        groups: Its text.
        removals: What was taken out of the page.
        marks: Matches on the page.
        words: The words among them, the first to be met first.
        language: BCP 47 tag of the text as it is shown.
    """

    view: DocumentView
    title: Markup
    outline: tuple[Section, ...]
    omitted: tuple[str, ...]
    groups: tuple[ShownGroup, ...]
    removals: tuple[ShownRemoval, ...]
    marks: int
    words: tuple[MarkedWord, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a document is to be shown.

    Attributes:
        marks: Where the query matches.
        quoted: What is quoted of each block.
        script: The script to write it in; ``None`` for its own.
    """

    marks: DocumentMarks
    quoted: Mapping[str, Span] = field(default_factory=dict)
    script: Script | None = None


def reading(view: DocumentView, wish: Wish, say: Translator) -> Reading:
    """Make the page of a document; matches are numbered from the title on."""
    document = view.document
    shown = _written(document, wish.script)
    texts = [document.title, *(block.text for block in document.blocks)]
    anchors = ["", *(block.anchor for block in document.blocks)]
    marks = {**wish.marks.blocks, "": wish.marks.title}
    spans = [
        tidy(marks.get(anchor, ()), len(text))
        for anchor, text in zip(anchors, texts, strict=True)
    ]
    words, kinds = marked_words(texts, spans)
    *firsts, end = accumulate(map(len, spans), initial=1)
    looks = [
        Looks(
            spans=each,
            kinds=kind,
            first=first,
            quoted=wish.quoted.get(anchor, Span(0, 0)),
        )
        for each, kind, first, anchor in zip(
            spans, kinds, firsts, anchors, strict=False
        )
    ]
    steps = Steps(
        total=end - 1, previous=say("marks.previous"), following=say("marks.next")
    )
    omitted = _omitted(document)
    return Reading(
        view=view,
        title=stepped(shown.title, looks[0], steps),
        outline=shown.sections,
        omitted=omitted.get(None, ()),
        groups=tuple(_groups(shown, looks[1:], steps, omitted)),
        removals=tuple(_removals(document)),
        marks=end - 1,
        words=words,
        language=LANGUAGE_OF[wish.script or document.script],
    )


def _written(document: Document, script: Script | None) -> Document:
    """Write what is read of a document in a script, every character in its place."""
    if script is None:
        return document
    return replace(
        document,
        title=in_script(document.title, script),
        blocks=tuple(
            replace(block, text=in_script(block.text, script))
            for block in document.blocks
        ),
        sections=tuple(
            replace(section, heading=in_script(section.heading, script))
            for section in document.sections
        ),
    )


def _omitted(document: Document) -> dict[str | None, tuple[str, ...]]:
    """Tell what the page says of text left out, by the block it stands behind."""
    notes: dict[str | None, tuple[str, ...]] = {}
    for removed in document.removed:
        if removed.rule.partition(":")[0] == _OMISSION:
            notes[removed.after] = (*notes.get(removed.after, ()), removed.text)
    return notes


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
    looks: list[Looks],
    steps: Steps,
    omitted: Mapping[str | None, tuple[str, ...]],
) -> Iterator[ShownGroup]:
    """Gather items into lists and rows into tables, up to where text is left out."""
    levels = _levels(document)
    part = accumulate((b.anchor in omitted for b in document.blocks), initial=0)
    rows = zip(document.blocks, looks, part, strict=False)
    for key, members in groupby(enumerate(rows), key=_gathering):
        blocks = [row for _, row in members]
        yield ShownGroup(
            kind=key[0],
            blocks=tuple(
                ShownBlock(
                    anchor=block.anchor,
                    html=stepped(
                        block.text, replace(look, heading_length=_bold(block)), steps
                    ),
                    level=levels.get(block.anchor, 0),
                )
                for block, look, _ in blocks
            ),
            omitted=omitted.get(blocks[-1][0].anchor, ()),
        )


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
    numbered: tuple[int, tuple[Block, Looks, int]],
) -> tuple[BlockKind, int, int]:
    """Give blocks that belong together the same key."""
    number, (block, _, part) = numbered
    return block.kind, part, -1 if block.kind in _GATHERED else number


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
