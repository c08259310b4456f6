"""The title of the text: found among the page's lines, never the site's name."""

import re
from collections import Counter
from collections.abc import Sequence

from crawler.blocks import Page
from crawler.headings import find_heading
from crawler.labels import read_label_line
from crawler.worksheet import Line, key
from index.document import BlockKind

_NOUNS = (
    "总结|總結|综述|綜述|报告|報告|汇报|匯報|彙報|提纲|提綱|计划|計劃|要点|要點|意见|意見|方案|"
    "材料|讲话|講話|发言|發言|简报|簡報|通报|通報|通知|情况|情況|概况|概況|纪要|紀要|工作|小结|"
    "小結|述职|述職|规划|規劃|办法|辦法|公告|公报|公報|经验|經驗|做法|侧记|側記|纪实|紀實"
)
_NOUN = re.compile(_NOUNS)
_TITLE_TAG_CUT = re.compile(r"\s*[_|｜–—-]+\s*|\s+[-–—]\s+")
_VOLUME = re.compile(r"^\d{4}\s*年?[卷刊版]?$")
_MAX = 70
_MIN = 4
_HEAD_LINES = 40


def find_title(page: Page, lines: Sequence[Line]) -> str:
    """Find the title: what a profile picked, the ``<title>``, else the best line."""
    picked = page.fields.get("title", "").strip()
    if picked:
        return picked
    tagged = [page.meta.get(name, "") for name in ("articletitle", "ld:headline")]
    candidates = _candidates(lines)
    best = _in_title_tag(page, [line for _, line in candidates])
    if best:
        return best
    if any(tagged):
        return next(filter(None, tagged))
    if candidates:
        return _best_line(candidates, lines)
    return _cut_title_tag(page.title)


def _in_title_tag(page: Page, lines: Sequence[Line]) -> str:
    """Find the longest line of the page that its ``<title>`` contains.

    Source: extraction.md section 2.4, the best of the rules measured there.
    """
    whole = key(page.title) + "\n" + key(page.meta.get("og:title", ""))
    inside = [line.text for line in lines if key(line.text) and key(line.text) in whole]
    return max(inside, key=len, default="")


def _cut_title_tag(title: str) -> str:
    """Take the first piece of a ``<title>``; the site's name comes last."""
    return _TITLE_TAG_CUT.split(title.strip())[0]


def _candidates(lines: Sequence[Line]) -> list[tuple[int, Line]]:
    """List the short lines before the text that may be its title, with their place."""
    found: list[tuple[int, Line]] = []
    for i, line in enumerate(lines):
        if line.is_running_text and found:
            break
        usable = line.kept or line.rule.startswith(("outside", "title"))
        if usable and _may_be_title(line.text) and len(found) < _HEAD_LINES:
            found.append((i, line))
    return found


def _may_be_title(text: str) -> bool:
    """Tell whether a line is short, no label, no heading and no sentence."""
    return (
        _MIN <= len(text) <= _MAX
        and not text.endswith(("。", "；", ";", "，", ",", "：", ":"))
        and not _VOLUME.match(text)
        and not read_label_line(text)
        and find_heading(text) is None
    )


def _best_line(candidates: Sequence[tuple[int, Line]], lines: Sequence[Line]) -> str:
    """Choose by place (before the date line), repetition, markup and words."""
    times = Counter(key(line.text) for line in lines if line.text)
    scores = [
        (
            4 * _stands_before_labels(i, lines)
            + 2 * (line.kind is BlockKind.HEADING)
            + 2 * bool(_NOUN.search(line.text))
            + min(times[key(line.text)] - 1, 2)
            + 2 * line.kept
            - 2 * (len(line.text) < 2 * _MIN),
            i,
            line.text,
        )
        for i, line in candidates
    ]
    return max(scores, key=lambda score: score[:2])[2]


def _stands_before_labels(i: int, lines: Sequence[Line]) -> bool:
    """Tell whether the next line that is not empty was read as labels."""
    behind = next((line for line in lines[i + 1 :] if line.text), None)
    return behind is not None and behind.rule.startswith("metadata: published")


def remove_title(lines: Sequence[Line], title: str) -> list[Line]:
    """Take out every line that only repeats the title, and what stands above it.

    Above the title a page has its site's and its column's name, never the text.
    """
    wanted = key(title)
    places = [
        i
        for i, line in enumerate(lines)
        if wanted and line.text and key(line.text) == wanted
    ]
    running = next((i for i, line in enumerate(lines) if line.is_running_text), 0)
    top = places[0] if places and places[0] < running else 0
    return [
        line.removed("title" if i in places else "above-title")
        if line.kept and (i in places or i < top)
        else line
        for i, line in enumerate(lines)
    ]
