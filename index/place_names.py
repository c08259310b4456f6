"""Names of places without what says of what level they are: 江苏 of 江苏省."""

import re

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
_SHORTENED = ("省", "市", "自治区", "特别行政区")


def stem(name: str) -> str:
    """Take off a name what says of what level and of which peoples it is.

    内蒙古自治区 is 内蒙古, 围场满族蒙古族自治县 is 围场.
    """
    bare = _LEVEL.sub("", _ETHNIC.sub("", name))
    return bare if len(bare) > 1 else name


def short_name(name: str) -> str:
    """Give the short name of a region, or the name itself where it has none.

    江苏省 is 江苏, 新疆维吾尔自治区 is 新疆; 城关区 and 云溪县 are short by themselves:
    without its level 城关 is a part of any town.
    """
    return stem(name) if name.endswith(_SHORTENED) else name
