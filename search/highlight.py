"""Find the matched characters of a text, and the passages that show them best.

Everything is sought in folded text, where each code point stands for the one at
the same place of the original, so a mark found there holds in the original.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate
from operator import attrgetter, or_
from typing import Final, NamedTuple

from index.document import Block, BlockKind
from index.fold import fold
from search.results import Snippet, Span

# Behind these a passage may best begin or end: the end of a sentence with the
# marks that close it; else a pause within one. Group 1 is the blank that follows.
_STOP: Final = re.compile(r"[。；！？!?;][”’」』）》】)\"']*(\s*)")
_PAUSE: Final = re.compile(r"(?:[，、：,]|(?=\s))(\s*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedBlock:
    """A block of a document with its folded text, ``fold(block.text)``."""

    block: Block
    folded: str


class _Place(NamedTuple):
    """The longest needle that begins at a place, with a bit for each that does."""

    start: int
    end: int
    bits: int


class _Match(NamedTuple):
    """Places that overlap or touch, and how many occurrences are in them."""

    start: int
    end: int
    bits: int
    occurrences: int


class _Area(NamedTuple):
    """Part of a block that is in no passage yet, and the matches in it."""

    number: int
    span: Span
    matches: list[_Match]

    def part(self, start: int, end: int) -> "_Area":
        """Give a part of the part, and the matches that are whole in it."""
        whole = [each for each in self.matches if start <= each.start < each.end <= end]
        return _Area(self.number, Span(start, end), whole)

    def around(self, place: int) -> Span:
        """Give the match that a cut at the place would go through, or the place."""
        after = bisect_left(self.matches, place, key=attrgetter("start"))
        match = self.matches[after - 1] if after else None
        if match is None or match.end <= place:
            return Span(place, place)
        return Span(match.start, match.end)


class _Candidate(NamedTuple):
    """Neighbouring matches of an area that fit into one passage."""

    area: _Area
    core: Span
    bits: int
    occurrences: int

    def rank(self, shown: int) -> tuple[int, int, int, int]:
        """Sort first what shows most of the needles that are not shown yet."""
        new = (self.bits & ~shown).bit_count()
        return -new, -self.occurrences, self.area.number, self.core.start


class _Needles:
    """Strings to be found, folded.

    One regular expression finds, at each place, the longest of them that begins
    there; so its time does not grow with a needle's overlaps with itself.
    """

    def __init__(self, needles: tuple[str, ...]) -> None:
        distinct = dict.fromkeys(fold(each) for each in needles if each)
        folded = sorted(distinct, key=len, reverse=True)
        single = {each: 1 << number for number, each in enumerate(folded)}
        self._bits = {  # of the needles that each begins with, itself among them
            each: reduce(or_, (single.get(each[:n], 0) for n in range(len(each) + 1)))
            for each in folded
        }
        first = re.escape("".join(dict.fromkeys(each[0] for each in folded)))
        longest = "|".join(map(re.escape, folded))
        # The first look ahead only saves time; "(?!)" matches nowhere.
        self._pattern = re.compile(
            f"(?=[{first}])(?=({longest}))" if folded else "(?!)"
        )

    def places(self, folded_text: str) -> list[_Place]:
        """Find where they begin, in the order of the text."""
        found = self._pattern.finditer(folded_text)
        return [_Place(*each.span(1), self._bits[each[1]]) for each in found]


# A document page marks block after block with the same needles.
_compiled = lru_cache(maxsize=64)(_Needles)


def find_marks(folded_text: str, needles: Sequence[str]) -> tuple[Span, ...]:
    """Find the characters that belong to any occurrence of any needle.

    Args:
        folded_text: A folded text.
        needles: Strings as typed; they are folded here.

    Returns:
        Spans in the order of the text; occurrences that overlap or touch are
        in one span.
    """
    return _spans(_compiled(tuple(needles)).places(folded_text))


def best_snippets(
    blocks: Sequence[FoldedBlock],
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
        blocks: The document.
        needles: Strings as typed; they are folded here.
        limit: Most passages.
        width: Most code points of a passage; twice as many for a longer mark.

    Returns:
        Passages that do not overlap, in the order of the text; the beginning of
        the first paragraph, without marks, when no needle occurs.
    """
    sought = _compiled(tuple(needles))
    found = [sought.places(each.folded) for each in blocks]
    areas = [
        _Area(number, Span(0, len(each.folded)), _matches(found[number], 2 * width))
        for number, each in enumerate(blocks)
        if found[number]
    ]
    if not areas:
        return _opening(blocks, width)[:limit]
    return tuple(
        _snippet(blocks[number].block, span, _spans(found[number]))
        for number, span in sorted(_choose(blocks, areas, limit, width))
    )


