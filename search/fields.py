"""The fields a query can name: the one table of them."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, NamedTuple

from index.document import Kind, Script
from index.fold import fold


class FieldType(StrEnum):
    """How the value of a field is read."""

    TEXT = "text"
    YEARS = "years"
    VALUE = "value"
    CHOICE = "choice"


class Choice(NamedTuple):
    """A value that a field can have.

    Attributes:
        value: As it stands in the query tree.
        chinese: The same in Chinese.
        also: What people write for it.
    """

    value: str
    chinese: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the query language.

    Attributes:
        name: Its English name, which the query tree uses.
        chinese: Its Chinese names, simplified; traditional ones fold to them.
        type: How its value is read.
        examples: Clauses that use it, one of each form.
        choices: The values of a ``CHOICE``.
    """

    name: str
    chinese: tuple[str, ...]
    type: FieldType
    examples: tuple[str, ...]
    choices: tuple[Choice, ...] = ()

    def choose(self, text: str) -> str | None:
        """Give the value of the tree that the text names, in either language."""
        wanted = fold(text)
        for choice in self.choices:
            if wanted in map(fold, (choice.value, choice.chinese, *choice.also)):
                return choice.value
        return None

    @property
    def listed(self) -> str:
        """The values there are to choose from."""
        return ", ".join(f"{value} ({chinese})" for value, chinese, _ in self.choices)


FIELDS: Final = (
    Field(
        name="title",
        chinese=("标题", "题名", "篇名"),
        type=FieldType.TEXT,
        examples=("title:统战",),
    ),
    Field(
        name="year",
        chinese=("年份", "年", "年度", "所述年份"),
        type=FieldType.YEARS,
        examples=(
            "year:2020",
            "year:2019..2021",
            "year:2019..",
            "year:..2021",
        ),
    ),
    Field(
        name="site",
        chinese=("网站", "站点"),
        type=FieldType.VALUE,
        examples=("site:www.example.cn",),
    ),
    Field(
        name="source",
        chinese=("来源", "出处", "发布单位"),
        type=FieldType.VALUE,
        examples=("source:云溪日报",),
    ),
    Field(
        name="region",
        chinese=("地区", "地域", "区域"),
        type=FieldType.VALUE,
        examples=("region:江苏省", "region:江苏"),
    ),
    Field(
        name="kind",
        chinese=("类别", "种类", "类型", "体裁", "文种"),
        type=FieldType.CHOICE,
        examples=("kind:yearbook",),
        choices=(
            Choice(Kind.YEARBOOK.value, "年鉴"),
            Choice(Kind.SUMMARY.value, "总结", ("工作总结", "年终总结")),
            Choice(Kind.REPORT.value, "报告", ("工作报告",)),
            Choice(Kind.BRIEFING.value, "简报"),
            Choice(Kind.OTHER.value, "其他", ("其它",)),
        ),
    ),
    Field(
        name="script",
        chinese=("文字", "字体", "字形", "繁简"),
        type=FieldType.CHOICE,
        examples=("script:hant",),
        choices=(
            Choice(
                Script.HANS.value, "简体", ("简", "简体字", "zh-hans", "simplified")
            ),
            Choice(
                Script.HANT.value, "繁体", ("繁", "繁体字", "zh-hant", "traditional")
            ),
            Choice(Script.MIXED.value, "混合"),
        ),
    ),
    Field(
        name="complete",
        chinese=("完整", "完整程度"),
        type=FieldType.CHOICE,
        examples=("complete:true",),
        choices=(
            Choice("true", "是", ("yes", "1", "完整")),
            Choice("false", "否", ("no", "0", "不完整")),
        ),
    ),
)


def find_field(name: str) -> Field | None:
    """Find a field by any of its names, in any case, width or script."""
    return _by_name().get(fold(name))


def known_fields() -> tuple[str, ...]:
    """List the English names, in the order of the table."""
    return tuple(each.name for each in FIELDS)


@cache
def _by_name() -> dict[str, Field]:
    return {fold(name): each for each in FIELDS for name in (each.name, *each.chinese)}


@lru_cache(1024)
def similar_field(name: str) -> str:
    """Give the name of a field that was perhaps meant by another, or nothing.

    Names are alike by ``difflib``, from its own default on.
    """
    return next(iter(get_close_matches(fold(name), _by_name(), n=1)), "")
