"""Facts about the columns an engine keeps in memory."""

import numpy as np

from search.columns import FACETS, Row, make_columns


def row(name: str, **values: str | int | bool | None) -> Row:
    """Make a stored row; what is not said is unknown."""
    known = dict.fromkeys(("revision", "date", "fingerprint", *FACETS))
    return name, {**known, "revision": 1, "date": 0, **values}


COLUMNS = make_columns(
    [
        row("c", revision=7, date=20210304, year=2020, complete=True, fingerprint="x"),
        None,
        row("a", revision=9, year=None, complete=False, fingerprint="y"),
        row("b", date=20190000, year=2018, complete=True, fingerprint="x"),
    ]
)


def test_rows_are_kept_by_docnum() -> None:
    """A deleted docnum keeps its place, without an id."""
    assert COLUMNS.ids == ("c", "", "a", "b")
    assert COLUMNS.revisions.tolist() == [7, 0, 9, 1]
    assert COLUMNS.dates.tolist() == [20210304, 0, 0, 20190000]


def test_ranks_follow_the_ids() -> None:
    """Ids in order have ascending ranks."""
    assert [COLUMNS.ids[i] for i in np.argsort(COLUMNS.ranks)] == ["", "a", "b", "c"]


def test_copies_share_a_group() -> None:
    """Equal fingerprints are one group, a deleted docnum is in none of them."""
    groups = COLUMNS.groups.tolist()
    assert groups[0] == groups[3] != groups[2]
    assert groups[1] not in groups[2:]


def test_mask_marks_any_of_the_values() -> None:
    """Deleted docnums are never marked, not even when None is wanted."""
    years = COLUMNS.facets["year"]
    assert years.mask([2020, 2018]).tolist() == [True, False, False, True]
    assert years.mask([None]).tolist() == [False, False, True, False]
    assert years.mask([1999]).tolist() == [False] * 4
    assert COLUMNS.facets["complete"].mask([False]).tolist() == [
        *(False, False, True, False)
    ]


def test_no_documents_make_empty_columns() -> None:
    """An empty index has all columns, each of length zero."""
    empty = make_columns([])
    assert empty.ids == ()
    assert empty.ranks.size == empty.groups.size == 0
    assert set(empty.facets) == set(FACETS)
    assert empty.facets["year"].mask([2020]).size == 0
