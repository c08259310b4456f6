"""Facts about the columns an engine keeps in memory."""

from pathlib import Path

import numpy as np
import pytest

from index.codec.segment_file import SegmentFile
from search.columns import FACETS, Columns, Row, Value, make_columns, read_columns
from tests.corpus import CORPUS
from tests.index.segments import write


def row(name: str, **values: str | int | bool | None) -> Row:
    """Make a stored row; what is not said is unknown."""
    known = dict.fromkeys(("revision", "date", "group", *FACETS))
    return name, {**known, "revision": 1, "date": 0, **values}


COLUMNS = make_columns(
    [
        row("c", revision=7, date=20210304, year=2020, complete=True, group="x"),
        None,
        row("a", revision=9, year=None, complete=False, group="y"),
        row("b", date=20190000, year=2018, complete=True, group="x"),
    ]
)


def values_of(columns: Columns, name: str) -> list[Value | str]:
    """Give a facet's value of every docnum, a dash where it is deleted."""
    place = FACETS.index(name)
    codes = columns.codes[:, place].tolist()
    start, end = columns.starts[place : place + 2].tolist()
    assert end - start == len(columns.values[place])
    assert all(code == -1 or start <= code < end for code in codes)
    values = columns.values[place]
    return ["-" if code == -1 else values[code - start] for code in codes]


def test_rows_are_kept_by_docnum() -> None:
    """A deleted docnum keeps its place, without an id."""
    assert COLUMNS.ids == ("c", "", "a", "b")
    assert COLUMNS.revisions.tolist() == [7, 0, 9, 1]
    assert COLUMNS.dates.tolist() == [20210304, 0, 0, 20190000]


def test_ranks_follow_the_ids() -> None:
    """Ids in order have ascending ranks."""
    assert [COLUMNS.ids[i] for i in np.argsort(COLUMNS.ranks)] == ["", "a", "b", "c"]
    assert COLUMNS.ranks.tolist() == [3, 0, 1, 2]


def test_latest_come_first() -> None:
    """Dates go down, unknown ones come last, and equal ones are in the order of ids."""
    latest = [COLUMNS.ids[i] for i in np.argsort(COLUMNS.latest)]
    assert latest == ["c", "b", "", "a"]
    dates = [0, 2, 1, 2, 0, 1]
    rows = [row(f"{9 - at}", date=date) for at, date in enumerate(dates)]
    assert make_columns(rows).latest.tolist() == [5, 1, 3, 0, 4, 2]


def test_copies_share_a_group() -> None:
    """What stands for them makes a group; what has no copy or is deleted has none."""
    assert COLUMNS.groups.tolist() == [0, -1, -1, 0]
    assert COLUMNS.group_count == 1


def test_groups_are_numbered_from_zero_without_gaps() -> None:
    """Texts that one document has take no number."""
    texts = [*"abcbdaeb"]
    rows = [row(str(at), group=text) for at, text in enumerate(texts)]
    columns = make_columns([*rows, None])
    assert columns.groups.tolist() == [0, 1, -1, 1, -1, 0, -1, 1, -1]
    assert columns.group_count == 2


def test_copy_that_is_deleted_makes_no_group() -> None:
    """A document whose copies are gone has none."""
    columns = make_columns([row("a", group="x"), None, None])
    assert columns.groups.tolist() == [-1, -1, -1]
    assert columns.group_count == 0


def test_codes_lead_to_the_values() -> None:
    """Values of all facets stand one behind the other; a deleted docnum has none."""
    assert values_of(COLUMNS, "year") == [2020, "-", None, 2018]
    assert values_of(COLUMNS, "complete") == [True, "-", False, True]
    assert values_of(COLUMNS, "site") == [None, "-", None, None]
    assert COLUMNS.starts.tolist() == [0, 3, 4, 5, 6, 7, 8, 10, 11]
    assert COLUMNS.codes.shape == (4, len(FACETS))


def test_no_documents_make_empty_columns() -> None:
    """An empty index has all columns, each of length zero."""
    empty = make_columns([])
    assert empty.ids == ()
    assert empty.ranks.size == empty.latest.size == empty.groups.size == 0
    assert empty.group_count == 0
    assert empty.values == ((),) * len(FACETS)
    assert empty.starts.tolist() == [0] * (len(FACETS) + 1)
    assert empty.codes.shape == (0, len(FACETS))


@pytest.fixture
def files(tmp_path: Path) -> list[SegmentFile]:
    """Write the corpus as two segments."""
    return [
        write(tmp_path / "1.arrays", CORPUS[:13]),
        write(tmp_path / "2.arrays", CORPUS[13:], first=14),
    ]


def stored(files: list[SegmentFile]) -> list[Row]:
    """Read the rows of segments, document by document."""
    rows = []
    for file in files:
        kept = {name: file.row(name) for name in file.row_names}
        for docnum in range(file.documents):
            row = {name: each[codes[docnum]] for name, (each, codes) in kept.items()}
            rows.append((str(row.pop("id")), row))
    return rows


@pytest.mark.parametrize("deleted", [(), (0,), (2, 13, 14, 29)])
def test_columns_of_segments_are_those_of_their_rows(
    files: list[SegmentFile], deleted: tuple[int, ...]
) -> None:
    """Whole columns of the files give what row by row would."""
    alive = np.ones(len(CORPUS), np.bool_)
    alive[[*deleted]] = False
    rows = zip(stored(files), alive.tolist(), strict=True)
    expected = make_columns([each if kept else None for each, kept in rows])
    found = read_columns(files, alive)
    assert found.ids == expected.ids
    assert found.ranks.tolist() == expected.ranks.tolist()
    assert found.dates[alive].tolist() == expected.dates[alive].tolist()
    assert found.revisions[alive].tolist() == expected.revisions[alive].tolist()
    assert np.argsort(found.latest[alive]).tolist() == (
        np.argsort(expected.latest[alive]).tolist()
    )
    assert texts_of(found) == texts_of(expected)
    for name in FACETS:
        assert values_of(found, name) == values_of(expected, name)


def texts_of(columns: Columns) -> list[int]:
    """Number the groups in order of appearance."""
    groups = columns.groups.tolist()
    assert {*range(columns.group_count)} == {*groups} - {-1}
    known = [*dict.fromkeys(group for group in groups if group >= 0)]
    return [known.index(group) if group >= 0 else -1 for group in groups]
