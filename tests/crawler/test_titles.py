"""The title is found among the lines and taken out of the text."""

import pytest

from crawler.blocks import Page, Reader
from crawler.titles import find_title, remove_title
from crawler.worksheet import Line
from index.document import BlockKind
from tests.crawler.pages import PROSE

DATE = Line(text="发布时间:2021-03-04", rule="metadata: published")


def _lines(*texts: str | Line) -> list[Line]:
    return [text if isinstance(text, Line) else Line(text=text) for text in texts]


def _title(*texts: str | Line, tag: str = "", site: str = "", **fields: str) -> str:
    page = Page(reader=Reader.HTML, title=tag, fields=fields)
    return find_title(page, _lines(*texts), site=site)


def test_a_selector_goes_before_everything() -> None:
    """What a profile picked is the title."""
    assert (
        _title("别的标题", DATE, PROSE, tag="别的标题", title="选中的标题")
        == "选中的标题"
    )


def test_the_line_that_the_title_element_contains_is_taken() -> None:
    """The page's own line is taken, without the name of the site."""
    found = _title(
        "云州统一战线", "云州市2020年工作总结", PROSE, tag="云州市2020年工作总结-云州网"
    )
    assert found == "云州市2020年工作总结"


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("冷库建成之后怎么办？", "冷库建成之后怎么办？_云州网"),
        ("【专栏】云州市冷库建设纪实", "云州市冷库建设纪实 要闻_云州网"),
        ("云州市冷库建设纪实 (3/7)", "云州市冷库建设纪实-云州网"),
        ("云州市冷库建设纪实 【11:25】", "云州市冷库建设纪实 - 云州报 即时新闻"),
        ("》云州市冷库建设纪实", "云州市冷库建设纪实 - 云州网"),
        ("云州市冷库建设与乡村振兴工作纪实", "云州市冷库建设与乡村振兴…_云州网"),
    ],
)
def test_a_line_need_not_be_in_the_title_element_to_the_letter(
    line: str, tag: str
) -> None:
    """Brackets at its ends may be missing there, or its end; it may ask a question."""
    assert _title("即时新闻", line, PROSE, tag=tag) == line


def test_of_two_lines_of_a_title_the_plain_one_is_taken() -> None:
    """A line that is the title to the letter goes before one with a column's name."""
    lines = ("【专栏】云州市冷库建设纪实", "云州市冷库建设纪实", PROSE)
    assert _title(*lines, tag="云州市冷库建设纪实_云州网") == lines[1]


def test_a_title_on_two_lines_is_joined_where_the_head_has_both() -> None:
    """Without a dash the page's name for itself must have both in one piece."""
    lines = ("凝聚共识谋发展", "携手奋进新征程", PROSE)
    whole = "凝聚共识谋发展 携手奋进新征程"
    assert _title(*lines, tag=f"{whole}_云州网") == whole
    assert _title(*lines, tag="凝聚共识谋发展_携手奋进新征程") in lines


def test_a_writer_between_title_and_subtitle_belongs_to_neither() -> None:
    """The name is passed over, and both halves are taken out of the text."""
    title = "凝心聚力再出发——云州纪实"
    lines = ("凝心聚力再出发", "王小河", "——云州纪实", PROSE)
    assert _title(*lines) == title
    rules = [line.rule for line in remove_title(_lines(*lines), title)]
    assert rules[0] == rules[2] == "title"


def test_a_heading_of_two_characters_is_the_title_where_the_head_names_it() -> None:
    """A chapter of a yearbook; the same letters inside a longer name do not count."""
    heading = Line(text="旅游", kind=BlockKind.HEADING)
    assert _title(heading, PROSE, tag="旅游_云州年鉴网") == "旅游"
    assert _title(heading, PROSE, tag="云州旅游网_云州") != "旅游"


def test_a_short_match_yields_to_the_line_above_the_date() -> None:
    """Where the title element has but a column's name, the date tells."""
    lines = ("工作动态", "凝心聚力再出发的云州", DATE, PROSE)
    assert _title(*lines, tag="工作动态_云州网") == lines[1]


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("云州市总结_云州网", "云州市总结"),
        ("云州网_云州市总结", "云州市总结"),
        ("2019-2021年云州市总结-云州网", "2019-2021年云州市总结"),
        ("凝心聚力——云州纪实 - 要闻 - 云州网", "凝心聚力——云州纪实"),
        ("云州市总结|要闻|云州政府网", "云州市总结"),
    ],
)
def test_the_name_of_the_site_is_cut_off_the_title_element(
    tag: str, title: str
) -> None:
    """At the strongest separator; a dash inside the title stays."""
    assert _title(PROSE, tag=tag) == title


def test_a_wrapped_sentence_is_no_title() -> None:
    """Lines broken at a width are text, though none is long by itself."""
    wrapped = [
        "我们在这一年里修建了七座冷库，改造水渠",
        "二十一公里，情况良好；农户增收",
    ] * 3
    outside = Line(text="冷库之路（下）", rule="outside-main")
    found = _title(outside, "——云州纪实（下）", *wrapped)
    assert found == "冷库之路（下）——云州纪实（下）"


