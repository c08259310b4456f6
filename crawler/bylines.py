"""Bylines: who wrote a text, when and for whom, said in a line without labels.

Such lines stand between title and text or behind the text: an address with a date
and a newspaper's name, 记者某某/某地报道, （某某编辑）. A line is one where nothing is
left of it once these parts are taken off.
"""

import re
from collections.abc import Sequence

from crawler.worksheet import Line, body_range

RULE = "metadata: byline"
_MAX_LINE = 100
_MAX_LEFT = 4
"""Letters and digits that may be left over: an edition, a short name."""

_LINES_AT_END = 4

_NAME = r"[\u4e00-\u9fff·]{2,4}"
_ROLE = (
    "(?:记者|記者|通讯员|通訊員|特派员|特派員|编辑|編輯|责编|責編|编译|編譯|撰文|撰稿"
    "|文字|图片|圖片|[文图圖])"
)
_TOLD = "(?:报道|報道|報導|专电|專電|摄影|攝影|[电電摄攝])"
_ADDRESS = re.compile(r"@?\s*(?:https?://|www\.)[\w./:%&=?#~+-]*", re.IGNORECASE)
_DATE = re.compile(
    r"(?:19|20)\d\d\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2},"
    r"\s*(?:19|20)\d\d",
    re.IGNORECASE,
)
_WRITER = re.compile(
    rf"{_ROLE}\s*[/／╱|︱:：\s]\s*{_NAME}(?:[、，,\s]+{_NAME}){{0,4}}"
    rf"(?:\s*[/／╱︱]?\s*{_NAME}{_TOLD})?"
    rf"|{_ROLE}\s*{_NAME}(?:[、，,\s]+{_NAME}){{0,4}}\s*[/／╱︱]\s*(?:{_NAME})?{_TOLD}"
    rf"|[（(【\[]\s*(?:{_ROLE}\s*{_NAME}|{_NAME}\s*(?:编辑|編輯|{_TOLD}))\s*[）)】\]]"
)
_MINOR = re.compile(
    r"\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?|(?:星期|周|週)[一二三四五六日]|上午|下午"
    r"|\b[ap]\.?m\b|\b(?:hkt|gmt|cst)\b|\d+\s*(?:[次条條]|小[时時]前|分[钟鐘]前)"
    r"|论坛|論壇|我要评论|评论|評論|[字号號体體]{2}|[大中小]\b|发表于|發表於|发布于|發佈於",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:[报報网網社台臺]|电视|電視|[周週]刊|杂志|雜誌|在线|微博"
    r"|频道|頻道)(?![\u4e00-\u9fff])"
)
_ENDS = ("。", "！", "？", "；")
_LETTERS = re.compile(r"\w")


def remove_bylines(lines: Sequence[Line]) -> list[Line]:
    """Take out the bylines above and below the running text, and at its two ends.

    At the ends, where pictures have their lines too, only a writer or an address with
    a date makes a byline: a date alone belongs to the signature, an address alone to
    what the text refers to.
    """
    body = body_range(lines)
    kept = [i for i, line in enumerate(lines) if line.kept]
    if not body:
        return list(lines)
    ends = {
        *kept[:_LINES_AT_END],
        *kept[-_LINES_AT_END:],
        *range(body.stop, len(lines)),
    }
    result = list(lines)
    for i in kept:
        above = i < body.start
        if (above or i in ends) and is_byline(lines[i].text, above=above):
            result[i] = lines[i].removed(RULE)
    return result


def is_signed(line: Line) -> bool:
    """Tell whether a line is of the text or a byline that was taken out of it."""
    return line.kept or (bool(line.text) and line.rule == RULE)


def is_byline(text: str, *, above: bool) -> bool:
    """Tell a line of nothing but writers, addresses, dates and newspapers.

    Args:
        text: The line.
        above: Whether it stands above the text: a date or a newspaper is enough.
    """
    if len(text) > _MAX_LINE or text.endswith(_ENDS):
        return False
    if above:
        sure = any(one.search(text) for one in (_ADDRESS, _WRITER, _DATE, _MEDIUM))
    else:
        dated_address = _ADDRESS.search(text) and _DATE.search(text)
        sure = bool(_WRITER.search(text) or dated_address)
    if not sure:
        return False
    for pattern in (_ADDRESS, _DATE, _WRITER, _MEDIUM, _MINOR):
        text = pattern.sub(" ", text)
    return len(_LETTERS.findall(text)) <= _MAX_LEFT
