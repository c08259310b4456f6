"""Facts about timelines."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.wording import Count
from web.charts import MARKERS, Timeline, timeline

COUNTS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(
        lambda pair: (min(pair), max(pair))
    ),
    min_size=1,
    max_size=60,
)


def counts(*pairs: tuple[int, int]) -> list[Count]:
    """Make counts of years from 2001 on: documents, and documents held."""
    return [
        Count(period=year, documents=documents, held=held)
        for year, (documents, held) in enumerate(pairs, 2001)
    ]


def drawn(*series: list[Count]) -> Timeline:
    """Draw a timeline that there must be."""
    chart = timeline(series, lambda number, year: f"{number}/{year}")
    assert chart
    return chart


@given(COUNTS)
def test_everything_is_inside_the_picture(pairs: list[tuple[int, int]]) -> None:
    """Points between top and base, bars on the foot, places side by side."""
    chart = drawn(counts(*pairs))
    for point in chart.lines[0].points:
        assert chart.top <= point.y <= chart.base
        assert chart.left < point.x < chart.width
    for slot in chart.slots:
        assert 0 <= slot.height <= chart.foot - chart.base
        assert slot.left < slot.middle < slot.left + slot.width
    assert chart.foot < chart.height
    years = [year for slot in chart.slots for year in range(slot.first, slot.last + 1)]
    assert years == [2001 + place for place in range(len(pairs))]


@given(COUNTS)
def test_year_that_is_held_has_a_point_and_no_other(
    pairs: list[tuple[int, int]],
) -> None:
    """A point leads somewhere where there is something to see."""
    (line,) = drawn(counts(*pairs)).lines
    assert [point.count.period for point in line.points] == [
        year for year, (_, held) in enumerate(pairs, 2001) if held
    ]
    for point in line.points:
        there = f"0/{point.count.period}" if point.count.documents else None
        assert point.href == there


def test_line_breaks_where_nothing_is_held() -> None:
    """A year of which nothing is known is not crossed; one alone has no stroke."""
    (line,) = drawn(
        counts((1, 2), (1, 2), (0, 0), (0, 2), (2, 2), (0, 0), (1, 9))
    ).lines
    assert [len(stroke.split()) for stroke in line.strokes] == [2, 2]
    assert len(line.points) == 5


def test_higher_share_stands_higher() -> None:
    """None is at the base, the axis ends at 1, 2 or 5 of its order above the most."""
    chart = drawn(counts((0, 9), (1, 1000), (3, 1000)))
    heights = [point.y for point in chart.lines[0].points]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == chart.base
    assert [tick.share for tick in chart.ticks] == [0, 0.0025, 0.005]
    assert chart.ticks[0].y == chart.base


@pytest.mark.parametrize("share", [(0, 3), (3, 3)])
def test_axis_ends_at_all_of_them(share: tuple[int, int]) -> None:
    """Where none or all have it the axis is that of everything."""
    assert drawn(counts(share)).ticks[-1].share == 1


def test_many_years_without_documents_share_a_place() -> None:
    """Three are three places, four are one."""
    chart = drawn(counts((1, 1), *[(0, 0)] * 3, (1, 1), *[(0, 0)] * 4, (1, 1)))
    spans = [(slot.first, slot.last) for slot in chart.slots if not slot.held]
    assert spans == [(2002, 2002), (2003, 2003), (2004, 2004), (2006, 2009)]


def test_labels_do_not_run_into_each_other() -> None:
    """Of many years every second, fifth or tenth is written."""
    for many in (1, 9, 30, 80, 200):
        chart = drawn(counts(*[(1, 2)] * many))
        places = [slot.middle for slot in chart.slots if slot.label]
        assert all(b - a >= 43 for a, b in pairwise(places))


def test_every_line_has_a_shape_of_its_own() -> None:
    """Colour alone tells nothing to some."""
    assert len(set(MARKERS)) == len(MARKERS) == 5


def test_nothing_is_drawn_without_years() -> None:
    """No documents, no chart."""
    assert timeline([], lambda *_: "") is None
    assert timeline([[]], lambda *_: "") is None
