"""A title run into its text is cut from it."""

import pytest

from crawler.glued import split_glued
from crawler.worksheet import Line

TEXT = "全区新建口袋公园十二处,改造老旧小区三十一个,群众满意度达到九成以上。"


def _split(*texts: str) -> tuple[list[str], str]:
    lines, title = split_glued([Line(text=text) for text in texts])
    return [line.text for line in lines if line.kept], title


@pytest.mark.parametrize(
    "title",
    [
        "河湾区2022年工作总结",
        "河湾区2022年工作总结及2023年工作计划",
        "河湾区关于总结会议情况的汇报",
        "总结过去 谋划未来——河湾区2022年工作综述",
        "河湾区2022年工作情况汇报材料",
        "河湾區2022年工作總結報告",
    ],
)
def test_the_title_ends_with_its_last_noun(title: str) -> None:
    """A noun that goes on (总结及, 情况的) does not end the title."""
    assert _split(f"{title}2022年,{TEXT}") == ([f"2022年,{TEXT}"], title)


def test_nouns_of_the_text_are_no_titles() -> None:
    """A text that says 总结经验 in its first clause does not lengthen the title."""
    kept, title = _split(f"河湾区2022年工作总结2022年我区认真总结经验,{TEXT}")
    assert title == "河湾区2022年工作总结"
    assert kept[0].startswith("2022年我区")


def test_a_title_without_a_noun_ends_where_the_text_tells_the_year() -> None:
    """The clause 今年以来 or 2022年 opens the text."""
    assert _split(f"民生十件大事落地见效今年以来,{TEXT}")[1] == "民生十件大事落地见效"


def test_no_title_no_cut() -> None:
    """Where no end can be told, the line stays whole."""
    assert _split(TEXT) == ([TEXT], "")
    assert _split("短行", "也短") == (["短行", "也短"], "")


def test_lines_above_the_titled_line_are_removed() -> None:
    """Notices go, also one as long as running text."""
    notice = (
        "本站文档均由用户自行上传,仅供学习交流使用,"
        "未经许可不得用于任何其他商业用途和目的。"
    )
    kept, title = _split("说明", notice, f"河湾区2022年工作总结今年,{TEXT}", "末行")
    assert title == "河湾区2022年工作总结"
    assert kept == [f"今年,{TEXT}", "末行"]


def test_sections_are_split_behind_full_stops_only() -> None:
    """一、 inside a sentence stays; 【…】 begins a block behind a bracket too."""
    body = f"{TEXT}一、抓产业。{TEXT}见附件(张山)【教育】{TEXT}第二、三季度增长。"
    kept, _ = _split(f"河湾区2022年工作总结今年,{body}")
    assert [part[:4] for part in kept] == ["今年,全", "一、抓产", "【教育】"]
