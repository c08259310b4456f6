"""The plain-text reader: a page that some other tool saved as text.

Such renderings put a bullet before list items, indent what belongs to one item,
separate paragraphs by blank lines and keep a no-break space for an empty
paragraph of the page.
"""

import re

from crawler.beside_text import judge_text
from crawler.blocks import Page, RawBlock, Reader
from crawler.lines import Line
from crawler.text_marks import LINK_CLOSES, LINK_OPENS, unmark
from crawler.wrapped import unwrap
from index.document import BlockKind

_BULLET = re.compile(r"^\s*[•●▪◦‣⁃∙*+·–-]\s+(?=\S)")
_HEADING = re.compile(r"^#{1,6} +")
_ROW = re.compile(r"^\s*\|.*\|")
# Lines between parts; and bullets, bars and number signs with nothing behind them.
_RULE = re.compile(r"^(?:[-=_~*+|─━═:\s]{3,}|[*+|•]|#{1,6})$")
_LINKED = re.compile(f"{LINK_OPENS}([^{LINK_CLOSES}\n]*){LINK_CLOSES}")
_NO_SIGNS = dict.fromkeys(map(ord, LINK_OPENS + LINK_CLOSES))
_URL = re.compile(r"https?://[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef<>\"')]+")


def read_text(text: str, *, url: str | None = None) -> Page:
    """Read a text rendering.

    Args:
        text: The whole file.
        url: Where it came from, if that is known.
    """
    lines = unwrap(unmark(text).split("\n"))
    result = []
    following = ""
    for i in range(len(lines) - 1, -1, -1):
        line, plain = lines[i], _plain(lines[i])
        tight = i > 0 and bool(lines[i - 1].strip())
        if (plain or "\xa0" in line) and not _RULE.match(plain):
            result.append(_line(line, following, tight=tight))
        following = line if line.strip() else following
    result.reverse()
    reasons = judge_text(result)
    return Page(
        reader=Reader.PLAIN_TEXT,
        url=url,
        blocks=tuple(
            RawBlock(
                text=line.text,
                kind=line.kind,
                boilerplate=reason,
                tight=line.tight,
                linked=line.linked,
            )
            for line, reason in zip(result, reasons, strict=True)
        ),
    )


def _plain(line: str) -> str:
    """Collapse white space and drop the signs around links."""
    return " ".join(line.translate(_NO_SIGNS).split())


def _line(line: str, following: str, *, tight: bool) -> Line:
    """Make a line; a bullet before a whole article is no list item."""
    linked = sum(len("".join(words.split())) for words in _LINKED.findall(line))
    if found := _HEADING.match(line):
        text = _plain(line[found.end() :])
        return Line(text=text, kind=BlockKind.HEADING, linked=linked)
    if _ROW.match(line):
        cells = list(filter(None, map(_plain, line.split("|"))))
        kind = BlockKind.ROW if len(cells) > 1 else BlockKind.PARAGRAPH
        return Line(text=" ".join(cells), kind=kind, linked=linked)
    bullet = _BULLET.match(line)
    if not bullet:
        return Line(text=_plain(line), tight=tight, linked=linked)
    is_item = not following.startswith("    ") or bool(_BULLET.match(following))
    kind = BlockKind.ITEM if is_item else BlockKind.PARAGRAPH
    return Line(text=_plain(line[bullet.end() :]), kind=kind, linked=linked)


def find_urls(text: str) -> list[str]:
    """List the addresses written out in a text."""
    return [match.group().rstrip(".,;:，。；") for match in _URL.finditer(text)]
