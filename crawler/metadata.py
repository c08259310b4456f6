"""What a page tells about its document beside the text."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from crawler.blocks import Page
from crawler.dates import FoundDate, find_date
from crawler.worksheet import Line
from index.document import BlockKind, Kind, Script, YearFrom
from index.fold import fold

_META_DATES = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "ld:datePublished",
    "firstpublishedtime",
    "dc.date",
    "date",
)
_META_PUBLISHERS = ("contentsource", "source", "ld:publisher")
_META_SITES = ("sitename", "og:site_name")
_META_AUTHORS = ("author", "ld:author")
_VOLUME = re.compile(r"^((?:19|20)\d\d)\s*年?\s*(?:卷|刊|版|年鉴|年鑑)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*(?:年|度|[-—~至]))")
_HAN_YEAR = re.compile(
    r"(?<![〇○零一二三四五六七八九])([一二][〇○零九][〇○零一二三四五六七八九]{2})年"
)
_ROC_YEAR = re.compile(r"民[国國]\s*(\d{2,3})\s*年")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ROC_EPOCH = 1911
# The year of a plan that a summary carries along: 2020年总结和2021年打算.
_PLAN = re.compile(
    r"(?:19|20)\d\d\s*年[^\d]{0,8}"
    r"(?:计划|計劃|打算|思路|安排|要点|要點|规划|規劃|展望|重点|重點)"
)
# A year that a text looks forward to: 展望2021年, 2021年，我们将……
_AHEAD = re.compile(
    r"(?:展望|迎接|面向|跨入|迈入|邁入|走进|力争|力爭|到)\s*(?:19|20)\d\d\s*年"
    r"|(?:19|20)\d\d\s*年[，,][^，,。；]{0,25}(?:将|將|要继续|要繼續)"
)
_OPENING_CHARACTERS = 400
_KINDS = (
    (Kind.YEARBOOK, re.compile(r"年鉴|年鑑")),
    (
        Kind.BRIEFING,
        re.compile(r"简报|簡報|提纲|提綱|汇报|匯報|彙報|快报|快報|信息专报"),
    ),
    (Kind.SUMMARY, re.compile(r"总结|總結|小结|小結|综述|綜述|回顾|回顧|回眸")),
    (Kind.REPORT, re.compile(r"报告|報告|述职|述職")),
)
_PROVINCES = (
    "北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 "
    "浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 海南省 四川省 "
    "贵州省 云南省 陕西省 甘肃省 青海省 台湾省 内蒙古自治区 广西壮族自治区 "
    "西藏自治区 宁夏回族自治区 新疆维吾尔自治区 香港特别行政区 澳门特别行政区"
)
_TRAILING = re.compile(r"[（(]([\u4e00-\u9fff·\s、，,]{2,40})[）)]$")
# 李 春: the two characters of a short name, set as wide as three.
_SET_WIDE = re.compile(
    r"(?<![^\s、，,])([\u4e00-\u9fff])\s([\u4e00-\u9fff])(?![^\s、，,])"
)
_NOT_NAMES = (
    "试行 暂行 略 节选 摘要 摘录 摘编 完 全文 讨论稿 征求意见 草案 修订 修正 下同 "
    "以下简称 续 图 表 附表 附图 附件 如图 见图 见表 单位 含 不含 代 代拟 待续 "
    "未完 一审 二审"
)
# Two to four characters; longer ones are names of other languages written out,
# which have none of the characters that remarks in brackets are made of.
_PEOPLE = re.compile(
    r"[\u4e00-\u9fff·]{2,4}"
    r"|(?!.*[年月人员不含见表第注等县市区旗省委部办局处按以为资料单位数据统计来源截至])"
    r"[\u4e00-\u9fff·]{5,12}"
)
_SEPARATORS = re.compile(r"[、，,;；/\s]+")
_MOST_NAMES = 6
_MIXED = (0.2, 0.8)


def published(page: Page, value: str | None) -> FoundDate | None:
    """Read when the page was put up: picked, labelled, or from its meta elements."""
    picked = page.fields.get("published") or value
    if picked:
        return find_date(picked, roc=True)
    for name in _META_DATES:
        found = find_date(page.meta.get(name, ""))
        if found:
            return found
    return None


def publisher(page: Page, value: str | None) -> str | None:
    """Name the source of the text, if the page does."""
    meta = (page.meta.get(name, "") for name in _META_PUBLISHERS)
    found = page.fields.get("publisher") or value or next(filter(None, meta), "")
    return found.strip() or None


def site_name(page: Page) -> str:
    """Name the site as its own meta elements do; empty where they do not."""
    names = (page.meta.get(name, "").strip() for name in _META_SITES)
    return next(filter(None, names), "")


def authors(
    page: Page, value: str | None, lines: Sequence[Line], *, trailing: bool
) -> tuple[str, ...]:
    """Name the writers: labelled, in meta elements, or behind the last paragraph.

    Args:
        page: The page.
        value: What a label gave.
        lines: The cleaned lines.
        trailing: Whether the site puts the writer behind the text, as (姓名).
    """
    meta = (page.meta.get(name, "") for name in _META_AUTHORS)
    given = page.fields.get("authors") or value or next(filter(None, meta), "")
    names = [
        name for name in _SEPARATORS.split(given.strip()) if _PEOPLE.fullmatch(name)
    ]
    if names or not trailing:
        return tuple(dict.fromkeys(names))
    prose = [line for line in lines if line.kept and line.kind is BlockKind.PARAGRAPH]
    return _trailing_names(prose[-1].text) if prose else ()


def _trailing_names(paragraph: str) -> tuple[str, ...]:
    """Read the names in the brackets that end a paragraph."""
    match = _TRAILING.search(paragraph)
    names = _SEPARATORS.split(_SET_WIDE.sub(r"\1\2", match.group(1)) if match else "")
    remark = set(_NOT_NAMES.split()).intersection(names)
    people = all(_PEOPLE.fullmatch(name) for name in names)
    return tuple(names) if people and not remark and len(names) <= _MOST_NAMES else ()


def year(
    title: str, path: Sequence[str], text: str, put_up: str | None
) -> tuple[int | None, YearFrom | None]:
    """Find the year a text is about, the surest evidence first.

    A title's own year; a yearbook volume tells of the year before it; the year
    the opening of the text names first, or the whole text most often; at last
    the year it was put up, for January to March the year before.
    """
    told = _years(_PLAN.sub("", title)) or _years(title)
    if told:
        return told[-1], YearFrom.TITLE
    for part in reversed(path):
        match = _VOLUME.match(part)
        if match:
            return int(match.group(1)) - 1, YearFrom.VOLUME
    latest = int(put_up[:4]) if put_up and put_up[:4].isdigit() else None
    spoken = _year_in_body(_AHEAD.sub("", text), latest)
    if spoken:
        return spoken, YearFrom.BODY
    if latest and put_up:
        early = put_up[5:7] in {"01", "02", "03"}
        return latest - early, YearFrom.PUBLISHED
    ahead = _year_in_body(text, latest)
    return ahead, YearFrom.BODY if ahead else None


def _year_in_body(text: str, latest: int | None) -> int | None:
    """Find the year a text speaks of, not later than it was put up."""
    counts = Counter(
        found for found in _years(text) if latest is None or found <= latest
    )
    if not counts:
        return None
    most, times = counts.most_common(1)[0]
    opening = _years(text[:_OPENING_CHARACTERS])
    first = next((found for found in opening if found in counts), most)
    return first if 2 * counts[first] >= times else most


def _years(text: str) -> list[int]:
    """List the years named in a text, in order."""
    found = [(match.start(), int(match.group(1))) for match in _YEAR.finditer(text)]
    found += [
        (match.start(), int(match.group(1).translate(_HAN_DIGITS)))
        for match in _HAN_YEAR.finditer(text)
    ]
    found += [
        (match.start(), int(match.group(1)) + _ROC_EPOCH)
        for match in _ROC_YEAR.finditer(text)
    ]
    return [value for _, value in sorted(found)]


def kind(title: str, path: Sequence[str]) -> Kind:
    """Tell what sort of text it is, by its title, else by its breadcrumb."""
    for text in (title, " ".join(path)):
        for found, pattern in _KINDS:
            if pattern.search(text):
                return found
    return Kind.OTHER


def region(texts: Sequence[str]) -> str | None:
    """Name the province that title, source or breadcrumb name in full."""
    for text in map(fold, texts):
        for name in _PROVINCES.split():
            if name in text:
                return name
    return None


def script(text: str) -> Script:
    """Tell the script by the characters that exist in one of the two only.

    Characters that folding changes are traditional; those it changes others into
    are simplified. Up to a fifth of the other sort is tolerated: some characters
    of one script are rare forms of the other.
    """
    changed = [one for one, other in zip(text, fold(text), strict=True) if one != other]
    traditional = sum(map(_is_han, changed))
    simplified = sum(map(_simplified_only().__contains__, text))
    if not traditional + simplified:
        return Script.HANS
    share = traditional / (traditional + simplified)
    if share < _MIXED[0]:
        return Script.HANS
    return Script.HANT if share > _MIXED[1] else Script.MIXED


def _is_han(character: str) -> bool:
    """Tell Han characters from the others that folding changes."""
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


@cache
def _simplified_only() -> frozenset[str]:
    """Collect the characters that only simplified text uses.

    They are what folding makes of other characters, less those that traditional
    text has too (里, 面, 后): the ones that Big5 can write.
    """
    han = map(chr, range(0x4E00, 0xA000))
    targets = {fold(one) for one in han if fold(one) != one}
    return frozenset(one for one in targets if not _in_big5(one))


def _in_big5(character: str) -> bool:
    """Tell whether Big5 has a character."""
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
