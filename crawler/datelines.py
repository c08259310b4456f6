"""The date line of a page that does not label its date.

Many pages put ``2022-02-13 09:57 某网`` between title and text. Of all short lines
with a whole date the best is taken, by where it stands and what else is on it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.bylines import is_signed
from crawler.dates import FoundDate, find_date
from crawler.worksheet import Line, key

RULE = "metadata: published"
_MAX_LINE = 80
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
_WORDS = re.compile(
    r"发布|發布|發佈|发表|發表|更新|上传|上傳|录入|时间|時間|日期|来源|來源|阅读|閱讀|浏览|瀏覽|点击"
)
# Date and clock time, and what else stands on such a line beside the source.
_TIME = re.compile(
    r"\d{2,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|\d{1,2}[:：]\d{2}\S*"
)
_WORDS_BESIDE = re.compile(
    r"[\[\]【】()（）|｜]|(?:本文)?(?:来源|來源)(?:于|於)?\s*[:：]?|微博"
)
_MEDIUM = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9·-]{0,14}?(?:网|網|日报|日報|晚报|晚報|早报|早報|时报|時報|周刊|週刊|"
    r"新闻社|新聞社|通讯社|电视台|電視台|电台|商报|商報|都市报|在线|線上|新华社|中新社)"
)
_PRINTED = re.compile(
    r"^[—–\s-]*[【\[（(]?\s*(?:"
    r"(?:原?[载載][于於]?|摘自|[转轉]自|刊[于於載载]|[选選]自|[来來]源[:：]?|[据據])?\s*"
    r"《(?P<quoted>[^》]{2,20})》\s*[，,（(]?\s*(?:19|20)\d\d\s*年"
    r"|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*(?P<paper>[\u4e00-\u9fff]{1,10}[报報社刊])"
    r"\s*[】\])）])"
)
_TAIL = 3
_MAX_PRINTED = 40
_SENTENCE = re.compile(r"[。；！？]")
_LINKED = re.compile(r"links (?:0\.[4-9]|1)")
_NEAR = 6
_ENOUGH = 4


def take_dateline(
    lines: Sequence[Line], title: str
) -> tuple[list[Line], FoundDate | None]:
    """Find the date line near the title and take it out of the text.

    Points: 4 for standing within six lines behind the title, or at the beginning of the
    text where the title is not among the lines, 3 for words such as
    发布 or 来源, 2 for a clock time, less for links and for standing elsewhere; four
    are enough. Source of the idea: extraction.md section 2.4.
    """
    filled = [i for i, line in enumerate(lines) if line.text]
    wanted = key(title)
    shown = ((n, i) for n, i in enumerate(filled) if _is_shown(lines[i]))
    top = next((n for n, i in shown if key(lines[i].text) == wanted), None)
    if top is None:
        kept = (n for n, i in enumerate(filled) if lines[i].kept)
        top = next(kept, 0) - 1
    best: tuple[int, int, FoundDate] | None = None
    for n, i in enumerate(filled):
        found = _whole_date(lines[i])
        if found:
            points = _points(lines[i], n - top)
            if points >= _ENOUGH and (best is None or points > best[0]):
                best = (points, i, found)
    if best is None:
        return list(lines), None
    _, place, found = best
    result = list(lines)
    result[place] = replace(lines[place], rule=RULE)
    return result, found


def _is_shown(line: Line) -> bool:
    """Tell whether the page shows a line."""
    return not line.rule.startswith("hidden")


def _whole_date(line: Line) -> FoundDate | None:
    """Read the date of a short line that is no sentence, if it has a whole one."""
    text = line.text
    if len(text) > _MAX_LINE or not _YEAR.search(text) or _SENTENCE.search(text):
        return None
    found = find_date(text)
    return found if found and _DAY.match(found.iso) else None


def _points(line: Line, behind_title: int) -> int:
    """Weigh a line with a date."""
    near = 0 < behind_title <= _NEAR
    return (
        4 * near
        + 3 * bool(_WORDS.search(line.text))
        + 2 * bool(_CLOCK.search(line.text))
        - 2 * (behind_title < 0)
        - 4 * bool(_LINKED.search(line.rule))
        - 4 * line.rule.startswith(("noise", "hidden"))
    )


def source_behind(lines: Sequence[Line]) -> tuple[str, FoundDate | None]:
    """Read the line behind the text that says where it was printed first.

    ``【2012/01/12 某报】``, ``《某报》（2022年2月13日 2版）``, ``——《某刊》1998年3月``.

    Returns:
        The source, empty where there is no such line, and its day or month.
    """
    kept = [line.text for line in lines if is_signed(line)]
    for text in reversed(kept[-_TAIL:]):
        found = _PRINTED.match(text)
        if found and len(text) <= _MAX_PRINTED:
            name = found["quoted"] or found["paper"]
            return name.strip(), find_date(text.replace(name, " "))
    return "", None


def source_beside_date(lines: Sequence[Line]) -> str:
    """Name the source that a line of date and time gives without a label."""
    for line in lines:
        if line.rule.startswith(RULE):
            rest = _TIME.sub(" ", line.text)
            words = _WORDS_BESIDE.sub(" ", rest).split()
            named = [word for word in words if _MEDIUM.fullmatch(word)]
            if named:
                return named[0]
    return ""
