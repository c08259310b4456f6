"""The breadcrumb of a page: 当前位置 (you are here) and the columns above the text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.worksheet import LONG, Line

_PATH = re.compile(
    r"^.{0,12}?(?:您|你)?(?:当前|目前|现在|當前|現在|所在)的?(?:所在)?(?:位置|位址)\s*[:：是在]+\s*"
    r"|^(?:您|你)?的?(?:所在)?(?:位置|位址)\s*[:：]\s*"
)
_ARROWS = re.compile(r"\s*(?:>>|[>＞»›→])\s*")
_SLASHES = re.compile(r"\s*[/／|｜]\s*")
_MAX_LINE = 160


def take_path(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Read the breadcrumb, which may go on over several lines."""
    result = list(lines)
    for i, line in enumerate(lines):
        if line.text and _PATH.match(line.text) and len(line.text) < _MAX_LINE:
            text = _PATH.sub("", line.text)
            result[i] = replace(line, rule="metadata: path")
            for j in range(i + 1, len(lines)):
                other = lines[j].text
                if not other:
                    continue
                if not _continues(text, other):
                    break
                text += (" > " if _ARROWS.search(other) else " ") + other
                text = text.replace("> >", ">")
                result[j] = replace(lines[j], rule="metadata: path")
            return result, split_path(text)
    return result, ()


def _continues(text: str, other: str) -> bool:
    """Tell whether a line goes on with the breadcrumb begun above it."""
    if len(other) > LONG:
        return False
    open_end = text.rstrip().endswith((">", "＞", "»", "›", "/")) or not text.strip()
    return open_end and bool(_ARROWS.search(other))


def split_path(text: str) -> tuple[str, ...]:
    """Split a breadcrumb at its arrows, or at its slashes when it has none."""
    separator = _ARROWS if _ARROWS.search(text) else _SLASHES
    parts = (part.strip() for part in separator.split(text))
    return tuple(part for part in parts if part)
