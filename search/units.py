"""Names of offices: the place they are of, and what they are there.

``中共云溪市委员会统一战线工作部``, ``云溪市委统战部`` and, on a page of that city,
``市委统战部`` name one office. Districts, towns and villages of one name are in many
cities; the names of cities and counties are not given twice.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from index.fold import fold

_REMEMBERED: Final = 1 << 14


class Unit(NamedTuple):
    """A name of an office, as far as it goes.

    Attributes:
        place: The division it is of, such as ``云溪市``; empty where the name has none.
        level: The last character of a place that is not named (``市`` of ``全市``).
        office: The office there, such as ``统战部``; empty for the place itself.
    """

    place: str = ""
    level: str = ""
    office: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the place is itself a unit: a town or village has few offices."""
        return self.place.endswith(_SMALL)

    @property
    def is_wide(self) -> bool:
        """Whether nothing else has a place of this name."""
        narrow = self.place.endswith(_NARROW) and not _WITHIN.search(self.place)
        return bool(self.place) and not narrow


# Long forms and those in their place: how offices call themselves in titles.
_SHORT: Final = {
    "中国共产党": "",
    "中共": "",
    "统一战线工作部": "统战部",
    "统一战线": "统战",
    "统战工作部": "统战部",
    "人民代表大会常务委员会": "人大常委会",
    "人大常务委员会": "人大常委会",
    "人民代表大会": "人大",
    "中国人民政治协商会议": "政协",
    "人民政治协商会议": "政协",
    "工商业联合会": "工商联",
    "归国华侨联合会": "侨联",
    "残疾人联合会": "残联",
    "妇女联合会": "妇联",
    "文学艺术界联合会": "文联",
    "社会科学界联合会": "社科联",
    "科学技术协会": "科协",
    "共产主义青年团": "共青团",
    "民族宗教事务": "民宗",
    "民族和宗教事务": "民宗",
    "发展和改革": "发改",
    "发展改革": "发改",
    "卫生和健康": "卫健",
    "卫生健康": "卫健",
    "人力资源和社会保障": "人社",
    "纪律检查委员会": "纪委",
    "精神文明建设指导委员会": "文明委",
    "委员会": "委",
    "人民政府": "政府",
    "人民法院": "法院",
    "人民检察院": "检察院",
    "办公室": "办",
}
_LONG = re.compile(
    f"(?=[{''.join({long[0] for long in _SHORT})}])"
    f"(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})"
)
_COUNCIL = re.compile(r"^政协(.{2,}?[省市县区州旗])委")
# Masks that take the name of a place: *县, ××市, 某区.
_MASK = re.compile(r"[*×xXⅹ□〇某]+(?=[省市县区州旗乡镇街村局部院校委])")
_WHOLE = re.compile(r"^(?:全(?!州县)|我|本|各|该)(?P<level>[省市县区州盟旗镇乡村])")
_SMALL = ("镇", "乡", "村", "街道", "社区")
_NARROW = ("区", *_SMALL)
_WITHIN = re.compile(r"[省市州盟县旗].")
# 县域, 市民, 乡村: the last character of a place is the first of a word.
_IN_WORDS = r"(?![场域级情志村亲土镇]|民(?![政族宗营主兵间进盟革建]))"
_NAMED = (
    r"[\u3400-\u9fff]县(?=县?委|县?政|县?人大|$)|"
    r"[\u3400-\u9fff]{2,7}?(?:自治区|自治州|自治县|自治旗|特别行政区|地区|新区|开发区|高新区|"
    r"林区|省|市|州|盟|县|区|旗|街道|镇|乡|村|社区)"
)
_PLACE = re.compile(rf"^(?:{_NAMED}){_IN_WORDS}")
_MORE_PLACE = re.compile(
    r"[\u3400-\u9fff]{2,6}?(?:自治州|自治县|自治旗|市|州|县|区|旗|街道|镇|乡|村|社区)"
    + _IN_WORDS
)
# Words that end like the name of a place and are none; 镇江市, 市北区, 全州县 are.
_NO_PLACE = re.compile(
    r"^(?:城[市镇区]|农村|乡[村镇]|社区|地区|[园景山灾校小辖库矿牧老新城郊市县特片]区|"
    r"都市|超市|[县区]市|街道|全(?!州县)[省市县区州旗镇乡村]|[我本各该][省市县区州旗镇乡村]|"
    r"[省县区州旗]|市(?![北南中]区)|镇(?![江海平远雄安宁原坪赉康巴沅])|乡(?![城宁]县)|"
    r"美丽乡|特色小|.*[局部委办厅]|.*[乡农]村$|.*(?:[小景灾辖库校片老]|[业技]园)区$|"
    r".*(?:工作|建设|管理|服务|振兴|监督|会议|年鉴))"
)
_LEVEL = re.compile(
    r"^(?P<level>[省市县区州盟旗镇乡村])(?![场容域情级村镇块长]|政(?![府协])|民(?![政族宗营主兵]))"
    r"(?=委|政府|政协|人大|纪委|法院|[\u3400-\u9fff]+[局部办联协会委院馆所站校处厅队])"
)
_ORGANISATION = re.compile(
    r"^(?!第[一二三四五六七八九十\d]|实验|中心|人民|职业|我|本|全)"
    r"[\u3400-\u9fff]{2,14}?(?:大学|学院|集团公司|集团|公司)(?!生)"
)
_OFFICE = re.compile(
    r".*(?:部(?![署门分队落位])|局(?![面限部])|厅|处(?![理置罚分级境])"
    r"|(?<![农学百])科(?![技学普研级])|室|(?<!车)站(?!位)|中心(?!工作|任务|组|城)"
    r"|所(?![有属得需])|院(?![校士长])|(?<![举承主协督])办(?![公理事学案法好实])|委(?![托员办会])"
    r"|政府(?!信息|工作)|(?<![社机议大晚])会(?![议计员见展商战风])|(?<![互对])联(?![系合谊络动防网])"
    r"|(?<![政])协(?![商调同作会办])|政协|人大|馆(?![藏员])|(?<!学)校(?![园外内长])"
    r"|队(?![伍员])|党组|党支部|工会|共青团|医院|[中小]学(?!生|教)|幼儿园)"
)
# Of these the office is the same whether the party committee is named before or not.
_HEADS = ("委", "政", "人", "纪")
_PARTY = re.compile(r"^(?:委|政府)(?=.{3,}|党校)")
_MEDIA = re.compile(r"(?:[报网社台刊]|编辑部|新闻.*|.*新闻中心|融媒体中心|通讯)$")


