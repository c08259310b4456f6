"""Find the matched characters of a text, and the passages that show them best.

Everything is sought in folded text, where each code point stands for the one at
the same place of the original, so a mark found there holds in the original.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from index.document import Block, BlockKind
from index.fold import fold
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
from search.places import Codes, Needles, Text, find_places, find_spans
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


class _Passage(NamedTuple):
    """A passage, with what is marked in it; places of the whole text."""

    start: int
    end: int
    block: int
    marks: list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedBlock:
    """A block of a document with its folded text, ``fold(block.text)``."""

    block: Block
    folded: str


def codes_of(text: str) -> Codes:
    """Give the code points of a text, shape (n,)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).copy()


def text_of(codes: Codes) -> str:
    """Give the text of code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def join_blocks(texts: Sequence[str], folded: Sequence[str]) -> Text:
    """Put the texts of blocks one behind the other.

    Args:
        texts: The texts.
        folded: The same, folded.
    """
    ends = np.cumsum([0, *(len(text) + 1 for text in texts)])
    return codes_of("\n".join(texts)), codes_of("\n".join(folded)), ends


def find_marks(folded_text: str, needles: Sequence[str]) -> tuple[Span, ...]:
    """Find the characters that belong to any occurrence of any needle.

    Args:
        folded_text: A folded text.
        needles: Strings as typed; they are folded here.

    Returns:
        Spans in the order of the text; occurrences that overlap or touch are
        in one span.
    """
    text = join_blocks([folded_text], [folded_text])
    spans = find_spans(text, _needles(tuple(needles)))
    return tuple(Span(*each) for each in spans.tolist())


def best_snippets(
    blocks: Sequence[FoldedBlock],
    needles: Sequence[str],
    *,
    limit: int = 3,
    width: int = 120,
) -> tuple[Snippet, ...]:
    """Choose snippets of folded blocks as :func:`choose_snippets` does."""
    text = join_blocks(
        [each.block.text for each in blocks], [each.folded for each in blocks]
    )
    plain = [each.block for each in blocks]
    return choose_snippets(text, plain, needles, limit=limit, width=width)


def choose_snippets(
    text: Text,
    blocks: Sequence[Block],
    needles: Sequence[str],
    *,
    limit: int = 3,
    width: int = 120,
) -> tuple[Snippet, ...]:
    """Choose the passages that show best why a document was found.

    One passage after the other is taken: the one with the most needles not
    shown yet, then with the most occurrences, then the earliest. So each needle
    is shown if there are as many passages as needles (and no single mark is
    longer than a passage can be).

    Args:
        text: The text of the document.
        blocks: Its blocks; only those that are shown are looked at.
        needles: Strings as typed; they are folded here.
        limit: Most passages.
        width: Most code points of a passage; twice as many for a longer mark.

    Returns:
        Passages that do not overlap, in the order of the text; the beginning of
        the first paragraph, without marks, when no needle occurs.
    """
    sought = _needles(tuple(needles))
    setting = (text[0], text[2], _SIGNS, width)
    rows = choose_passages(setting, *find_places(text, sought), len(sought[3]), limit)
    if not len(rows):
        return _opening(setting, blocks)[:limit]
    snippets: list[_Passage] = []
    for start, end, block in rows.tolist():
        if block < 0:
            snippets[-1].marks.append((start, end))
        else:
            snippets.append(_Passage(start, end, block, []))
    return tuple(_snippet(text[0], blocks, each) for each in sorted(snippets))


@lru_cache(maxsize=64)  # a document page marks block after block with the same ones
def _needles(needles: tuple[str, ...]) -> Needles:
    """Fold what is sought, and sort it by its first characters."""
    folded = [*dict.fromkeys(fold(each) for each in needles if each)]
    heads = np.full(256, -1)
    following = np.full(len(folded), -1)
    for number, each in enumerate(folded):
        head = ord(each[0]) & 255
        following[number], heads[head] = heads[head], number
    bounds = np.cumsum([0, *map(len, folded)])
    return codes_of("".join(folded)), bounds, heads, following


def _snippet(codes: Codes, blocks: Sequence[Block], passage: _Passage) -> Snippet:
    """Cut a passage out of a text, and the marks with it."""
    start, end, number, marks = passage
    block = blocks[number]
    return Snippet(
        text=text_of(codes[start:end]),
        marks=tuple([Span(first - start, last - start) for first, last in marks]),
        section=block.section,
        anchor=block.anchor,
    )


def _opening(setting: Setting, blocks: Sequence[Block]) -> tuple[Snippet, ...]:
    """Give the beginning of the first paragraph, or of the text if it has none."""
    filled = [(number, each) for number, each in enumerate(blocks) if each.text.strip()]
    paragraphs = (each for each in filled if each[1].kind is BlockKind.PARAGRAPH)
    number, _ = next(paragraphs, filled[0] if filled else (-1, None))
    if number < 0:
        return ()
    start, end = open_passage(setting, number)
    return (_snippet(setting[0], blocks, _Passage(start, end, number, [])),)
