"""The plain-text reader: a page that some other tool saved as text.

Such renderings put a bullet before list items, indent what belongs to one item,
separate paragraphs by blank lines and keep a no-break space for an empty
paragraph of the page.
"""

import re
from collections.abc import Iterable

from crawler.blocks import Page, RawBlock, Reader
from index.document import BlockKind

_BULLET = re.compile(r"^\s*[•●▪◦‣*·-]\s+(?=\S)")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_URL = re.compile(r"https?://[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef<>\"')]+")


def read_text(text: str, *, url: str | None = None) -> Page:
    """Read a text rendering.

    Args:
        text: The whole file.
        url: Where it came from, if that is known.
    """
    lines = _INVISIBLE.sub("", text).splitlines()
    blocks = []
    for i, line in enumerate(lines):
        plain = _SPACES.sub(" ", line).strip()
        above_is_text = i > 0 and bool(lines[i - 1].strip())
        if plain or "\xa0" in line:
            below = (lines[j] for j in range(i + 1, len(lines)))
            blocks.append(_block(line, plain, below, tight=above_is_text))
    return Page(reader=Reader.PLAIN_TEXT, url=url, blocks=tuple(blocks))


def _block(line: str, plain: str, below: Iterable[str], *, tight: bool) -> RawBlock:
    """Make a block of one line; a bullet before a whole article is no list item."""
    bullet = _BULLET.match(line)
    if not bullet:
        return RawBlock(text=plain, tight=tight)
    text = _SPACES.sub(" ", line[bullet.end() :]).strip()
    following = next((other for other in below if other.strip()), "")
    is_item = not following.startswith("    ") or bool(_BULLET.match(following))
    kind = BlockKind.ITEM if is_item else BlockKind.PARAGRAPH
    return RawBlock(text=text, kind=kind)


def find_urls(text: str) -> list[str]:
    """List the addresses written out in a text."""
    return [match.group().rstrip(".,;:，。；") for match in _URL.finditer(text)]
