"""Menus around a page saved as text are told from the text."""

import pytest

from crawler.plaintext import read_text

PROSE = [
    "今年以来，松河县围绕产业振兴，新建冷库七座，改造水渠二十一公里，增收明显。",
    "二、水利建设",
    "县里筹资四千万元，整修干渠，新打机井九十眼，恢复灌溉面积五万亩，全部完工。",
]
END = ["松河县人民政府办公室", "2021年3月4日"]
MENU = [
    "首页",
    "走进松河",
    "政务公开",
    "办事服务",
    "互动交流",
    "数据开放",
    "登录 | 注册",
]
NEWS = [
    "更多新闻",
    *(f"松河县{town}镇召开工作推进会" for town in ("柳树", "石桥", "白杨", "东沟")),
    "版权所有：松河县人民政府",
]


def _kept(*lines: str) -> list[str]:
    return [
        one.text for one in read_text("\n".join(lines)).blocks if not one.boilerplate
    ]


def test_menus_and_headlines_go_and_the_text_stays() -> None:
    """Headings, signature and date belong to the text; every line has a reason."""
    kept = _kept(*MENU, *PROSE, *END, *NEWS)
    assert kept == [*PROSE, *END]
    blocks = read_text("\n".join([*MENU, *PROSE, *END, *NEWS])).blocks
    gone = [one.boilerplate for one in blocks if one.boilerplate]
    assert all(reason.startswith("outside-main: ") for reason in gone)


@pytest.mark.parametrize(
    "tail", [END, [*END, "附件：1.名单"], [f"村{n}" for n in range(30)]]
)
def test_a_text_with_no_page_around_it_is_left_as_it_is(tail: list[str]) -> None:
    """Without a trace of a page nothing is judged, however short the lines."""
    lines = ["工作总结", *PROSE, *tail]
    assert _kept(*lines) == lines


def test_a_list_is_kept_where_the_page_is_one() -> None:
    """A programme has no sentences; what stands between the traces is the text."""
    items = [f"第{n}场 主持人王小河 地点县政府{n}号楼会议室" for n in range(1, 40)]
    assert (
        _kept("登录 | 注册 | 首页 | 导航", *items, "版权所有：松河县")[1:-1]
        == items[1:-1]
    )
