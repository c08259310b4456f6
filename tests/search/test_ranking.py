"""Facts about order, pages and the folding of copies, held against a plain sort."""

from typing import NamedTuple
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import ranking
from search.columns import FACETS, Columns, make_columns
from search.ranking import Ranked, rank
from search.results import Sort

SCORES = st.sampled_from([0.0, 1.5, 2.0])
DATES = st.sampled_from([0, 20190000, 20200101, 20210304])

PLACES = st.integers(0, 20)

compiling = settings(deadline=None)
every_sort = pytest.mark.parametrize("sort", Sort)


class Entry(NamedTuple):
    """A document that matches or not."""

    name: str
    date: int
    score: float
    text: str
    matches: bool = True


class Hit(NamedTuple):
    """A hit as a plain sort makes it."""

    docnum: int
    score: float
    copies: int


@st.composite
def some_entries(draw: st.DrawFn) -> list[Entry]:
    """Draw documents, with ids in any order."""
    one = st.tuples(DATES, SCORES, st.sampled_from("wxyz"), st.booleans())
    drawn = draw(st.lists(one, max_size=16))
    names = draw(st.permutations([f"{number:02}" for number in range(len(drawn))]))
    return [Entry(name, *each) for name, each in zip(names, drawn, strict=True)]


def many(seed: int, count: int = 1500) -> list[Entry]:
    """Make so many documents that scores and dates are those of several each."""
    rng = np.random.default_rng(seed)
    names = [f"{number:05}" for number in rng.permutation(count).tolist()]
    columns = (
        rng.choice([0, 20190000, 20200101, 20210304], count).tolist(),
        rng.integers(0, 40, count).astype(float).tolist(),
        map(str, rng.integers(0, count, count).tolist()),
        (rng.random(count) < 0.9).tolist(),
    )
    return [Entry(*each) for each in zip(names, *columns, strict=True)]


def columns_of(entries: list[Entry]) -> Columns:
    """Make the columns."""
    known = dict.fromkeys((*FACETS, "revision"))
    rows = [{**known, "date": each.date, "group": each.text} for each in entries]
    return make_columns([*zip([each.name for each in entries], rows, strict=True)])


def page_of(
    entries: list[Entry], columns: Columns, sort: Sort, page: range, *, collapse: bool
) -> Ranked:
    """Ask for a page of the documents that match."""
    places = [place for place, each in enumerate(entries) if each.matches]
    docnums = np.asarray(places, np.int32)
    scores = np.asarray([entries[place].score for place in places], np.float64)
    return rank(columns, docnums, scores, sort, page, collapse=collapse)


def hits_of(ranked: Ranked) -> list[Hit]:
    """Write what was found as plain hits."""
    columns = (ranked.docnums, ranked.scores, ranked.copies)
    return [Hit(*each) for each in zip(*(c.tolist() for c in columns), strict=True)]


def hits_in_order(entries: list[Entry], sort: Sort, *, collapse: bool) -> list[Hit]:
    """Sort all documents that match, and fold copies into the first of them."""

    def key(place: int) -> tuple[bool | float | str, ...]:
        name, date, score, _, _ = entries[place]
        if sort is Sort.RELEVANCE:
            return -score, -date, name
        return date == 0, date if sort is Sort.OLDEST else -date, -score, name

    matching = [place for place, each in enumerate(entries) if each.matches]
    members: dict[object, list[int]] = {}
    for place in sorted(matching, key=key):
        group = entries[place].text if collapse else place
        members.setdefault(group, []).append(place)
    return [
        Hit(first, entries[first].score, len(others))
        for first, *others in members.values()
    ]


@compiling
@given(entries=some_entries(), sort=st.sampled_from(Sort), collapse=st.booleans())
def test_order_is_total_and_unknown_dates_come_last(
    entries: list[Entry], sort: Sort, *, collapse: bool
) -> None:
    """Order is that of a sort by score, date and id, however docnums are numbered."""
    page, columns = range(len(entries) + 1), columns_of(entries)
    ranked = page_of(entries, columns, sort, page, collapse=collapse)
    expected = hits_in_order(entries, sort, collapse=collapse)
    assert hits_of(ranked) == expected
    assert ranked.total == len(expected)


