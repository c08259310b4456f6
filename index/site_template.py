"""What repeats across the pages of one site is template, learnt by counting.

A disclaimer under every text is no part of any document, and no cleaner that sees
one page can know it. So the blocks of all documents of a site are counted. A block
is *template* where enough documents end or begin with it, and inside the text where
half of all have it:

=========  ======================  ================================================
where      which blocks            how many documents
=========  ======================  ================================================
the edges  12 letters and more     5, and a tenth of the site up to 50 in all
the edges  4 to 11 letters         5, and half of the site
inside     plain paragraphs of 12  5, and half of the site
=========  ======================  ================================================

Copies of one text count once. So do, for running text of 40 letters and more,
documents whose titles differ in dates and issue numbers only: a unit may open its
report with the same words every year, and they are its own words. Headings, rows
and captions inside the text are never template: forms share them. A document that
would lose half of its letters loses nothing. The thresholds are choices, not
measurements; what they take is kept among the removed blocks, and ``wensu templates
--keep`` undoes it for a site.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from hashlib import blake2b
from itertools import takewhile
from typing import NamedTuple

from index.document import Block, BlockKind, Document, Removed
from index.fold import fold

RULE = "site-template"
MIN_DOCUMENTS = 5
_MIN_LETTERS = 4
_LONG_LETTERS = 12
_RUNNING_LETTERS = 40
_SHARE = 0.1
_ENOUGH_DOCUMENTS = 50
_COMMON_SHARE = 0.5
_MAX_REMOVED_SHARE = 0.5
_MOST_BLOCKS = 150
_NUMBER = "[0-9零〇一二三四五六七八九十百]+"
_DATES = re.compile(
    f"(?:民国)?{_NUMBER}(?:-{_NUMBER})?(?:年度?|月份?|日|季度|期|号|卷|届|周)|[上下]半年"
)


class Place(StrEnum):
    """Where a block counts as template."""

    EDGE = "edge"
    ANYWHERE = "anywhere"


class SiteBlock(NamedTuple):
    """A block as it is counted.

    Attributes:
        name: 64 bits over its letters and digits after folding, signed.
        letters: How many these are.
        plain: Whether it is a paragraph without a heading in it.
        teller: Equal for documents that count as one when they have the block.
    """

    name: int
    letters: int
    plain: bool
    teller: int


Template = Mapping[int, Place]
"""The template of a site: names of blocks, each with where it counts."""


def site_blocks(document: Document) -> list[SiteBlock]:
    """List the blocks of a document that are counted.

    Of a long document the first and the last 150 are; blocks of fewer than four
    letters and digits are not.
    """
    letters = [_letters(block.text) for block in document.blocks]
    text = _name("".join(letters))
    series = _name(_letters(_DATES.sub("", fold(document.title))))
    counted = list(zip(document.blocks, letters, strict=True))
    if len(counted) > 2 * _MOST_BLOCKS:
        counted = counted[:_MOST_BLOCKS] + counted[-_MOST_BLOCKS:]
    return [
        SiteBlock(
            name=_name(words),
            letters=len(words),
            plain=_plain(block),
            teller=series if len(words) >= _RUNNING_LETTERS else text,
        )
        for block, words in counted
        if len(words) >= _MIN_LETTERS
    ]


def judge(letters: int, documents: int, total: int, *, plain: bool) -> Place | None:
    """Tell whether a block that stands in so many documents of a site is template.

    Args:
        letters: Its letters and digits.
        documents: Documents of the site that have it, copies counted once.
        total: All documents of the site, counted alike.
        plain: Whether it is a plain paragraph wherever it stands.
    """
    common = documents >= _COMMON_SHARE * total
    if documents < MIN_DOCUMENTS:
        return None
    if letters < _LONG_LETTERS:
        return Place.EDGE if common else None
    if common and plain:
        return Place.ANYWHERE
    wanted = min(_SHARE * total, _ENOUGH_DOCUMENTS)
    return Place.EDGE if documents >= wanted else None


def without_template(document: Document, template: Template) -> Document:
    """Move a site's template from the text to what was removed.

    Anchors stay as they are, so that no link into the document breaks.
    """
    places = _template_places(document.blocks, template)
    if not places:
        return document
    gone = {document.blocks[i].anchor for i in places}
    lost = sum(len(document.blocks[i].text) for i in places)
    if lost > _MAX_REMOVED_SHARE * sum(len(block.text) for block in document.blocks):
        return document
    return replace(
        document,
        blocks=tuple(block for block in document.blocks if block.anchor not in gone),
        sections=tuple(each for each in document.sections if each.anchor not in gone),
        removed=_merged(document, places),
    )


def _template_places(blocks: tuple[Block, ...], template: Template) -> set[int]:
    """Give the places of the template: runs at both ends, and what counts anywhere."""
    if not template:
        return set()
    found = [template.get(block_name(block)) for block in blocks]
    size = len(blocks)
    start = list(takewhile(lambda i: found[i], range(size)))
    end = list(takewhile(lambda i: found[i], reversed(range(size))))
    inside = [
        i for i in range(size) if found[i] is Place.ANYWHERE and _plain(blocks[i])
    ]
    return {*start, *end, *inside}


def _merged(document: Document, gone: set[int]) -> tuple[Removed, ...]:
    """List what was removed, the template's blocks among the others in page order."""
    behind: dict[str | None, list[Removed]] = {}
    for each in document.removed:
        behind.setdefault(each.after, []).append(each)
    merged = behind.get(None, [])
    last: str | None = None
    for i, block in enumerate(document.blocks):
        if i in gone:
            merged.append(Removed(text=block.text, rule=RULE, after=last))
        else:
            last = block.anchor
        merged += [replace(each, after=last) for each in behind.get(block.anchor, ())]
    return tuple(merged)


def block_name(block: Block) -> int:
    """Name a block by its letters and digits after folding: 64 bits, signed."""
    return _name(_letters(block.text))


def _letters(text: str) -> str:
    """Reduce a text to its letters and digits."""
    return "".join(filter(str.isalnum, fold(text)))


def _name(letters: str) -> int:
    """Name a string by 64 bits, signed as SQLite has them."""
    digest = blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _plain(block: Block) -> bool:
    """Tell a paragraph without a heading in it."""
    return block.kind is BlockKind.PARAGRAPH and not block.heading_length
