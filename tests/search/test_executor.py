"""Facts about sets of documents, and about what the executor keeps."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cache import Cache
from search.found import Found, all_of, any_of, of_docnums, without

DOCUMENTS = 64
SETS = st.dictionaries(st.integers(0, DOCUMENTS - 1), st.integers(0, 9), max_size=40)


def found(scores: dict[int, int]) -> Found:
    """Make a set; large ones become masks."""
    docnums = np.asarray(sorted(scores), np.int32)
    values = np.asarray([scores[docnum] for docnum in sorted(scores)], np.float64)
    return of_docnums(DOCUMENTS, docnums, values)


def plain(each: Found) -> dict[int, float]:
    """Write a set as a dictionary again."""
    docnums, scores = each.listed()
    assert docnums.tolist() == sorted(set(docnums.tolist()))
    return dict(zip(docnums.tolist(), scores.tolist(), strict=True))


@given(st.lists(SETS, min_size=1, max_size=4))
def test_all_of_is_the_intersection(sets: list[dict[int, int]]) -> None:
    """A document stays that is in every set; its scores are added."""
    common = set.intersection(*(set(each) for each in sets))
    expected = {docnum: sum(each[docnum] for each in sets) for docnum in common}
    assert plain(all_of([*map(found, sets)])) == expected


@given(st.lists(SETS, min_size=1, max_size=4))
def test_any_of_is_the_union(sets: list[dict[int, int]]) -> None:
    """A document stays that is in any set; its scores are added."""
    union = set().union(*sets)
    expected = {docnum: sum(each.get(docnum, 0) for each in sets) for docnum in union}
    assert plain(any_of([*map(found, sets)])) == expected


@given(SETS, SETS, SETS)
def test_scores_of_what_was_left_out_are_left_out(
    one: dict[int, int], other: dict[int, int], third: dict[int, int]
) -> None:
    """What AND and NOT threw away brings no score into an OR."""
    kept = {docnum: score for docnum, score in one.items() if docnum not in other}
    both = {docnum: one[docnum] + other[docnum] for docnum in one.keys() & other}
    minus, joint = without(found(one), found(other)), all_of([found(one), found(other)])
    assert plain(minus) == kept
    expected = {
        docnum: kept.get(docnum, 0) + both.get(docnum, 0) + third.get(docnum, 0)
        for docnum in kept.keys() | both.keys() | third.keys()
    }
    assert plain(any_of([minus, joint, found(third)])) == expected


def test_sets_are_never_changed_by_what_is_made_of_them() -> None:
    """They are kept for the next query."""
    one, other = found(dict.fromkeys(range(40), 1)), found({1: 5, 63: 7})
    before = plain(one), plain(other)
    for combine in (all_of, any_of):
        combine([one, other])
        combine([one, one])
    without(one, other)
    assert (plain(one), plain(other)) == before


@pytest.mark.parametrize("limit", [0, 100, 1000])
def test_cache_keeps_within_its_limit(limit: int) -> None:
    """What was used last stays; what is too large is never kept."""
    cache, made = Cache(limit), []

    def make(size: int) -> np.ndarray:
        made.append(size)
        return np.zeros(size, np.uint8)

    for size in (40, 50, 40, 2000, 50, 60):
        assert cache.get(size, np.ndarray, partial(make, size)).size == size
    expected = {
        0: [40, 50, 40, 2000, 50, 60],
        100: [40, 50, 2000, 60],
        1000: [40, 50, 2000, 60],
    }
    assert made == expected[limit]
