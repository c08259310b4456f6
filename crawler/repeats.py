"""Repeated text inside one page: a body printed twice is kept once.

What repeats is a run of lines, found by comparing folded letters and digits. A
run counts when it holds three long lines, or one and three tenths of the page's
text, or when it is nearly the whole page; single short lines (headings, table
cells, a refrain) may stand twice. Of two copies the fuller one stays: the other
may lack captions or tables.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from crawler.worksheet import LONG, Line, key

RULE = "repeated-block"
_LONG_LINES = 3
_SHARE = 0.3
_WHOLE_SHARE = 0.45
_MAX_GAP = 4
_MOST_TIMES = 20
"""A line that stands more often than this, such as a cell, begins no copy."""


def remove_repeats(lines: Sequence[Line]) -> list[Line]:
    """Take out every other copy of a run of lines.

    Source: extraction.md section 3 (runs, not single lines); the thresholds of
    long lines and of three tenths are those it gives.
    """
    result = list(lines)
    keys = [key(line.text) if line.kept else "" for line in lines]
    total = sum(map(len, keys))
    times = Counter(keys)
    stands: dict[str, int] = {}
    i = 0
    while i < len(keys):
        may_begin = keys[i] in stands and times[keys[i]] <= _MOST_TIMES
        run = _run(keys, stands[keys[i]], i) if may_begin else []
        if _counts(keys, [other for _, other in run], total):
            ones, others = zip(*run, strict=True)
            second_is_fuller = _between(keys, others) > _between(keys, ones)
            for j in ones if second_is_fuller else others:
                result[j] = result[j].removed(RULE)
            if second_is_fuller:
                stands |= {keys[j]: j for j in others}
            i = others[-1] + 1
            continue
        if keys[i]:
            stands.setdefault(keys[i], i)
        i += 1
    return result


def _run(keys: Sequence[str], one: int, other: int) -> list[tuple[int, int]]:
    """Follow two copies side by side; list the pairs of lines that match.

    Lines that stand in only one copy (a caption, a table) are stepped over, up to
    four in a row; they are not part of the run.
    """
    start = other
    matched: list[tuple[int, int]] = []
    while one < start and other < len(keys):
        step = _next_match(keys, one, other, start)
        if step is None:
            break
        matched.append(step)
        one, other = step[0] + 1, step[1] + 1
    return matched


def _between(keys: Sequence[str], places: Sequence[int]) -> int:
    """Count the characters of a copy that the other one lacks."""
    inside = sum(len(keys[i]) for i in range(places[0], places[-1] + 1))
    return inside - sum(len(keys[i]) for i in places)


def _next_match(
    keys: Sequence[str], one: int, other: int, limit: int
) -> tuple[int, int] | None:
    """Find the nearest pair of equal lines from a pair of places on."""
    ones = list(islice((i for i in range(one, limit) if keys[i]), _MAX_GAP + 1))
    others = list(islice((j for j in range(other, len(keys)) if keys[j]), _MAX_GAP + 1))
    pairs = [
        (a + b, i, j)
        for a, i in enumerate(ones)
        for b, j in enumerate(others)
        if keys[i] == keys[j]
    ]
    return min(pairs)[1:] if pairs else None


def _counts(keys: Sequence[str], run: Sequence[int], total: int) -> bool:
    """Tell whether a run is long enough to be a copy of text."""
    long_lines = sum(len(keys[i]) >= LONG for i in run)
    share = sum(len(keys[i]) for i in run) / total if total else 0.0
    return (
        long_lines >= _LONG_LINES
        or (long_lines > 0 and share >= _SHARE)
        or share >= _WHOLE_SHARE
    )