@compiling
@given(
    entries=some_entries(),
    sort=st.sampled_from(Sort),
    collapse=st.booleans(),
    data=st.data(),
)
def test_pages_are_slices_of_the_order(
    entries: list[Entry], sort: Sort, *, collapse: bool, data: st.DataObject
) -> None:
    """A page beyond the last hit is empty; the total is the same on all."""
    start, size = data.draw(st.integers(0, 20)), data.draw(st.integers(0, 20))
    page, columns = range(start, start + size), columns_of(entries)
    ranked = page_of(entries, columns, sort, page, collapse=collapse)
    expected = hits_in_order(entries, sort, collapse=collapse)
    assert hits_of(ranked) == expected[start : start + size]
    assert ranked.total == len(expected)


@compiling
@given(
    entries=some_entries(),
    sort=st.sampled_from(Sort),
    collapse=st.booleans(),
    page=st.builds(lambda a, size: range(a, a + size), PLACES, PLACES),
)
def test_deep_pages_are_slices_of_the_order(
    entries: list[Entry], sort: Sort, *, collapse: bool, page: range
) -> None:
    """Far behind, a page is cut out first; what is found is the same."""
    columns = columns_of(entries)
    with patch.object(ranking, "_DEEP", 0):
        ranked = page_of(entries, columns, sort, page, collapse=collapse)
    expected = hits_in_order(entries, sort, collapse=collapse)
    assert hits_of(ranked) == expected[page.start : page.stop]
    assert ranked.total == len(expected)


@every_sort
@pytest.mark.parametrize("collapse", [True, False])
def test_pages_of_many_hits_are_the_whole_order(sort: Sort, *, collapse: bool) -> None:
    """Page behind page gives every hit once, though most have equals."""
    entries = many(7)
    columns = columns_of(entries)
    expected = hits_in_order(entries, sort, collapse=collapse)
    assert len(expected) > 500
    for size in (1, 10, 333, len(expected), 5000):
        most = len(expected) if size > 1 else 50
        found: list[Hit] = []
        for start in range(0, most, size):
            page = range(start, start + size)
            ranked = page_of(entries, columns, sort, page, collapse=collapse)
            assert ranked.total == len(expected)
            found += hits_of(ranked)
        assert found == expected[:most] if size == 1 else found == expected


def test_equal_documents_come_by_date_and_then_by_id() -> None:
    """The latest of equal scores is first, an unknown date last; then the lower id."""
    dates = {"c": 20200101, "b": 0, "d": 20210304, "a": 20200101}
    entries = [Entry(name, date, 1.0, name) for name, date in dates.items()]
    columns = columns_of(entries)
    found = page_of(entries, columns, Sort.RELEVANCE, range(4), collapse=True)
    assert [entries[place].name for place in found.docnums.tolist()] == [*"dacb"]


def test_copies_are_counted_among_the_matches_only() -> None:
    """A document whose copies do not match stands for itself alone."""
    entries = [
        Entry("a", 20200101, 1.0, "x"),
        Entry("b", 20210304, 1.0, "x"),
        Entry("c", 20220101, 9.0, "x", matches=False),
        Entry("d", 20190101, 3.0, "y"),
        Entry("e", 20190101, 3.0, "y", matches=False),
    ]
    columns = columns_of(entries)
    found = page_of(entries, columns, Sort.RELEVANCE, range(9), collapse=True)
    assert hits_of(found) == [Hit(3, 3.0, 0), Hit(1, 1.0, 1)]


@every_sort
def test_nothing_found_is_an_empty_page(sort: Sort) -> None:
    """No match gives no hit and a total of none, on any page."""
    entries = [each._replace(matches=False) for each in many(1, 9)]
    for columns, some in ((columns_of(entries), entries), (columns_of([]), [])):
        for page in (range(10), range(10, 20), range(0)):
            found = page_of(some, columns, sort, page, collapse=True)
            assert (hits_of(found), found.total) == ([], 0)


def test_what_is_ranked_is_not_changed() -> None:
    """The same documents and scores are kept for the next page."""
    entries = many(3, 50)
    docnums = np.arange(50, dtype=np.int32)
    scores = np.asarray([each.score for each in entries])
    before = docnums.tolist(), scores.tolist()
    for sort in Sort:
        rank(columns_of(entries), docnums, scores, sort, range(5, 9), collapse=True)
    assert (docnums.tolist(), scores.tolist()) == before
