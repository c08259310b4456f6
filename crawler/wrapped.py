"""Lines that a tool broke at a fixed width are put together again.

Text browsers, converters and printed pages break a paragraph wherever the line is
full. The width is found by counting; a line is joined to the next one only if it is
full and the next one begins no paragraph, heading or item.
"""

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import east_asian_width

from crawler.headings import find_heading
from crawler.text_marks import LINK_CLOSES, LINK_OPENS

_MIN_WIDTH = 50
_MAX_WIDTH = 160
_SLACK = 5
"""Columns that may stay empty: a wide character and marks that begin no line."""

_MIN_FULL = 4
_MIN_BROKEN_SHARE = 0.4
_MIN_MARKS = 2
_ENDS = re.compile("[。！？!?；;：:…”」』]$")
_INSIDE = re.compile("[，。；、！？,;]")
_BEGINS = re.compile(r"^(?:[ \t]*[•●▪◦‣*+·-][ \t]|\u3000|#{1,6} |\|)")
_WIDE = frozenset("WFA")
_COUNTER = re.compile(
    r"^\s*(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*[页頁](?:\s*[/／,，]?\s*共\s*\d{1,4}\s*[页頁])?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4})\s*$"
)


def unwrap(lines: Sequence[str]) -> list[str]:
    """Join the lines of paragraphs that were broken at a width.

    Args:
        lines: A text as it stands, indents and blank lines included.
    """
    width = _find_width(lines)
    if not width:
        return list(lines)
    result: list[list[str]] = []
    full = False
    skipped: list[str] = []
    for line in lines:
        if full and _is_between_pages(line, skipped):
            skipped.append(line)
            continue
        goes_on = full and (not skipped or any(map(_COUNTER.match, skipped)))
        if goes_on and not _begins(line):
            result[-1][-1:] = _joined(result[-1][-1], line)
        else:
            result += [[one] for one in (*skipped, line)]
            skipped = []
        full = _width(line) >= width - _SLACK
        if skipped and not full:
            result += [[one] for one in skipped]
            skipped = []
    return [*map("".join, result), *skipped]


def _is_between_pages(line: str, skipped: Sequence[str]) -> bool:
    """Tell a page's number, and the blank lines around it."""
    return len(skipped) < _SLACK and (not line.strip() or bool(_COUNTER.match(line)))


def _find_width(lines: Sequence[str]) -> int:
    """Find the width at which a text was broken; 0 if it was not.

    Most lines that are as wide or wider break off there, and read as running text
    does: with marks inside.
    """
    widths = [_width(line) for line in lines]
    broken = Counter(
        widths[i] for i in range(len(lines) - 1) if _is_broken(lines[i], lines[i + 1])
    )
    best, best_number = 0, _MIN_FULL - 1
    for width in range(_MIN_WIDTH, _MAX_WIDTH + 1):
        number = sum(broken[width - slack] for slack in range(_SLACK + 1))
        if number > best_number or (number == best_number and broken[width] and best):
            best, best_number = width, number
    wide = [other for other in widths if other >= best - _SLACK]
    return best if best and best_number >= _MIN_BROKEN_SHARE * len(wide) else 0


def _is_broken(line: str, below: str) -> bool:
    """Tell whether a line of running text ends no sentence and text follows."""
    return (
        bool(below.strip())
        and not _ENDS.search(line.rstrip())
        and len(_INSIDE.findall(line)) >= _MIN_MARKS
    )


def _begins(line: str) -> bool:
    """Tell whether a line begins a paragraph, a heading or an item."""
    return (
        not line.strip() or bool(_BEGINS.match(line)) or find_heading(line) is not None
    )


def _joined(above: str, line: str) -> list[str]:
    """Put two halves together; only Latin words had a space between them."""
    one, other = above.rstrip(), line.strip()
    latin = one[-1:].isascii() and one[-1:].isalnum()
    space = " " if latin and other[:1].isascii() and other[:1].isalnum() else ""
    return [one, space + other]


def _width(line: str) -> int:
    """Count the columns of a line, two for a wide character, as far as it matters."""
    plain = line.rstrip().replace(LINK_OPENS, "").replace(LINK_CLOSES, "")
    shown = plain[:_MAX_WIDTH]
    return len(plain) + sum(map(_WIDE.__contains__, map(east_asian_width, shown)))
