"""Document numbers: a document's own and those it cites."""

import pytest

from crawler.document_numbers import Numbers, find_numbers
from crawler.worksheet import Line

TITLE = "云州市2020年工作总结"


def _numbers(*texts: str | Line, label: str = "", title: str = TITLE) -> Numbers:
    """Find the numbers of a page whose title stands above the lines."""
    lines = [text if isinstance(text, Line) else Line(text=text) for text in texts]
    return find_numbers(label, title, [Line(text=title, rule="title"), *lines])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("根据《意见》（国办发〔2023〕12号）要求", ("国办发〔2023〕12号",)),
        (
            "按照云政发[2020]3号和云政办发(2020)第4號执行",
            ("云政发[2020]3号", "云政办发(2020)第4號"),
        ),
        ("依国务院办公厅国办发〔 2019 〕3号文件", ("国办发〔2019〕3号",)),
        ("依府授人字第1120012345號函", ("府授人字第1120012345號",)),
        ("中华人民共和国主席令第12号公布", ("中华人民共和国主席令第12号",)),
        ("根据国务院令第714号", ("国务院令第714号",)),
        ("(2023)京0105民初123号判决", ()),
        ("在（2020）5号楼召开", ()),
        ("第3号台风", ()),
        ("国办发〔2023〕12号、國辦發[2023]12號", ("国办发〔2023〕12号",)),
    ],
)
def test_cited_numbers_are_listed_once_in_order(
    text: str, numbers: tuple[str, ...]
) -> None:
    """In any brackets and either script, without the words before them."""
    assert _numbers("一。", "二。", "三。", "四。", text + "全县……").cited == numbers


def test_own_numbers_stand_behind_a_label_or_alone_near_the_title() -> None:
    """Label, title, a line of its own, in this order; they are not cited as well."""
    line = "云政办发〔2020〕7号"
    assert _numbers(line, "全市……", label="云政发〔2020〕1号") == (
        ("云政发〔2020〕1号",),
        ("云政办发〔2020〕7号",),
    )
    titled = TITLE + "（云政发〔2020〕2号）"
    assert _numbers("全市……", title=titled).own == ("云政发〔2020〕2号",)
    assert _numbers(f"（{line}）", "按照云政办发[2020]7号") == ((line,), ())
    assert _numbers("一", "二", "三", "四", "五", line) == ((), (line,))
    beside = Line(text=line, rule="outside-main: links 1.00")
    assert _numbers(beside, "全市……") == ((), ())
