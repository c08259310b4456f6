"""Facts about strings near each other."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from search.near import smallest_distance, stand_near


def _brute(text: str, strings: list[str], distance: int) -> bool:
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
    )


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


def test_characters_between_are_counted_in_any_order() -> None:
    """Three characters stand between the two strings, whichever comes first."""
    for text in ("统战一二三工作", "工作一二三统战"):
        assert stand_near(text, ["统战", "工作"], 3)
        assert not stand_near(text, ["统战", "工作"], 2)


@settings(deadline=None)
@given(
    st.text("甲乙丙，", max_size=30),
    st.lists(
        st.text("甲乙丙", min_size=1, max_size=2), min_size=2, max_size=3, unique=True
    ),
)
def test_smallest_distance_is_the_least_that_is_near(
    text: str, strings: list[str]
) -> None:
    """Strings stand near each other from this distance on, or never."""
    smallest = smallest_distance(text, strings)
    near = [each for each in range(31) if stand_near(text, strings, each)]
    assert near == ([] if smallest is None else [*range(smallest, 31)])
