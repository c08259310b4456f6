"""Choose the passages of a text that show best where needles stand: compiled loops.

``highlight.py`` says what is chosen. A *match* is a run of places that overlap or
touch; an *area* is part of a block that is in no passage yet. All places count from
the beginning of the text, which is cut as it is, not as it is folded.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled
from index.fold import Codes
from index.skim import Numbers

# What a sign is to a cut; none is beyond the first plane.
STOP, CLOSE, PAUSE, BLANK = 1, 2, 4, 8
PLANE: Final = 1 << 16

# Columns: first character, one past the last; the block, and where the needles begin,
# which end where those of the next row begin; an area's first match, one past its last.
_START, _END, _BLOCK, _NAMES = 0, 1, 2, 3
_FROM, _TO = 2, 3

Signs = NDArray[np.uint8]
Setting = tuple[Codes, Numbers, Signs, int]
"""What passages are cut from: the code points of a text and where its blocks begin, as
in ``skim.Text``; what each code point of the first plane is to a cut, shape (65536,);
most code points of a passage, twice as many for a longer mark."""

Choice = tuple[int, int]  # the first and the last place
Area = tuple[int, int, int, int]  # a row of the table of areas


@compiled
def choose_passages(
    setting: Setting, places: Numbers, names: Numbers, needles: int, limit: int
) -> Numbers:
    """Choose the passages that show most needles.

    Args:
        setting: The text.
        places: What ``find_places`` found, with
        names: the needles of each.
        needles: How many there are.
        limit: Most passages.

    Returns:
        Rows of start, end and block: for each passage, in the order of the text, one
        that counts from the beginning of its block; then one for each mark in it, which
        counts from the beginning of the passage, with -1 for the block; shape (n, 3).
    """
    matches, kept = _gather(places, names, 2 * setting[3])
    shown = np.zeros(needles, np.bool_)
    passages = _choose(setting, matches, kept, shown, limit)
    rows, size = np.empty((len(passages) * len(places), 3), np.int64), 0
    for number in np.argsort(passages[:, _START]):
        block = passages[number, _BLOCK]
        start, end = passages[number, _START], passages[number, _END]
        rows[size, _START] = start - setting[1][block]
        rows[size, _END] = end - setting[1][block]
        rows[size, _BLOCK] = block
        size = _put_marks(rows, size + 1, places, start, end)
    return rows[:size]


@compiled
def open_passage(setting: Setting, block: int) -> tuple[int, int]:
    """Choose the beginning of a block; it counts from there."""
    start, end = setting[1][block], setting[1][block + 1] - 1
    none = np.empty((0, 4), np.int64)
    first, last = _widen(setting, none, (start, end, 0, 0), (start, start))
    return first - start, last - start


@compiled
def _put_marks(
    rows: Numbers, first: int, places: Numbers, begin: int, stop: int
) -> int:
    """Put the marks of a passage into rows; give the row behind them."""
    size = first
    for place in range(len(places) - 1):
        start = max(places[place, _START], begin) - begin
        end = min(places[place, _END], stop) - begin
        if start >= end:
            continue
        if size > first and start <= rows[size - 1, _END]:
            rows[size - 1, _END] = max(end, rows[size - 1, _END])
        else:
            rows[size, _START], rows[size, _END], rows[size, _BLOCK] = start, end, -1
            size += 1
    return size


@compiled
def _gather(places: Numbers, names: Numbers, longest: int) -> tuple[Numbers, Numbers]:
    """Gather places that overlap or touch, in pieces of at most ``longest``.

    What stands across the seam of two pieces is left out, its needles too.
    """
    matches, size = np.empty((len(places), 4), np.int64), 0
    kept, held = np.empty(len(names), np.int64), 0
    last_start, last_end, last_block = 0, 0, -1
    for place in range(len(places) - 1):
        start, block = places[place, _START], places[place, _BLOCK]
        end = min(places[place, _END], start + longest)
        beside = block == last_block and start <= last_end
        if beside and max(end, last_end) - last_start <= longest:
            last_end = max(end, last_end)
        elif not beside or start == last_end:
            last_start, last_end, last_block = start, end, block
            matches[size, _START], matches[size, _BLOCK] = start, block
            matches[size, _NAMES] = held
            size += 1
        else:
            continue
        matches[size - 1, _END] = last_end
        for name in range(places[place, _NAMES], places[place + 1, _NAMES]):
            kept[held] = names[name]
            held += 1
    matches[size, _BLOCK], matches[size, _NAMES] = -1, held
    return matches[: size + 1], kept[:held]


@compiled
def _choose(
    setting: Setting,
    matches: Numbers,
    names: Numbers,
    shown: NDArray[np.bool_],
    limit: int,
) -> Numbers:
    """Take the best passage, then the best of what is left, and so on."""
    areas, count = _areas(setting[1], matches, limit)
    passages, size = np.empty((limit, 3), np.int64), 0
    while size < limit:
        best, first, last = _best(areas[:count], matches, names, shown, setting[3])
        if best < 0:
            break
        area = (areas[best, 0], areas[best, 1], areas[best, 2], areas[best, 3])
        core = (matches[first, _START], matches[last - 1, _END])
        start, end = _widen(setting, matches, area, core)
        passages[size, _START], passages[size, _END] = start, end
        passages[size, _BLOCK] = matches[first, _BLOCK]
        size += 1
        before, after = area[_FROM], area[_TO]
        while before < after and matches[before, _END] <= start:
            before += 1
        while after > before and matches[after - 1, _START] >= end:
            after -= 1
        for name in range(matches[before, _NAMES], matches[after, _NAMES]):
            shown[names[name]] = True
        areas[best, _END], areas[best, _TO] = start, before
        areas[count, _START], areas[count, _FROM] = end, after
        areas[count, _END], areas[count, _TO] = area[_END], area[_TO]
        count += 1
    return passages[:size]


@compiled
def _areas(starts: Numbers, matches: Numbers, more: int) -> tuple[Numbers, int]:
    """Make an area of each block with matches, with room for more; and count them."""
    areas, size = np.empty((len(matches) + more, 4), np.int64), 0
    last = -1
    for match in range(len(matches) - 1):
        block = matches[match, _BLOCK]
        if block != last:
            areas[size, _START] = starts[block]
            areas[size, _END] = starts[block + 1] - 1
            areas[size, _FROM], last = match, block
            size += 1
        areas[size - 1, _TO] = match + 1
    return areas, size


@compiled
def _best(
    areas: Numbers,
    matches: Numbers,
    names: Numbers,
    shown: NDArray[np.bool_],
    width: int,
) -> tuple[int, int, int]:
    """Find the neighbouring matches of an area that are best shown together.

    That is most needles that are not shown yet, then most occurrences, then the
    earliest. What another candidate holds within it is none.

    Returns:
        The area, or -1 for none; the first match; one past the last match.
    """
    inside = np.zeros(len(shown), np.int64)
    found, rank = (-1, 0, 0), (-1, 0, 0)
    for area in range(len(areas)):
        stop, new = areas[area, _FROM], 0
        for first in range(areas[area, _FROM], areas[area, _TO]):
            before = stop
            reach = max(matches[first, _START] + width, matches[first, _END])
            while stop < areas[area, _TO] and matches[stop, _END] <= reach:
                for name in range(matches[stop, _NAMES], matches[stop + 1, _NAMES]):
                    new += inside[names[name]] == 0 and not shown[names[name]]
                    inside[names[name]] += 1
                stop += 1
            occurrences = matches[stop, _NAMES] - matches[first, _NAMES]
            this = (new, occurrences, -matches[first, _START])
            if stop > before and this > rank:
                found, rank = (area, first, stop), this
            for name in range(matches[first, _NAMES], matches[first + 1, _NAMES]):
                inside[names[name]] -= 1
                new -= inside[names[name]] == 0 and not shown[names[name]]
    return found


@compiled
def _widen(
    setting: Setting, matches: Numbers, area: Area, core: tuple[int, int]
) -> tuple[int, int]:
    """Add what stands around the core, from a good place to a good place.

    A good place that would leave the passage half empty is passed over.
    """
    width = setting[3]
    room = width - (core[1] - core[0])
    if room <= 0:
        return core
    before = max(room // 2, room - (area[_END] - core[1]))
    start = max(area[_START], core[0] - before)
    if start > area[_START]:
        latest = max(start, min(core[0], area[_END] - width // 2))
        start = _begin(setting, matches, area, (start, latest))
    end = min(area[_END], start + width)
    if end < area[_END]:
        earliest = max(core[1], start + width // 2)
        end = _end(setting, matches, area, (earliest, end))
    return start, end


@compiled
def _begin(setting: Setting, matches: Numbers, area: Area, choice: Choice) -> int:
    """Find the earliest good place of a choice of places."""
    for kind in (STOP, PAUSE):
        _, place = _next_cut(setting, kind, choice[0] - 1, choice[1])
        while place >= 0:
            if place >= choice[0] and _around(matches, area, place)[0] == place:
                return place
            _, place = _next_cut(setting, kind, place, choice[1])
    return _around(matches, area, choice[0])[1]


@compiled
def _end(setting: Setting, matches: Numbers, area: Area, choice: Choice) -> int:
    """Find the latest good place of a choice of places."""
    found = -1
    for kind in (STOP, PAUSE):
        at = max(choice[0] - 1, area[_START])
        place, at = _next_cut(setting, kind, at, choice[1])
        while place >= 0:
            if place >= choice[0] and _around(matches, area, place)[0] == place:
                found = place
            place, at = _next_cut(setting, kind, at, choice[1])
        if found >= 0:
            return found
    return _around(matches, area, choice[1])[0]


@compiled
def _next_cut(setting: Setting, kind: int, at: int, last: int) -> tuple[int, int]:
    """Find where a passage may next end, and where one may begin; -1 for none."""
    while at < last:
        sign = _sign(setting, at)
        if sign == kind or (kind == PAUSE and sign == BLANK):
            end = at + (sign == kind)
            while kind == STOP and end < last and _sign(setting, end) == CLOSE:
                end += 1
            begin = end
            while begin < last and _sign(setting, begin) == BLANK:
                begin += 1
            return end, begin
        at += 1
    return -1, -1


@compiled
def _sign(setting: Setting, at: int) -> int:
    """Tell what a character is to a cut."""
    codes, _, signs, _ = setting
    return int(signs[codes[at]]) if codes[at] < PLANE else 0


@compiled
def _around(matches: Numbers, area: Area, place: int) -> tuple[int, int]:
    """Give the match that a cut at the place would go through, or the place."""
    for match in range(area[_FROM], area[_TO]):
        if matches[match, _START] < place < matches[match, _END]:
            return matches[match, _START], matches[match, _END]
    return place, place
