"""What the page leaves out: previews, gaps inside the text, cut-off ends."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.site import Omission
from crawler.worksheet import Line, body_range
from index.document import BlockKind, Completeness

RULE = "omission"
_TAIL = "below-omission"
_JUDGED = ("outside-main", "interface", "container")
_LINES_BEHIND = 12
_MAX_MARK = 60
_ENDS = re.compile(r"(?:[。！？!?…⋯”’」』）)】》〉.\]\"']|\d{4}\s*年.{1,8}[月日])\s*$")


@dataclass(frozen=True, slots=True)
class Gap:
    """One mark of text left out, with the numbers the page gives."""

    omitted: int | None
    shown: int | None
    claimed: int | None
    evidence: str


def take_omissions(
    lines: Sequence[Line], omissions: Sequence[Omission]
) -> tuple[list[Line], tuple[Gap, ...]]:
    """Cut the marks of omission out of the text; return what they say."""
    result: list[Line] = []
    gaps: list[Gap] = []
    body = body_range(lines)
    near = range(body.start, body.stop + _LINES_BEHIND)
    for number, line in enumerate(lines):
        judged = number in near and line.rule.startswith(_JUDGED)
        pieces, found = _cut(_restored(line, omissions) if judged else line, omissions)
        result.extend(pieces)
        gaps.extend(found)
    return _without_tail(result, omissions), tuple(gaps)


def _without_tail(lines: list[Line], omissions: Sequence[Omission]) -> list[Line]:
    """Take out what stands below the note that tells how much is shown.

    The note ends the text, unless running text follows: then it stood above it.
    """
    last = body_range(lines).stop
    for i in range(last, len(lines)):
        if lines[i].rule == RULE and any(
            match.groupdict().get("claimed")
            for omission in omissions
            if (match := omission.regex.search(lines[i].text))
        ):
            below = [
                line.removed(_TAIL) if line.kept else line for line in lines[i + 1 :]
            ]
            return lines[: i + 1] + below
    return lines


def _restored(line: Line, omissions: Sequence[Omission]) -> Line:
    """Give a removed line back if it is a mark from end to end.

    The words of a mark (请登录) are those of an interface, so that a page without
    markup, or with the mark in a box of its own, has it removed before it gets here.
    """
    if len(line.text) > _MAX_MARK:
        return line
    marks = _marks(line.text, omissions)
    whole = marks and marks[0].group().strip() == line.text.strip()
    return replace(line, rule="") if whole else line


def _cut(line: Line, omissions: Sequence[Omission]) -> tuple[list[Line], list[Gap]]:
    """Cut one line at its marks of omission."""
    marks = _marks(line.text, omissions) if line.kept else []
    if not marks:
        return [line], []
    pieces: list[Line] = []
    end = 0
    for mark in marks:
        if before := line.text[end : mark.start()].strip():
            pieces.append(replace(line, text=before, tight=line.tight and not end))
        pieces.append(replace(line, text=mark.group(), rule=RULE, tight=False))
        end = mark.end()
    if behind := line.text[end:].strip():
        pieces.append(replace(line, text=behind, tight=False))
    return pieces, [_gap(mark) for mark in marks]


def _marks(text: str, omissions: Sequence[Omission]) -> list[re.Match[str]]:
    """List the marks in a text; of those that overlap the first.

    Each pattern's next mark is remembered, so that no pattern looks at a character
    more than once.
    """
    found: list[re.Match[str]] = []
    upcoming = [(_next_mark(text, 0, one), one) for one in omissions]
    while marks := [mark for mark, _ in upcoming if mark]:
        first = min(marks, key=re.Match.start)
        found.append(first)
        upcoming = [
            (_next_mark(text, first.end(), one), one)
            if mark and mark.start() < first.end()
            else (mark, one)
            for mark, one in upcoming
        ]
    return found


def _next_mark(text: str, start: int, omission: Omission) -> re.Match[str] | None:
    """Find the first mark from a place on."""
    mark = omission.regex.search(text, start) if omission.word in text else None
    return mark if mark and mark.group() else None


def _gap(match: re.Match[str]) -> Gap:
    """Read the numbers of a mark."""
    numbers = {
        name: int(value) if value else None for name, value in match.groupdict().items()
    }
    return Gap(
        omitted=numbers.get("omitted"),
        shown=numbers.get("shown"),
        claimed=numbers.get("claimed"),
        evidence=match.group().strip(),
    )


def judge_completeness(
    lines: Iterable[Line], gaps: Sequence[Gap], *, one_line: bool = False
) -> Completeness:
    """Tell whether the page gives the whole text, and how that is known.

    Args:
        lines: The cleaned lines.
        gaps: The marks of omission on the page.
        one_line: Whether the site runs the whole text together: then a last line
            that stops in mid-sentence is cut off however short it is.
    """
    if gaps:
        return Completeness(
            complete=False,
            reason="; ".join(gap.evidence for gap in gaps),
            shown=next((gap.shown for gap in gaps if gap.shown), None),
            claimed=next((gap.claimed for gap in gaps if gap.claimed), None),
            omissions=tuple(gap.omitted for gap in gaps if gap.omitted is not None),
        )
    if _is_cut_off(lines, one_line=one_line):
        return Completeness(
            complete=False, reason="cut-off: the text ends in the middle of a sentence"
        )
    return Completeness()


def _is_cut_off(lines: Iterable[Line], *, one_line: bool) -> bool:
    """Tell whether the last line of running text stops in mid-sentence."""
    prose = [
        line
        for line in lines
        if line.kept and line.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}
    ]
    if not prose or _ENDS.search(prose[-1].text):
        return False
    return one_line or prose[-1].is_running_text
