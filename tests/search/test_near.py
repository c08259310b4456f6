"""Facts about strings near each other."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from search.near import smallest_distance, stand_near


def _brute(
    text: str, strings: list[str], distance: int, *, ordered: bool = False
) -> bool:
    """Try every choice of one occurrence a string."""
    places = [
        [i for i in range(len(text)) if text.startswith(each, i)] for each in strings
    ]
    spare = distance + sum(map(len, strings))
    return any(
        max(at + len(each) for at, each in zip(chosen, strings, strict=True))
        - min(chosen)
        <= spare
        for chosen in product(*places)
        if not ordered or _in_order(chosen, strings)
    )


def _in_order(places: tuple[int, ...], strings: list[str]) -> bool:
    """Tell whether each string begins where the one before has ended, or later."""
    ends = [at + len(each) for at, each in zip(places, strings, strict=True)]
    return all(end <= at for end, at in zip(ends, places[1:], strict=False))


@given(
    st.text("甲乙丙", max_size=14),
    st.lists(
        st.text("甲乙", min_size=1, max_size=2), min_size=2, max_size=3, unique=True
    ),
    st.integers(0, 6),
)
def test_near_is_what_trying_everything_finds(
    text: str, strings: list[str], distance: int
) -> None:
    """Windows find a passage exactly when some choice of occurrences is near."""
    assert stand_near(text, strings, distance) == _brute(text, strings, distance)


@given(
    st.text("甲乙丙", max_size=14),
    st.lists(st.text("甲乙", min_size=1, max_size=2), min_size=2, max_size=3),
    st.integers(0, 6),
)
def test_near_in_order_is_what_trying_everything_finds(
    text: str, strings: list[str], distance: int
) -> None:
    """In order, a string may be given twice and none overlaps another."""
    found = stand_near(text, strings, distance, ordered=True)
    assert found == _brute(text, strings, distance, ordered=True)


def test_characters_between_are_counted_in_any_order() -> None:
    """Three characters stand between the two strings, whichever comes first."""
    for text in ("统战一二三工作", "工作一二三统战"):
        assert stand_near(text, ["统战", "工作"], 3)
        assert not stand_near(text, ["统战", "工作"], 2)


def test_order_counts_if_asked_for() -> None:
    """Only the string that begins with the first one is near in order."""
    assert stand_near("统战一二三工作", ["统战", "工作"], 3, ordered=True)
    assert not stand_near("工作一二三统战", ["统战", "工作"], 3, ordered=True)


@settings(deadline=None)
@given(
    st.text("甲乙丙，", max_size=30),
    st.lists(
        st.text("甲乙丙", min_size=1, max_size=2), min_size=2, max_size=3, unique=True
    ),
    st.booleans(),
)
def test_smallest_distance_is_the_least_that_is_near(
    text: str,
    strings: list[str],
    ordered: bool,  # noqa: FBT001 (drawn)
) -> None:
    """Strings stand near each other from this distance on, or never."""
    smallest = smallest_distance(text, strings, ordered=ordered)
    near = [
        each for each in range(31) if stand_near(text, strings, each, ordered=ordered)
    ]
    assert near == ([] if smallest is None else [*range(smallest, 31)])
