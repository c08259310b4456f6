"""Charts of documents by year, as numbers that a template draws."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from math import ceil, floor, log10
from typing import Final

from search.wording import Count

HEIGHT: Final = 28
"""Height of the highest bar."""
_MOST_YEARS: Final = 60

# Lengths of a timeline, in CSS pixels.
_LEFT, _TOP, _BOTTOM = 48, 12, 22
_PLOT, _BETWEEN, _HELD = 168, 14, 34
_WIDTH: Final = 860
_NARROWEST, _WIDEST = 12, 88
_LABEL: Final = 44
_LABEL_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)
_LONG_GAP: Final = 4
"""From so many years without documents on, they take the place of one."""
_ROUND: Final = (1, 2, 5, 10)

MARKERS: Final = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-4-4h8v8h-8z",
    "M0-5 5 4H-5z",
    "M0-5.5 5.5 0 0 5.5-5.5 0z",
    "M0 5 5-4H-5z",
)
"""The shapes of points, one a line: colour is not all that tells lines apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A year with its documents.

    Attributes:
        year: The year.
        count: Its documents.
        height: Height of its bar, 0 to ``HEIGHT``; 1 at least where there are any.
    """

    year: int
    count: int
    height: int


def bars(years: Mapping[int, int]) -> tuple[Bar, ...]:
    """Draw the years from the first to the last one that is known, gaps included.

    Where they are too many for a chart, the latest are drawn.
    """
    known = {year: count for year, count in years.items() if year and count}
    if not known:
        return ()
    last, most = max(known), max(known.values())
    first = max(min(known), last - _MOST_YEARS + 1)
    return tuple(
        Bar(year=year, count=count, height=-(-HEIGHT * count // most))
        for year in range(first, last + 1)
        for count in (known.get(year, 0),)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place on the axis of a timeline.

    Attributes:
        first: Its year, or the first year of a gap.
        last: The same year, or the last year of the gap.
        left: Where it begins.
        middle: Where its points stand.
        width: How wide it is.
        held: Documents held; 0 where nothing is known of the year.
        height: Height of the bar that shows them.
        label: Whether its year is written below.
    """

    first: int
    last: int
    left: float
    middle: float
    width: float
    held: int
    height: float
    label: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a line has in one year.

    Attributes:
        count: The counts it stands for.
        x: Its place.
        y: Its place.
        href: Where it leads; ``None`` where there is nothing to see.
    """

    count: Count
    x: float
    y: float
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a timeline.

    Attributes:
        points: Its points.
        strokes: What connects them, as SVG writes points; a year of which nothing is
            known is not crossed.
    """

    points: tuple[Point, ...]
    strokes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on the axis of shares."""

    share: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Shares by year as lines, and below them the documents held as bars.

    Attributes:
        width: How wide it is.
        height: How high it is.
        left: Where the plot begins.
        top: Upper end of the plot.
        base: Where a share of none stands.
        foot: Where the bars of documents held stand.
        slots: The years.
        lines: The lines.
        ticks: Marks on the axis of shares.
    """

    width: float
    height: int
    left: int
    top: int
    base: int
    foot: int
    slots: tuple[Slot, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]


def timeline(
    series: Sequence[Sequence[Count]], href_of: Callable[[int, int], str]
) -> Timeline | None:
    """Draw shares by year.

    Args:
        series: The years of each line, the same years in each.
        href_of: Gives where a point leads: number of its line from 0, and year.

    Returns:
        The chart; ``None`` where there are no years.
    """
    if not series or not series[0]:
        return None
    slots = tuple(_slots(series[0]))
    top = _ceiling(max(each.share or 0 for counts in series for each in counts))
    return Timeline(
        width=slots[-1].left + slots[-1].width,
        height=_TOP + _PLOT + _BETWEEN + _HELD + _BOTTOM,
        left=_LEFT,
        top=_TOP,
        base=_TOP + _PLOT,
        foot=_TOP + _PLOT + _BETWEEN + _HELD,
        slots=slots,
        lines=tuple(
            _line(counts, slots, top, partial(href_of, number))
            for number, counts in enumerate(series)
        ),
        ticks=tuple(
            Tick(share=part * top, y=_height(part * top, top)) for part in (0, 0.5, 1)
        ),
    )


def _slots(counts: Sequence[Count]) -> Iterator[Slot]:
    """Give each year its place; many years without documents share one."""
    spans: list[list[Count]] = []
    for held, group in groupby(counts, key=lambda each: bool(each.held)):
        years = list(group)
        long = not held and len(years) >= _LONG_GAP
        spans += [years] if long else [[each] for each in years]
    width = min(max(_WIDTH / len(spans), _NARROWEST), _WIDEST)
    every = next((n for n in _LABEL_STEPS if n * width >= _LABEL), _LABEL_STEPS[-1])
    most = max(each.held for each in counts)
    for place, years in enumerate(spans):
        left = _LEFT + place * width
        yield Slot(
            first=years[0].period,
            last=years[-1].period,
            left=round(left, 1),
            middle=round(left + width / 2, 1),
            width=round(width, 1),
            held=years[0].held,
            height=round(_HELD * years[0].held / most, 1) if most else 0,
            label=len(years) == 1 and years[0].period % every == 0,
        )


def _line(
    counts: Sequence[Count],
    slots: Sequence[Slot],
    top: float,
    href_of: Callable[[int], str],
) -> Line:
    """Draw one line."""
    by_year = {each.period: each for each in counts}
    points: list[Point] = []
    strokes: list[list[str]] = [[]]
    for slot in slots:
        count = by_year[slot.first]
        if count.share is None:
            strokes.append([])
            continue
        y = _height(count.share, top)
        href = href_of(count.period) if count.documents else None
        points.append(Point(count=count, x=slot.middle, y=y, href=href))
        strokes[-1].append(f"{slot.middle},{y}")
    return Line(
        points=tuple(points),
        strokes=tuple(" ".join(each) for each in strokes if len(each) > 1),
    )


def _height(share: float, top: float) -> float:
    """Tell how high a share stands."""
    return round(_TOP + _PLOT * (1 - share / top), 1)


def _ceiling(share: float) -> float:
    """Round a share up to 1, 2 or 5 of its order; 100 % at the most."""
    if share <= 0:
        return 1.0
    order = 10.0 ** floor(log10(share))
    return min(next(n for n in _ROUND if n >= ceil(share / order)) * order, 1.0)
