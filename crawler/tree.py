"""A page's markup as lines of text, by one walk over lxml's tree.

A line is what a reader sees as one paragraph, heading, list item or table row.
Lines end at block-level tags, at ``<br>``, at line feeds inside ``<pre>`` and at
the full-width indent of a new paragraph. Beside the lines the walk notes the
``Span`` of lines that each element covers; from the two alone the main content is
judged, so that nothing above this module and its caller handles lxml's elements.

Everything a page shows is in exactly one line. What it hides is in lines of its
own, marked ``hidden``, if it has at least ``MIN_HIDDEN`` characters; scripts,
styles and comments are nowhere. The walk does not recurse, so that no depth of
nesting can exhaust the stack.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from crawler.lines import Line, Span, is_indented, split_paragraphs, visible_length
from crawler.markup import (
    BREAKING_TAGS,
    MAX_PARAGRAPHS,
    UNSHOWN_TAGS,
    hiding_attribute,
    leads_away,
)
from crawler.tables import Table, folded
from index.document import BlockKind

MAX_LINKED_LINES = 4
"""Most lines of one link; a link of more lines was never closed."""

MIN_HIDDEN = 8
"""Fewest characters for which hidden text is kept."""

# What is shown only where something else cannot be, and what is no running text. A
# second title, and whatever an unclosed one swallowed, is kept like these.
_HIDDEN_TAGS = frozenset(
    re.findall(
        r"\w+",
        "noscript template input select button textarea datalist title "
        "iframe object embed applet audio video canvas",
    )
)
_HIDING = frozenset(("style", "hidden", "aria-hidden"))
_NAMES = ("class", "id")
_LAYOUT = " \t\r\n\f"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CAPTIONS = frozenset(("caption", "figcaption"))
_MEANINGS = _HEADINGS | _CAPTIONS | {"li", "pre", "table", "tr", "td", "th"}


class Walked(NamedTuple):
    """Lines in page order and the spans of the elements above them."""

    lines: list[Line]
    spans: list[Span]


# What a tag or an element is for the walk, as bits: one look-up tells all.
_BREAKING, _LINE_BREAK, _UNSHOWN, _HIDDEN, _MEANS, _LINK, _CHOSEN = (
    1 << bit for bit in range(7)
)
_ROLES: dict[str, int] = {"br": _LINE_BREAK}
for _tags, _role in (
    (BREAKING_TAGS - {"br"}, _BREAKING),
    (UNSHOWN_TAGS, _UNSHOWN),
    (_HIDDEN_TAGS, _HIDDEN),
    (_MEANINGS, _MEANS),
):
    for _tag in _tags:
        _ROLES[_tag] = _ROLES.get(_tag, 0) | _role


class _Open(NamedTuple):
    """An element whose end has not been reached: first line, kind above it, role."""

    start: int
    kind: BlockKind
    role: int


def walk(
    root: HtmlElement,
    *,
    reveal: bool = False,
    content: Iterable[HtmlElement] = (),
    noise: Mapping[HtmlElement, str] | None = None,
) -> Walked:
    """Read a tree as lines.

    Args:
        root: The element to read.
        reveal: Whether to show what style and attributes hide: some pages hide
            their text until a script has run.
        content: Elements chosen by a site profile: shown even where hidden, and
            always lines of their own.
        noise: Elements a site profile drops, each with the reason.
    """
    walker = _Walker(frozenset(content), noise or {}, reveal=reveal)
    walker.walk(root)
    return Walked(walker.lines, walker.spans)


class _Walker:
    """The state of one walk.

    An element that is skipped is open as ``None``; with ``aside`` the whole tree is
    hidden or noise already, and nothing inside it is looked at for that.
    """

    def __init__(
        self,
        content: frozenset[HtmlElement],
        noise: Mapping[HtmlElement, str],
        *,
        reveal: bool = False,
        aside: bool = False,
    ) -> None:
        self.lines: list[Line] = []
        self.spans: list[Span] = []
        self._content = content
        self._shown = content.union(*(chosen.iterancestors() for chosen in content))
        self._noise = noise
        self._picky = bool(noise or content)
        self._reveal = reveal
        self._aside = aside
        self._open: list[_Open | None] = []
        self._tables: list[Table] = []
        self._buffer: list[str] = []
        self._asides: list[Line] = []
        self._linked = 0
        self._links = 0
        self._preformatted = 0
        self._kind = BlockKind.PARAGRAPH
        self._item_begins = False
        self._broken = False

    def walk(self, root: HtmlElement) -> None:
        """Walk a tree from its root to its last line."""
        events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in events:
            if event == "start":
                if not self._enter(element):
                    events.skip_subtree()
                    continue
                text = element.text
            else:
                if event == "end" and (opened := self._open.pop()):
                    self._leave(element, opened)
                text = None if element is root else element.tail
            if text and (self._buffer or self._preformatted or text.strip(_LAYOUT)):
                self._add(text)
        self._end_line()

    def _enter(self, element: HtmlElement) -> bool:
        """Begin an element; tell whether to go on inside it."""
        role = self._role(element)
        if role & _UNSHOWN:
            self._open.append(None)
            return False
        if role & _BREAKING:
            self._end_line()
        elif role & _LINE_BREAK:
            self._break_line()
        self._open.append(_Open(len(self.lines), self._kind, role))
        if role & _LINK:
            self._links += 1
        elif role & _MEANS:
            self._begin(element.tag)
        return True

    def _role(self, element: HtmlElement) -> int:
        """Tell what an element is for the walk; set it aside if it is not shown."""
        tag = element.tag
        role = _ROLES.get(tag, 0)
        keys = element.keys()
        if role & _HIDDEN or self._picky or (keys and not _HIDING.isdisjoint(keys)):
            if reason := self._reason_aside(element):
                self._set_aside(element, reason)
            if reason or (tag == "title" and not self._aside):
                return _UNSHOWN
            if element in self._content:
                role = role & ~_LINE_BREAK | _CHOSEN | _BREAKING
        if tag == "a" and "href" in keys and leads_away(element):
            role |= _LINK
        return role

    def _begin(self, tag: str) -> None:
        """Note what an element means for the lines inside it."""
        if tag in _HEADINGS:
            self._kind = BlockKind.HEADING
        elif tag == "li":
            self._item_begins = True
        elif tag in _CAPTIONS:
            self._kind = BlockKind.CAPTION
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "table":
            if self._tables:
                self._tables[-1].nested = True
            self._tables.append(Table(len(self.lines)))
        elif self._tables and tag == "tr":
            self._tables[-1].next_row()
        elif self._tables and tag in {"td", "th"}:
            self._tables[-1].cell += 1

    def _leave(self, element: HtmlElement, opened: _Open) -> None:
        """End an element."""
        start, kind, role = opened
        if role & _BREAKING:
            self._end_line()
        self._kind = kind
        if role & _LINK:
            self._end_link(start)
        elif role & _MEANS:
            self._end(element.tag, start)
        covered = len(self.lines) + bool(self._buffer) - start
        if covered > 1 or (covered and role & _BREAKING):
            self._note_span(element, start, chosen=bool(role & _CHOSEN))

    def _end(self, tag: str, start: int) -> None:
        """Leave behind what an element meant for the lines inside it."""
        if tag == "pre":
            self._preformatted -= 1
        elif tag == "li":
            self._item_begins = False
        elif tag == "table":
            self._end_table(start)

    def _end_link(self, start: int) -> None:
        """End a link; one that was never closed links nothing."""
        self._links -= 1
        if len(self.lines) - start > MAX_LINKED_LINES:
            for line in self.lines[start:]:
                line.linked = 0

    def _end_table(self, start: int) -> None:
        """Fold the rows of a data table; spans inside it no longer hold."""
        rows = folded(self._tables.pop(), self.lines)
        if rows is not None:
            self.lines[start:] = rows
            while self.spans and self.spans[-1].start >= start:
                self.spans.pop()

    def _note_span(self, element: HtmlElement, start: int, *, chosen: bool) -> None:
        """Keep the lines an element covers, if that tells anything."""
        end = len(self.lines) + bool(self._buffer)
        named = [value for name in _NAMES if (value := element.get(name))]
        names = " ".join(named).strip().lower() if named else ""
        if chosen or names or end - start > 1:
            tag = element.tag
            self.spans.append(Span(start, end, tag, names, chosen))

    def _reason_aside(self, element: HtmlElement) -> str:
        """Return why an element is not part of the page as shown, or ``""``."""
        if element in self._noise:
            return self._noise[element]
        if self._aside or element in self._shown or element.tag in {"html", "body"}:
            return ""
        if element.tag == "title" and element is element.getroottree().find(".//title"):
            return ""
        if element.tag in _HIDDEN_TAGS:
            return f"hidden: {element.tag}"
        return "" if self._reveal else hiding_attribute(element)

    def _set_aside(self, element: HtmlElement, reason: str) -> None:
        """Read a hidden or dropped element as lines beside the page."""
        inner = _Walker(frozenset(), {}, aside=True)
        inner.walk(element)
        lines = [line for line in inner.lines if line.text]
        length = sum(visible_length(line.text) for line in lines)
        if reason.startswith("hidden") and length < MIN_HIDDEN:
            return
        for line in lines:
            line.aside = reason
        self._asides += lines
        if not self._buffer:
            self._flush()

    def _add(self, text: str) -> None:
        """Add characters to the line being made."""
        if self._preformatted and "\n" in text and len(self.lines) < MAX_PARAGRAPHS:
            first, *rest = text.split("\n", MAX_PARAGRAPHS)
            self._append(first)
            for piece in rest:
                self._break_line()
                self._append(piece)
        else:
            self._append(text)

    def _append(self, text: str) -> None:
        self._buffer.append(text)
        if self._links:
            self._linked += len("".join(text.split()))

    def _end_line(self) -> None:
        """End the line being made; what follows is a new paragraph."""
        if self._buffer or self._asides:
            self._flush()
        self._broken = False

    def _break_line(self) -> None:
        """End the line being made; what follows at once may go on with it."""
        before = len(self.lines)
        self._flush()
        self._broken = len(self.lines) > before and bool(self.lines[-1].text)

    def _flush(self) -> None:
        """End the line being made, if anything is in it."""
        if self._buffer:
            raw = "".join(self._buffer)
            self._buffer.clear()
            pieces = split_paragraphs(raw, MAX_PARAGRAPHS)
            for piece in pieces:
                self._emit(piece, self._linked // len(pieces), raw)
            if not pieces and raw.strip(_LAYOUT):
                self._emit_spacer()
            self._linked = 0
        if self._asides:
            self.lines += self._asides
            self._asides = []

    def _emit(self, text: str, linked: int, raw: str) -> None:
        if self._tables and self._tables[-1].cell:
            table = self._tables[-1]
            table.places[len(self.lines)] = (table.row, table.cell)
        kind = self._kind
        # Only the first line of an item is the item; the rest is text under it.
        if self._item_begins and kind is BlockKind.PARAGRAPH:
            kind = BlockKind.ITEM
        self._item_begins = False
        tight = self._broken and not is_indented(raw)
        self._broken = False
        self.lines.append(Line(text=text, kind=kind, linked=linked, tight=tight))

    def _emit_spacer(self) -> None:
        """Emit an empty paragraph, one for any number in a row."""
        if self.lines and self.lines[-1].text and not self._tables:
            self.lines.append(Line(text=""))
