"""Folding: one code point to one code point, so that offsets stay true.

The index and the query side fold text the same way, and a mark found in folded
text stands at the same place in the original. What is folded, in this order:

- width and shape: full-width and half-width forms, small and vertical forms, every
  space (the line ends excepted), radicals and compatibility ideographs that stand
  for a character, brackets, dashes and dots that code pages confuse;
- case, where the lower-case letter is one code point;
- script: traditional to simplified and regional variants, by OpenCC's tables.

What stays: curly and corner quotation marks, Chinese digits, circled and Roman
numbers, superscripts, fractions; and whatever unfolds to more than one character
(``℃``, ``…``), because offsets come first.
"""

import functools
import hashlib
import unicodedata
from collections.abc import Iterable
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

# Blocks that hold letters, signs or compatibility forms; Han and Hangul syllables
# have neither case nor width, and leaving them out halves the time.
_SIGNS = (
    range(0x3400),
    range(0xA000, 0xAC00),
    range(0xF900, 0x1F000),
    range(0x2F800, 0x2FA20),
)
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x34000))
_COMMON_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))

_SHAPES = frozenset({"<wide>", "<narrow>", "<small>", "<vertical>", "<compat>"})
_NUMBERS = frozenset({"No", "Nl"})
_BLANKS = "\t\v\f"

# Marks that code pages and input methods put for one another: GB 18030 and Big5
# name different dots in 买买提·吐尔逊, dashes differ by decoder, 〔2023〕 is typed
# [2023], and the zero of 二〇二一 is often a circle. The last is the Greek sigma at the
# end of words. Pairs: found, folded.
_MARKS = "•·‧·∙·⋅·・·―—─—–-‐-‑-−-〜~〔[〕]〖[〗]【[】]○〇ςσ"

# Radicals that text copied from PDF files has in place of the character, as in
# ⺠族 or ⻓期. Source: Unicode, EquivalentUnifiedIdeograph.txt, those that are
# whole characters; the Kangxi radicals have a decomposition and need no table.
_RADICALS = (
    "⺁厂⺊卜⺎兀⺐尢⺒巳⺓幺⺜日⺠民⺧牛⺩王⺫目⺬示⺶羊⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長"
    "⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙"
)

# Characters that OpenCC leaves because simplified text has them too, in other
# words: 看著 is 看着 but 著作 stays, 凭藉 is 凭借 but 狼藉 stays, 答覆 is 答复 but
# 覆盖 stays; and simplified forms that OpenCC never gives back, as it writes 諮 and
# 餘 as 咨 and 余. Merging them loses nothing, since both sides are folded.
_AMBIGUOUS = "著着瞭了藉借覆复祇只谘咨馀余钜巨锺钟迳径镟旋渖沈稆穞腭颚鲇鲶"

# Variants that OpenCC leaves and simplified text writes otherwise. Source: the
# first list of variant forms (第一批异体字整理表, 1955), the commoner ones, and old
# forms of characters that Japanese and Korean fonts show.
_VARIANTS = (
    "砲炮姪侄彊强揹背搆构搾榨撚捻暱昵槃盘毬球濬浚燄焰煖暖牠它妳你珮佩甦苏痲麻瘉愈瞇眯祐佑"
    "糢模賸剩踡蜷踫碰迺乃銲焊鎗枪阬坑隄堤籐藤珪圭諠喧慇殷懃勤撢掸牕窗窻窗甎砖碁棋穉稚秔粳"
    "臙胭菓果蔴麻衒炫詧察輭软邨村閧哄餽馈勗勖勦剿啗啖啣衔鼇鳌霤溜跼局徧遍徃往畧略疎疏皷鼓"
    "筭算箒帚胷胸舩船荅答葠参蘂蕊衇脉裠裙覩睹謌歌賉恤躭耽軆体逈迥隣邻雰氛韮韭顋腮鵞鹅"
    "麤粗椶棕盌碗犂犁猨猿瘖喑皐皋窰窑筩筒縂总緫总癈废呉吴囯国靑青淸清擧举挙举鬭斗鬦斗闘斗"
    "鄕乡郷乡鑛矿鉱矿澁涩渋涩涖莅歛敛恠怪畊耕秊年倶俱値值兎兔氷冰呪咒塡填姫姬曁暨楡榆汚污焔焰舎舍茘荔"
    "戸户妬妒姸妍峩峨隷隶鬪斗帋纸幇帮庻庶廐厩暎映枏楠柟楠栢柏梹槟殽淆濇涩熈熙鐡铁陗峭隂阴"
    "霛灵靣面鞌鞍頋顾髙高鴈雁鼔鼓龝秋聨联脇胁胑肢脗吻臯皋袴裤諐愆辤辞逥回闗关罸罚壻婿堦阶"
    "埜野凴凭剏创劵券喒咱噉啖懽欢捄救掽碰摠总敺驱朶朵桮杯槀槁攷考僊仙孼孽宼寇屛屏彜彝甖罂"
    "稾稿緜绵纎纤糓谷芲花莾莽蕋蕊蛕蛔衖巷躳躬輙辄鬀剃揑捏"
)

