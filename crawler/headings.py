"""Numbered and bracketed headings: which line, or beginning of one, is a heading.

The kinds are told apart by how they are numbered, after the order that GB/T 9704
gives official texts: 一、 then （一） then 1. then （1）; yearbooks use 【…】.
"""

import re
from typing import NamedTuple

_NUMERAL = "一二三四五六七八九十百零〇壹贰貳叁參参肆伍陆陸柒捌玖拾"
# 二、三季度 and the like: two numbers of one noun, no heading.
_PAIRS = "(?:一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九)"
_STYLES = {
    "chapter": rf"第[{_NUMERAL}\d]{{1,4}}[编編部篇]",
    "section": rf"第[{_NUMERAL}\d]{{1,4}}[章]",
    "subsection": rf"第[{_NUMERAL}\d]{{1,4}}[节節]",
    "han": rf"(?!{_PAIRS}[月季产產级級线線审審期孩次])[{_NUMERAL}]{{1,3}}\s*[、.．]",
    "han-bracket": rf"[（(]\s*[{_NUMERAL}]{{1,3}}\s*[）)]\s*[、.．]?",
    "lenticular": r"【[^【】]{1,40}】",
    "digit": r"\d{1,2}\s*(?:[、．]|\.(?!\d))",
    "digit-bracket": r"[（(]\s*\d{1,2}\s*[）)]",
    "digit-half-bracket": r"\d{1,2}\s*[）)]",
    "preface": r"(?:编者按|編者按|编者的话|編者的話|前言|引言|内容提要|摘要)\s*[:：]",
}
# Short lines that are headings by what they say.
_NAMED = re.compile(
    r"\s*(?:附[注註记記录錄]|[结結][语語]|[结結]束[语語]|[后後][记記]|前言|引言|[导導][语語])\s*"
)
_HEAD = {name: re.compile(rf"\s*{pattern}") for name, pattern in _STYLES.items()}
_NUMBER = re.compile(r"\s*[（(]?\s*(\d{1,2})")
_WHOLE_MAX = 60
_WHOLE_COMMAS = 3
_RUN_IN_MAX = 50
_RUN_IN_END = re.compile(r"[。！？!?]")
_RUN_IN_COMMAS = 2
# The words of a text that ran into its heading: 一、就业优先2022年，我区……
_TEXT_INSIDE = re.compile(r"(?:(?:19|20)\d\d年|今年|年来|年來)(?:以[来來])?[，,]")
_COMMA = re.compile(r"[，,；;]")


class Heading(NamedTuple):
    """A heading found at the start of a line.

    Attributes:
        style: How it is numbered: ``han`` for 一、, ``digit`` for 1、, ...
        length: Characters of the line that are the heading.
        text: The heading as printed, without a closing colon or full stop.
    """

    style: str
    length: int
    text: str


def find_heading(line: str) -> Heading | None:
    """Find the heading a line is, or begins with; ``None`` where there is none.

    A line of up to 60 characters that does not end a sentence is a heading as a
    whole; otherwise the heading runs into the paragraph and ends at its first
    full stop, within 50 characters and with at most two commas.
    """
    if _NAMED.fullmatch(line):
        return Heading("named", len(line), line.strip())
    for style, pattern in _HEAD.items():
        match = pattern.match(line)
        if match and not _is_enumeration(style, line):
            length = _heading_length(style, line, match.end())
            if not length:
                return None
            return Heading(style, length, line[:length].strip().rstrip("。:： "))
    return None


def _is_enumeration(style: str, line: str) -> bool:
    """Tell whether a line holds several numbered points, not a numbered heading."""
    first = _NUMBER.match(line)
    if first is None or not style.startswith("digit"):
        return False
    following = _STYLES[style].replace(r"\d{1,2}", str(int(first.group(1)) + 1))
    return re.search(rf"[。；;！？]\s*{following}", line) is not None


def is_heading(line: str) -> bool:
    """Tell whether a line is a heading from end to end."""
    heading = find_heading(line)
    return heading is not None and heading.length >= len(line.rstrip("。:： "))


def _heading_length(style: str, line: str, numbered: int) -> int:
    """Count the characters of the heading; 0 where the line is only numbered."""
    if style in {"lenticular", "preface"}:
        return numbered
    if not line[numbered:].strip():
        return 0
    stop = _RUN_IN_END.search(line, numbered)
    if stop is None:
        return len(line) if _is_whole_heading(line) else 0
    heading = line[numbered : stop.start()]
    if len(heading) > _RUN_IN_MAX or len(_COMMA.findall(heading)) > _RUN_IN_COMMAS:
        return 0
    if line[stop.end() :].strip():
        return 0 if _TEXT_INSIDE.search(heading) else stop.start()
    return 0 if style.startswith("digit") else len(line)


def _is_whole_heading(line: str) -> bool:
    """Tell whether a line without a full stop is short and plain enough."""
    return (
        len(line) <= _WHOLE_MAX
        and line[-1] not in "；;，,、"
        and len(_COMMA.findall(line)) <= _WHOLE_COMMAS
    )
