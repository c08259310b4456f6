"""The administrative divisions of China, those that are no more included.

``divisions.tsv`` has one line for each city, league or prefecture of today: province,
city, counties, former names; ``derive_divisions`` made it and says of what. A line
without city holds what belongs to its province alone.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "divisions.tsv"
_PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 "
    "畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 "
    "阿昌 普米 塔吉克 怒 鄂温克 德昂 保安 裕固 京 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各"
)
_PEOPLE = "|".join(_PEOPLES.split())
_ETHNIC = re.compile(rf"(?<=..)(?:(?:{_PEOPLE})族)+(?:自治)?|(?<=..)(?:{_PEOPLE})+自治")
_LEVEL = re.compile(
    r"(?<=..)(?:特别行政区|自治[区州县旗]|地区|特区|林区|[省市县区旗盟州])$"
)


class Place(NamedTuple):
    """A province of today and a city of it, empty for none."""

    province: str
    city: str


class Division(NamedTuple):
    """A city of today, or what belongs to a province alone.

    Attributes:
        place: The province and the city.
        counties: Its counties of today.
        former: Names of what is now a part of it.
    """

    place: Place
    counties: tuple[str, ...]
    former: tuple[str, ...]


def stem(name: str) -> str:
    """Take off a name what says of what level and of which peoples it is.

    内蒙古自治区 is 内蒙古, 围场满族蒙古族自治县 is 围场.
    """
    bare = _LEVEL.sub("", _ETHNIC.sub("", name))
    return bare if len(bare) > 1 else name


@cache
def divisions() -> tuple[Division, ...]:
    """Read the divisions."""
    return tuple(_read(FILE.read_text("utf-8")))


def _read(text: str) -> Iterator[Division]:
    """Read the lines of the file."""
    for line in text.splitlines():
        province, city, counties, former = (*line.split("\t"), "", "", "")[:4]
        place = Place(province, city)
        yield Division(place, tuple(counties.split()), tuple(former.split()))
