"""The signs of the query language, full-width and half-width alike.

``search.query`` writes with them, ``search.scanner`` and ``search.parser`` read them.
"""

import re
from typing import Final

from index.fold import fold
from search.fields import find_field, similar_field
from search.mistakes import Mistake

# Opening quotation marks and what closes each.
QUOTES: Final = {
    '"': '"',
    "“": "”",
    "「": "」",
    "『": "』",
    "＂": "＂",
    "〝": "〞",
    "﹁": "﹂",
    "﹃": "﹄",
}
OPENING: Final = "(（﹙"
CLOSING: Final = ")）﹚"
# The last three are what word processors and tables make of a minus.
MINUS: Final = "-－﹣–−"
COLON: Final = ":：﹕∶"
EQUALS: Final = "=＝﹦"
TILDE: Final = "~～〜"
STARS: Final = "*＊﹡"
# 或 standing alone joins as OR does; within a word, or quoted, it is a character.
OR_WORDS: Final = frozenset({"OR", "或", "或者"})

# What other engines' users type; read as words these would silently find nothing.
FOREIGN: Final = {
    "AND": Mistake.FOREIGN_AND,
    "&&": Mistake.FOREIGN_AND,
    "&": Mistake.FOREIGN_AND,
    "+": Mistake.FOREIGN_AND,
    "NOT": Mistake.FOREIGN_NOT,
    "||": Mistake.FOREIGN_OR,
    "|": Mistake.FOREIGN_OR,
    "*": Mistake.FOREIGN_ALL,
}
# What may follow a quoted string (its order kept with >); what may end a word.
NEAR: Final = re.compile(rf"[{TILDE}]([>＞]?)(\d*)")
PREFIX: Final = re.compile(rf"([^{STARS}]+)[{STARS}]")

# Marks without width and controls come along with pasted text; documents have none
# (``crawler.lines`` drops them).
WIDTHLESS: Final = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2069\ufeff"
)
BLANK: Final = rf"\s{WIDTHLESS}"

# Characters that stand together without quotation marks.
_MARKS = "".join([OPENING, CLOSING, *QUOTES, *QUOTES.values()])
BARE: Final = re.compile(f"[^{BLANK}{re.escape(_MARKS)}]+")

_WIDE_COLONS: Final = "：∶"
_FIELDS_ELSEWHERE: Final = (
    *("作者", "日期", "时间", "文号", "正文", "内容", "全文", "标签", "类型", "关键词"),
    *("关键字", "主题", "摘要", "机构", "单位", "省份", "城市", "语言"),
)

# What reads as the name of a field: 1 to 12 letters or Han characters.
NAME: Final = re.compile(rf"([^\W\d_]{{1,12}})[{COLON}]")

_DROPPED: Final = re.compile(f"[{WIDTHLESS}]+")
_LINE_END: Final = re.compile(r"[ \t\u3000]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_FULL_WIDTH: Final = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_FIRST_WIDE: Final = "\u2e80"
"""From here on (CJK radicals) characters stand side by side without blanks."""


def narrow(text: str) -> str:
    """Write full-width letters, digits and signs of ASCII as half-width ones."""
    return text.translate(_FULL_WIDTH)


def is_or(word: str) -> bool:
    """Tell whether a bare word is the operator OR."""
    return narrow(word) in OR_WORDS


def foreign(word: str) -> Mistake | None:
    """Tell what a bare word is in the languages of other engines."""
    return FOREIGN.get(narrow(word).replace("﹡", "*"))


def healed(text: str) -> str:
    """Write a quoted string as documents have it.

    Marks without width are dropped, and lines broken by whoever copied it joined: by
    a blank, and by nothing between Chinese characters.
    """
    text = _DROPPED.sub("", text)
    parts = _LINE_END.split(text)
    joined = parts[0]
    for part in parts[1:]:
        wide = joined[-1:] >= _FIRST_WIDE and part[:1] >= _FIRST_WIDE
        joined += part if wide or not joined or not part else f" {part}"
    return joined


def heads_text(name: str, colon: str) -> bool:
    """Tell whether a name and a colon are how a text begins, and name no field.

    Headlines and questions have full-width colons: 县志：凡例. A half-width one is for
    a field, and so is any behind the names of fields that others have.

    Args:
        name: What stands before the colon, no field of ours.
        colon: The colon.
    """
    return (
        colon in _WIDE_COLONS
        and fold(name) not in _FIELDS_ELSEWHERE
        and not similar_field(name)
    )


def reads_as_word(text: str) -> bool:
    """Tell whether the text, standing alone in a query, is one bare word."""
    return (
        BARE.fullmatch(text) is not None
        and text[0] not in MINUS + COLON + EQUALS
        and not is_or(text)
        and foreign(text) is None
        and NEAR.fullmatch(text) is None
        and PREFIX.fullmatch(text) is None
        and not _names_a_field(text)
    )


def written(text: str, field: str) -> str:
    """Write text bare if it can be read back so, else in quotation marks."""
    if field:
        bare = BARE.fullmatch(text) and not PREFIX.fullmatch(text)
        bare = bare and text[0] not in EQUALS
        return f"{field}:{text if bare else quoted(text)}"
    return text if reads_as_word(text) else quoted(text)


def quoted(text: str) -> str:
    """Put text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _names_a_field(text: str) -> bool:
    """Tell whether a text begins with what reads as the name of a field."""
    name = NAME.match(text)
    return name is not None and (
        find_field(name[1]) is not None or not heads_text(name[1], name[0][-1])
    )
