"""A text rendering becomes blocks."""

from crawler.blocks import Reader
from crawler.plaintext import find_urls, read_text
from index.document import BlockKind
from tests.crawler.pages import PROSE


def test_lines_become_blocks_with_white_space_collapsed() -> None:
    """Blank lines part blocks, runs of spaces of any width become one."""
    page = read_text("第一行\u3000\u3000文字\n\n  第二  行\n")
    assert [block.text for block in page.blocks] == ["第一行 文字", "第二 行"]
    assert page.reader is Reader.PLAIN_TEXT


def test_only_a_line_right_below_another_is_tight() -> None:
    """A blank line between two lines keeps them apart."""
    page = read_text("甲\n乙\n\n丙")
    assert [block.tight for block in page.blocks] == [False, True, False]


def test_a_no_break_space_is_a_spacer() -> None:
    """An empty paragraph of the page stays as an empty block; a blank line does not."""
    page = read_text("甲\n\n    \xa0\n\n乙")
    assert [block.text for block in page.blocks] == ["甲", "", "乙"]


def test_bullets_are_items_unless_a_whole_article_hangs_on_them() -> None:
    """The bullet goes; before indented paragraphs it marks no list item."""
    page = read_text("  • 甲项\n  • 乙项\n  • 正文开头\n\n    正文继续")
    assert [(block.text, block.kind) for block in page.blocks] == [
        ("甲项", BlockKind.ITEM),
        ("乙项", BlockKind.ITEM),
        ("正文开头", BlockKind.PARAGRAPH),
        ("正文继续", BlockKind.PARAGRAPH),
    ]


def test_invisible_characters_are_dropped() -> None:
    """Zero-width characters and control characters leave no trace."""
    assert read_text("统\u200b战\ufeff工\x07作").blocks[0].text == "统战工作"


def test_a_dash_inside_a_line_is_no_bullet() -> None:
    """A minus without a space behind it begins no list item."""
    block = read_text("-5度的清晨").blocks[0]
    assert (block.text, block.kind) == ("-5度的清晨", BlockKind.PARAGRAPH)


def test_addresses_end_at_chinese_text_and_punctuation() -> None:
    """An address written into a sentence is found without what follows it."""
    text = "见https://beiyuan.example/a?b=1。另见 http://yun.example/x.html,谢谢"
    assert find_urls(text) == [
        "https://beiyuan.example/a?b=1",
        ["http://yun.example/x.html", "谢谢"][0],
    ]


def test_marks_with_nothing_behind_them_are_no_lines() -> None:
    """A bullet, a bar or number signs alone, as of a picture's item, are no text."""
    text = f"{PROSE}\n\n*\n\n##\n\n|\n\n•\n\n{PROSE}"
    assert [block.text for block in read_text(text).blocks] == [PROSE, PROSE]
