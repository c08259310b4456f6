"""Repeated text inside one page: a body printed twice is kept once.

What repeats is a run of lines, found by comparing folded letters and digits. A
run counts when it holds three long lines or three tenths of the page's text;
single short lines (headings, table cells, a refrain) may stand twice.
"""

from collections.abc import Sequence

from crawler.worksheet import LONG, Line, key

RULE = "repeated-block"
_LONG_LINES = 3
_SHARE = 0.3
_MAX_GAP = 4


def remove_repeats(lines: Sequence[Line]) -> list[Line]:
    """Take out every later copy of a run of lines; the first copy stays.

    Source: extraction.md section 3 (runs, not single lines); the thresholds are
    those it gives.
    """
    result = list(lines)
    keys = [key(line.text) if line.kept else "" for line in lines]
    total = sum(map(len, keys))
    first: dict[str, int] = {}
    i = 0
    while i < len(keys):
        if keys[i] and keys[i] in first:
            run = _run(keys, first[keys[i]], i)
            if _counts(keys, run, total):
                for j in run:
                    result[j] = result[j].removed(RULE)
                i = run[-1] + 1
                continue
        if keys[i]:
            first.setdefault(keys[i], i)
        i += 1
    return result


def _run(keys: Sequence[str], one: int, other: int) -> list[int]:
    """Follow two copies side by side; list the lines of the second that match.

    Lines that stand in only one copy (a caption, a table) are stepped over, up to
    four in a row; they are not part of the run.
    """
    start, matched = other, []
    while one < start and other < len(keys):
        step = _next_match(keys, one, other, start)
        if step is None:
            break
        one, other = step
        matched.append(other)
        one, other = one + 1, other + 1
    return matched


def _next_match(
    keys: Sequence[str], one: int, other: int, limit: int
) -> tuple[int, int] | None:
    """Find the nearest pair of equal lines from a pair of places on."""
    ones = [i for i in range(one, limit) if keys[i]][: _MAX_GAP + 1]
    others = [j for j in range(other, len(keys)) if keys[j]][: _MAX_GAP + 1]
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
    size = sum(len(keys[i]) for i in run)
    return long_lines >= _LONG_LINES or (long_lines > 0 and size >= _SHARE * total)
