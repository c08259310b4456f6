"""Find the matched characters of a text, and the passages that show them best.

Everything is sought in folded text, where each code point stands for the one at
the same place of the original, so a mark found there holds in the original.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from index.document import Block, BlockKind
from index.fold import codes_of, fold
from index.skim import BlocksOf, Text
from search.passages import (
    BLANK,
    CLOSE,
    PAUSE,
    PLANE,
    STOP,
    Setting,
    Signs,
    choose_passages,
    open_passage,
)
from search.places import Needles, find_places
from search.results import Snippet, Span

# Behind these a passage may best begin or end: the end of a sentence with the marks
# that close it; else a pause within one. The blanks that follow belong to neither side.
_STOPS: Final = "。；！？!?;"
_CLOSING: Final = "”’」』）》】)\"']"
_PAUSES: Final = "，、：,"


def _sign_table() -> Signs:
    """Tell what each code point of the first plane is to a cut, shape (65536,)."""
    table = np.zeros(PLANE, np.uint8)
    for signs, kind in ((_STOPS, STOP), (_CLOSING, CLOSE), (_PAUSES, PAUSE)):
        table[[ord(sign) for sign in signs]] = kind
    table[[code for code in range(PLANE) if chr(code).isspace()]] = BLANK
    return table


_SIGNS: Final = _sign_table()


Folding = Callable[[str], str]
"""``fold``, or ``fold_width`` where the script of what is sought counts."""

_Passage = tuple[int, int, int, list[Span]]
"""Part of a block: number of the block, start, end, and what is marked in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedBlock:
    """A block of a document with its folded text, ``fold(block.text)``."""

    block: Block
    folded: str


def _joined(texts: Sequence[str], folded: Sequence[str]) -> Text:
    """Put the texts of blocks, and their folded texts, one behind the other."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    codes, folded_codes = (codes_of("\n".join(each)).copy() for each in (texts, folded))
    return codes, folded_codes, starts


def find_marks(
    folded_text: str, needles: Sequence[str], folding: Folding = fold
) -> tuple[Span, ...]:
    """Find the characters that belong to any occurrence of any needle.

    Args:
        folded_text: A folded text.
        needles: Strings as typed; they are folded here.
        folding: How the text was folded.

    Returns:
        Spans in the order of the text; occurrences that overlap or touch are
        in one span.
    """
    spans: list[Span] = []
    for start, end in sorted(
        _occurrences(folded_text, _folded(tuple(needles), folding))
    ):
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def _occurrences(text: str, needles: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find where each needle stands, overlapping ones too."""
    for needle in needles:
        start = text.find(needle)
        while start >= 0:
            yield start, start + len(needle)
            start = text.find(needle, start + 1)


@lru_cache(maxsize=64)  # a document page marks block after block with the same ones
def _folded(needles: tuple[str, ...], folding: Folding) -> tuple[str, ...]:
    """Fold what is sought, each once."""
    return tuple(dict.fromkeys(folding(each) for each in needles if each))


def best_snippets(
    blocks: Sequence[FoldedBlock],
    needles: Sequence[str],
    *,
    limit: int = 3,
    width: int = 120,
) -> tuple[Snippet, ...]:
    """Choose snippets of folded blocks as :func:`choose_snippets` does."""
    text = _joined(
        [each.block.text for each in blocks], [each.folded for each in blocks]
    )

    def blocks_of(numbers: Iterable[int]) -> Sequence[Block]:
        return [blocks[number].block for number in numbers]

    return choose_snippets(text, blocks_of, needles, limit=limit, width=width)


def choose_snippets(  # noqa: PLR0913 (what is shown, what is sought, how much)
    text: Text,
    blocks: BlocksOf,
    needles: Sequence[str],
    *,
    limit: int = 3,
    width: int = 120,
    folding: Folding = fold,
) -> tuple[Snippet, ...]:
    """Choose the passages that show best why a document was found.

    One passage after the other is taken: the one with the most needles not
    shown yet, then with the most occurrences, then the earliest. So each needle
    is shown if there are as many passages as needles (and no single mark is
    longer than a passage can be).

    Args:
        text: The text of the document.
        blocks: Gives blocks by their numbers; asked for those that are shown.
        needles: Strings as typed; they are folded here.
        limit: Most passages.
        width: Most code points of a passage; twice as many for a longer mark.
        folding: How the text was folded.

    Returns:
        Passages that do not overlap, in the order of the text; the beginning of
        the first paragraph, without marks, when no needle occurs.
    """
    sought = _needles(tuple(needles), folding)
    setting = (text[0], text[2], _SIGNS, width)
    rows = choose_passages(setting, *find_places(text, sought), len(sought[3]), limit)
    if not len(rows):
        return _opening(setting, blocks)[:limit]
    passages: list[_Passage] = []
    for start, end, number in rows.tolist():
        if number < 0:
            passages[-1][3].append(Span(start, end))
        else:
            passages.append((number, start, end, []))
    shown = blocks([number for number, *_ in passages])
    return tuple(map(_snippet, shown, passages))


@lru_cache(maxsize=64)
def _needles(needles: tuple[str, ...], folding: Folding) -> Needles:
    """Fold what is sought, and sort it by its first characters."""
    folded = _folded(needles, folding)
    heads = np.full(256, -1, np.int64)
    following = np.full(len(folded), -1, np.int64)
    for number, each in enumerate(folded):
        head = ord(each[0]) & 255
        following[number], heads[head] = heads[head], number
    bounds = np.cumsum([0, *map(len, folded)])
    return codes_of("".join(folded)).copy(), bounds, heads, following


def _snippet(block: Block, passage: _Passage) -> Snippet:
    """Cut a passage out of a block."""
    _, start, end, marks = passage
    return Snippet(
        text=block.text[start:end],
        marks=tuple(marks),
        section=block.section,
        anchor=block.anchor,
    )


def _opening(setting: Setting, blocks: BlocksOf) -> tuple[Snippet, ...]:
    """Give the beginning of the first paragraph, or of the text if it has none."""
    listed = enumerate(blocks(range(len(setting[1]) - 1)))
    filled = [each for each in listed if each[1].text.strip()]
    paragraphs = (each for each in filled if each[1].kind is BlockKind.PARAGRAPH)
    number, found = next(paragraphs, filled[0] if filled else (-1, None))
    if found is None:
        return ()
    return (_snippet(found, (number, *open_passage(setting, number), [])),)
