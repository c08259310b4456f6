"""What a title says beside its year: whose text it is, of what, for which months.

``云溪市委统战部2019年工作总结`` and ``雲溪市委統戰部二〇二〇年度工作總結`` are the
same but for the year. Everything is read from folded text; what is shown of a
title is cut out of the original at the same places.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from index.fold import fold
from search.units import Unit, office_named, plain_name, read_unit

_REMEMBERED: Final = 1 << 14


class Genre(StrEnum):
    """What a text of a year does; those of two genres are two series."""

    SUMMARY = "summary"
    REPORT = "report"
    BRIEFING = "briefing"
    PLAN = "plan"
    YEARBOOK = "yearbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleParts:
    """A title taken apart.

    Attributes:
        unit: Whose text it is, as far as the title says.
        topic: What of the unit's work it is about; empty for all of it.
        genre: What it does; ``None`` where no word tells.
        period: Which part of the year it is about, such as ``上半年``; empty for all.
        part: Which part of a text that was put up in parts; empty for the whole.
        shown: The title without the year, in its own script.
        serial: Whether it is a number of something that comes several times a year.
    """

    unit: Unit
    topic: str
    genre: Genre | None
    period: str
    part: str
    shown: str
    serial: bool = False


_SPACE_OR_MARK = re.compile(r"[\s《》“”\"'‘’「」『』【】\[\]·,，、:：|;；!！?？.。~]+")
_LABEL = re.compile(r"\s*[【\[]([^【】\[\]]{1,12})[】\]](?=.)")
_SLOGAN_END = re.compile(r"(?:(?<!\d)[-—–]|[-—–](?!\d)|[:：!！\s])+")
_BESIDE_FIGURES = re.compile(r"(?<=\d)\s+|\s+(?=\d)")
_DIGITS = "〇○零一二三四五六七八九"
_YEAR = re.compile(
    r"(?:(?:19|20)\d\d|(?<!\d)\d\d)\s*(?:[-—–至~/]\s*(?:(?:19|20)?\d\d))?\s*(?=学年)"
    r"|(?:19|20)\d\d\s*年?\s*[-—–至~、和]\s*(?:19|20)\d\d\s*年度?"
    r"|(?:19|20)\d\d\s*(?:年度|年终|年|(?!\d))"
    rf"|[一二][{_DIGITS}]{{3}}\s*(?:年度|年终|年)"
    r"|(?:民国|中华民国)?\s*(?<![\d第])(?:9\d|1[0-4]\d)\s*(?:年度|年终|年|(?=学年))"
    r"|民国\s*\d{1,3}\s*(?:年度|年)"
    r"|(?:本|全|去|上|今)年度?|年终|岁末|(?<!学)年度"
)
_PART = re.compile(
    r"[(（]\s*([一二三四五六七八九十上中下]|\d{1,2})\s*[)）]\s*$"
    r"|(?:之|第)([一二三四五六七八九十])(?:部分)?$|[-—–(（]?([上中下])[篇集][)）]?$"
)
_NOTE = re.compile(r"[(（][^()（）]{0,20}[)）]|\.(?:docx?|wps|pdf|txt)$")
_PERIOD = re.compile(
    r"[上下]半年|半年度?|(?:第|前)?[一二三四1-4]个?季度|季度"
    r"|\d{1,2}\s*[-—–至~]\s*\d{1,2}\s*月份?|前\d{1,2}个月|\d{1,2}月份?"
    r"|学年度?\s*(?:第?[一二上下]学期)?|[春秋]季学期"
)
# What is written in several ways: 半年, 1-6月; 第一季度, 1季度.
_FIRST_HALF = re.compile(r"半年度?|0?1[-—–至~]0?6月份?|前6个月")
_QUARTER = re.compile(r"第?([一二三四1-4])个?季度")
_HAN = str.maketrans("1234", "一二三四")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—–至~]\s*((?:19|20)\d\d)(?!\s*学年)")
_SERIAL = re.compile(
    r"第\s*[\d一二三四五六七八九十百]+\s*(?:期|号|周|次)|周报|日报|月报|旬报"
)
# What stands for other words between a unit and the noun.
_OF_WORK = (
    r"(?:工作|年终|年度|完成|开展|落实|执行|进展|贯彻|主要|全面|有关|目标|任务|"
    r"情况|情形|的|暨|表彰)*"
)
_PLANS = r"(?:重点|计划|打算|思路|安排|要点|规划|展望|设想|谋划)"
_PLAN_TAIL = re.compile(
    rf"(?:及其?|和|暨|与|并|以及|、)(?:今后|明|来|下|次|新|一|步|阶段|半|年|度|的|工作|主要|"
    rf"目标|任务)*{_PLANS}+$"
)
_NOUNS: Final = (
    (Genre.PLAN, re.compile(rf"{_OF_WORK}{_PLANS}+$")),
    (
        Genre.SUMMARY,
        re.compile(
            rf"{_OF_WORK}(?:(?:总结|小结|综述|回顾|回眸|施政绩效)(?:报告|材料)?|(?:施政|业务)?成果)$"
            r"|工作(?:开展)?情况$"
        ),
    ),
    (Genre.BRIEFING, re.compile(rf"{_OF_WORK}汇报(?:提纲|材料)?$")),
    (
        Genre.REPORT,
        re.compile(rf"{_OF_WORK}(?:述职(?:述廉)?)?(?:报告|年报|公报|白皮)书?$"),
    ),
)
_BACK = re.compile(r"总结|小结|综述|回顾|回眸|成果|报告|汇报|述职")
# Openers of chapters, which say nothing of what the chapter is about.
_ABOUT_WORK = re.compile(r"(?:工作|概况|概述|综述|情况)+$")


@lru_cache(maxsize=_REMEMBERED)
def read_title(title: str) -> TitleParts:
    """Take the title of a summary, a report or the like apart."""
    shown, text = _own_part(title)
    serial = bool(_SERIAL.search(text))
    part = _PART.search(text)
    period = _period(text)
    shown, text = _bare(shown, text, (_PART, _NOTE, _YEAR, _PERIOD, _SPACE_OR_MARK))
    stem = text.removeprefix("关于")
    if _BACK.search(stem):
        stem = _PLAN_TAIL.sub("", stem)
    genre, stem = _genre(stem)
    unit, topic = read_unit(plain_name(stem))
    return TitleParts(
        unit=unit,
        topic=_ABOUT_WORK.sub("", topic.removeprefix("关于")),
        genre=genre,
        period=period,
        part=next((one for one in part.groups() if one), "") if part else "",
        shown=shown,
        serial=serial,
    )


@lru_cache(maxsize=_REMEMBERED)
def read_chapter(title: str) -> TitleParts:
    """Take the title of a chapter of a yearbook apart."""
    text, shown = fold(title), title
    part = _PART.search(text)
    shown, text = _bare(shown, text, (_PART, _NOTE, _YEAR, _SPACE_OR_MARK))
    name = plain_name(text)
    unit, topic = read_unit(name)
    return TitleParts(
        unit=unit,
        topic=_ABOUT_WORK.sub("", topic),
        genre=Genre.YEARBOOK,
        period="",
        part=next((one for one in part.groups() if one), "") if part else "",
        shown=shown,
    )


def without_years(text: str) -> str:
    """Take years and volumes out of a step of a breadcrumb, and fold it."""
    bare = re.sub(r"(?:19|20)\d\d\s*年?(?:度|卷|版|刊)?|\d+", "", fold(text))
    return _SPACE_OR_MARK.sub("", bare)


def _own_part(title: str) -> tuple[str, str]:
    """Leave slogans out: ``同心逐梦谱新篇——云溪市2021年统战工作综述``."""
    shown, folded = _cut(title.rstrip(), fold(title.rstrip()), _BESIDE_FIGURES)
    label = _LABEL.match(folded)
    start = label.end() if label and not office_named(label[1]) else 0
    for found in _SLOGAN_END.finditer(folded):
        rest = folded[found.end() :]
        whose = office_named(folded[start : found.start()])
        if not whose and _tells(rest):
            start = found.end()
    return shown[start:], folded[start:]


def _period(text: str) -> str:
    """Read which part of a year a title is about, or how many years together."""
    if (years := _YEARS.search(text)) and int(years[2]) - int(years[1]) > 1:
        return f"{int(years[2]) - int(years[1]) + 1}年"
    found = _PERIOD.search(_YEAR.sub("", text) if "学年" not in text else text)
    period = "".join(found.group().split()) if found else ""
    if _FIRST_HALF.fullmatch(period):
        return "上半年"
    if quarter := _QUARTER.fullmatch(period):
        return quarter[1].translate(_HAN) + "季度"
    return period


def _tells(text: str) -> bool:
    """Tell whether a part of a title says more than that it is a summary of a year."""
    genre, stem = _genre(_SPACE_OR_MARK.sub("", _YEAR.sub("", text)))
    return genre is not None and len(stem.removeprefix("关于")) > 1


def _genre(stem: str) -> tuple[Genre | None, str]:
    """Read the noun that a title ends with; give what stands before it, too."""
    for genre, pattern in _NOUNS:
        if found := pattern.search(stem):
            return genre, stem[: found.start()]
    return None, stem


def _bare(
    shown: str, folded: str, patterns: Iterable[re.Pattern[str]]
) -> tuple[str, str]:
    """Take out what patterns find, one after the other."""
    for pattern in patterns:
        shown, folded = _cut(shown, folded, pattern)
    return shown, folded


def _cut(shown: str, folded: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """Take out what a pattern finds, from folded and original at the same places."""
    if not pattern.search(folded):
        return shown, folded
    kept, last = list[tuple[int, int]](), 0
    for found in pattern.finditer(folded):
        kept.append((last, found.start()))
        last = found.end()
    kept.append((last, len(folded)))
    return (
        "".join(shown[start:end] for start, end in kept),
        "".join(folded[start:end] for start, end in kept),
    )