@lru_cache(maxsize=_REMEMBERED)
def plain_name(text: str) -> str:
    """Fold a name and write its long forms short."""
    name = "".join(fold(text).split())
    short = _LONG.sub(lambda found: _SHORT[found.group()], name)
    return _COUNCIL.sub(r"\1政协", short).replace("政府政府", "政府")


def read_unit(name: str) -> tuple[Unit, str]:
    """Read the office that a plain name begins with, and what stands behind it."""
    bare = _MASK.sub("", name)
    place, rest = _read_place(bare)
    level = ""
    if place and rest[:1] == place[-1] and rest[1:2] in _HEADS:
        rest = rest[1:]  # 云溪市市委
    if not place and (found := _WHOLE.match(rest) or _LEVEL.match(rest)):
        level, rest = found["level"], rest[found.end() :]
    found = _OFFICE.match(rest)
    office = found.group() if found else ""
    return Unit(place, level, _PARTY.sub("", office)), rest[len(office) :]


@lru_cache(maxsize=_REMEMBERED)
def office_named(text: str) -> Unit | None:
    """Read a text that is the name of an office or a place, and nothing else."""
    name = plain_name(text)
    if not name or _MEDIA.search(name):
        return None
    unit, rest = read_unit(name)
    return unit if not rest and (unit.place or unit.office) else None


@lru_cache(maxsize=_REMEMBERED)
def place_named(text: str) -> str:
    """Read the place that a text begins with, such as the name of a site."""
    return _read_place(plain_name(text))[0]


def _read_place(name: str) -> tuple[str, str]:
    """Read the place a name begins with: the smallest, with those it is in."""
    if found := _ORGANISATION.match(name):
        inner = _PLACE.match(found.group())
        if not (inner and _OFFICE.match(found.group()[inner.end() :])):
            return found.group(), name[found.end() :]
    found = _PLACE.match(name)
    if not found or _NO_PLACE.match(found.group()):
        return "", name
    begin, end = 0, found.end()
    while (more := _MORE_PLACE.match(name, end)) and not _NO_PLACE.match(more.group()):
        if not more.group().endswith(_NARROW):
            begin = end  # a county is known without its city
        end = more.end()
    return name[begin:end], name[end:]