def test_the_name_of_the_site_is_never_the_title() -> None:
    """A short title goes before the longer name of the site in the title element."""
    tag = "旅游_内蒙古区情网站首页"
    assert _title("内蒙古区情网站首页", "旅游", DATE, PROSE, tag=tag) == "旅游"
    lines = ("北原方志网", "农业和农村经济", PROSE)
    assert _title(*lines, tag="北原方志网", site="北原方志网") != "北原方志网"


def test_a_title_in_meta_elements_goes_before_guessing() -> None:
    """Where no line is in the title element, the page's own word counts."""
    page = Page(reader=Reader.HTML, meta={"articletitle": "云州市总结"})
    assert find_title(page, _lines("专栏名称", PROSE)) == "云州市总结"


def test_a_link_beside_the_text_is_no_title() -> None:
    """Navigation that the reader put aside is never taken."""
    link = Line(text="数字史志专题", rule="outside-main: links 1.00")
    aside = Line(text="数字史志专题", rule="outside-main")
    assert _title(link, PROSE) == ""
    assert _title(aside, PROSE) == "数字史志专题"


def test_without_a_line_the_title_element_is_cut() -> None:
    """The first piece of the title element is better than nothing."""
    assert _title(PROSE, tag="云州市总结 - 云州网") == "云州市总结"
    assert _title(PROSE) == ""


def test_the_line_above_the_date_is_the_title() -> None:
    """Of several short lines the one above date and source counts."""
    assert (
        _title("统战工作", "工作总结专栏", "凝心聚力再出发", DATE, PROSE)
        == "凝心聚力再出发"
    )


def test_without_a_date_the_words_and_repeats_tell() -> None:
    """A line with 总结 that is printed twice goes before a column's name."""
    lines = ("范文大全推荐阅读", "石门乡2019年总结", PROSE, "石门乡2019年总结")
    assert _title(*lines) == "石门乡2019年总结"


@pytest.mark.parametrize(
    "line",
    [
        *("2021卷", "一、概况", "来源:云州日报", "各位代表:", "(云州市财政局)"),
        *("◎ 記者王小河/採訪報導", "文/王小河"),
    ],
)
def test_some_lines_are_never_titles(line: str) -> None:
    """Volumes, headings, labels, addresses and bylines above the date are passed."""
    assert _title(line, PROSE) == ""


def test_nothing_behind_the_first_paragraph_is_a_title() -> None:
    """A caption inside the text does not become the title."""
    assert _title(PROSE, "冷库建成投产仪式现场", PROSE) == ""


def test_a_heading_or_dated_line_below_a_notice_is_the_title() -> None:
    """When only a notice stands above it, markup or the date make it the title."""
    marked = Line(text="云州市工作总结", kind=BlockKind.HEADING)
    assert _title(PROSE, marked, PROSE) == "云州市工作总结"
    assert _title(PROSE, "凝心聚力再出发", DATE, PROSE) == "凝心聚力再出发"


def test_repeats_of_the_title_and_what_stands_above_are_removed() -> None:
    """Every line that only says the title goes, and the column's name above it."""
    lines = remove_title(
        _lines("专栏", "云州 总结", "云州总结", PROSE, "云州总结", PROSE), "云州总结"
    )
    assert [line.rule for line in lines] == [
        "above-title",
        "title",
        "title",
        "",
        "title",
        "",
    ]


def test_a_title_on_two_lines_is_removed_from_both() -> None:
    """Main title and subtitle go together; a line of dots is no half of one."""
    lines = remove_title(
        _lines("……", "凝心聚力", "——云州纪实", DATE, PROSE), "凝心聚力——云州纪实"
    )
    assert [line.rule for line in lines[:3]] == ["above-title", "title", "title"]


def test_a_short_title_may_stand_again_in_the_text() -> None:
    """A heading or cell that equals a title of two characters stays."""
    lines = remove_title(_lines("旅游", DATE, PROSE, "旅游", PROSE), "旅游")
    assert [line.text for line in lines if line.kept] == [PROSE, "旅游", PROSE]


def test_without_a_title_nothing_is_removed() -> None:
    """An empty title takes nothing out."""
    assert all(line.kept for line in remove_title(_lines("专栏", PROSE), ""))


def test_lines_of_a_text_broken_by_hand_are_no_title() -> None:
    """Where sentences run over short lines, none of them is cut off as above-title."""
    column = [
        "一年来，全县新建冷库七座，改造水渠二十一公里",
        "，带动三千四百户农民增收，群众满意度达到九成",
        "以上，受到上级部门表彰。今后几年，全县将继续",
        "加大投入，完善水利设施，巩固已有成果，让农民",
    ]
    lines = _lines("云溪改造水渠", *column, "得到更多实惠，过上更好的日子")
    title = find_title(Page(reader=Reader.HTML), lines)
    assert title == "云溪改造水渠"
    assert [line.text for line in remove_title(lines, column[2])][1:3] == column[:2]
    assert [line.rule for line in remove_title(lines, lines[-1].text)][:5] == [""] * 5
