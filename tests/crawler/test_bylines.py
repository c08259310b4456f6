"""Bylines without labels are no text; signatures and phrases that look alike are."""

import pytest

from crawler.bylines import RULE, remove_bylines
from crawler.worksheet import Line
from tests.crawler.pages import PROSE, cleaned


def _kept(*texts: str) -> list[str]:
    lines = [Line(text=text) for text in texts]
    return [line.text for line in remove_bylines(lines) if line.kept]


@pytest.mark.parametrize(
    "line",
    [
        "http://www.yunxi.example 2021-01-08 云溪晚报",
        "www.yunxi.example",
        "2021.01.08 03:45 am",
        "January 8, 2021 06:00 AM | 151次",
        "記者王小滿/雲溪報導",
        "【雲溪報╱記者王小滿/白泉報導】",
        "云溪日报",
        "北原新闻网 3小时前",
    ],
)
def test_byline_above_the_text_is_taken_out(line: str) -> None:
    """Addresses, dates, newspapers and reporters between title and text go."""
    assert _kept("标题", line, PROSE) == ["标题", PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "（王小满编辑）",
        "【2021/01/08 雲溪報】@ http://yunxi.example/",
        "文/王小满 李青",
    ],
)
def test_byline_below_the_text_is_taken_out(line: str) -> None:
    """An editor in brackets or an address with a date ends no text."""
    assert _kept(PROSE, line) == [PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "2021年1月8日",
        "云溪县委统战部 2021年1月8日",
        "记者站建设工作",
        "文化工作",
        "江南社区服务情况",
        "（2021年1月8日县委第三次全体会议通过）",
        "详见云溪县人民政府网站通知栏：http://www.yunxi.example",
        "附件：http://www.yunxi.example/a.doc",
        "云溪县统战网：http://www.yunxi.example/",
    ],
)
def test_text_that_looks_like_a_byline_stays(line: str) -> None:
    """Signatures, headings and sentences with the same words stay."""
    assert line in _kept(PROSE, PROSE, PROSE, PROSE, PROSE, line)


def test_byline_inside_the_text_stays() -> None:
    """Amid the paragraphs a line is text, whatever it looks like."""
    line = "http://www.yunxi.example"
    assert line in _kept(*[PROSE] * 5, line, *[PROSE] * 5)


def test_byline_is_kept_as_removed() -> None:
    """The cleaned document says what was taken out and by which rule."""
    title, writer = "云溪改造水渠", "記者王小滿/雲溪報導"
    page = f"<title>{title}</title><h1>{title}</h1><p>{writer}</p><p>{PROSE}</p>"
    document = cleaned(page)
    assert [block.text for block in document.blocks] == [PROSE]
    removed = {block.text: block.rule for block in document.removed}
    assert removed[writer] == RULE
