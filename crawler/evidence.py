"""What is known of each line of a page, before the main content is sought.

Each line's own weight is corrected by its surroundings: teasers between headline
links, containers whose names say that they hold something else, and everything
behind a line that announces something else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from crawler.lines import Line, Span, visible_length
from crawler.markup import BREAKING_TAGS
from crawler.weights import (
    BARRIER_WEIGHT,
    LINK_SHARE,
    SHORT_WEIGHT,
    aside_name,
    is_barrier,
    is_credit,
    line_weight,
    link_share,
)
from index.document import BlockKind

_TEASER_FACTOR = 0.3
_MIN_TEASERS = 3
_ASIDE_FACTOR = 0.15
_FADE_FACTOR = 0.3
_MIN_FADE = 0.05
_TEXT_BEFORE_BARRIER = 60
_MAX_TITLE = 200
_MIN_TITLE = 5
_HEADING_BONUS = 6
_LINKED_TITLE_MALUS = 8
_MIN_SHARE_AFTER_TITLE = 0.3
_MAX_SHARE_BETWEEN_TITLES = 0.15
_BLOCK_TAGS = BREAKING_TAGS - {"html", "body"}
_NOT_WORD = re.compile(r"[\W_]")


@dataclass(slots=True)
class Evidence:
    """The lines of a page and what is known of each.

    Attributes:
        lines: The page.
        lengths: Characters of each line, white space aside.
        shares: Share of them that are links.
        weights: What each line weighs as main content.
        barriers: Lines that announce something other than the text.
        asides: Name that makes each line's container an aside; mostly ``""``.
        title: The line that repeats the page's title, if one does.
    """

    lines: Sequence[Line]
    lengths: list[int]
    shares: list[float]
    weights: list[float]
    barriers: frozenset[int]
    asides: list[str]
    title: int | None = None

    def is_shown(self, number: int) -> bool:
        """Tell lines of text from spacers and hidden lines."""
        return bool(self.lengths[number]) and not self.lines[number].aside

    def is_plain(self, number: int) -> bool:
        """Tell a line that nothing speaks against."""
        return (
            self.is_shown(number)
            and not self.asides[number]
            and self.shares[number] <= LINK_SHARE
            and self.weights[number] >= SHORT_WEIGHT
        )

    def is_credit(self, number: int) -> bool:
        """Tell a line of date, source or editor."""
        return (
            self.is_shown(number)
            and self.weights[number] <= 0
            and not self.asides[number]
            and is_credit(self.lines[number].text)
        )


def gather(lines: Sequence[Line], spans: Sequence[Span], title: str) -> Evidence:
    """Weigh the lines of a page, each by itself and by its surroundings."""
    evidence = _weighed(lines)
    _weaken_teasers(evidence)
    evidence.barriers = frozenset(
        number
        for number, line in enumerate(lines)
        if evidence.is_shown(number) and is_barrier(line.text)
    )
    for number in evidence.barriers:
        evidence.weights[number] = BARRIER_WEIGHT
    _mark_asides(evidence, spans)
    evidence.title = _title_line(evidence, title)
    _fade(evidence)
    return evidence


def running_sums(weights: Iterable[float]) -> list[float]:
    """Return running sums: ``sums[end] - sums[start]`` weighs a range of lines."""
    return list(accumulate(weights, initial=0.0))


def _weighed(lines: Sequence[Line]) -> Evidence:
    lengths = [visible_length(line.text) for line in lines]
    shares = list(map(link_share, lines, lengths))
    return Evidence(
        lines=lines,
        lengths=lengths,
        shares=shares,
        weights=list(map(line_weight, lines, lengths, shares)),
        barriers=frozenset(),
        asides=[""] * len(lines),
    )


def _weaken_teasers(evidence: Evidence) -> None:
    """Weaken sentences between a headline link and another link or short line.

    One alone is the first paragraph of a text below a link.
    """
    shown = [
        number for number in range(len(evidence.lines)) if evidence.is_shown(number)
    ]
    weights = evidence.weights
    teasers = [
        number
        for previous, number, following in zip(
            shown, shown[1:], shown[2:], strict=False
        )
        if weights[number] > 0
        and evidence.shares[previous] > LINK_SHARE
        and weights[following] <= 0
    ]
    if len(teasers) >= _MIN_TEASERS:
        for number in teasers:
            weights[number] *= _TEASER_FACTOR


def _mark_asides(evidence: Evidence, spans: Sequence[Span]) -> None:
    """Note lines in containers that are named as asides, and weaken them."""
    sums = running_sums(max(weight, 0.0) for weight in evidence.weights)
    covered = 0
    # Outermost first: what an aside contains needs no second look.
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        end = min(span.end, len(evidence.lines))
        if span.start < covered or span.tag not in _BLOCK_TAGS:
            continue
        inside = sums[end] - sums[span.start]
        if name := aside_name(span.names, inside, sums[-1]):
            covered = end
            for number in range(span.start, end):
                evidence.asides[number] = name
                if evidence.weights[number] > 0:
                    evidence.weights[number] *= _ASIDE_FACTOR


def _title_line(evidence: Evidence, title: str) -> int | None:
    """Find the line that repeats the page's title, or its longest part."""
    wanted = _key(title[:_MAX_TITLE])
    sums = running_sums(max(weight, 0.0) for weight in evidence.weights)
    best, best_score = None, 0
    for number, line in enumerate(evidence.lines):
        if not _MIN_TITLE <= evidence.lengths[number] <= _MAX_TITLE or line.aside:
            continue
        start = line.text[:2].lower()
        if start.isalnum() and start not in wanted:
            continue
        key = _key(line.text)
        after = sums[-1] - sums[number + 1]
        if len(key) < _MIN_TITLE or key not in wanted:
            continue
        if after <= _MIN_SHARE_AFTER_TITLE * sums[-1]:
            break
        score = len(key) + (line.kind is BlockKind.HEADING) * _HEADING_BONUS
        score -= (evidence.shares[number] > LINK_SHARE) * _LINKED_TITLE_MALUS
        between = sums[number] - sums[best] if best is not None else 0.0
        # Of equals the last before the text: a breadcrumb repeats the title above
        # it. A body printed twice repeats it too, but behind much text.
        if score > best_score or (
            score == best_score and between < _MAX_SHARE_BETWEEN_TITLES * sums[-1]
        ):
            best, best_score = number, score
    return best


def _fade(evidence: Evidence) -> None:
    """Weaken the text behind lines that announce something else."""
    factor, seen = 1.0, 0.0
    start = 0 if evidence.title is None else evidence.title + 1
    for number in range(start, len(evidence.lines)):
        if number in evidence.barriers and seen >= _TEXT_BEFORE_BARRIER:
            factor = max(factor * _FADE_FACTOR, _MIN_FADE)
        if evidence.weights[number] > 0:
            evidence.weights[number] *= factor
            seen += evidence.weights[number]


def _key(text: str) -> str:
    """Reduce a title to its letters and digits."""
    return _NOT_WORD.sub("", text).lower()
