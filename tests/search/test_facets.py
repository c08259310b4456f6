"""Facts about filters, facet counts, order and the folding of copies."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.columns import FACETS, Columns, make_columns
from search.facets import MAX_VALUES, count_facets, filter_masks, fold_copies, order
from search.results import SearchRequest, Sort

Rows = list[dict[str, str | int | bool | None]]

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
            "date": st.sampled_from([0, 20190000, 20200101, 20210304]),
            "fingerprint": st.sampled_from(["x", "y", "z"]),
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
    collapse=st.booleans(),
)


def columns_of(rows: Rows) -> Columns:
    """Make columns; ids are in the opposite order of the rows."""
    return make_columns([(f"{999 - at:03}", row) for at, row in enumerate(rows)])


def passes(
    row: dict[str, str | int | bool | None], request: SearchRequest, without: str
) -> bool:
    """Tell whether a row passes all filters but one field's."""
    year = row["year"]
    inside = {
        "site": not request.site or row["site"] in request.site,
        "complete": request.complete in (None, row["complete"]),
        "year": (not request.year or year in request.year)
        and (request.year_from is None or int(year or 0) >= request.year_from)
        and (request.year_to is None or 0 < int(year or 0) <= request.year_to),
    }
    return all(ok for name, ok in inside.items() if name != without)


@given(ROWS, REQUESTS)
def test_masks_keep_what_a_look_at_each_row_would(
    rows: Rows, request: SearchRequest
) -> None:
    """All masks together are the filters of the request."""
    masks = filter_masks(columns_of(rows), request)
    kept = [all(mask[i] for mask in masks.values()) for i in range(len(rows))]
    assert kept == [passes(row, request, "") for row in rows]


@given(ROWS, REQUESTS)
def test_count_of_a_value_is_what_choosing_it_would_give(
    rows: Rows, request: SearchRequest
) -> None:
    """Facets do not see their own filter, and count copies as the hits do."""
    columns = columns_of(rows)
    docnums = np.arange(len(rows), dtype=np.int64)
    counted = count_facets(
        columns, docnums, filter_masks(columns, request), collapse=request.collapse
    )
    for name in FACETS:
        seen = [
            (row[name], row["fingerprint"] if request.collapse else place)
            for place, row in enumerate(rows)
            if row[name] is not None and passes(row, request, name)
        ]
        expected = Counter(value for value, _ in set(seen))
        assert {facet.value: facet.count for facet in counted[name]} == expected


def test_years_come_latest_first_and_other_values_most_frequent_first() -> None:
    """Equal counts are in the order of the values."""
    known = dict.fromkeys((*FACETS, "revision", "date", "fingerprint"))
    rows: Rows = [
        {**known, "year": year, "site": site}
        for year, site in [(2019, "乙"), (2021, "丙"), (2019, "甲"), (2020, "丙")]
    ]
    counted = count_facets(
        columns_of(rows), np.arange(4, dtype=np.int64), {}, collapse=False
    )
    assert [facet.value for facet in counted["year"]] == [2021, 2020, 2019]
    assert [facet.value for facet in counted["site"]] == ["丙", "乙", "甲"]
    assert counted["region"] == ()


def test_long_facets_are_cut() -> None:
    """Of very many values the most frequent are listed."""
    known = dict.fromkeys((*FACETS, "revision", "date", "fingerprint"))
    rows: Rows = [{**known, "site": f"站{n % 150:03}"} for n in range(200)]
    counted = count_facets(
        columns_of(rows), np.arange(200, dtype=np.int64), {}, collapse=False
    )
    assert len(counted["site"]) == MAX_VALUES
    assert {facet.count for facet in counted["site"][:50]} == {2}


@given(ROWS, st.sampled_from(Sort), st.data())
def test_order_is_total_and_unknown_dates_come_last(
    rows: Rows, sort: Sort, data: st.DataObject
) -> None:
    """Order is that of a sort by score, date and id, however docnums are numbered."""
    columns = columns_of(rows)
    scores = data.draw(
        st.lists(
            st.sampled_from([0.0, 1.5, 2.0]), min_size=len(rows), max_size=len(rows)
        )
    )
    docnums = np.arange(len(rows), dtype=np.int64)
    places = order(columns, docnums, np.asarray(scores, np.float64), sort).tolist()

    def key(place: int) -> tuple[bool | float, ...]:
        date, score = int(rows[place]["date"] or 0), scores[place]
        if sort is Sort.RELEVANCE:
            return -score, -date, -place
        return date == 0, date if sort is Sort.OLDEST else -date, -score, -place

    assert places == sorted(range(len(rows)), key=key)


@given(st.lists(st.integers(0, 4)))
def test_first_of_each_group_is_kept(groups: list[int]) -> None:
    """Places ascend, and with their copies they account for every hit."""
    kept, copies = fold_copies(np.asarray(groups, np.int64))
    expected = [i for i, group in enumerate(groups) if group not in groups[:i]]
    assert kept.tolist() == expected
    assert copies.tolist() == [groups.count(groups[i]) - 1 for i in expected]


@pytest.mark.parametrize(
    "request_", [SearchRequest(year_from=1000), SearchRequest(year_to=9999)]
)
def test_unknown_year_is_in_no_range(request_: SearchRequest) -> None:
    """A document about no known year passes no limit on years."""
    known = dict.fromkeys((*FACETS, "revision", "date", "fingerprint"))
    rows: Rows = [{**known, "year": None}, {**known, "year": 2020}]
    masks = filter_masks(columns_of(rows), request_)
    assert masks["year"].tolist() == [False, True]
