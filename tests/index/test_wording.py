"""Facts about what a text says: letters, figures, and a sample of its hashes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.wording import FIGURE, MOST, UNKNOWN, level_of, wording
from tests.index.invented import sentences
from tests.strategies import any_text

compiling = settings(deadline=None)


def letters(text: str) -> str:
    """Give the symbols of a text, figures as ``#``."""
    return "".join(chr(code) if code != FIGURE else "#" for code in said(text)[0])


def said(text: str) -> tuple[list[int], list[int]]:
    """Give the symbols of a text, and the values of its figures."""
    found = wording(text)
    figures = found.values[found.symbols == FIGURE]
    return found.symbols.tolist(), figures.tolist()


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("渡口，工作。\n總結", "渡口工作总结"),
        ("２０２３年，增长１２．５％", "#年增长#"),
        ("民族_宗-教", "民族宗教"),
        ("同比增长**％", "同比增长#"),
        ("二〇二一年第三期", "#年第三期"),
        ("一百二十人", "一百二十人"),
        ("", ""),
    ],
)
def test_only_letters_and_figures_are_said(text: str, symbols: str) -> None:
    """Marks are nothing, figures one sign, Chinese digits a figure when in a row."""
    assert letters(text) == symbols


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234人", 1234),
        ("05月", 5),
        ("0起", 0),
        ("00人", UNKNOWN),
        ("○○人", UNKNOWN),
        ("×人", UNKNOWN),
        ("二〇二一年", 2021),
    ],
)
def test_masked_figures_have_no_value(text: str, value: int) -> None:
    """What a page hides contradicts nothing; 2021 is 2021 in either digits."""
    assert said(text)[1] == [value]


@compiling
@given(any_text)
def test_marks_and_script_change_nothing(text: str) -> None:
    """A text says the same with line ends between its characters' neighbours."""
    broken = wording(text.replace("。", "。\n").replace("，", "、"))
    assert broken.symbols.tolist() == wording(text).symbols.tolist()


def test_long_text_takes_no_more_room() -> None:
    """The sample is about as large for ten thousand characters as for a thousand."""
    for size in (50, 500):
        found = wording("".join(sentences(1, size)))
        assert MOST / 4 < found.hashes.size < MOST * 1.5
        assert found.different > MOST


@compiling
@given(st.integers(0, 50), st.integers(2, 60))
def test_sample_of_a_part_holds_what_the_whole_has_there(seed: int, size: int) -> None:
    """The hashes of a whole text that stand in its first half are the half's, too."""
    parts = sentences(seed, size)
    whole, half = wording("".join(parts)), wording("".join(parts[: size // 2]))
    every = {*wording("".join(parts[size // 2 :])).hashes.tolist()}
    shared = {*whole.hashes.tolist()} & {*half.hashes.tolist()}
    step = 1 << level_of(whole.different)
    assert shared == {each for each in half.hashes.tolist() if each % step == 0}
    assert shared - every


def test_short_text_has_one_hash() -> None:
    """Fewer letters than a shingle has are hashed together, none not at all."""
    assert wording("渡口。").hashes.size == 1
    assert wording("……").hashes.size == 0
    assert not np.array_equal(wording("渡口").hashes, wording("渡船").hashes)


def test_text_printed_twice_is_known() -> None:
    """A text with every shingle two times is doubled, one with a refrain is not."""
    parts = sentences(3)
    assert wording("".join(parts * 2)).doubled
    assert not wording("".join([*parts, parts[0]])).doubled
