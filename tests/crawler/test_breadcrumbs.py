"""Breadcrumbs in the forms that pages print them."""

import pytest

from crawler.breadcrumbs import split_path, take_path, without_title
from crawler.worksheet import Line
from tests.crawler.pages import PROSE


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("首页 > 规划/计划 > 正文", ("首页", "规划/计划", "正文")),
        ("首页 / 年鉴 / 2021卷", ("首页", "年鉴", "2021卷")),
        ("首頁\\新聞中心\\科教", ("首頁", "新聞中心", "科教")),
        ("首页 - 外汇 - 2019-2021年", ("首页", "外汇", "2019-2021年")),
        ("位置提示：首页 >> 总结", ("首页", "总结")),
        ("首页 > 今日焦点 正文", ("首页", "今日焦点", "正文")),
        ("首页 > 中国 > 正文订阅手机报", ("首页", "中国", "正文")),
        ("首页 >", ("首页",)),
        ("", ()),
    ],
)
def test_arrows_go_before_slashes_and_slashes_before_dashes(
    text: str, parts: tuple[str, ...]
) -> None:
    """The weaker separator stays inside a part; what is glued to 正文 is cut off."""
    assert split_path(text) == parts


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("首页 > 统战工作 > 总结", ("首页", "统战工作", "总结")),
        ("云州新闻网 > 要闻", ("云州新闻网", "要闻")),
        ("生活 > 正文", ("生活", "正文")),
        ("统战 > 总结", ()),
        ("首页", ()),
    ],
)
def test_a_breadcrumb_needs_no_label(line: str, path: tuple[str, ...]) -> None:
    """If it has arrows, and begins at the front page or ends in 正文."""
    lines, found = take_path([Line(text=line), Line(text=PROSE)])
    assert found == path
    assert bool(lines[0].rule) == bool(path)


def test_a_row_of_links_is_no_breadcrumb() -> None:
    """A navigation bar has more parts, and none is read behind the text."""
    bar = " > ".join(["首页", *(f"栏目{number}" for number in range(12))])
    assert take_path([Line(text=bar), Line(text=PROSE)])[1] == ()
    assert take_path([Line(text=PROSE), Line(text="首页 > 总结")])[1] == ()


def test_title_and_days_are_no_columns() -> None:
    """The title at the end goes, cut short or with a button; a short column stays."""
    title = "云州市2020年统战工作总结"
    assert without_title(("首页", title), title) == ("首页",)
    assert without_title(("首页", title + " [打印]"), title) == ("首页",)
    assert without_title(("首页", title[:12] + "…"), title) == ("首页",)
    assert without_title(("首页", "旅游"), "旅游") == ("首页", "旅游")
    assert without_title(("首页", "2021年3月4日 星期四"), title) == ("首页",)
    assert without_title((), title) == ()
