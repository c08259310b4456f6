"""What stands beside the text in a page saved as text: judged without markup.

Menus and lists of headlines have lost their links; what tells them from a text is
that they stand in runs without a sentence. So lines are weighed as those of a page
are (``crawler/evidence.py``), with three differences: only what ends like a sentence
or is long counts as running text, lines without a sentence weigh the more the more of
them stand together, and numbered lines, dates and rows weigh nothing.

A text that shows no trace of a page around it is left as it is.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from crawler.evidence import Evidence, gather
from crawler.headings import find_heading
from crawler.lines import Line
from crawler.weights import (
    BARRIER_WEIGHT,
    LINK_SHARE,
    NOISE_WEIGHT,
    noise_words,
)
from index.document import BlockKind

_FINAL = (
    "。",
    "；",
    "：",
    "！",
    "？",
    "”",
    "」",
    "』",
    "）",
    ")",
    ":",
    ";",
    "…",
    ".",
    "!",
    "?",
)
_SURE = ("。", "；", "。”", "。」", "。』", "。）", "。)")
_INSIDE = re.compile("[，。；,;]")
_MIN_INSIDE = 2
# Heads of what follows a text: 更多生活新聞, 最新：, 关键词：; and rows of menus.
_OTHERS = re.compile(
    "(?:更多|其[他它]|相[关關]|延伸|推[荐薦]|最新|[热熱][门門點点]|[头頭][条條]最新|本版|精彩)"
    ".{0,8}(?:新[闻聞]|[阅閱][读讀]|文章|[链連][接結]|消息|[报報][导導道]|推[荐薦]|[图圖]片|[视視][频頻]|[浏瀏][览覽])"
    "|(?:.{0,4}最新|[关關][键鍵][词詞字]|[标標][签籤])[:：].*"
)
_BAR = re.compile("[|｜]")
_MIN_CELLS = 4
_MAX_CELL = 14
_MENU_WORD = 6
_MARKUP = re.compile(r"</?(?:script|iframe|div|a|img|span|style)\b", re.IGNORECASE)
_FADE = 0.3
_MIN_TEXT = 60
_LONG = 50
_MIN_SHARE = 0.15
_RUN_WEIGHT = -4.0
_MOST_RUN = 8
_HEAD_LINES = 8
_TAIL_LINES = 12
_CREDIT_LINES = 3


def judge_text(lines: Sequence[Line]) -> list[str]:
    """Return for each line why it is not of the text, ``""`` where it is."""
    page = gather(lines, (), "")
    traces = [_is_trace(page, number) for number in range(len(lines))]
    if not any(traces):
        return [""] * len(lines)
    weights = _weigh(page, traces)
    start, end = _widened(page, traces, *_best_run(weights))
    kept = {
        number
        for number in range(start, end)
        if not (traces[number] and page.lengths[number] <= _LONG)
    }
    kept |= _head(page, traces, start) | _tail(page, traces, end)
    return [
        "" if number in kept or not lines[number].text else _reason(page, number)
        for number in range(len(lines))
    ]


def _is_trace(page: Evidence, number: int) -> bool:
    """Tell a line that only a page has: a link, a button, a notice about rights."""
    if not page.lengths[number] or page.is_credit(number):
        return False
    return (
        page.shares[number] > LINK_SHARE
        or page.weights[number] in {NOISE_WEIGHT, BARRIER_WEIGHT}
        or _announces(page, number)
        or _is_menu(page.lines[number])
        or _MARKUP.match(page.lines[number].text) is not None
    )


def _is_menu(line: Line) -> bool:
    """Tell a row of short words between bars."""
    words = _BAR.split(line.text)
    return (
        len(words) >= _MIN_CELLS
        and line.kind is not BlockKind.ROW
        and max(map(len, words)) <= _MAX_CELL
    )


def _announces(page: Evidence, number: int) -> bool:
    """Tell a line that says that other pages follow."""
    short = page.lengths[number] <= _LONG
    return short and _OTHERS.fullmatch(page.lines[number].text) is not None


def _weigh(page: Evidence, traces: Sequence[bool]) -> list[float]:
    """Weigh the lines: sentences as they are, others by how many stand together."""
    weights = list(page.weights)
    shown = [i for i in range(len(weights)) if page.lengths[i]]
    plain = [i for i in shown if not page.is_credit(i)]
    for wordless, group in groupby(plain, key=lambda i: _is_wordless(page, i)):
        run = list(group)
        for number in run if wordless else ():
            weights[number] = min(
                weights[number], _RUN_WEIGHT * min(len(run), _MOST_RUN)
            )
    factor, seen = 1.0, 0.0
    for number in shown:
        if seen >= _MIN_TEXT and _announces(page, number):
            factor *= _FADE
        if weights[number] > 0:
            weights[number] *= 0.0 if traces[number] else factor
            seen += weights[number]
    return weights


def _is_wordless(page: Evidence, number: int) -> bool:
    """Tell a line that neither ends like a sentence nor is long, nor numbered."""
    text = page.lines[number].text
    return (
        page.lengths[number] < _LONG
        and not text.endswith(_SURE)
        and len(_INSIDE.findall(text)) < _MIN_INSIDE
        and find_heading(text) is None
        and not page.is_credit(number)
        and page.lines[number].kind is not BlockKind.ROW
    )


def _best_run(weights: Sequence[float]) -> tuple[int, int]:
    """Return the run with the maximum sum (Kadane's algorithm)."""
    best, best_run = float("-inf"), (0, len(weights))
    current, start = 0.0, 0
    for number, weight in enumerate(weights):
        if current <= 0:
            current, start = 0.0, number
        current += weight
        if current > best:
            best, best_run = current, (start, number + 1)
    return best_run


def _widened(
    page: Evidence, traces: Sequence[bool], start: int, end: int
) -> tuple[int, int]:
    """Widen the run to what stands between two traces, if it is little of that.

    Such a text is a list, a programme or a table, not sentences.
    """
    above = next((i for i in range(start - 1, -1, -1) if traces[i]), -1) + 1
    below = next((i for i in range(end, len(traces)) if traces[i]), len(traces))
    if sum(page.lengths[start:end]) < _MIN_SHARE * sum(page.lengths[above:below]):
        return above, below
    return start, end


def _head(page: Evidence, traces: Sequence[bool], start: int) -> set[int]:
    """Return the lines above the run that belong to it: title, date, a heading."""
    head: set[int] = set()
    for number in range(start - 1, max(start - _HEAD_LINES, 0) - 1, -1):
        in_menu = 0 < page.lengths[number] <= _MENU_WORD >= page.lengths[number - 1]
        if traces[number] or page.lines[number].kind is BlockKind.ITEM or in_menu:
            break
        head.add(number)
    return head


def _tail(page: Evidence, traces: Sequence[bool], end: int) -> set[int]:
    """Return the lines below the run that belong to it: signature, date, annexes."""
    stop = next((i for i in range(end, len(traces)) if traces[i]), len(traces))
    tail = [i for i in range(end, stop) if page.lengths[i]]
    if len(tail) > _TAIL_LINES:
        tail = [i for i in tail[:_CREDIT_LINES] if page.is_credit(i)]
    return set(tail)


def _reason(page: Evidence, number: int) -> str:
    """Say why a line is not of the text."""
    features = [f"links {page.shares[number]:.2f}"] if page.shares[number] else []
    if words := noise_words(page.lines[number].text):
        features.append(words)
    return "outside-main: " + ", ".join(features or ["lines without a sentence"])
