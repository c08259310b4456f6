"""Paragraphs that a tool broke at a width are whole again."""

import textwrap

from crawler.wrapped import unwrap

PARAGRAPHS = [
    (
        "    今年以来，松河县围绕产业振兴，新建冷库七座，改造水渠二十一公里，带动"
        "三千户农民增收。各乡镇同步整治河道，清理垃圾，群众满意度达到九成以上，受到上级表扬。"
    ),
    (
        "    县里筹资四千万元，整修干渠，新打机井九十眼，恢复灌溉面积五万亩。沿河"
        "十二村成立用水协会，水费收缴公开透明，用水纠纷明显减少，经验在全市推广，反响良好。"
    ),
]
HEADING = "二、水利建设"


def _broken(paragraph: str, columns: int = 30) -> list[str]:
    return textwrap.wrap(paragraph, columns, drop_whitespace=False)


def test_lines_of_a_paragraph_are_joined_and_headings_stay() -> None:
    """Full lines go on in the next one; a heading begins a line of its own."""
    lines = [*_broken(PARAGRAPHS[0]), HEADING, *_broken(PARAGRAPHS[1])]
    assert unwrap(lines) == [PARAGRAPHS[0], HEADING, PARAGRAPHS[1]]


def test_a_page_number_inside_a_paragraph_stands_behind_it() -> None:
    """Where a page ends in mid-sentence the sentence goes on behind the number."""
    broken = _broken(PARAGRAPHS[0])
    lines = [*broken[:1], "", "- 3 -", "", *broken[1:], *_broken(PARAGRAPHS[1]) * 2]
    assert unwrap(lines)[0] == PARAGRAPHS[0]


def test_lists_of_equal_length_stay() -> None:
    """Names, headings and whole paragraphs are no broken lines."""
    names = ["松河县农业农村局驻柳树村第一书记、工作队队长王小河"] * 8
    assert unwrap(names) == names
    assert unwrap(PARAGRAPHS) == PARAGRAPHS
    assert unwrap([]) == []
