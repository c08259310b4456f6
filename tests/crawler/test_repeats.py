"""A body printed twice is kept once; lines that may stand twice stay."""

from crawler.repeats import RULE, remove_repeats
from crawler.worksheet import Line

PARAGRAPHS = [
    f"第{number}项:全县新建冷库{number}座,改造水渠二十一公里,"
    f"带动三千四百户农民稳定增收,群众的满意度达到{number}成以上。"
    for number in "一二三四五六"
]


def _kept(*texts: str) -> list[str]:
    lines = remove_repeats([Line(text=text) for text in texts])
    assert {line.rule for line in lines} <= {"", RULE}
    return [line.text for line in lines if line.kept]


def test_a_second_copy_goes() -> None:
    """The whole run of the second copy is removed."""
    assert _kept(*PARAGRAPHS, *PARAGRAPHS) == PARAGRAPHS


def test_a_third_copy_goes_too() -> None:
    """However often the body is printed, it stays once."""
    assert _kept(*PARAGRAPHS, *PARAGRAPHS, *PARAGRAPHS) == PARAGRAPHS


def test_copies_are_compared_without_spaces_marks_and_script() -> None:
    """The same letters in other spacing or traditional characters are a copy."""
    other = [text.replace(",", "， ").replace("县", "縣") for text in PARAGRAPHS]
    assert _kept(*PARAGRAPHS, *other) == PARAGRAPHS


def test_the_fuller_copy_stays() -> None:
    """A caption that stands in one copy only is kept in its place."""
    full = [*PARAGRAPHS[:2], "冷库落成", *PARAGRAPHS[2:]]
    assert _kept(*full, *PARAGRAPHS) == full
    assert _kept(*PARAGRAPHS, *full) == full
    assert _kept(*PARAGRAPHS, *full, *PARAGRAPHS) == full


def test_a_short_page_printed_twice_is_kept_once() -> None:
    """Nearly the whole page twice is a copy without long lines, too."""
    assert _kept("全旗耕地三十万亩。", "全旗耕地三十万亩。") == ["全旗耕地三十万亩。"]


def test_short_lines_and_a_refrain_may_stand_twice() -> None:
    """Headings, cells and one repeated sentence are no copy of a body."""
    lines = ["一、成效", *PARAGRAPHS, "一、成效", "合计", "合计", PARAGRAPHS[0]]
    assert _kept(*lines) == lines


def test_a_line_that_stands_everywhere_begins_no_copy() -> None:
    """The cells of a table without markup are equal and no repeats."""
    assert _kept(*["合计"] * 30) == ["合计"] * 30


def test_a_list_of_headings_before_the_text_is_no_copy() -> None:
    """Headings that the text repeats one by one all stay."""
    headings = [f"{numeral}、抓实第{numeral}项重点工作" for numeral in "一二三四五"]
    body = [line for pair in zip(headings, PARAGRAPHS, strict=False) for line in pair]
    assert _kept(*headings, *body) == [*headings, *body]


def test_nothing_is_lost_from_an_empty_page() -> None:
    """No lines, no error."""
    assert _kept() == []
    assert _kept("", "") == []
