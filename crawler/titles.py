"""The title of the text: found among the page's lines, never the site's name."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

from crawler.blocks import Page
from crawler.headings import find_heading
from crawler.labels import read_label_line
from crawler.names import is_plain_name
from crawler.title_tags import MIN_LETTERS, NamedInHead, cut_title_tag, says_much
from crawler.worksheet import Line, key, running_text
from index.document import BlockKind

_NOUNS = (
    "总结|總結|综述|綜述|报告|報告|汇报|匯報|彙報|提纲|提綱|计划|計劃|要点|要點|意见|意見|方案|"
    "材料|讲话|講話|发言|發言|简报|簡報|通报|通報|通知|情况|情況|概况|概況|纪要|紀要|工作|小结|"
    "小結|述职|述職|规划|規劃|办法|辦法|公告|公报|公報|经验|經驗|做法|侧记|側記|纪实|紀實"
)
_NOUN = re.compile(_NOUNS)
_BYLINE = re.compile(
    r"^\W*(?:(?:文|图|圖|图文|圖文)\s*[/／╱:：|]\s*[\u4e00-\u9fff]{2,4}"
    r"|[\u4e00-\u9fff]{0,6}(?:记者|記者)"
    r"(?:[\s/／╱:：]+[\u4e00-\u9fff]{2,4}|\s*[\u4e00-\u9fff]{2,4}\s*[/／╱].*))\s*$"
)
_VOLUME = re.compile(r"^\d{4}\s*年?[卷刊版]?$")
_SUBTITLE = re.compile(r"^\s*[—–―─-]")
_BRACKETED = re.compile(r"^[（(][^（）()]{2,30}[）)]$")
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff]{4,25}(?:部|局|委|办|辦|会|會|府|室|处|處|院|科|站)$"
)
_JOINED = re.compile(r".[—–―─]{2}")
_MARK = re.compile(r"[，,。；;：:]")
_SENTENCE_ENDS = ("。", "；", ";", "，", ",", "：", ":")
_CRIES = ("！", "？", "!", "?")
_MAX = 70
_MAX_WHOLE = 200
_MIN = 4
_MIN_SHORT = 2
_HEAD_LINES = 40


class _Candidate(NamedTuple):
    """A line that may be the title, the subtitle below it joined to it.

    Attributes:
        text: The line.
        line: As it stands on the page.
        labelled: Whether date or source stand below it.
        matched: Letters of it that the page's own name for itself contains.
    """

    text: str
    line: Line
    labelled: bool
    matched: int


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
    named = NamedInHead.of(page)
    candidates = [
        candidate
        for candidate in _candidates(lines, named)
        if not site or key(candidate.text) != key(site)
    ]
    best = _in_title_tag(candidates)
    if best:
        return best
    told = (page.meta.get(name, "") for name in ("articletitle", "ld:headline"))
    tagged = next(filter(None, told), "")
    if tagged:
        return tagged
    if candidates and (_is_sure(candidates) or not says_much(page.title)):
        return _best_line(candidates, lines)
    return cut_title_tag(page.title)


def _in_title_tag(candidates: Sequence[_Candidate]) -> str:
    """Find the longest line of the page that its ``<title>`` contains.

    Source: extraction.md section 2.4, the best of the rules measured there. A
    line above date and source goes before longer ones: they may name the site. And
    where the ``<title>`` contains but a short line, such as the name of a column, a
    longer one above date and source is the title.
    """
    inside = [candidate for candidate in candidates if candidate.matched]
    if not inside:
        return ""
    best = max(inside, key=_nearness)
    if not best.labelled and best.matched < MIN_LETTERS:
        for other in candidates:
            if other.labelled and len(key(other.text)) > best.matched:
                return other.text
    return best.text


def _nearness(candidate: _Candidate) -> tuple[bool, int, int]:
    """Weigh a line by its place, and by what is in the page's name and beside it."""
    return candidate.labelled, candidate.matched, -len(candidate.text)


def _is_sure(candidates: Sequence[_Candidate]) -> bool:
    """Tell whether place or markup make one of the lines the title."""
    return any(
        candidate.labelled
        or (candidate.line.kind is BlockKind.HEADING and candidate.line.kept)
        for candidate in candidates
    )


