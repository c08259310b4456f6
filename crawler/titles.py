"""The title of the text: found among the page's lines, never the site's name."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from crawler.blocks import Page
from crawler.headings import find_heading
from crawler.labels import read_label_line
from crawler.worksheet import Line, key, running_text
from index.document import BlockKind

_NOUNS = (
    "总结|總結|综述|綜述|报告|報告|汇报|匯報|彙報|提纲|提綱|计划|計劃|要点|要點|意见|意見|方案|"
    "材料|讲话|講話|发言|發言|简报|簡報|通报|通報|通知|情况|情況|概况|概況|纪要|紀要|工作|小结|"
    "小結|述职|述職|规划|規劃|办法|辦法|公告|公报|公報|经验|經驗|做法|侧记|側記|纪实|紀實"
)
_NOUN = re.compile(_NOUNS)
_TITLE_TAG_CUT = re.compile(r"\s*[_|｜–—-]+\s*|\s+[-–—]\s+")
_VOLUME = re.compile(r"^\d{4}\s*年?[卷刊版]?$")
_SUBTITLE = re.compile(r"^\s*[—–―─-]")
_BRACKETED = re.compile(r"^[（(][^（）()]{2,30}[）)]$")
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff]{4,25}(?:部|局|委|办|辦|会|會|府|室|处|處|院|科|站)$"
)
_SENTENCE_ENDS = ("。", "！", "？", "；", ";", "，", ",", "：", ":")
_MAX = 70
_MAX_WHOLE = 200
_MIN = 4
_MIN_LABELLED = 2
_HEAD_LINES = 40


class _Candidate(NamedTuple):
    """A line that may be the title, the subtitle below it joined to it."""

    text: str
    line: Line
    labelled: bool


def find_title(page: Page, lines: Sequence[Line], *, site: str = "") -> str:
    """Find the title: what a profile picked, the ``<title>``, else the best line.

    Args:
        page: The page.
        lines: Its lines, labels taken out.
        site: The site's name, which is never the title.
    """
    picked = page.fields.get("title", "").strip()
    if picked:
        return picked
    tagged = [page.meta.get(name, "") for name in ("articletitle", "ld:headline")]
    candidates = [
        candidate
        for candidate in _candidates(lines)
        if not site or key(candidate.text) != key(site)
    ]
    best = _in_title_tag(page, candidates)
    if best:
        return best
    if any(tagged):
        return next(filter(None, tagged))
    if candidates:
        return _best_line(candidates, lines)
    return _cut_title_tag(page.title)


def _in_title_tag(page: Page, candidates: Sequence[_Candidate]) -> str:
    """Find the longest line of the page that its ``<title>`` contains.

    Source: extraction.md section 2.4, the best of the rules measured there. A
    line above date and source goes before longer ones: they may name the site.
    """
    whole = key(page.title) + "\n" + key(page.meta.get("og:title", ""))
    inside = [
        (candidate.labelled, len(candidate.text), candidate.text)
        for candidate in candidates
        if key(candidate.text) and key(candidate.text) in whole
    ]
    return max(inside, key=lambda found: found[:2])[2] if inside else ""


def _cut_title_tag(title: str) -> str:
    """Take the first piece of a ``<title>``; the site's name comes last."""
    return _TITLE_TAG_CUT.split(title.strip())[0]


def _candidates(lines: Sequence[Line]) -> list[_Candidate]:
    """List the short lines before the text that may be its title.

    Behind the first line of running text a line may be the title only where
    nothing came before it, and when markup or date and source below it say so.
    """
    found: list[_Candidate] = []
    text_above = False
    running = set(running_text(lines))
    for i, line in enumerate(lines):
        text, labelled = _with_subtitle(lines, i)
        if _is_usable(line) and _may_be_title(text, labelled=labelled):
            surely = labelled or line.kind is BlockKind.HEADING
            if surely or not (text_above or i in running):
                found.append(_Candidate(text, line, labelled))
        text_above = text_above or (i in running and not labelled)
        if (found and text_above) or len(found) == _HEAD_LINES:
            break
    return found


