"""Label lines are read and taken out; the same words in the text stay."""

import pytest

from crawler.breadcrumbs import split_path
from crawler.labels import Labels, read_label_line, take_labels
from crawler.worksheet import Line
from tests.crawler.pages import PROSE


def _read(*texts: str) -> tuple[list[str], Labels]:
    """Take the labels of a page; give the lines kept and what was read."""
    lines, labels = take_labels([Line(text=text) for text in texts])
    return [line.text for line in lines if line.kept], labels


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("发布时间:2021-03-04", [("published", "2021-03-04")]),
        ("發佈日期：112-03-16", [("published", "112-03-16")]),
        ("2021-03-04", [("published", "2021-03-04")]),
        ("[2021年3月4日 09:30]", [("published", "[2021年3月4日 09:30]")]),
        ("来源:", [("publisher", "")]),
        ("(来源:云州日报)", [("publisher", "云州日报")]),
        ("——转自:《云州日报》", [("publisher", "云州日报")]),
        (
            "来源:云州日报 2021-03-04",
            [("publisher", "云州日报"), ("published", "2021-03-04")],
        ),
        (
            "2021-03-04 来 源:云州日报 作者:王小河 浏览:12",
            [
                ("published", "2021-03-04"),
                ("publisher", "云州日报"),
                ("authors", "王小河"),
                ("other", "12"),
            ],
        ),
        ("来源:《云州日报》《青岭日报》", [("publisher", "《云州日报》《青岭日报》")]),
        (
            "阅读：8 来源:云州网作者:王小河",
            [("other", "8"), ("publisher", "云州网"), ("authors", "王小河")],
        ),
        (
            "作者:qingshan88 阅读(1660) 编辑 发表于:2005-07-31",
            [("authors", "qingshan88"), ("other", "编辑"), ("published", "2005-07-31")],
        ),
        (
            "青山客 发表于 2005-07-31",
            [("authors", "青山客"), ("published", "2005-07-31")],
        ),
        ("发文字号：云政发〔2020〕3号", [("number", "云政发〔2020〕3号")]),
        ("發文字號：府授字第11200號", [("number", "府授字第11200號")]),
        ("成文日期：2020年3月4日", [("written", "2020年3月4日")]),
        ("責任編輯：王小河", [("editors", "王小河")]),
        ("文 | 王小河", [("authors", "王小河")]),
        (
            "来源：云州网 王小河",
            [("publisher", "云州网"), ("authors", "王小河")],
        ),
        (
            "A.EXAMPLE 2005年3月11日12:12 来源：[ 云州网 ]",
            [("published", "A.EXAMPLE 2005年3月11日12:12"), ("publisher", "云州网")],
        ),
        ("资金来源:县财政", []),
        ("会上指出,来源:不详", []),
        ("来源:" + "很长的说明" * 20, []),
        ("没有标签的一行", []),
    ],
)
def test_a_label_line_is_split(line: str, pairs: list[tuple[str, str]]) -> None:
    """Labels and values are told apart; a line with other words is no label line."""
    assert read_label_line(line) == pairs


def test_rows_of_a_table_have_labels_without_colons() -> None:
    """The table of facts above official texts; the same words elsewhere are text."""
    row = "发文字号 云政发〔2020〕3号 成文日期 2020年3月4日"
    assert read_label_line(row, table=True) == [
        ("number", "云政发〔2020〕3号"),
        ("written", "2020年3月4日"),
    ]
    assert read_label_line(row) == []


def test_labels_far_below_the_text_speak_of_other_texts() -> None:
    """A box with another page's writer; its day may still be this page's."""
    aside = [Line(text="别的文章", rule="outside-main")] * 9
    box = Line(text="作者：王小河 来源：青岭报", rule="outside-main")
    date = Line(text="发布时间：2021-03-04", rule="outside-main")
    _, labels = take_labels([Line(text=PROSE), *aside, box, date])
    assert labels.values == {"published": "2021-03-04"}
    assert take_labels([Line(text=PROSE), box])[1].values["authors"] == "王小河"


def test_who_keeps_the_site_is_no_source() -> None:
    """主办单位 above the text names who published it, below it the site's owner."""
    assert _read("主办单位：云州市财政局", PROSE)[1].values["publisher"]
    assert _read(PROSE, "主办单位：云州市财政局")[1].values == {}


def test_labels_around_the_text_are_taken_out() -> None:
    """Above and below the text labels go; a line inside the text that is one stays."""
    kept, labels = _read(
        "标题", "发布时间:2021-03-04", PROSE, "来源:统计局", PROSE, "来源:云州日报"
    )
    assert kept == ["标题", PROSE, "来源:统计局", PROSE]
    assert labels.values == {"published": "2021-03-04", "publisher": "云州日报"}


def test_labels_beside_the_text_are_told_as_labels() -> None:
    """A line the reader put aside is read, and its rule says what it told."""
    lines, labels = take_labels(
        [
            Line(text="发布时间:2021-03-04", rule="outside-main"),
            Line(text="来源:别处", rule="hidden: attribute"),
            Line(text=PROSE),
        ]
    )
    assert [line.rule for line in lines] == [
        "metadata: published",
        "hidden: attribute",
        "",
    ]
    assert labels.values == {"published": "2021-03-04"}


def test_the_first_value_of_a_kind_counts() -> None:
    """A repeated label does not change it; a day of change is not that of issue."""
    _, labels = _read(
        "更新时间:2022-01-01", "发布时间:2021-03-04", "发布时间:2020-01-01", PROSE
    )
    assert labels.values == {"published": "2021-03-04", "updated": "2022-01-01"}


def test_labels_printed_again_in_a_second_copy_are_taken_out() -> None:
    """The same label line in the middle of the page is no text either."""
    kept, _ = _read("发布时间:10-14", PROSE, "发布时间:10-14", PROSE)
    assert kept == [PROSE, PROSE]


def test_labels_below_a_long_title_or_a_preface_are_read() -> None:
    """Running text above the labels does not hide them."""
    title = PROSE.rstrip("。")
    kept, labels = _read(title, "发布时间:2021-03-04", PROSE, PROSE)
    assert kept == [title, PROSE, PROSE]
    assert labels.values["published"] == "2021-03-04"
    assert _read(title, "2021-03-04", PROSE, PROSE)[1].values["published"]
    assert _read(PROSE, "发布时间:2021-03-04", PROSE)[1].values


def test_a_time_inside_the_text_is_not_the_publication() -> None:
    """时间 below the first paragraph tells of an event."""
    kept, labels = _read(PROSE, "时间:2020-05-06", PROSE)
    assert "时间:2020-05-06" in kept
    assert labels.values == {}


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        (("当前位置:首页 > 统战工作 > 正文",), ("首页", "统战工作", "正文")),
        (("您的位置：首页 / 年鉴 / 2021卷",), ("首页", "年鉴", "2021卷")),
        (("現在位置：首頁 › 施政成果",), ("首頁", "施政成果")),
        (("當前位置:範文站 >", "", "總結 >鄉鎮 >"), ("範文站", "總結", "鄉鎮")),
    ],
)
def test_the_breadcrumb_is_read(lines: tuple[str, ...], path: tuple[str, ...]) -> None:
    """Arrows or slashes part it, and an open end goes on in the next line."""
    kept, labels = _read(*lines, "标题一行", PROSE)
    assert labels.path == path
    assert kept == ["标题一行", PROSE]


def test_slashes_inside_a_part_stay_where_arrows_part() -> None:
    """A slash is a separator only in a breadcrumb without arrows."""
    assert split_path("首页 > 规划/计划 > 正文") == ("首页", "规划/计划", "正文")
