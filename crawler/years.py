"""The year a text is about, which is not the year it was put up in."""

import re
from collections import Counter
from collections.abc import Sequence

from index.document import YearFrom
from index.fold import fold

# 2021卷, 云州年鉴2021, 《云州年鉴》（2021）, 2021年版年鉴: volumes, folded.
_YEARBOOK = "年鉴(?!.{0,4}(?:编|工作))"
_VOLUME = re.compile(
    rf"^((?:19|20)\d\d)\s*年?\s*(?:卷|刊|版|{_YEARBOOK})"
    r"|年鉴\W{0,3}((?:19|20)\d\d)(?!\d)"
    rf"|(?<!\d)((?:19|20)\d\d)\s*年?[^\d，。]{{0,8}}{_YEARBOOK}"
)
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)"
    r"(?=\s*(?:学?年|度|[-—–~～至]|[上下]半年|第?[一二三四1-4]季度|年?\d{1,2}月))"
)
_HAN_YEAR = re.compile(
    r"(?<![〇○零一二三四五六七八九])([一二][〇○零九][〇○零一二三四五六七八九]{2})年"
)
_ROC_YEAR = re.compile(r"民[国國]\s*(\d{2,3})\s*年")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ROC_EPOCH = 1911
# 112年度施政成果: where a title in traditional script has a year of three figures.
# Without 度 it may be an age (百年, 100年); then it must be near the day it was put up.
_SHORT_ROC_YEAR = re.compile(r"(?<!\d)(9\d|1[0-4]\d)年(度?)")
_NEAR = 2
# A school year is named by both its years; its first half is in the first of them.
_FIRST_TERM = re.compile(
    r"(?:19|20)\d\d\s*[-—–~～至]\s*(?:19|20)?\d\d\s*学年(?=.{0,3}(?:第一|上)学期)"
)
# The last years of the five-year plans, of which summaries tell: “十三五”期间.
_FIVE_YEARS = {"八五": 1995, "九五": 2000, "十五": 2005, "十一五": 2010}
_FIVE_YEARS |= {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
_FIVE_YEAR_PLAN = re.compile(
    r"[“”\"「『']((?:十[一二三四五]?|[八九])五)[“”\"」』']"
    r"|((?:十[一二三四五]|[八九])五)(?=时期|期间|以来|规划|计划|工作|总结|回顾)"
)
_LOOKS_BACK = re.compile("总结|回顾|综述|成就|成果|期间|以来|回眸|收官")
# The year of a plan that a summary carries along: 2020年总结和2021年打算.
_PLAN = re.compile(
    r"(?:19|20)\d\d\s*年[^\d]{0,8}(?:计划|打算|思路|安排|要点|规划|展望|重点)"
)
# A year that a text looks forward to: 展望2021年, 2021年，我们将……
_AHEAD = re.compile(
    r"(?:展望|迎接|面向|跨入|迈入|邁入|走进|力争|力爭|到)\s*(?:19|20)\d\d\s*年"
    r"|(?:19|20)\d\d\s*年[，,][^，,。；]{0,25}(?:将|將|要继续|要繼續)"
)
_OPENING_CHARACTERS = 400


def find_year(
    title: str, path: Sequence[str], text: str, put_up: str | None
) -> tuple[int | None, YearFrom | None]:
    """Find the year a text is about, the surest evidence first.

    A title's own year; a yearbook volume tells of the year before it; the year
    the opening of the text names first, or the whole text most often; at last
    the year it was put up, for January to March the year before.
    """
    latest = int(put_up[:4]) if put_up and put_up[:4].isdigit() else None
    found = _year_in_title(title, latest)
    if found[0]:
        return found
    for part in reversed(path):
        volume = _volume(fold(part))
        if volume:
            return volume - 1, YearFrom.VOLUME
    spoken = _year_in_body(_AHEAD.sub("", text), latest)
    if spoken:
        return spoken, YearFrom.BODY
    if latest and put_up:
        early = put_up[5:7] in {"01", "02", "03"}
        return latest - early, YearFrom.PUBLISHED
    ahead = _year_in_body(text, latest)
    return ahead, YearFrom.BODY if ahead else None


def _year_in_title(
    title: str, latest: int | None
) -> tuple[int | None, YearFrom | None]:
    """Read the year in a title: of a volume, of a summary, the last of a plan's."""
    folded = fold(title)
    volume = _volume(folded) if "年鉴" in folded else None
    if volume:
        return volume - 1, YearFrom.VOLUME
    told = _years(_PLAN.sub("", _FIRST_TERM.sub(_first_year, folded))) or _years(folded)
    if not told and folded != title:
        told = _short_roc_years(folded, latest)
    if told:
        return told[-1], YearFrom.TITLE
    plan = _FIVE_YEAR_PLAN.search(folded) if _LOOKS_BACK.search(folded) else None
    last = _FIVE_YEARS.get(plan[1] or plan[2]) if plan else None
    known = last is not None and (latest is None or last <= latest)
    return (last, YearFrom.TITLE) if known else (None, None)


def _short_roc_years(folded: str, latest: int | None) -> list[int]:
    """List the years of the Republic of China that are named by their number alone."""
    found = (
        (int(match[1]) + _ROC_EPOCH, bool(match[2]))
        for match in _SHORT_ROC_YEAR.finditer(folded)
    )
    return [
        year
        for year, surely in found
        if surely or (latest is not None and 0 <= latest - year <= _NEAR)
    ]


def _first_year(term: re.Match[str]) -> str:
    """Write the first of a school year's two years alone."""
    return term.group()[:4] + "年"


def _volume(folded: str) -> int | None:
    """Read the year of a yearbook's volume."""
    match = _VOLUME.search(folded)
    return int(next(filter(None, match.groups()))) if match else None


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
