"""The breadcrumb of a page: 当前位置 (you are here) and the columns above the text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.dates import is_day
from crawler.worksheet import LONG, Line, key

_PATH = re.compile(
    r"^.{0,12}?(?:您|你)?(?:当前|目前|现在|當前|現在|所在)的?(?:所在)?(?:位置|位址)(?:提示|导航|導航)?\s*[:：是在]+\s*"
    r"|^(?:您|你)?的?(?:所在)?(?:位置|位址)(?:提示|导航|導航)?\s*[:：]\s*"
)
_ARROWS = re.compile(r"\s*(?:-?>+|[＞»›→▸▶⇒〉])\s*")
_SLASHES = re.compile(r"\s*[/／|｜\\]\s*")
_DASHES = re.compile(r"\s+[-–—·]+\s*|\s*[-–—·]+\s+|\s*--+\s*")
# A breadcrumb without its label begins at the front page or ends in 正文 (the text).
_FRONT = re.compile(
    r"(?:(?:网站|網站|本站)?[首主][页頁]|home|[\w·]{2,12}(?:网|網|首页|首頁|频道|頻道|新闻|新聞))",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"(?:文章|新闻|新聞|信息|资讯)?(?:正文|内容|內容|详情|详细|詳情|浏览|瀏覽)(?:页|頁)?"
)
_TEXT_BEHIND = re.compile(r"(?<=[^\s>＞»›])\s+(正文|内容|內容)$")
_TEXT_AHEAD = re.compile(r"^正文.+$")
_AROUND = " -–—·:：[]【】"
_MAX_LINE = 160
_MAX_PART = 40
_MOST_PARTS = 9
_MAX_CATEGORY = 5
"""Characters up to which a breadcrumb's last part is a category, not the title."""


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
    return _take_unlabelled(result)


def _take_unlabelled(lines: list[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Read a breadcrumb that has arrows, and the front page or 正文, but no label."""
    for i, line in enumerate(lines):
        if line.is_running_text:
            break
        if _ARROWS.search(line.text) and len(line.text) < _MAX_LINE:
            path = split_path(line.text)
            ends = bool(path) and (_FRONT.fullmatch(path[0]) or is_text_part(path[-1]))
            if (
                ends
                and 1 < len(path) <= _MOST_PARTS
                and max(map(len, path)) < _MAX_PART
            ):
                lines[i] = replace(line, rule="metadata: path")
                return lines, path
    return lines, ()


def is_text_part(part: str) -> bool:
    """Tell whether the part of a breadcrumb says that here is the text: 正文."""
    return bool(_TEXT.fullmatch(part))


def without_title(path: Sequence[str], title: str) -> tuple[str, ...]:
    """Take the title off the end of a breadcrumb, and days that stand in it."""
    parts = [part for part in path if not is_day(part)]
    wanted = key(title)
    last = key(parts[-1]) if parts else ""
    told = last.startswith(wanted) or (
        wanted.startswith(last) and len(last) > 2 * _MAX_CATEGORY
    )
    if len(parts) > 1 and len(title) > _MAX_CATEGORY and told:
        del parts[-1]
    return tuple(parts)


def _continues(text: str, other: str) -> bool:
    """Tell whether a line goes on with the breadcrumb begun above it."""
    if len(other) > LONG:
        return False
    open_end = text.rstrip().endswith((">", "＞", "»", "›", "/")) or not text.strip()
    return open_end and bool(_ARROWS.search(other))


def split_path(text: str) -> tuple[str, ...]:
    """Split a breadcrumb at its arrows, else at its slashes, else at its dashes."""
    plain = _PATH.sub("", text)
    separators = (_ARROWS, _SLASHES, _DASHES)
    separator = next((one for one in separators if one.search(plain)), _ARROWS)
    plain = _TEXT_BEHIND.sub(r" > \1", plain) if separator is _ARROWS else plain
    parts = (part.strip(_AROUND) for part in separator.split(plain))
    shown = (_TEXT_AHEAD.sub("正文", part) for part in parts)
    return tuple(part for part in shown if part)
