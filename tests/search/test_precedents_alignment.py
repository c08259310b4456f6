"""Facts about the alignment of two passages."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.fold import codes_of
from search.precedents_alignment import align

LETTERS = st.text(alphabet="渡口船工作会议组织学习", max_size=40)


def partners(one: str, other: str) -> tuple[int, list[int]]:
    """Align two texts; give the score and the partner of each symbol."""
    found = np.full(len(one), -1, np.int32)
    score = align(codes_of(one).copy(), codes_of(other).copy(), found)
    return int(score), found.tolist()


def test_a_changed_symbol_costs_one() -> None:
    """Equal symbols on both sides of it are partners, it has none."""
    assert partners("渡口整修完工", "渡口翻修完工") == (4, [0, 1, -1, 3, 4, 5])


def test_symbols_more_or_fewer_are_stepped_over() -> None:
    """What is put in or left out moves the rest, and costs one each."""
    assert partners("渡口整修完工了", "渡口的整修完工了") == (6, [0, 1, 3, 4, 5, 6, 7])
    assert partners("渡口的整修完工了", "渡口整修完工了")[0] == 6


def test_the_best_place_of_a_long_window_is_found() -> None:
    """A passage far into the window is aligned there."""
    window = "学习会议组织工作" * 9 + "渡口整修完工" + "学习会议组织工作" * 9
    assert partners("渡口整修完工", window) == (6, [72, 73, 74, 75, 76, 77])


def test_a_window_that_repeats_itself_leaves_room_on_both_sides() -> None:
    """Around the repetition of a line symbols more or fewer are stepped over, too."""
    line = "渡口值守人员对旅客上岸后的去向办理登记并建档"
    score, found = partners((line[14:] + line[:14]).replace("口值", ""), line * 2)
    assert score == len(line) - 2 - 2
    assert found == [*range(14, 23), *range(25, 36)]


@given(LETTERS, LETTERS)
def test_partners_are_equal_and_in_order(one: str, other: str) -> None:
    """Partners are the same symbol, ascend, and are as many as the score at least."""
    score, found = partners(one, other)
    pairs = [(mine, its) for mine, its in enumerate(found) if its >= 0]
    places = [its for _, its in pairs]
    assert all(one[mine] == other[its] for mine, its in pairs)
    assert places == sorted(set(places))
    assert len(pairs) >= score >= 0


@given(LETTERS)
def test_a_text_is_its_own_partner(text: str) -> None:
    """Every symbol of it."""
    assert partners(text, text) == (len(text), list(range(len(text))))
