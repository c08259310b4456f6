"""Marks of tools are read in the notation a text is written in, and nowhere else."""

import pytest

from crawler.plaintext import read_text
from crawler.text_marks import unmark
from index.document import BlockKind

PROSE = (
    "全县新建冷库七座，改造水渠二十一公里，带动三千四百户农民增收。"
    "各乡镇同步整治河道，群众满意度达到九成以上。"
)


def _texts(text: str) -> list[str]:
    return [block.text for block in read_text(text).blocks]


def test_markdown_links_are_counted_and_shown_by_their_words() -> None:
    """Addresses go, also those with parentheses; words stay and count as links."""
    text = "[首页](http://a.example/) [新闻](javascript:go('x(1)'))\n\n" + PROSE
    first, second = read_text(text).blocks
    assert (first.text, first.linked) == ("首页 新闻", 4)
    assert (second.text, second.linked) == (PROSE, 0)


def test_markdown_pictures_and_strong_words_leave_no_signs() -> None:
    """Pictures, emphasis, escapes and quotation marks are of the notation."""
    text = (
        "# 工作总结\n\n![图](http://a.example/b.png)\n\n"
        f"> **一是**{PROSE}\n\n1\\. 抓好落实"
    )
    assert _texts(text) == ["工作总结", f"一是{PROSE}", "1. 抓好落实"]
    assert read_text(text).blocks[0].kind is BlockKind.HEADING


def test_masks_in_a_text_without_markdown_stay() -> None:
    """Asterisks for names and notes in brackets are the text's own."""
    text = f"会上**部长传达了**书记的讲话。\n{PROSE}[1]\n[1]见附件"
    assert _texts(text) == text.split("\n")


def test_numbers_of_links_are_read_where_addresses_end_the_text() -> None:
    """A browser's dump numbers its links; the list of addresses is no text."""
    listed = "\n".join(f"   {n}. http://a.example/{n}" for n in range(1, 5))
    text = f"   [1]首页 [2]新闻\n\n   {PROSE}\n\n   [3]上报 [4]打印\n\n{listed}"
    blocks = read_text(text).blocks
    assert [(one.text, one.linked) for one in blocks[:2]] == [
        ("首页 新闻", 4),
        (PROSE, 0),
    ]
    assert all(one.boilerplate for one in blocks if "a.example" in one.text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&ldquo;同心&rdquo;&nbsp;工程", "“同心” 工程"),
        ("统\u00ad战\u200b工\ufeff作", "统战工作"),
        ("第一段\r第二段", "第一段 第二段"),
        ("上页\x0c下页", "上页 下页"),
        ("┌────┬────┐\n│姓名│职务│\n└────┴────┘", "姓名 职务"),
    ],
)
def test_what_tools_leave_between_letters_goes(written: str, read: str) -> None:
    """Entities, invisible characters, line ends and drawn lines are no letters."""
    assert " ".join(_texts(written)) == read


@pytest.mark.parametrize(
    "unit", ["[](data:", "![](data:", "[](", " \n", "**", "[1]", "((((", "1. 1. "]
)
def test_marks_that_are_never_closed_take_linear_time(unit: str) -> None:
    """A million of them are read in time, where their square would take hours."""
    text = "## 字\n[字](x) [字](x)\n" + unit * 1_000_000
    assert "字" in unmark(text)


def test_an_address_of_many_thousand_characters_goes() -> None:
    """Links of advertisements carry whole records in their addresses."""
    link = f"[首页](http://a.example/?es={'x' * 9000})"
    assert _texts(f"{link} [新闻](b)\n\n{PROSE}")[-1] == PROSE
    assert "xxx" not in "".join(_texts(f"{link} [新闻](b)\n\n{PROSE}"))
