r"""Marks that tools leave in a page saved as text: links, emphasis, rules, entities.

Each notation is read only where the text as a whole is written in it, because the
same signs mean other things in office texts: ``**`` masks a name, ``[1]`` is a note.

- Markdown, by its links ``[words](address)`` or headings ``## words``: links,
  pictures, ``**strong**``, ``\.`` and ``>`` before quoted lines.
- Dumps of text browsers, by the list of addresses at their end: ``[12]`` before the
  words of the twelfth link.
- Tables drawn with lines: rows keep a bar between their cells.
- Entities that were escaped once too often: ``&ldquo;``, ``&nbsp;``.

The words of a link are left between ``LINK_OPENS`` and ``LINK_CLOSES``.
"""

import re
from html import unescape

LINK_OPENS = "\x02"
LINK_CLOSES = "\x03"

_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_PARENTHESIS = re.compile("[()]")
_MAX_ADDRESS = 20_000
_DEEPEST = 6
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_HEADED = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n，。；！？]{1,60}?)(?<=\S)\1")
_STRONG_LINE = re.compile(r"^([ \t]*)\*\*([^*\n]+)\*\*[ \t]*$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_REFERENCE = re.compile(
    r"^[ \t]*(\d{1,4})\. (?:[a-z][a-z0-9+.-]{1,20}:\S*|about:blank)[^\n]*$",
    re.MULTILINE,
)
_BOX = re.compile("^.*[\u2500-\u257f].*$", re.MULTILINE)
_BAR = re.compile("[\u2502\u2503\u2551\u251c-\u254b\u2560-\u256c]")
_BOX_RULE = re.compile("[\u2500-\u257f]+")
_LIST_HEAD = re.compile(
    r"^[ \t]*(?:References|Visible links:?|Hidden links:?)[ \t]*$", re.MULTILINE
)
_NUMBERED = re.compile(r"\[(\d{1,4})\]([^\[\n\x02，。；！？]{0,60})")
_MIN_CELLS = 2
_MIN_LINKS = 2
_MIN_REFERENCES = 3


def unmark(text: str) -> str:
    """Take the marks of tools out of a text, links between their two signs.

    Args:
        text: The text, any line ends.
    """
    plain = _BREAKS.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _INVISIBLE.sub("", plain)
    if _ENTITY.search(plain):
        plain = _INVISIBLE.sub("", _ENTITY.sub(lambda one: unescape(one[0]), plain))
    plain = _BOX.sub(_without_box, plain)
    return _without_references(_without_markdown(plain))


def _without_box(line: re.Match[str]) -> str:
    """Read a line of a table that is drawn with lines; one of one cell is no row."""
    cells = _BAR.split(line[0])
    drawn = "|".join(cells) if len(cells) > _MIN_CELLS + 1 else " ".join(cells)
    return _BOX_RULE.sub("", drawn)


def _without_markdown(text: str) -> str:
    """Read Markdown, where the text is written in it."""
    if "](" not in text and not _HEADED.search(text):
        return text
    shown, _ = _without_addresses(text, images=True)
    shown, links = _without_addresses(shown, images=False)
    if links < _MIN_LINKS and not _HEADED.search(text):
        return text
    shown = _AUTOLINK.sub(rf"{LINK_OPENS}\1{LINK_CLOSES}", shown)
    shown = _STRONG_LINE.sub(r"\1\2", shown)
    shown = _STRONG.sub(r"\2", shown)
    return _ESCAPED.sub(r"\1", _QUOTED.sub("", shown))


def _without_addresses(text: str, *, images: bool) -> tuple[str, int]:
    """Take out all ``![words](address)``, or reduce ``[words](address)`` to the words.

    Returns:
        The text, and how many there were.
    """
    pieces: list[str] = []
    number = place = 0
    last = text.rfind(")")
    while 0 <= (middle := text.find("](", place)) < last:
        opens = text.rfind("[", place, middle)
        wanted = opens >= 0 and (text[opens - 1 : opens] == "!") is images
        closes = _closing(text, middle + 2) if wanted else -1
        if closes < 0:
            pieces.append(text[place : middle + 2])
            place = middle + 2
            continue
        words = " ".join(text[opens + 1 : middle].split())
        pieces.append(text[place : opens - images])
        if words and not images:
            pieces.append(f"{LINK_OPENS}{words}{LINK_CLOSES}")
        place = closes + 1
        number += 1
    return "".join([*pieces, text[place:]]), number


def _closing(text: str, start: int) -> int:
    """Find where an address ends that may hold parentheses itself; -1 if nowhere."""
    if text.startswith("data:", start):
        return text.find(")", start)
    depth = 1
    for found in _PARENTHESIS.finditer(text, start, start + _MAX_ADDRESS):
        depth += 1 if found[0] == "(" else -1
        if not 0 < depth < _DEEPEST:
            return -1 if depth else found.start()
    return -1


def _without_references(text: str) -> str:
    """Read the dump of a text browser, where a list of addresses ends the text."""
    listed = {int(one[1]) for one in _REFERENCE.finditer(text)}
    named = {int(one[1]) for one in _NUMBERED.finditer(text)}
    if len(listed & named) < max(_MIN_REFERENCES, len(listed) / 2):
        return text
    shown = _NUMBERED.sub(
        lambda one: (
            f"{LINK_OPENS}{one[2]}{LINK_CLOSES}" if int(one[1]) in listed else one[0]
        ),
        text,
    )
    shown = _REFERENCE.sub(rf"{LINK_OPENS}\g<0>{LINK_CLOSES}", shown)
    return _LIST_HEAD.sub(rf"{LINK_OPENS}\g<0>{LINK_CLOSES}", shown)
