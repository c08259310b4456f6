"""From shared runs to passages: what is cut out, how it is weighed, what it covers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Longs
from index.fold import text_of
from search.precedents_comparison import Wanted
from search.precedents_joining import NEAR
from search.precedents_results import Part, Passage, SharedRun, Source
from search.results import Span
from search.texts import FoldedText

Floats = NDArray[np.float64]

_KNOWN: Final = 3
"""Passages that may share a symbol before it weighs less."""

_AROUND: Final = 200
"""Characters of a block around the runs that are shown; of more than that, the rest of
the sentence."""

_SOURCES: Final = 3
_LEAST_PART: Final = 0.3
"""Passages named for a part of a draft, and what each has of it."""

_STOP: Final = re.compile("[。；！？!?;]+[”’」』）》】)\"']*")
_PARAGRAPH: Final = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE: Final = re.compile(
    "[^。；！？!?;]*[^。；！？!?;\\s][^。；！？!?;]*[。；！？!?;]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Runs that stand close together in a document.

    Attributes:
        docnum: The document.
        copies: Further documents that it stands for.
        text: Its text.
        rows: The runs, see ``compare``, in the order of the document.
        held: Which symbols of the text asked for stand in them, shape (n_symbols,).
    """

    docnum: int
    copies: int
    text: FoldedText
    rows: Longs
    held: NDArray[np.bool_]

    @property
    def common(self) -> int:
        """How many symbols stand in its runs."""
        return int(np.count_nonzero(self.held))


def gather(
    wanted: Wanted, docnum: int, copies: int, text: FoldedText, rows: Longs
) -> Iterator[Shared]:
    """Gather the runs of a document that stand close together.

    What is too little to be shared wording is left out.
    """
    rows = rows[np.argsort(rows[:, 1], kind="stable")]
    ends = rows[:-1, 1] + rows[:-1, 2]
    seams = np.flatnonzero(rows[1:, 1] - ends > NEAR) + 1
    # A third of an alignment may be single symbols, which are in no run.
    least, wording = 2 * wanted.needed / 3, wanted.wording
    for some in np.split(rows, seams):
        if some[:, 3].sum() < least:
            continue
        held = np.zeros(wanted.symbols.size, np.bool_)
        firsts = np.searchsorted(wanted.places, some[:, 0])
        for first, count in zip(firsts.tolist(), some[:, 3].tolist(), strict=True):
            held[first : first + count] = True
        if np.count_nonzero(held & wording) < least:
            continue
        yield Shared(docnum=docnum, copies=copies, text=text, rows=some, held=held)


def weigh(shared: Sequence[Shared]) -> Floats:
    """Tell how much of a text each passage has.

    A symbol that more than ``_KNOWN`` passages share weighs the less the more they are;
    so a formula that all documents have does not outweigh what one alone has, and is
    still found where there is nothing else.

    Returns:
        Shares of the text, 0 to 1, shape (n_passages,).
    """
    held = np.stack([each.held for each in shared])
    sharing = np.maximum(held.sum(axis=0), _KNOWN)
    weights = 1 / (1 + np.log(sharing / _KNOWN))
    found: Floats = held @ weights / weights.sum()
    return found


def cut_passage(shared: Shared, overlap: float) -> Passage:
    """Cut a passage out of its document: whole blocks, long ones from a sentence on."""
    codes, _, starts = shared.text.text
    rows = shared.rows
    first, last = int(rows[0, 1]), int((rows[:, 1] + rows[:, 2]).max())
    head, tail = (
        int(np.searchsorted(starts, at, "right")) - 1 for at in (first, last - 1)
    )
    block, end = int(starts[head]), int(starts[tail + 1]) - 1
    before, after = text_of(codes[block:first]), text_of(codes[last - 1 : end])
    start = first - _kept_before(before)
    stop = last + _kept_after(after)
    blocks = shared.text.some_blocks(range(head, tail + 1))
    document = shared.text.head
    runs = [
        SharedRun(
            Span(here, here + length), Span(there - start, there - start + length)
        )
        for here, there, length, _ in rows[np.argsort(rows[:, 0])].tolist()
    ]
    return Passage(
        id=document.id,
        title=document.title,
        anchor=blocks[0].anchor,
        anchors=tuple(each.anchor for each in blocks),
        start=start - block,
        section=blocks[0].section,
        text=text_of(codes[start:stop]),
        overlap=round(overlap, 4),
        common=shared.common,
        runs=tuple(runs),
        url=document.url,
        site=document.site,
        source=document.publisher,
        published=document.published,
        year=document.year,
        script=document.script,
        near_duplicates=shared.copies,
    )


def _kept_before(text: str) -> int:
    """Tell how much of what stands before the runs in their block is shown."""
    if len(text) <= _AROUND:
        return len(text)
    ends = [match.end() for match in _STOP.finditer(text)]
    return len(text) - ends[-1] if ends and len(text) - ends[-1] <= _AROUND else 0


def _kept_after(text: str) -> int:
    """Tell how much of what stands behind their last character is shown."""
    if len(text) - 1 <= _AROUND:
        return len(text) - 1
    match = _STOP.search(text)
    return match.end() - 1 if match and match.end() <= _AROUND else 0


def cut_parts(text: str) -> list[Span]:
    """Cut a draft into its paragraphs, or a single one into its sentences."""
    paragraphs = [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]
    if len(paragraphs) > 1:
        return paragraphs
    return [Span(*match.span()) for match in _SENTENCE.finditer(text)]


def cover(wanted: Wanted, shared: Sequence[Shared]) -> tuple[Part, ...]:
    """Tell of each part of a draft what passages have of it."""
    parts = []
    held = np.stack([each.held for each in shared]) if shared else None
    for span in cut_parts(wanted.text):
        first, last = np.searchsorted(wanted.places, span).tolist()
        if first == last:
            continue
        if held is None:
            parts.append(Part(span=span, covered=0.0, sources=()))
            continue
        some = held[:, first:last]
        shares = some.mean(axis=1)
        order = np.argsort(-shares, kind="stable")[:_SOURCES]
        sources = [
            _source(shared[number], span, float(shares[number]))
            for number in order.tolist()
            if shares[number] >= _LEAST_PART
        ]
        covered = float(some.any(axis=0).mean())
        parts.append(Part(span=span, covered=round(covered, 4), sources=tuple(sources)))
    return tuple(parts)


def _source(shared: Shared, span: Span, share: float) -> Source:
    """Name the block of a passage that has the beginning of a part."""
    rows = shared.rows
    inside = rows[(rows[:, 0] < span.end) & (rows[:, 0] + rows[:, 2] > span.start)]
    place = np.searchsorted(shared.text.text[2], inside[:, 1].min(), "right") - 1
    block = shared.text.some_blocks([int(place)])[0]
    head = shared.text.head
    return Source(head.id, block.anchor, head.title, round(share, 4))
