"""Where a text is about: province and city, by the names of divisions that it has.

Wrong is worse than none: a name that several provinces have tells nothing by itself,
two provinces in one place tell nothing, and a city's name without 市 that is also a
word (日照, sunshine; 文山会海, meetings) is not read as one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from crawler.divisions import Place, divisions
from index.document import RegionFrom
from index.fold import fold
from index.place_names import stem

_OPENING = 600
_NEAR = 100
_SHORTEST_COUNTY = 3
# Stems that are words, or parts of words, of every text.
_WORDS = (
    "文山 日照 开封 来宾 百色 安康 大理 中山 大同 东方 白银 阿里 玉树 海口 北海 内江 "
    "天门 新乡 朝阳 四平 中卫 保山 资阳 山南 双河 新星 北屯 胡杨河 白杨 临高 定安 白沙 "
    "兴安 海西 海北 黄南 怒江 红河 长治 大连 和田 昆玉 保亭 台中 南投 云林 广安 达州 "
    "吉安 通化 海东 井冈山 宣城 江门 东营"
)
# County names that are but words for a part of a city.
_PARTS = "市中区 城关区 城中区 城南区 市郊区 南郊区 北郊区 新城区 老城区"
# What follows a name in the name of a street, or makes of 海南区 a 海南区域.
_NO_PLACE = re.compile(r"[路街巷桥寺脚]|大道|时间|精神|会议|整风|讲话|时期")
_NO_DISTRICT = re.compile(r"[域别间划块]")
# 新华社北京1月12日电: where a report was sent from.
_SENT_FROM = re.compile(
    r"[^\s，。（(]{0,12}?\d{1,2}月\d{1,2}日\s*(?:电|讯|消息|报道|专电)"
    r"|[\u4e00-\u9fff]{2,3}(?:报导|报道)"
)
_MAY_BE_SENT = re.compile(r"日\s*(?:电|讯|消息|报道|专电)|报[导道]")
# Newspapers and news sites report from anywhere; offices on where they are.
_OFFICE = re.compile(
    r"(?:[府委局厅部办会院室处科站所校团]|中心|政协|人大|工商联|社联|文联|侨联|法院|检察院)$"
)
_QUOTED = re.compile(r"《[^》]{1,40}》")
# 黄河南岸, 昌河北斗星: the name of a river runs into what looks like a province.
_RIVER = re.compile(r"(?<=[黄淮昌沿运清洛渭汾滦辽海护内界])河[南北]")

Names = Mapping[str, tuple[str, ...]]


class _Mention(NamedTuple):
    """A name of divisions in a text.

    Attributes:
        places: The divisions that have it.
        surely: Whether it stands near the beginning and says of what level it is.
    """

    places: frozenset[Place]
    surely: bool


class Region(NamedTuple):
    """Where a text is about.

    Attributes:
        province: Province of today, in full.
        city: City, league or prefecture of today, if known.
        told_by: What told the province.
    """

    province: str
    city: str | None
    told_by: RegionFrom


def find_region(
    title: str, publisher: str, path: Sequence[str], site: str, text: str
) -> Region | None:
    """Find where a text is about, the surest evidence first.

    The title, an office that published it, the breadcrumb, the site; then the opening
    of the text, where one province must outweigh all others.

    Args:
        title: Title of the text.
        publisher: Its source, or nothing.
        path: Its breadcrumb.
        site: Name of its site.
        text: The cleaned text.
    """
    office = publisher if _OFFICE.search(fold(publisher)) else ""
    opening = fold(text[:_OPENING])
    if _MAY_BE_SENT.search(opening):
        opening = _SENT_FROM.sub(" ", opening)
    opening = _QUOTED.sub(" ", opening)
    said = {
        RegionFrom.TITLE: list(_mentions(title)),
        RegionFrom.PUBLISHER: list(_mentions(office)),
        RegionFrom.PATH: [found for part in path for found in _mentions(part)],
        RegionFrom.SITE: list(_mentions(site)),
        RegionFrom.BODY: list(_mentions(opening)),
    }
    for told_by, mentions in said.items():
        named = [(_only(one.places, "province"), one) for one in mentions]
        province = _agreed(named, counted=told_by is RegionFrom.BODY)
        if province:
            return Region(province, _city(province, said), told_by)
    return None


def _city(province: str, said: Mapping[RegionFrom, Sequence[_Mention]]) -> str | None:
    """Name the city of a province that the surest evidence names alone."""
    for told_by, mentions in said.items():
        named = [
            (_only({place for place in one.places if place.province == province}), one)
            for one in mentions
        ]
        if any(city for city, _ in named):
            return _agreed(named, counted=told_by is RegionFrom.BODY)
    return None


def _only(places: Iterable[Place], level: str = "city") -> str:
    """Name the province or city that places have in common; empty for none."""
    names = {place.city if level == "city" else place.province for place in places}
    return names.pop() if len(names) == 1 else ""


def _agreed(named: Iterable[tuple[str, _Mention]], *, counted: bool) -> str | None:
    """Give the name that mentions agree on.

    Args:
        named: Names, empty for none, and the mentions that they are from.
        counted: Whether one may be named beside others if it is named more than twice
            as often; then it must be named twice, or surely.
    """
    known = [(name, one) for name, one in named if name]
    times = Counter(name for name, _ in known).most_common(2)
    if not times:
        return None
    name, first = times[0]
    second = times[1][1] if len(times) > 1 else 0
    if not counted:
        return None if second else name
    often = first > 1 or any(one.surely for other, one in known if other == name)
    return name if often and first > 2 * second else None


def _mentions(text: str) -> Iterator[_Mention]:
    """List the divisions that a text names, of overlapping names the first, longest."""
    folded = fold(text)
    names, places = _names(), _places()
    # The pairs are looked up first, as few begin a name: 0.05 ms for 600 characters.
    begins = [at for at in range(len(folded) - 1) if folded[at : at + 2] in names]
    end = 0
    for at in begins:
        if at < end:
            continue
        for name in names[folded[at : at + 2]]:
            if folded.startswith(name, at) and _stands(name, folded, at):
                end = at + len(name)
                surely = at < _NEAR and stem(name) != name
                yield _Mention(places[name], surely)
                break


def _stands(name: str, folded: str, at: int) -> bool:
    """Tell whether a name is that of a division where it stands."""
    end = at + len(name)
    if _NO_PLACE.match(folded, end) or _RIVER.match(folded, at):
        return False
    return not (name.endswith("区") and _NO_DISTRICT.match(folded, end))


@cache
def _places() -> dict[str, frozenset[Place]]:
    """Give all names, each with the places that have it."""
    found: dict[str, set[Place]] = {}
    words = {*_WORDS.split(), *(stem(one.place.province) for one in divisions())}
    for division in divisions():
        place = division.place
        for name in _forms_of_province(place.province):
            found.setdefault(name, set()).add(Place(place.province, ""))
        city = stem(place.city)
        if place.city and city not in words:
            found.setdefault(city, set()).add(place)
        for name in (place.city, *division.counties, *division.former):
            for form in _forms(name):
                found.setdefault(form, set()).add(place)
    return {fold(name): frozenset(places) for name, places in found.items()}


def _forms_of_province(name: str) -> tuple[str, str]:
    """Give the full and the short name of a province."""
    return name, stem(name)


def _forms(name: str) -> Iterator[str]:
    """Give a division's name, and 海南州 for 海南藏族自治州."""
    if len(name) >= _SHORTEST_COUNTY and name not in _PARTS.split():
        yield name
        if "自治" in name and stem(name) != name:
            yield stem(name) + name[-1]


@cache
def _names() -> Names:
    """Give all names by their first two characters, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(_places(), key=len, reverse=True):
        found.setdefault(name[:2], []).append(name)
    return {start: tuple(names) for start, names in found.items()}
