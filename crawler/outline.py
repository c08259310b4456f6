"""The outline: printed before the text by some sites, and built over every text.

A page that shows only part of a text may print the whole outline first (目录/提纲).
It is not the text: its lines are taken out, its headings are remembered, and the
sections the page leaves out come back from it, without an anchor.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.headings import Heading, find_heading, is_heading
from crawler.omissions import RULE as OMISSION_RULE
from crawler.worksheet import Line, key
from index.document import Block, BlockKind, Section

_START = re.compile(
    r"^(?:目录|目錄|提纲|提綱)(?:\s*/\s*(?:提纲|提綱))?\s*(?:[:：]\s*(?P<rest>.*)|[…\.\s]*)$"
)
_END = re.compile(r"^[…\.\s]{1,}$")
_POINT = re.compile(r"^[一二三四五六七八九十]+是")
_MIN_CUT = 4
_UNNUMBERED = frozenset({"preface", "named"})
"""Styles of headings that stand beside all numbered ones, at the top level."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading with the headings above it.

    Attributes:
        path: From the outermost heading to this one.
    """

    path: tuple[str, ...]


class _Nesting:
    """Gives each heading its place: a style seen before closes what is below it."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        self._lost = False

    def place(self, heading: Heading) -> tuple[str, ...]:
        """Open a heading; return the path to it."""
        self._lost = False
        styles = [style for style, _ in self._open]
        if heading.style in _UNNUMBERED:
            self._open.clear()
        elif heading.style in styles:
            del self._open[styles.index(heading.style) :]
        elif styles[:1] and styles[0] in _UNNUMBERED:
            self._open.clear()
        self._open.append((heading.style, heading.text))
        return self.path

    def enter(self, entries: Sequence[tuple[str, str]]) -> None:
        """Open a whole path of styles and headings at once."""
        self._open = list(entries)
        self._lost = False

    def lose(self) -> None:
        """Forget where the text is: behind a gap, until the next heading."""
        self._lost = True

    @property
    def path(self) -> tuple[str, ...]:
        """The open headings, outermost first; none where that is not known."""
        return () if self._lost else tuple(text for _, text in self._open)


def take_outline(lines: Sequence[Line]) -> tuple[list[Line], tuple[Entry, ...]]:
    """Take the printed outline out; return its headings with their paths."""
    start = next((i for i, line in enumerate(lines) if _starts(line.text)), None)
    if start is None:
        return list(lines), ()
    end = _outline_end(lines, start)
    result = [
        replace(line, rule="outline") if start <= i < end and line.text else line
        for i, line in enumerate(lines)
    ]
    texts = [_rest(lines[start].text), *(line.text for line in lines[start + 1 : end])]
    nesting = _Nesting()
    headings = filter(None, map(find_heading, texts))
    return result, tuple(Entry(nesting.place(found)) for found in headings)


def _starts(text: str) -> bool:
    """Tell whether a line announces an outline and says nothing else of its own."""
    rest = _rest(text)
    return _START.match(text) is not None and (
        not rest or bool(_END.match(rest)) or find_heading(rest) is not None
    )


def _rest(text: str) -> str:
    """Give what stands behind the announcement in the same line."""
    match = _START.match(text)
    return (match.group("rest") or "").strip() if match else ""


def _outline_end(lines: Sequence[Line], start: int) -> int:
    """Find the line behind the outline: past its ellipsis, or where it repeats.

    Without an ellipsis the outline ends with its last numbered line: what follows
    up to the text is the title and how the text addresses its hearers.
    """
    places = range(start + 1, len(lines))
    text = next((i for i in places if _is_text(lines[i])), len(lines))
    ellipsis = next((i for i in places[: text - start] if _END.match(lines[i].text)), 0)
    if ellipsis:
        return ellipsis + 1
    seen = {key(_rest(lines[start].text))}
    last = start
    for i in range(start + 1, text):
        heading = find_heading(lines[i].text)
        said = key(heading.text if heading else lines[i].text)
        if said and said in seen:
            break
        seen.add(said)
        if heading or _POINT.match(lines[i].text):
            last = i
    return last + 1


def _is_text(line: Line) -> bool:
    """Tell running text from the long lines of an outline."""
    numbered = find_heading(line.text) or _POINT.match(line.text)
    return line.is_running_text and not numbered


def mark_headings(lines: Sequence[Line], printed: Sequence[Entry]) -> list[Line]:
    """Give every kept line its headings: what it is, and what stands above it.

    Args:
        lines: The cleaned lines.
        printed: The page's own outline, which knows where a heading belongs even
            when the text around it was left out.
    """
    nesting = _Nesting()
    paths = [entry.path for entry in printed]
    result = []
    for line in lines:
        if not line.kept:
            if line.rule == OMISSION_RULE:
                nesting.lose()
            result.append(line)
        elif line.kind in {BlockKind.ROW, BlockKind.CAPTION}:
            result.append(replace(line, section=nesting.path))
        else:
            result.append(_mark(line, nesting, paths))
    return result


def _mark(line: Line, nesting: _Nesting, printed: Sequence[tuple[str, ...]]) -> Line:
    """Give one line its heading and section."""
    heading = find_heading(line.text)
    if heading is None and line.kind is BlockKind.HEADING:
        heading = Heading("markup", len(line.text), line.text)
    if heading is None:
        return replace(line, section=nesting.path)
    known = _printed_path(key(heading.text), printed)
    if known:
        nesting.enter([(_style(text), text) for text in known])
    else:
        nesting.place(heading)
    whole = heading.style == "markup" or is_heading(line.text)
    kind = BlockKind.HEADING if whole else line.kind
    return replace(
        line,
        kind=BlockKind.PARAGRAPH if kind is BlockKind.ITEM else kind,
        heading_length=len(line.text) if whole else heading.length,
        section=nesting.path,
    )


def _printed_path(
    heading: str, printed: Sequence[tuple[str, ...]]
) -> tuple[str, ...] | None:
    """Find a heading in the printed outline, also one that a gap cut short."""
    keys = [key(path[-1]) for path in printed]
    whole = next((i for i, other in enumerate(keys) if other == heading), None)
    cut = next(
        (
            i
            for i, other in enumerate(keys)
            if len(heading) >= _MIN_CUT and other.startswith(heading)
        ),
        None,
    )
    found = cut if whole is None else whole
    return None if found is None else printed[found]


def _style(text: str) -> str:
    """Tell how a heading is numbered."""
    heading = find_heading(text)
    return heading.style if heading else "markup"


def build_sections(
    blocks: Iterable[Block], printed: Sequence[Entry]
) -> tuple[Section, ...]:
    """List the headings of the text, with those only the page's outline names."""
    found = [
        (block.section, block.anchor)
        for block in blocks
        if block.heading_length and block.section
    ]
    return tuple(_merge(found, [entry.path for entry in printed]))


def _merge(
    found: Sequence[tuple[tuple[str, ...], str]], printed: Sequence[tuple[str, ...]]
) -> Iterator[Section]:
    """Walk text and printed outline together, in the order of either."""
    wanted = {tuple(map(key, path)): i for i, path in enumerate(printed)}
    position = 0
    for path, anchor in found:
        place = wanted.get(tuple(map(key, path)))
        if place is not None and place >= position:
            for missing in printed[position:place]:
                yield _section(missing, None)
            position = place + 1
        yield _section(path, anchor)
    for missing in printed[position:]:
        yield _section(missing, None)


def _section(path: tuple[str, ...], anchor: str | None) -> Section:
    """Make a section of a path."""
    return Section(level=len(path), heading=path[-1], anchor=anchor)
