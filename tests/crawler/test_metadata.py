"""What a page tells beside the text: dates, source, kind, script."""

import pytest

from crawler import metadata
from crawler.blocks import Page, Reader
from crawler.dates import FoundDate
from index.document import Kind, Script


def _page(meta: dict[str, str] | None = None, **fields: str) -> Page:
    return Page(reader=Reader.HTML, meta=meta or {}, fields=fields)


def test_publication_is_picked_then_labelled_then_in_meta_elements() -> None:
    """The first of the three that is there counts."""
    page = _page({"pubdate": "2019-01-01"})
    picked = _page({"pubdate": "2019-01-01"}, published="2021年3月4日")
    labelled = {"published": "2020-02-02"}
    found = [
        metadata.published(picked, labelled),
        metadata.published(page, labelled),
        metadata.published(page, {}),
        metadata.published(_page(), {}),
    ]
    assert [date.iso if date else None for date in found] == [
        "2021-03-04",
        "2020-02-02",
        "2019-01-01",
        None,
    ]


def test_a_date_is_made_more_precise_by_one_that_agrees() -> None:
    """A day without its year takes the year from a date of that day only."""
    label, same = FoundDate("--10-14", "10-14"), FoundDate("2021-10-14", "t20211014")
    other, year = FoundDate("2022-01-02", "2022-01-02"), FoundDate("2021", "2021")
    assert metadata.most_precise([None, label, other, same]) is same
    assert metadata.most_precise([label, other]) is label
    assert metadata.most_precise([year, same]) is same
    assert metadata.most_precise([same, other]) is same
    assert metadata.most_precise([None]) is None


def test_a_label_without_a_date_leaves_the_word_to_others() -> None:
    """昨天 tells no day; the last change and the page's address are asked at last."""
    page = Page(reader=Reader.HTML, url="https://a.example/2021/0304/c1.html")
    assert metadata.published(page, {"published": "昨天 12:30"}) is None
    less_sure = metadata.published_elsewhere(page, {"updated": "2021年3月5日"})
    assert [one.iso if one else None for one in less_sure] == [
        "2021-03-05",
        None,
        "2021-03-04",
    ]


def test_source_is_picked_then_labelled_then_in_meta_elements() -> None:
    """An empty label is no source."""
    page = _page({"contentsource": "青岭日报"})
    assert metadata.publisher(_page(publisher="北原报"), "云州日报") == "北原报"
    assert metadata.publisher(page, "云州日报") == "云州日报"
    assert metadata.publisher(page, "") == "青岭日报"
    assert metadata.publisher(_page(), "") is None
    assert metadata.publisher(_page(), None, "", "云州晚报") == "云州晚报"
    assert metadata.publisher(page, None, "云州晚报") == "青岭日报"


@pytest.mark.parametrize(
    ("title", "path", "kind"),
    [
        ("2020年统战工作总结", ("年鉴",), Kind.SUMMARY),
        ("工作情況彙報", (), Kind.BRIEFING),
        ("政府工作报告", (), Kind.REPORT),
        ("农牧业", ("北原年鉴", "2021卷"), Kind.YEARBOOK),
        ("縣政府施政成果", (), Kind.SUMMARY),
        ("携手奋进", (), Kind.OTHER),
    ],
)
def test_kind_is_told_by_the_title_then_by_the_breadcrumb(
    title: str, path: tuple[str, ...], kind: Kind
) -> None:
    """Words of the title go before those of the breadcrumb."""
    assert metadata.kind(title, path) is kind


def test_kind_is_told_at_last_by_what_the_text_announces() -> None:
    """The first paragraph says what follows; words further on say nothing."""
    opening = "现将2020年主要工作汇报如下。"
    assert metadata.kind("携手奋进", (), opening) is Kind.BRIEFING
    assert (
        metadata.kind("携手奋进", (), "听取了汇报。" + "无" * 400 + opening)
        is Kind.OTHER
    )


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("统一战线工作总结", Script.HANS),
        ("統一戰線工作總結", Script.HANT),
        ("統一戰線工作總結,着力推進幹部隊伍建設", Script.HANT),
        ("统战工作总结統戰工作總結", Script.MIXED),
        ("人口一千", Script.HANS),
        ("", Script.HANS),
    ],
)
def test_script_is_told_by_characters_of_one_script(text: str, script: Script) -> None:
    """A few characters of the other script do not matter; none at all is hans."""
    assert metadata.script(text) is script
