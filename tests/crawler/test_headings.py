"""Headings are told from text by their numbers and where they end."""

import pytest

from crawler.headings import find_heading, is_heading


@pytest.mark.parametrize(
    ("line", "style", "text"),
    [
        ("第一编 总述", "chapter", "第一编 总述"),
        ("第三章 农业", "section", "第三章 农业"),
        ("第二节 林业", "subsection", "第二节 林业"),
        ("一、抓好产业", "han", "一、抓好产业"),
        ("十二、做好宣传工作:", "han", "十二、做好宣传工作"),
        ("（三）优化服务。", "han-bracket", "（三）优化服务"),
        ("(三) 优化服务", "han-bracket", "(三) 优化服务"),
        ("1、走访企业", "digit", "1、走访企业"),
        ("2.搭建平台", "digit", "2.搭建平台"),
        ("（4）落实政策", "digit-bracket", "（4）落实政策"),
        ("5）落实政策", "digit-half-bracket", "5）落实政策"),
        ("附註", "named", "附註"),
        ("结束语", "named", "结束语"),
    ],
)
def test_a_short_numbered_line_is_a_heading(line: str, style: str, text: str) -> None:
    """Each way of numbering is known, and the line is the heading from end to end."""
    heading = find_heading(line)
    assert heading is not None
    assert (heading.style, heading.text) == (style, text)
    assert is_heading(line)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("【概况】  全县辖九个乡镇。", "【概况】"),
        ("一、抓好产业。全年种植核桃五千亩,产值过亿元。", "一、抓好产业"),
        ("(二)优化服务,减轻负担。办理事项九百件。", "(二)优化服务,减轻负担"),
        ("1、走访企业。走访一百三十家。", "1、走访企业"),
        ("编者按:这一年极不平凡。", "编者按"),
    ],
)
def test_a_heading_may_run_into_its_paragraph(line: str, text: str) -> None:
    """The heading ends at its bracket, colon or first full stop."""
    heading = find_heading(line)
    assert heading is not None
    assert heading.text == text
    assert not is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "二、三季度产值连续增长",
        "三、四级调研员七名",
        "一是走访企业。",
        "3.5亿元投资已经到位",
        "一、",
        "一、全年种植核桃五千亩,产值过亿元,带动增收;新建冷库七座,覆盖五个乡镇,",
        "1、配强队伍。全镇干部配齐。2、保障经费。预算增加十八万元。",
        "一、就业优先2022年,全区坚持以人民为中心,统筹推进。新增就业九千人。",
        "1、全年共接待群众来访三百一十件。",
        "总结会议在县城召开",
    ],
)
def test_what_only_looks_numbered_is_no_heading(line: str) -> None:
    """Number pairs, amounts, enumerations and whole sentences are no headings."""
    assert find_heading(line) is None
    assert not is_heading(line)