def _candidates(lines: Sequence[Line], named: NamedInHead) -> list[_Candidate]:
    """List the short lines before the text that may be its title.

    Behind the first line of running text a line may be the title only where
    nothing came before it, and when markup or date and source below it say so.
    """
    found: list[_Candidate] = []
    text_above = False
    running = set(running_text(lines))
    for i, line in enumerate(lines):
        labelled = False
        if line.text and _is_usable(line):
            text, labelled = _with_subtitle(lines, i, named)
            matched = named.matched(text) if len(text) <= _MAX else 0
            sure = bool(matched) or _is_heading(line)
            surely = labelled or _is_heading(line)
            placed = surely or not (text_above or i in running)
            short = labelled or (_is_heading(line) and key(text) in named.pieces)
            if placed and _may_be_title(text, short=short, sure=sure):
                found.append(_Candidate(text, line, labelled, matched))
        text_above = text_above or (i in running and not labelled)
        if (found and text_above) or len(found) == _HEAD_LINES:
            break
    return found


def _is_heading(line: Line) -> bool:
    """Tell whether markup makes a line a heading."""
    return line.kind is BlockKind.HEADING


def _with_subtitle(
    lines: Sequence[Line], i: int, named: NamedInHead
) -> tuple[str, bool]:
    """Join a line to the subtitle below; tell whether date or source is below both.

    A second line without a dash belongs to the title where the page's name for
    itself contains both in one piece.
    """
    below, labelled = _below(lines, i)
    text = lines[i].text
    dash = _SUBTITLE.match(below.text) and not is_plain_name(text)
    if not dash and not _is_second_half(text, below, named):
        return text, labelled
    place = next(j for j in range(i + 1, len(lines)) if lines[j] is below)
    joined = text + below.text if dash else f"{text} {below.text}"
    return joined, _below(lines, place)[1]


def _is_second_half(text: str, below: Line, named: NamedInHead) -> bool:
    """Tell whether a line goes on with the title above it."""
    if not below.kept or max(len(text), len(below.text)) > _MAX:
        return False
    first, second = key(text), key(below.text)
    if min(len(first), len(second)) < _MIN:
        return False
    return any(first + second in piece for piece in named.pieces)


def _below(lines: Sequence[Line], i: int) -> tuple[Line, bool]:
    """Give the next line below a title, and whether it tells date or source."""
    filled = list(islice((j for j in range(i + 1, len(lines)) if lines[j].text), 2))
    if len(filled) > 1 and _is_byline(lines[filled[0]].text, lines[i].text):
        del filled[0]
    below = lines[filled[0]] if filled else Line(text="")
    told = below.rule.removeprefix("metadata: ").split(", ")
    return below, bool({"published", "publisher"} & set(told))


def _is_byline(text: str, above: str) -> bool:
    """Tell whether a line under a title names who wrote it: (某局), 某局, 王小明."""
    if is_plain_name("".join(text.split())) and len(key(above)) >= _MIN:
        return True
    return bool(_BRACKETED.match(text)) or (
        bool(_OFFICE.search(text) and _NOUN.search(above)) and not _NOUN.search(text)
    )


def _is_usable(line: Line) -> bool:
    """Tell whether a line is kept, or no link that stands beside the text."""
    return line.kept or (line.rule.startswith("outside") and "links" not in line.rule)


def _may_be_title(text: str, *, short: bool, sure: bool) -> bool:
    """Tell whether a line is short, no label, no heading and no sentence.

    Args:
        text: The line.
        short: Whether it may have two characters: date or source stand below it, or
            it is a heading and a whole piece of the page's name for itself.
        sure: Whether markup or the page's name for itself speak for it, so that it
            may be a question, a cry, or begin with a bracket.
    """
    return (
        (_MIN_SHORT if short else _MIN) <= len(text) <= _MAX
        and not text.endswith(_SENTENCE_ENDS)
        and (sure or short or not text.endswith(_CRIES))
        and not _SUBTITLE.match(text)
        and not _BRACKETED.match(text)
        and not _VOLUME.match(text)
        and not _BYLINE.search(text)
        and not read_label_line(text)
        and ((sure and text.startswith("【")) or find_heading(text) is None)
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
            - 2 * (len(candidate.text) < 2 * _MIN)
            + 2 * bool(_JOINED.search(candidate.text))
            - 2 * min(len(_MARK.findall(candidate.text)), 2),
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

    A writer's name may stand between them.

    A title of two or three characters may also be a heading or a cell of the
    text; it is the title only above date and source.
    """
    keys = {
        i: key(line.text) if len(line.text) <= _MAX_WHOLE else ""
        for i, line in enumerate(lines)
        if line.text and wanted
    }
    places = {i for i, own in keys.items() if own == wanted}
    unsigned = [i for i in keys if not is_plain_name(lines[i].text)]
    for one, other in chain(pairwise(keys), pairwise(unsigned)):
        if keys[one] and keys[other] and keys[one] + keys[other] == wanted:
            places |= {one, other}
    if len(wanted) < _MIN:
        places = {i for i in places if _below(lines, i)[1]}
    return places
