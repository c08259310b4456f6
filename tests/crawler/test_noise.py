"""Lines that are known not to be text are taken out, by rule."""

import pytest

from crawler.noise import remove_noise
from crawler.site import Noise, Profile, load_profiles
from crawler.worksheet import Line
from tests.crawler.pages import PROSE

COMMON = load_profiles().common


def _rules(*texts: str, profile: Profile | None = None) -> list[str]:
    lines = [Line(text=text) for text in texts]
    return [
        line.rule.removeprefix("noise: ")
        for line in remove_noise(lines, profile or Profile(), COMMON)
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("3/12", "page-counter"),
        ("第3页/共12页", "page-counter"),
        ("- 4 -", "page-counter"),
        ("image.png", "image-placeholder"),
        ("北ICP备00000000号-1", "registration"),
        ("政府网站标识码:0000000000", "registration"),
        ("版权所有:北原方志馆", "footer"),
        ("技术支持:北原科技公司", "footer"),
        ("版权声明:转载须经同意", "copyright"),
        ("转载请注明来源于北原网", "copyright"),
        ("下一篇:没有了", "navigation"),
        ("返回顶部", "navigation"),
        ("【打印】【关闭】", "share"),
        ("字號:大 中 小", "share"),
    ],
)
def test_furniture_of_any_site_is_known(line: str, rule: str) -> None:
    """Counters, placeholders, registration, footers, navigation have rules."""
    assert _rules(line, PROSE)[0] == rule


@pytest.mark.parametrize(
    "line",
    [
        "2020/2021学年工作",
        "地址选择、邮编管理工作扎实开展",
        "首页改版工作完成",
        "收藏古籍三百册",
        "主办单位制度改革",
        PROSE,
        "下一篇文章将介绍云州市改造水渠和帮助农民增收的详细做法，敬请留意。",
    ],
)
def test_text_with_the_same_words_stays(line: str) -> None:
    """Words of the furniture inside sentences and headings are no noise."""
    assert _rules(line, PROSE)[0] == ""


def test_a_site_s_own_patterns_hold_for_long_lines_too() -> None:
    """A profile knows its site; rules for every site take short lines only."""
    profile = Profile(noise=(Noise(rule="ad", pattern="群众满意度"),))
    assert _rules(PROSE, profile=profile) == ["ad"]


def test_below_the_text_everything_behind_related_pages_goes() -> None:
    """Titles of other pages have no mark of their own; their place tells."""
    rules = _rules("标题", PROSE, "落款", "相关阅读", "青州市2020年总结", "延州市做法")
    assert rules == ["", "", "", "navigation", "related", "related"]


def test_above_or_between_the_text_nothing_is_taken_by_place() -> None:
    """首页 above the text and 下一篇 inside it remove themselves only."""
    assert _rules("首页", "标题", PROSE, "下一页", "小标题", PROSE) == [
        "navigation",
        "",
        "",
        "navigation",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "网站地图 | 联系我们",
        "友善列印轉寄朋友回上一頁",
        "首页 > 返回",
        "云溪市人民政府主办 云溪市大数据中心承办",
    ],
)
def test_rows_of_buttons_and_imprints_are_noise(line: str) -> None:
    """Interface words in a row and the line of who runs the site are no text."""
    assert _rules(line) != [""]


@pytest.mark.parametrize(
    "line",
    ["活动由云溪县委统战部主办", "联系我们的群众越来越多", "分享经验", "打印机购置"],
)
def test_sentences_with_such_words_are_text(line: str) -> None:
    """The same words inside a phrase are left alone."""
    assert _rules(line) == [""]
