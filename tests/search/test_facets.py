"""Facts about filters and facet counts."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Kind, Script
from search.columns import FACETS, Columns, Ints, make_columns
from search.facets import (
    MAX_VALUES,
    PASSES,
    Failures,
    count_facets,
    failures,
    in_group,
    make_filters,
)
from search.results import FacetCount, SearchRequest

Row = dict[str, str | int | bool | None]
Rows = list[Row]

compiling = settings(deadline=None)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "revision": st.just(1),
            "site": st.sampled_from(["甲", "乙", ""]),
            "source": st.sampled_from(["报", None]),
            "region": st.none(),
            "kind": st.sampled_from(["report", "other"]),
            "script": st.just("hans"),
            "complete": st.booleans(),
            "year": st.sampled_from([2019, 2020, 2021, None]),
            "published": st.sampled_from([2020, 2021, None]),
            "date": st.sampled_from([0, 20190000, 20200101, 20210304]),
            "group": st.sampled_from(["x", "y", "z"]),
        }
    ),
    max_size=12,
)
REQUESTS = st.builds(
    SearchRequest,
    site=st.sampled_from([(), ("甲",), ("甲", "乙")]),
    year=st.sampled_from([(), (2020,), (2019, 2021)]),
    year_from=st.sampled_from([None, 2020]),
    year_to=st.sampled_from([None, 2020]),
    complete=st.sampled_from([None, True, False]),
    published=st.sampled_from([(), (2021,)]),
    not_site=st.sampled_from([(), ("甲",), ("乙", "丙")]),
    not_year=st.sampled_from([(), (2020,)]),
    not_published=st.sampled_from([(), (2020, 2021)]),
    collapse=st.booleans(),
)


BLANK: Row = dict.fromkeys((*FACETS, "revision", "date", "group"))


def columns_of(rows: Rows) -> Columns:
    """Make columns; ids are in the opposite order of the rows."""
    return make_columns([(f"{999 - at:03}", row) for at, row in enumerate(rows)])


def every(rows: Rows) -> Ints:
    """List the docnums of all rows."""
    return np.arange(len(rows), dtype=np.int32)


def failed(columns: Columns, docnums: Ints, request: SearchRequest) -> Failures:
    """Tell which filter each document fails, nothing where nothing is restricted."""
    filters = make_filters(columns, request)
    return failures(columns, docnums, filters) if filters else np.empty(0, np.int8)


def counted(rows: Rows, request: SearchRequest) -> dict[str, tuple[FacetCount, ...]]:
    """Count the facets of all rows."""
    columns, docnums = columns_of(rows), every(rows)
    missed = failed(columns, docnums, request)
    return count_facets(columns, docnums, missed, collapse=request.collapse)


def passes(row: Row, request: SearchRequest, without: str) -> bool:
    """Tell whether a row passes all filters but one field's."""
    year = row["year"]
    inside = {
        "site": (not request.site or row["site"] in request.site)
        and row["site"] not in request.not_site,
        "complete": request.complete in (None, row["complete"]),
        "published": (not request.published or row["published"] in request.published)
        and row["published"] not in request.not_published,
        "year": (not request.year or year in request.year)
        and year not in request.not_year
        and (request.year_from is None or int(year or 0) >= request.year_from)
        and (request.year_to is None or 0 < int(year or 0) <= request.year_to),
    }
    return all(ok for name, ok in inside.items() if name != without)


@compiling
@given(ROWS, REQUESTS)
def test_filters_keep_what_a_look_at_each_row_would(
    rows: Rows, request: SearchRequest
) -> None:
    """A document passes where it passes all filters of the request."""
    filters = make_filters(columns_of(rows), request)
    expected = [passes(row, request, "") for row in rows]
    if filters is None:
        assert all(expected)
    else:
        found = failures(columns_of(rows), every(rows), filters)
        assert (found == PASSES).tolist() == expected


@compiling
@given(ROWS, REQUESTS)
def test_failure_of_one_filter_is_told_by_its_facet(
    rows: Rows, request: SearchRequest
) -> None:
    """Without it the document would pass; one that fails several fails no facet."""
    found = failed(columns_of(rows), every(rows), request).tolist()
    for row, failure in zip(rows, found, strict=False):
        missed = [name for name in FACETS if passes(row, request, name)]
        if failure == PASSES:
            assert missed == [*FACETS]
        else:
            assert missed == [*FACETS[failure : failure + 1]]


