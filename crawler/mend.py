"""Sentences broken in the middle by a line break are put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.headings import find_heading, is_heading
from crawler.worksheet import Line, has_marks
from index.document import BlockKind

_ENDS = re.compile(r"[。！？!?…⋯；;：:”’」』）)】》]$")
_STARTS = re.compile(r"^(?:[一二三四五六七八九十]是|[①-⑳●■◆★▲]|附件|附[:：])")
_LATIN_BORDER = re.compile(r"[A-Za-z0-9,.]$")
_MIN_BROKEN = 20


def mend_lines(lines: Sequence[Line]) -> list[Line]:
    """Join a line to the one right below it when its sentence goes on there."""
    result: list[Line] = []
    for line in lines:
        above = result[-1] if result else None
        if above and line.tight and _goes_on(above, line):
            space = (
                " "
                if _LATIN_BORDER.search(above.text) and line.text[0].isascii()
                else ""
            )
            result[-1] = replace(above, text=above.text + space + line.text)
        else:
            result.append(line)
    return result


def _goes_on(above: Line, line: Line) -> bool:
    """Tell whether a kept line breaks off and the next kept one is plain text."""
    if not (above.kept and line.kept and above.kind is line.kind):
        return False
    if line.kind is BlockKind.CAPTION:
        return not _ENDS.search(above.text)
    if line.kind is not BlockKind.PARAGRAPH:
        return False
    broken = (
        len(above.text) >= _MIN_BROKEN
        and has_marks(above.text)
        and not _ENDS.search(above.text)
        and not is_heading(above.text)
    )
    return broken and not _STARTS.match(line.text) and find_heading(line.text) is None
