"""Facts about sets of documents, and about what the executor keeps."""

from functools import partial, reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.cache import Cache
from search.found import Found, all_of, any_of, best_of, chained, without

Scores = dict[int, int]
"""Docnums with scores: the plain picture of a set."""

SIZES = st.sampled_from([64, 4096, 4097, 20_000])
"""A union is made 4096 documents at a time: less than that, and more."""

compiling = settings(deadline=None)


@st.composite
def some_sets(draw: st.DrawFn, *, least: int = 1) -> list[Scores]:
    """Draw sets of documents of one index, some of them close to each other."""
    size = draw(SIZES)
    starts = draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=4))
    near = st.builds(
        lambda start, by: min(start + by, size - 1),
        st.sampled_from(starts),
        st.integers(0, 40),
    )
    docnums = st.one_of(near, st.integers(0, size - 1))
    one = st.dictionaries(docnums, st.integers(0, 9), max_size=20)
    return draw(st.lists(one, min_size=least, max_size=4))


def found(scores: Scores, *, scored: bool = True) -> Found:
    """Make a set; one that is not scored has no scores at all."""
    docnums = np.asarray(sorted(scores), np.int32)
    if not scored:
        return Found(docnums)
    return Found(docnums, np.asarray([scores[each] for each in sorted(scores)], float))


def plain(each: Found) -> dict[int, float]:
    """Write a set as a dictionary again."""
    docnums, scores = each.listed()
    assert docnums.tolist() == sorted(set(docnums.tolist()))
    assert each.docnums.dtype == np.int32
    assert each.scores.size in {0, docnums.size}
    return dict(zip(docnums.tolist(), scores.tolist(), strict=True))


def added(sets: list[Scores], docnums: set[int]) -> Scores:
    """Sum the scores of some documents."""
    return {docnum: sum(each.get(docnum, 0) for each in sets) for docnum in docnums}


@compiling
@given(some_sets())
def test_all_of_is_the_intersection(sets: list[Scores]) -> None:
    """A document stays that is in every set; its scores are added."""
    common = set.intersection(*(set(each) for each in sets))
    assert plain(all_of([*map(found, sets)])) == added(sets, common)


@compiling
@given(some_sets(least=0))
def test_any_of_is_the_union(sets: list[Scores]) -> None:
    """A document stays that is in any set; its scores are added."""
    union = set().union(*sets)
    assert plain(any_of([*map(found, sets)])) == added(sets, union)


@compiling
@given(some_sets(least=0))
def test_best_of_is_the_union_with_the_highest_score(sets: list[Scores]) -> None:
    """A document stays that is in any set; of its scores the highest counts."""
    union = set().union(*sets)
    highest = {each: max(one.get(each, 0) for one in sets) for each in union}
    assert plain(best_of([*map(found, sets)])) == highest


@pytest.mark.parametrize("gap", [4094, 4095, 4096, 4097, 100_000])
def test_unions_do_not_depend_on_where_documents_are_cut(gap: int) -> None:
    """Neighbours on either side of a border are there once each, with their scores."""
    sets = [{0: 1, gap: 2}, {gap: 3, gap + 1: 4}, {0: 5, gap - 1: 6}]
    assert plain(any_of([*map(found, sets)])) == added(sets, set().union(*sets))


@pytest.mark.parametrize("every", [1, 7, 4095, 4096, 5000])
def test_long_sets_are_combined(every: int) -> None:
    """A set of all documents and one with gaps of any size are no special case."""
    whole = dict.fromkeys(range(30_000), 1)
    some = dict.fromkeys(range(3, 30_000, every), 2)
    sets, rest = [whole, some], whole.keys() - some.keys()
    assert plain(any_of([*map(found, sets)])) == added(sets, {*whole})
    assert plain(all_of([*map(found, sets)])) == added(sets, {*some})
    assert plain(without(found(whole), found(some))) == added([whole], rest)