def test_request_that_restricts_nothing_has_no_filters() -> None:
    """Nobody then has to look at the documents; an unknown value lets none pass."""
    columns = columns_of([{**BLANK, "site": "甲"}])
    assert make_filters(columns, SearchRequest()) is None
    request = SearchRequest(site=("丁",))
    found = failed(columns, np.zeros(1, np.int32), request)
    assert found.tolist() == [FACETS.index("site")]


def test_every_facet_can_be_restricted() -> None:
    """Each field of the request goes to the facet of its name."""
    values: Row = {"year": 2020, "site": "甲", "source": "报", "region": "青溪"}
    values["published"] = 2021
    rows: Rows = [
        {**BLANK, "script": "hans", "kind": "other", "complete": True},
        {**values, "script": "hant", "kind": "report", "complete": False},
    ]
    rows = [{**BLANK, **row} for row in rows]
    requests = {
        "year": SearchRequest(year=(2020,)),
        "site": SearchRequest(site=("甲",)),
        "script": SearchRequest(script=(Script.HANT,)),
        "kind": SearchRequest(kind=(Kind.REPORT,)),
        "source": SearchRequest(source=("报",)),
        "region": SearchRequest(region=("青溪",)),
        "complete": SearchRequest(complete=False),
        "published": SearchRequest(published=(2021,)),
    }
    for place, name in enumerate(FACETS):
        found = failed(columns_of(rows), every(rows), requests[name])
        assert found.tolist() == [place, PASSES]


@given(ROWS)
def test_group_is_a_document_and_its_near_duplicates(rows: Rows) -> None:
    """Those of the same group, itself included; of an unknown one nothing."""
    columns = columns_of(rows)
    for at, row in enumerate(rows):
        found = in_group(columns, every(rows), columns.ids[at])
        assert found.tolist() == [each["group"] == row["group"] for each in rows]
    for unknown in ("none", ""):
        assert not in_group(columns, every(rows), unknown).any()


@compiling
@given(ROWS, REQUESTS)
def test_count_of_a_value_is_what_choosing_it_would_give(
    rows: Rows, request: SearchRequest
) -> None:
    """Facets do not see their own filter, and count copies as the hits do."""
    facets = counted(rows, request)
    for name in FACETS:
        seen = [
            (row[name], row["group"] if request.collapse else place)
            for place, row in enumerate(rows)
            if row[name] not in (None, "") and passes(row, request, name)
        ]
        expected = Counter(value for value, _ in set(seen))
        assert {facet.value: facet.count for facet in facets[name]} == expected


@compiling
@given(ROWS, REQUESTS, st.data())
def test_only_the_matching_documents_are_counted(
    rows: Rows, request: SearchRequest, data: st.DataObject
) -> None:
    """The others are as if they were not there; nobody is copy of one of these."""
    size = len(rows)
    kept = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    columns, docnums = columns_of(rows), np.flatnonzero(kept).astype(np.int32)
    missed = failed(columns, docnums, request)
    found = count_facets(columns, docnums, missed, collapse=request.collapse)
    some = [row for row, is_ in zip(rows, kept, strict=True) if is_]
    assert found == counted(some, request)


def test_years_come_latest_first_and_other_values_most_frequent_first() -> None:
    """Equal counts are in the order of the values."""
    rows: Rows = [
        {**BLANK, "year": year, "site": site, "group": f"{year}{site}"}
        for year, site in [(2019, "乙"), (2021, "丙"), (2019, "甲"), (2020, "丙")]
    ]
    for collapse in (True, False):
        facets = counted(rows, SearchRequest(collapse=collapse))
        assert [facet.value for facet in facets["year"]] == [2021, 2020, 2019]
        assert [facet.value for facet in facets["site"]] == ["丙", "乙", "甲"]
        assert facets["region"] == ()


def test_long_facets_are_cut() -> None:
    """Of very many values the most frequent are listed."""
    rows: Rows = [{**BLANK, "site": f"站{n % 150:03}"} for n in range(200)]
    facets = counted(rows, SearchRequest(collapse=False))
    assert len(facets["site"]) == MAX_VALUES
    assert {facet.count for facet in facets["site"][:50]} == {2}


@pytest.mark.parametrize(
    "request_", [SearchRequest(year_from=1000), SearchRequest(year_to=9999)]
)
def test_unknown_year_is_in_no_range(request_: SearchRequest) -> None:
    """A document about no known year passes no limit on years."""
    rows: Rows = [{**BLANK, "year": None}, {**BLANK, "year": 2020}]
    found = failed(columns_of(rows), every(rows), request_)
    assert found.tolist() == [FACETS.index("year"), PASSES]
