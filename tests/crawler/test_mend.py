"""A sentence broken by a line break is one line again."""

import pytest

from crawler.mend import mend_lines
from crawler.worksheet import Line
from index.document import BlockKind

BROKEN = "全县新建冷库七座,改造水渠二十一公里,带动三千"


def _mend(above: str, below: str, *, tight: bool = True) -> list[str]:
    lines = [Line(text=above), Line(text=below, tight=tight)]
    return [line.text for line in mend_lines(lines)]


def test_a_sentence_goes_on_in_the_line_right_below() -> None:
    """Both halves join without a space."""
    assert _mend(BROKEN, "四百户增收。") == [BROKEN + "四百户增收。"]


def test_latin_words_keep_a_space_between_them() -> None:
    """Only between two Latin characters does the break stand for a space."""
    assert _mend(BROKEN + "km", "of road。") == [BROKEN + "km of road。"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (BROKEN + "户增收。", "另起一段"),
        (BROKEN + ":", "一行"),
        ("短标题", "全县新建冷库"),
        ("没有标点但是比较长的一行文字并不是正文内容", "全县新建冷库"),
        ("一、提升素质,夯实思想基础,增强政治引领力和组织凝聚力", "全县新建冷库"),
        (BROKEN, "二、推进改造"),
        (BROKEN, "一是改造水渠。"),
        (BROKEN, "附件:名单"),
    ],
)
def test_whole_lines_stay_apart(above: str, below: str) -> None:
    """A finished sentence, a heading, a list or an annex is not joined."""
    assert _mend(above, below) == [above, below]


def test_a_blank_line_between_keeps_lines_apart() -> None:
    """Only lines right below each other are halves of one."""
    assert _mend(BROKEN, "四百户增收。", tight=False) == [BROKEN, "四百户增收。"]


def test_only_lines_of_one_kind_are_joined() -> None:
    """Rows and items stand alone; a removed line is never joined."""
    row = Line(text="四百户", tight=True, kind=BlockKind.ROW)
    gone = Line(text="四百户", tight=True, rule="title")
    for below in (row, gone):
        assert mend_lines([Line(text=BROKEN), below]) == [Line(text=BROKEN), below]


def test_the_lines_of_a_caption_are_joined() -> None:
    """A caption needs no punctuation to go on."""
    halves = [
        Line(text="冷库落", kind=BlockKind.CAPTION),
        Line(text="成(赵小满)", kind=BlockKind.CAPTION, tight=True),
    ]
    assert [line.text for line in mend_lines(halves)] == ["冷库落成(赵小满)"]