def _with_subtitle(lines: Sequence[Line], i: int) -> tuple[str, bool]:
    """Join a line to the subtitle below; tell whether date or source is below both."""
    below, labelled = _below(lines, i)
    if not _SUBTITLE.match(below.text):
        return lines[i].text, labelled
    place = next(j for j in range(i + 1, len(lines)) if lines[j] is below)
    return lines[i].text + below.text, _below(lines, place)[1]


def _below(lines: Sequence[Line], i: int) -> tuple[Line, bool]:
    """Give the next line below a title, and whether it tells date or source."""
    filled = list(islice((j for j in range(i + 1, len(lines)) if lines[j].text), 2))
    if len(filled) > 1 and _is_byline(lines[filled[0]].text, lines[i].text):
        del filled[0]
    below = lines[filled[0]] if filled else Line(text="")
    told = below.rule.removeprefix("metadata: ").split(", ")
    return below, bool({"published", "publisher"} & set(told))


def _is_byline(text: str, above: str) -> bool:
    """Tell whether a line under a title names who wrote it: (某某局), 某某局."""
    return bool(_BRACKETED.match(text)) or (
        bool(_OFFICE.search(text) and _NOUN.search(above)) and not _NOUN.search(text)
    )


def _is_usable(line: Line) -> bool:
    """Tell whether a line is kept, or no link that stands beside the text."""
    return line.kept or (line.rule.startswith("outside") and "links" not in line.rule)


def _may_be_title(text: str, *, labelled: bool) -> bool:
    """Tell whether a line is short, no label, no heading and no sentence."""
    return (
        (_MIN_LABELLED if labelled else _MIN) <= len(text) <= _MAX
        and not text.endswith(_SENTENCE_ENDS)
        and not _SUBTITLE.match(text)
        and not _BRACKETED.match(text)
        and not _VOLUME.match(text)
        and not read_label_line(text)
        and find_heading(text) is None
    )


def _best_line(candidates: Sequence[_Candidate], lines: Sequence[Line]) -> str:
    """Choose by place (before the date line), repetition, markup and words."""
    times = Counter(key(line.text) for line in lines if line.text)
    scores = [
        (
            4 * candidate.labelled
            + 2 * (candidate.line.kind is BlockKind.HEADING)
            + 2 * bool(_NOUN.search(candidate.text))
            + min(times[key(candidate.line.text)] - 1, 2)
            + 2 * candidate.line.kept
            - 2 * (len(candidate.text) < 2 * _MIN),
            i,
        )
        for i, candidate in enumerate(candidates)
    ]
    return candidates[max(scores)[1]].text


def remove_title(lines: Sequence[Line], title: str) -> list[Line]:
    """Take out every line that only repeats the title, and what stands above it.

    Above the title a page has its site's and its column's name, never the text.
    """
    places = _places(lines, key(title))
    first = min(places, default=0)
    running = next(iter(running_text(lines)), first)
    top = max((i for i in places if i <= running), default=0)
    return [
        line.removed("title" if i in places else "above-title")
        if line.kept and (i in places or i < top)
        else line
        for i, line in enumerate(lines)
    ]


def _places(lines: Sequence[Line], wanted: str) -> set[int]:
    """List the lines that are the title, or its two halves below each other.

    A title of two or three characters may also be a heading or a cell of the
    text; it is the title only above date and source.
    """
    keys = [
        (i, key(line.text) if len(line.text) <= _MAX_WHOLE else "")
        for i, line in enumerate(lines)
        if line.text and wanted
    ]
    places = {i for i, found in keys if found == wanted}
    for (one, above), (other, below) in pairwise(keys):
        if above and below and above + below == wanted:
            places |= {one, other}
    if len(wanted) < _MIN:
        places = {i for i in places if _below(lines, i)[1]}
    return places
