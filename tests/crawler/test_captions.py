"""The short lines beside a picture's placeholder are its caption."""

from crawler.captions import IMAGE_RULE, mark_captions
from crawler.worksheet import Line
from index.document import BlockKind
from tests.crawler.pages import PROSE

PICTURE = Line(text="image.png", rule=IMAGE_RULE)
GAP = Line(text="")


def _captions(*lines: str | Line) -> list[str]:
    marked = mark_captions(
        [Line(text=line) if isinstance(line, str) else line for line in lines]
    )
    return [line.text for line in marked if line.kind is BlockKind.CAPTION]


def test_the_lines_behind_a_picture_up_to_the_gap_are_its_caption() -> None:
    """One line or two, until an empty paragraph, a heading or removed lines."""
    assert _captions(PROSE, PICTURE, "冷库落成", GAP, PROSE) == ["冷库落成"]
    assert _captions(PICTURE, "冷库", "落成", GAP) == ["冷库", "落成"]
    assert _captions(PICTURE, "冷库落成", "【教育】 全县学校九所。") == ["冷库落成"]


def test_a_caption_broken_in_two_lines_can_be_mended() -> None:
    """The second line hangs on the first."""
    marked = mark_captions([PICTURE, Line(text="冷库"), Line(text="落成"), GAP])
    assert [line.tight for line in marked] == [False, False, True, False]


def test_running_text_behind_a_picture_is_no_caption() -> None:
    """A line below a picture that goes over into the text is text."""
    assert _captions(PICTURE, PROSE) == []
    assert _captions(PICTURE, "一行短字", PROSE) == []


def test_the_line_between_a_gap_and_a_picture_is_a_caption() -> None:
    """Tables kept as pictures have theirs above."""
    assert _captions(PROSE, GAP, "表3 产量表", PICTURE, GAP) == ["表3 产量表"]
    assert _captions(PROSE, "不是说明", PICTURE, GAP) == []
    assert _captions("第一行", PICTURE) == []


def test_without_a_picture_there_is_no_caption() -> None:
    """Short lines between gaps stay what they are."""
    assert _captions(GAP, "冷库落成", GAP) == []
