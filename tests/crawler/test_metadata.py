"""What a page tells beside the text: dates, source, writers, year, kind, script."""

import pytest

from crawler import metadata
from crawler.blocks import Page, Reader
from crawler.worksheet import Line
from index.document import BlockKind, Kind, Script, YearFrom


def _page(meta: dict[str, str] | None = None, **fields: str) -> Page:
    return Page(reader=Reader.HTML, meta=meta or {}, fields=fields)


def test_publication_is_picked_then_labelled_then_in_meta_elements() -> None:
    """The first of the three that is there counts."""
    page = _page({"pubdate": "2019-01-01"})
    picked = _page({"pubdate": "2019-01-01"}, published="2021年3月4日")
    found = [
        metadata.published(picked, "2020-02-02"),
        metadata.published(page, "2020-02-02"),
        metadata.published(page, None),
        metadata.published(_page(), None),
    ]
    assert [date.iso if date else None for date in found] == [
        "2021-03-04",
        "2020-02-02",
        "2019-01-01",
        None,
    ]


def test_source_is_picked_then_labelled_then_in_meta_elements() -> None:
    """An empty label is no source."""
    page = _page({"contentsource": "青岭日报"})
    assert metadata.publisher(_page(publisher="北原报"), "云州日报") == "北原报"
    assert metadata.publisher(page, "云州日报") == "云州日报"
    assert metadata.publisher(page, "") == "青岭日报"
    assert metadata.publisher(_page(), "") is None


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("王小河 李大江", ("王小河", "李大江")),
        ("王小河、李大江,王小河", ("王小河", "李大江")),
        ("办公室12", ()),
        ("", ()),
    ],
)
def test_labelled_writers_are_parted(value: str, names: tuple[str, ...]) -> None:
    """Spaces and commas part names, each is listed once, what is no name is not."""
    assert metadata.authors(_page(), value, [], trailing=True) == names


def test_names_behind_the_text_count_only_where_the_site_puts_them() -> None:
    """Elsewhere brackets at the end are part of the sentence."""
    lines = [
        Line(text="全县新建冷库。(王小河)"),
        Line(text="冷库落成(赵小满)", kind=BlockKind.CAPTION),
        Line(text="已删(李大江)", rule="title"),
    ]
    assert metadata.authors(_page(), None, lines, trailing=True) == ("王小河",)
    assert metadata.authors(_page(), None, lines, trailing=False) == ()
    assert metadata.authors(_page(), None, [], trailing=True) == ()


@pytest.mark.parametrize(
    ("title", "path", "text", "put_up", "found"),
    [
        ("云州市2020年总结", (), "2019年", "2021-01-05", (2020, YearFrom.TITLE)),
        ("2020年总结和2021年工作打算", (), "", None, (2020, YearFrom.TITLE)),
        ("二〇二〇年工作综述", (), "", None, (2020, YearFrom.TITLE)),
        ("民國109年成果", (), "", None, (2020, YearFrom.TITLE)),
        ("2021年工作计划", (), "", None, (2021, YearFrom.TITLE)),
        ("教育", ("年鉴", "2021卷"), "2021年", None, (2020, YearFrom.VOLUME)),
        ("综述", (), "2020年,全市…2019年…", None, (2020, YearFrom.BODY)),
        ("综述", (), "展望2022年,我们将", "2022-01-18", (2021, YearFrom.PUBLISHED)),
        ("综述", (), "无", "2022-06-18", (2022, YearFrom.PUBLISHED)),
        ("综述", (), "2023年", "2022-06-18", (2022, YearFrom.PUBLISHED)),
        ("综述", (), "展望2022年", None, (2022, YearFrom.BODY)),
        ("综述", (), "无", "--10-14", (None, None)),
        ("综述", (), "无", None, (None, None)),
    ],
)
def test_the_year_is_what_the_text_is_about(
    title: str,
    path: tuple[str, ...],
    text: str,
    put_up: str | None,
    found: tuple[int | None, YearFrom | None],
) -> None:
    """Title, volume, text and publication in this order; plans do not count."""
    assert metadata.year(title, path, text, put_up) == found


def test_a_year_told_once_yields_to_the_one_told_throughout() -> None:
    """The opening's year counts unless another is named more than twice as often."""
    text = "始于2015年。" + "2020年增长。" * 3
    assert metadata.year("综述", (), text, None) == (2020, YearFrom.BODY)
    assert metadata.year("综述", (), "2015年。2020年。", None) == (2015, YearFrom.BODY)


@pytest.mark.parametrize(
    ("title", "path", "kind"),
    [
        ("2020年统战工作总结", ("年鉴",), Kind.SUMMARY),
        ("工作情況彙報", (), Kind.BRIEFING),
        ("政府工作报告", (), Kind.REPORT),
        ("农牧业", ("北原年鉴", "2021卷"), Kind.YEARBOOK),
        ("携手奋进", (), Kind.OTHER),
    ],
)
def test_kind_is_told_by_the_title_then_by_the_breadcrumb(
    title: str, path: tuple[str, ...], kind: Kind
) -> None:
    """Words of the title go before those of the breadcrumb."""
    assert metadata.kind(title, path) is kind


def test_region_is_a_province_named_in_full() -> None:
    """In either script; a city alone does not tell."""
    assert metadata.region(["山西省晉城統戰工作"]) == "山西省"
    assert metadata.region(["統戰工作", "內蒙古自治區年鑑"]) == "内蒙古自治区"
    assert metadata.region(["云州市统战工作"]) is None


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