@compiling
@given(some_sets(), st.data())
def test_sets_without_scores_add_nothing(
    sets: list[Scores], data: st.DataObject
) -> None:
    """They count as zeros beside scored ones, and alone they give no scores."""
    size = len(sets)
    scored = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    made = [found(each, scored=is_) for each, is_ in zip(sets, scored, strict=True)]
    weighed = [each for each, is_ in zip(sets, scored, strict=True) if is_]
    common = set.intersection(*(set(each) for each in sets))
    assert plain(all_of(made)) == added(weighed, common)
    assert plain(any_of(made)) == added(weighed, set().union(*sets))
    if not weighed:
        assert all_of(made).scores.size == any_of(made).scores.size == 0


@compiling
@given(some_sets(), st.data())
def test_scores_of_what_was_left_out_are_left_out(
    sets: list[Scores], data: st.DataObject
) -> None:
    """What AND and NOT threw away brings no score into an OR."""
    one, other, third = (data.draw(st.sampled_from(sets)) for _ in range(3))
    kept = {docnum: score for docnum, score in one.items() if docnum not in other}
    both = {docnum: one[docnum] + other[docnum] for docnum in one.keys() & other}
    minus, joint = without(found(one), found(other)), all_of([found(one), found(other)])
    assert plain(minus) == kept
    union = kept.keys() | both.keys() | third.keys()
    expected = added([kept, both, third], union)
    assert plain(any_of([minus, joint, found(third)])) == expected


@compiling
@given(some_sets(), st.data())
def test_without_keeps_scores_only_where_there_are_some(
    sets: list[Scores], data: st.DataObject
) -> None:
    """What is taken away may be scored or not."""
    one, other = (data.draw(st.sampled_from(sets)) for _ in range(2))
    kept = one.keys() - other.keys()
    for scored in (True, False):
        rest = without(found(one), found(other, scored=scored))
        assert plain(rest) == added([one], kept)
    assert without(found(one, scored=False), found(other)).scores.size == 0


@given(some_sets(), st.lists(st.booleans(), min_size=4, max_size=4))
def test_chained_sets_follow_each_other(sets: list[Scores], scored: list[bool]) -> None:
    """Those of segments are one set; without scores they count as zeros beside some."""
    moved = [
        {
            20_000 * place + docnum: score * scored[place]
            for docnum, score in each.items()
        }
        for place, each in enumerate(sets)
    ]
    made = [found(each, scored=is_) for each, is_ in zip(moved, scored, strict=False)]
    joined = chained(made)
    assert plain(joined) == {key: each[key] for each in moved for key in each}
    if not any(scored[: len(sets)]):
        assert joined.scores.size == 0
    assert chained([]).docnums.size == 0


@given(some_sets(), st.data())
def test_among_and_only_keep_some_documents(
    sets: list[Scores], data: st.DataObject
) -> None:
    """One asks a mask over all documents, the other a mask over those of the set."""
    one, gone = sets[0], set(data.draw(st.sampled_from(sets)))
    alive = np.ones(20_000, np.bool_)
    alive[[*gone]] = False
    kept = {docnum: score for docnum, score in one.items() if docnum not in gone}
    for scored in (True, False):
        made = found(one, scored=scored)
        expected = kept if scored else dict.fromkeys(kept, 0)
        assert plain(made.among(alive)) == expected
        assert plain(made.only(alive[made.docnums])) == expected
        assert made.among(alive).scores.size == (len(kept) if scored else 0)


def test_listed_gives_zeros_where_nothing_scored() -> None:
    """A set takes the bytes of what it has, so that one without scores is small."""
    plainly, scored = found({3: 5, 9: 7}, scored=False), found({3: 5, 9: 7})
    assert [each.tolist() for each in plainly.listed()] == [[3, 9], [0.0, 0.0]]
    assert [each.tolist() for each in scored.listed()] == [[3, 9], [5.0, 7.0]]
    assert (plainly.nbytes, scored.nbytes) == (8, 24)


def test_sets_are_never_changed_by_what_is_made_of_them() -> None:
    """They are kept for the next query."""
    sets = [
        found(dict.fromkeys(range(40), 1)),
        found({1: 5, 63: 7, 5000: 1}),
        found({1: 0, 4097: 0}, scored=False),
    ]
    before = [plain(each) for each in sets]
    for one in sets:
        for other in sets:
            for combine in (all_of, any_of):
                combine([one, other])
                combine([one, one, other])
            without(one, other)
            chained([one, other])
            reduce(without, sets, one)
    assert [plain(each) for each in sets] == before


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
