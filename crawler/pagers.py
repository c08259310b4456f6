"""Page lists that a script writes: common on sites of Chinese offices.

Two ways of TRS WCM and the systems that followed it are read, without running them::

    createPageHTML(20, 0, "index", "shtml")         index_1.shtml ... index_19.shtml
    createPageHTML("p", 20, 1, "list", "html", 400)  list_2.html ... list_20.html
    var countPage = 20; ... "<a href='list_" + n + ".html'>"

The first names count, current page from 0, and file; where current counts from 1
(an element's name stands before it, or the page without a number says 1), so do the
files.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

MAX_LISTED: Final = 500
"""Pages on each side of the current one that are listed; the last one lists more."""

_CALL = re.compile(
    r"\bcreate\w{0,9}page\w{0,20}\s{0,9}\(([^()]{1,300})\)", re.IGNORECASE
)
_ARGUMENT = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*(?:,|\Z)""")
_COUNT = re.compile(
    r"\b_?n?(?:count_?page|page_?count|total_?pages?|max_?page|page_?total"
    r"|all_?page|pages)\s*[=:]\s*[\"']?(\d{1,6})\b",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    r"\b_?n?(?:curr(?:ent)?_?(?:page|index)?|page_?(?:no|index|num)|now_?page)"
    r"\s*[=:]\s*[\"']?(\d{1,6})\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"""(["'])\s*\+\s*\1""")
# A piece of text that ends in an address, a number, and the rest of the address.
_TEMPLATE = re.compile(
    r"""["'=(](?=[\w./?])([\w./?&=%-]{0,200}[\w/][_=/-])["']\s*\+\s*
    (?!this\b)[(]?\s*[a-z_]\w*\s*(?:[+-]\s*\d)?\s*[)]?\s*
    (?:\+\s*["'](\.[a-z]{3,5}\b|&[\w=&.%-]{0,200})|[;)+])""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME = re.compile(r"[\w./-]{1,100}")
_EXTENSION = re.compile(r"\.?([a-z]{3,5})", re.IGNORECASE)
_NUMBERED = re.compile(r"_(\d+)\.\w+$")


def listed_pages(code: str, url: str) -> Iterator[str]:
    """List the addresses of a list's pages that a script would write.

    Args:
        code: A script of the page.
        url: The page's own address.
    """
    calls = list(_CALL.finditer(code))
    for call in calls:
        yield from _of_call(call[1], url)
    count = None if calls else _COUNT.search(code)
    if count:
        yield from _of_template(code, int(count[1]))


def _of_call(arguments: str, url: str) -> Iterator[str]:
    """Read the arguments of a call: two numbers, then two words behind them."""
    read = _arguments(arguments)
    named = bool(read) and not isinstance(read[0], int)
    match read[named:]:
        case [int(count), int(current), str(name), str(extension), *_]:
            tail = _EXTENSION.fullmatch(extension)
        case _:
            return
    if not (tail and _NAME.fullmatch(name)):
        return
    numbered = _NUMBERED.search(urlsplit(url).path)
    from_one = named or (current == 1 and not numbered)
    first, last = (2, count) if from_one else (1, count - 1)
    for number in _around(current, first, last):
        yield f"{name.removesuffix('_')}_{number}.{tail[1]}"


def _of_template(code: str, count: int) -> Iterator[str]:
    """Find how a script puts a page's address together, and do so."""
    found = _TEMPLATE.search(_JOINED.sub("", code.replace("\\", "")))
    if not found:
        return
    before, after = found[1], found[2] or ""
    current = _CURRENT.search(code)
    in_query = before.endswith("=")
    first, last = (2, count) if in_query else (1, count - 1)
    for number in _around(int(current[1]) if current else 0, first, last):
        yield f"{before}{number}{after}"


def _arguments(text: str) -> list[str | int]:
    """Read literal arguments; none where one of them is something else."""
    read: list[str | int] = []
    place = 0
    while place < len(text):
        found = _ARGUMENT.match(text, place)
        if not found:
            return []
        read.append(int(found[3]) if found[3] else found[1] or found[2] or "")
        place = found.end()
    return read


def _around(current: int, first: int, last: int) -> range:
    """Give the numbers of the pages near the current one."""
    return range(max(first, current - MAX_LISTED), min(last, current + MAX_LISTED) + 1)
