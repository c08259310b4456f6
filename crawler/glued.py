"""Title, headings and text in one line, as document previews give them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.worksheet import Line, has_marks

# Words that titles of such documents end with, and what may not stand behind one:
# 情况的报告, 总结会议, 总结及计划 go on.
_NOUN = re.compile(
    "(?:总结|總結|综述|綜述|报告|報告|汇报|匯報|彙報|提纲|提綱|计划|計劃|要点|要點|方案|"
    "材料|讲话|講話|发言|發言|简报|簡報|纪要|紀要|小结|小結|经验|經驗|做法|情况|情況|"
    "侧记|側記|纪实|紀實|意见|意見|通报|通報|通知|规划|規劃|办法|辦法|回顾|回顧|回眸|"
    "概况|概況|概述|体会|體會|案例|大事记|大事記)+"
    "(?:稿|书|書)?(?![的及和与與、以暨会會上—-])"
)
_TEXT_START = re.compile(
    r"\s*(?:\d{4}年|今年|近年|一年来|一年來|本年|年初|年内|为|為|在|按照|根据|根據|自|各位|"
    r"尊敬|现将|現將|以|围绕|圍繞|我[县市区局乡镇部委单校院國国縣區鄉鎮單]|"
    r"[一二三四五六七八九十]、|（一）|\(一\)|【|党的|黨的|全[县市区镇乡省州旗縣區鎮鄉]|"
    r"[县市区省州旗縣區]委|[县市区省州旗縣區]政府)"
)
# A clause that opens a text: what stands before it is the title.
_OPENING = re.compile(r"(?:(?:19|20)\d\d年|今年|近年|一年|年初)(?:以?[来來])?$")
# Only behind the end of a sentence is a number surely the start of a section;
# brackets such as 【…】 are behind a caption's (name) too.
_SECTION = re.compile(
    r"(?<=[。！？!?])\s*"
    r"(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?<=[。！？!?）)”])\s*(?=【[^【】]{1,30}】)"
)
_STOP = re.compile(r"[，,。；;！!？?：:]")
_MAX_TITLE = 70
_MIN_TITLE = 8


def split_glued(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """Split the first line of running text into title and sections.

    Returns:
        The lines, with the title taken out of the text and so what stands above
        it; and the title, empty when its end cannot be told.
    """
    running = [i for i, line in enumerate(lines) if line.is_running_text]
    titled = (i for i in running if _title_length(lines[i].text))
    place = next(titled, running[0] if running else None)
    if place is None:
        return list(lines), ""
    whole = lines[place]
    length = _title_length(whole.text)
    title, text = whole.text[:length].strip(), whole.text[length:].strip()
    above = list(lines[:place])
    pieces = [replace(whole, text=part) for part in _SECTION.split(text) if part]
    if title:
        pieces.insert(0, replace(whole, text=title, rule="title"))
        above = [line.removed("above-title") if line.kept else line for line in above]
    return [*above, *pieces, *lines[place + 1 :]], title


def _title_length(text: str) -> int:
    """Count the characters of a title glued to the text behind it; 0 for none.

    The title ends with a word such as 总结 or 综述 before the first punctuation;
    of several, at the first one before words that open a text, else at the first.
    A title without such a word ends where the text opens with a year.
    """
    stop = _STOP.search(text)
    clause = text[: min(stop.start() if stop else len(text), _MAX_TITLE)]
    least = max(_MIN_TITLE, clause.rfind("—") + 1)
    ends = [match.end() for match in _NOUN.finditer(clause)]
    ends = [end for end in ends if end >= least and has_marks(text[end:])]
    opening = [end for end in ends if _TEXT_START.match(text[end:])]
    if opening or ends:
        return (opening or ends)[0]
    year = _OPENING.search(clause)
    return year.start() if year and year.start() >= _MIN_TITLE else 0