_LONG = 64  # characters from which an array is faster than a dictionary
_CHAIN_LENGTH = 4  # radical, traditional, simplified, and one to spare


Codes = NDArray[np.uint32]


def fold(text: str) -> str:
    """Fold width, case and script; the length never changes."""
    if len(text) < _LONG:
        return text.translate(_full_table())
    return text_of(fold_codes(codes_of(text)))


def fold_width(text: str) -> str:
    """Fold like :func:`fold`, but keep the script: for "this script only"."""
    return text.translate(_width_table())


def has_variants(text: str) -> bool:
    """Tell whether a text can be written in more than one script, or with variants."""
    return not _variants().isdisjoint(fold(text))


@functools.cache
def _variants() -> frozenset[str]:
    """List the folded characters that differ by script before they are folded."""
    width = _width_table()
    pairs = _full_table().items()
    return frozenset(chr(to) for found, to in pairs if width.get(found, found) != to)


def codes_of(text: str) -> Codes:
    """Give the code points of a text, shape (n,); they cannot be written to."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(codes: Codes) -> str:
    """Give the text of code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def fold_codes(codes: Codes) -> Codes:
    """Fold code points like :func:`fold` folds text; for millions at once."""
    folded: Codes = fold_table()[codes]
    return folded


@functools.cache
def fold_table() -> Codes:
    """Give what every code point folds to, shape (0x110000,)."""
    table = np.arange(0x110000, dtype=np.uint32)
    for found, to in _full_table().items():
        table[found] = to
    return table


@functools.cache
def fold_version() -> str:
    """Digest of the whole table, 12 hexadecimal digits; the manifest stores it."""
    pairs = "".join(f"{a:x}>{b:x};" for a, b in sorted(_full_table().items()))
    return hashlib.sha256(pairs.encode("ascii")).hexdigest()[:12]


@functools.cache
def _full_table() -> dict[int, int]:
    return _settle(_script() | _signs())


@functools.cache
def _width_table() -> dict[int, int]:
    return _settle(_signs())


def _settle(table: dict[int, int]) -> dict[int, int]:
    """Follow chains (⾒ to 見 to 见), so that folding twice changes nothing."""
    for _ in range(_CHAIN_LENGTH):
        table = {found: table.get(to, to) for found, to in table.items()}
    return {found: to for found, to in table.items() if found != to}


def _signs() -> dict[int, int]:
    table = {}
    for code in chain(*_SIGNS):
        char = chr(code)
        shape = _shape(char)
        folded = char.lower() if shape == char else shape
        if folded != char and len(folded) == 1:
            table[code] = ord(folded)
    return table | _pairs(_MARKS) | _pairs(_RADICALS)


def _shape(char: str) -> str:
    """Undo one presentation form; the character itself where there is none."""
    category = unicodedata.category(char)
    if category == "Zs" or char in _BLANKS:
        return " "
    parts = unicodedata.decomposition(char).split()
    if parts and parts[0] in _SHAPES:
        del parts[0]
    if len(parts) != 1 or category in _NUMBERS:
        return char
    return chr(int(parts[0], 16))


def _script() -> dict[int, int]:
    """Map every traditional character and variant to the simplified one."""
    simplified = _convert("t2s", _HAN)
    table = dict(simplified)
    for config in ("tw2t", "hk2t", "jp2t", "t2jp"):
        for found, standard in _convert(config, _COMMON_HAN).items():
            to = simplified.get(standard, standard)
            # What GB 2312 has is a simplified character in its own right: 么, 沪
            # and 芸 would become 幺, 滤 and 艺 if regional tables had their way.
            if not _is_simplified(found) and _is_simplified(to):
                table.setdefault(found, to)
    return table | _pairs(_AMBIGUOUS) | _pairs(_VARIANTS)


def _convert(config: str, blocks: Iterable[range]) -> dict[int, int]:
    """Convert every code point on its own; keep what changes one to one."""
    codes = list(chain(*blocks))
    lines = OpenCC(config).convert("\n".join(map(chr, codes))).split("\n")
    return {
        code: ord(line)
        for code, line in zip(codes, lines, strict=True)
        if len(line) == 1 and code != ord(line)
    }


def _is_simplified(code: int) -> bool:
    return len(chr(code).encode("gb2312", "ignore")) > 1


def _pairs(text: str) -> dict[int, int]:
    return dict(zip(map(ord, text[::2]), map(ord, text[1::2]), strict=True))
