"""Sentences broken in the middle by a line break are put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crawler.headings import find_heading, is_heading
from crawler.worksheet import Line, has_marks
from index.document import BlockKind

_ENDS = "。！？!?…⋯；;：:”’」』）)】》"
_STARTS = re.compile(r"^(?:[一二三四五六七八九十]是|[①-⑳●■◆★▲]|附件|附[:：])")
_LATIN_BORDER = re.compile(r"[A-Za-z0-9,.]")
_MIN_BROKEN = 20
_LOOKED_AT = 4


def mend_lines(lines: Sequence[Line]) -> list[Line]:
    """Join a line to the one right below it when its sentence goes on there."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.tight and _goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(group) if len(group) > 1 else group[0] for group in groups]


def _joined(halves: Sequence[Line]) -> Line:
    """Put the halves of a line together; Latin words had a space between them."""
    pieces = [halves[0].text]
    for above, line in pairwise(halves):
        latin = _LATIN_BORDER.match(above.text[-1]) and line.text[0].isascii()
        pieces += [" ", line.text] if latin else [line.text]
    return replace(halves[0], text="".join(pieces))


def _goes_on(halves: Sequence[Line], line: Line) -> bool:
    """Tell whether a kept line breaks off and the next kept one is plain text."""
    above = halves[-1]
    if not (above.kept and line.kept and above.kind is line.kind):
        return False
    if line.kind is BlockKind.CAPTION:
        return above.text[-1] not in _ENDS
    if line.kind is not BlockKind.PARAGRAPH or above.text[-1] in _ENDS:
        return False
    # Far into a line nothing changes any more, and looking would take ever longer.
    text = _joined(halves[:_LOOKED_AT]).text
    return (
        len(text) >= _MIN_BROKEN
        and has_marks(text)
        and not is_heading(text)
        and not _STARTS.match(line.text)
        and find_heading(line.text) is None
    )
