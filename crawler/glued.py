"""Title, headings and text in one line, as document previews give them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.worksheet import Line, has_marks

_GLUED_NOUN = re.compile(
    "(?:总结|總結|综述|綜述|报告|報告|汇报|匯報|彙報|提纲|提綱|计划|計劃|要点|要點|方案|材料|"
    "讲话|講話|发言|發言|简报|簡報|纪要|紀要|小结|小結|经验|經驗|做法|情况|情況|侧记|側記|纪实|紀實|意见|意見)+"
)
_TEXT_START = re.compile(
    r"\s*(?:\d{4}年|今年|近年|一年来|一年來|本年|年初|年内|为|為|在|按照|根据|根據|自|各位|尊敬|"
    r"现将|現將|以|围绕|圍繞|我[县市区局乡镇部委单校院國国縣區鄉鎮單]|[一二三四五六七八九十]、|（一）|\(一\)|"
    r"党的|黨的|全[县市区镇乡省州旗縣區鎮鄉]|[县市区省州旗縣區]委|[县市区省州旗縣區]政府)"
)
# Only behind the end of a sentence is a number surely the start of a section;
# brackets such as 【…】 are behind a caption's (name) too.
_SECTION = re.compile(
    r"(?<=[。！？!?])\s*"
    r"(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?<=[。！？!?）)”])\s*(?=【[^【】]{1,30}】)"
)
_MAX_TITLE = 70
_MIN_TITLE = 8


def split_glued(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """Split the first line of running text into title and sections.

    Returns:
        The lines, the title taken out of the text; and the title, empty when its
        end cannot be told.
    """
    place = next((i for i, line in enumerate(lines) if line.is_running_text), None)
    if place is None:
        return list(lines), ""
    whole = lines[place]
    length = _title_length(whole.text)
    title, text = whole.text[:length].strip(), whole.text[length:].strip()
    pieces = [replace(whole, text=part) for part in _SECTION.split(text) if part]
    if title:
        pieces.insert(0, replace(whole, text=title, rule="title"))
    return [*lines[:place], *pieces, *lines[place + 1 :]], title


def _title_length(text: str) -> int:
    """Count the characters of a title glued to the text behind it; 0 for none.

    The title ends with a word such as 总结 or 综述 before the first punctuation;
    of several, at the one before words that open a text, else at the last.
    """
    stop = re.search(r"[，,。；;！!？?：:]", text)
    clause = text[: min(stop.start() if stop else len(text), _MAX_TITLE)]
    ends = [match.end() for match in _GLUED_NOUN.finditer(clause)]
    ends = [end for end in ends if end >= _MIN_TITLE and has_marks(text[end:])]
    opening = [end for end in ends if _TEXT_START.match(text[end:])]
    return (opening or ends[-1:] or [0])[0]