def _spans(places: Iterable[_Place]) -> tuple[Span, ...]:
    """Give the characters of the places as spans that do not touch."""
    spans: list[Span] = []
    for start, end, _ in places:
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def _matches(places: Iterable[_Place], longest: int) -> list[_Match]:
    """Gather places like ``_spans``, but in pieces of at most ``longest``.

    What stands across the seam of two pieces is left out.
    """
    matches: list[_Match] = []
    for start, place_end, bits in places:
        end, count = min(place_end, start + longest), bits.bit_count()
        last = matches[-1] if matches else None
        if last and start <= last.end and max(end, last.end) - last.start <= longest:
            joined = max(end, last.end), last.bits | bits, last.occurrences + count
            matches[-1] = _Match(last.start, *joined)
        elif last is None or start >= last.end:
            matches.append(_Match(start, end, bits, count))
    return matches


def _choose(
    blocks: Sequence[FoldedBlock], areas: Iterable[_Area], limit: int, width: int
) -> Iterator[tuple[int, Span]]:
    """Take the best passage, then the best of what is left, and so on."""
    candidates = [each for area in areas for each in _candidates(area, width)]
    shown = 0
    for _ in range(limit):
        if not candidates:
            return
        best = min(candidates, key=lambda each: each.rank(shown))
        area = best.area
        passage = _widen(blocks[area.number].block.text, best.core, area, width)
        yield area.number, passage
        for match in area.part(*passage).matches:
            shown |= match.bits
        candidates = [each for each in candidates if each.area is not area]
        before = area.part(area.span.start, passage.start)
        after = area.part(passage.end, area.span.end)
        candidates += [*_candidates(before, width), *_candidates(after, width)]


def _candidates(area: _Area, width: int) -> Iterator[_Candidate]:
    """Give each run of matches that fits into a passage, but no part of a run."""
    matches, stop = area.matches, 0
    bits = [each.bits for each in matches]
    counts = [0, *accumulate(each.occurrences for each in matches)]
    for first, match in enumerate(matches):
        before = stop
        reach = max(match.start + width, match.end)
        while stop < len(matches) and matches[stop].end <= reach:
            stop += 1
        if stop > before:
            core = Span(match.start, matches[stop - 1].end)
            shown = reduce(or_, bits[first:stop])
            yield _Candidate(area, core, shown, counts[stop] - counts[first])


def _widen(text: str, core: Span, area: _Area, width: int) -> Span:
    """Add what stands around the core, from a good place to a good place.

    A good place that would leave the passage half empty is passed over.
    """
    room = width - (core.end - core.start)
    if room <= 0:
        return core
    before = max(room // 2, room - (area.span.end - core.end))
    first = max(area.span.start, core.start - before)
    latest = max(first, min(core.start, area.span.end - width // 2))
    start = _begin(text, Span(first, latest), area)
    last = min(area.span.end, start + width)
    return Span(start, _end(text, Span(max(core.end, start + width // 2), last), area))


def _begin(text: str, choice: Span, area: _Area) -> int:
    """Find the earliest good place of a choice of places."""
    if choice.start == area.span.start:
        return choice.start
    for pattern in (_STOP, _PAUSE):
        found = pattern.finditer(text, choice.start - 1, choice.end)
        for place in (each.end() for each in found):
            if area.around(place).start == place >= choice.start:
                return place
    return area.around(choice.start).end


def _end(text: str, choice: Span, area: _Area) -> int:
    """Find the latest good place of a choice of places."""
    if choice.end == area.span.end:
        return choice.end
    for pattern in (_STOP, _PAUSE):
        found = pattern.finditer(text, choice.start - 1, choice.end)
        for place in reversed([each.start(1) for each in found]):
            if area.around(place).start == place >= choice.start:
                return place
    return area.around(choice.end).start


def _snippet(block: Block, passage: Span, marks: Iterable[Span]) -> Snippet:
    """Cut a passage out of a block, and the marks with it."""
    start, end = passage
    return Snippet(
        text=block.text[start:end],
        marks=tuple(
            Span(max(mark.start, start) - start, min(mark.end, end) - start)
            for mark in marks
            if mark.start < end and mark.end > start
        ),
        section=block.section,
        anchor=block.anchor,
    )


def _opening(blocks: Sequence[FoldedBlock], width: int) -> tuple[Snippet, ...]:
    """Give the beginning of the first paragraph, or of the text if it has none."""
    filled = [each.block for each in blocks if each.block.text.strip()]
    paragraphs = [each for each in filled if each.kind is BlockKind.PARAGRAPH]
    if not filled:
        return ()
    block = (paragraphs or filled)[0]
    area = _Area(0, Span(0, len(block.text)), [])
    return (_snippet(block, _widen(block.text, Span(0, 0), area, width), ()),)
