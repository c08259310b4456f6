"""Facts about documents counted by year, held against a look at each row."""

from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.columns import FACETS, Columns, make_columns
from search.results import Axis
from search.tally import Counted, count_dates


class Entry(NamedTuple):
    """A document as the columns know it; 0 stands for what is not known."""

    year: int
    published: int
    month: int
    day: int
    group: str

    @property
    def date(self) -> int:
        """The day it sorts by: of publication, else the year it is about."""
        if not self.published:
            return self.year * 10_000
        day = self.day if self.month else 0
        return self.published * 10_000 + self.month * 100 + day


ENTRIES = st.lists(
    st.builds(
        Entry,
        year=st.sampled_from([0, 2018, 2019, 2021]),
        published=st.sampled_from([0, 2019, 2020, 2022]),
        month=st.sampled_from([0, 1, 12]),
        day=st.sampled_from([0, 9, 31]),
        group=st.sampled_from("vwxyz"),
    ),
    max_size=14,
)
AXES = st.sampled_from(Axis)

compiling = settings(deadline=None)


def columns_of(entries: list[Entry]) -> Columns:
    """Make the columns; ids are in the opposite order of the docnums."""
    known = dict.fromkeys((*FACETS, "revision"))
    rows = [
        {
            **known,
            "year": each.year or None,
            "published": each.published or None,
            "date": each.date,
            "group": each.group,
        }
        for each in entries
    ]
    return make_columns([(f"{99 - at:02}", row) for at, row in enumerate(rows)])


def counted(entries: list[Entry], axis: Axis, *, collapse: bool) -> Counted:
    """Count all the entries."""
    docnums = np.arange(len(entries), dtype=np.int32)
    return count_dates(columns_of(entries), docnums, axis, collapse=collapse)


def texts(entries: list[Entry], *, collapse: bool) -> int:
    """Count entries, copies once if so asked."""
    return len({each.group for each in entries}) if collapse else len(entries)


@compiling
@given(entries=ENTRIES, axis=AXES, collapse=st.booleans())
def test_years_are_counted_as_a_look_at_each_row_would(
    entries: list[Entry], axis: Axis, *, collapse: bool
) -> None:
    """A text counts once in each year that it has a copy in."""
    found = counted(entries, axis, collapse=collapse)
    years = sorted({getattr(each, axis) for each in entries} - {0})
    assert list(found.years) == years
    for year in years:
        those = [each for each in entries if getattr(each, axis) == year]
        assert found.years[year] == texts(those, collapse=collapse)
    assert found.total == texts(entries, collapse=collapse)


@compiling
@given(entries=ENTRIES, collapse=st.booleans())
def test_months_are_those_of_publication_where_they_are_known(
    entries: list[Entry], *, collapse: bool
) -> None:
    """A year without its month is in no month; the year of a text is no date."""
    assert not counted(entries, Axis.YEAR, collapse=collapse).months
    found = counted(entries, Axis.PUBLISHED, collapse=collapse).months
    known = [each for each in entries if each.published and each.month]
    months = {each.published * 100 + each.month for each in known}
    assert set(found) == months
    for month, count in found.items():
        those = [e for e in known if e.published * 100 + e.month == month]
        assert count == texts(those, collapse=collapse)


@compiling
@given(entries=ENTRIES, axis=AXES, collapse=st.booleans())
def test_undated_documents_are_counted_apart(
    entries: list[Entry], axis: Axis, *, collapse: bool
) -> None:
    """A text that has a copy with a year is not undated when copies are folded."""
    undated = [each for each in entries if not getattr(each, axis)]
    if collapse:
        dated = {each.group for each in entries if getattr(each, axis)}
        undated = [each for each in undated if each.group not in dated]
    found = counted(entries, axis, collapse=collapse)
    assert found.undated == texts(undated, collapse=collapse)


@compiling
@given(entries=ENTRIES, axis=AXES, collapse=st.booleans())
def test_first_and_last_are_sought_among_all_copies(
    entries: list[Entry], axis: Axis, *, collapse: bool
) -> None:
    """By year, then by day of publication, unknown ones last, then by id."""
    found = counted(entries, axis, collapse=collapse)
    dated = [at for at, each in enumerate(entries) if getattr(each, axis)]
    assert (found.first is None) == (found.last is None) == (not dated)
    if not dated:
        return

    def key(at: int, sign: int) -> tuple[int, bool, int, int]:
        each = entries[at]
        return sign * getattr(each, axis), not each.published, sign * each.date, -at

    assert found.first == min(dated, key=lambda at: key(at, 1))
    assert found.last == min(dated, key=lambda at: key(at, -1))


def test_nothing_is_counted_where_nothing_is_found() -> None:
    """No documents give no years and no ends."""
    empty = Counted(years={}, months={}, undated=0, total=0, first=None, last=None)
    for axis in Axis:
        columns = columns_of([Entry(2020, 2021, 1, 1, "x")])
        none = np.empty(0, np.int32)
        assert count_dates(columns, none, axis, collapse=True) == empty
        assert counted([], axis, collapse=True) == empty
