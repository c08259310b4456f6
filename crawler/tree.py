"""A page's markup as lines of text, by one walk over lxml's tree.

A line is what a reader sees as one paragraph, heading, list item or table row; the
walk tells ``LineMaker`` what it meets. Beside the lines it notes the ``Span`` of
lines that each element covers; from the two alone the main content is judged, so
that nothing above this module and its caller handles lxml's elements.

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

from crawler.line_maker import MEANINGS, LineMaker
from crawler.lines import Line, Span, visible_length
from crawler.markup import (
    BREAKING_TAGS,
    UNSHOWN_TAGS,
    hiding_attribute,
    leads_away,
)
from index.document import BlockKind

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
    (MEANINGS, _MEANS),
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
        self.spans: list[Span] = []
        self._content = content
        self._shown = content.union(*(chosen.iterancestors() for chosen in content))
        self._noise = noise
        self._picky = bool(noise or content)
        self._reveal = reveal
        self._aside = aside
        self._open: list[_Open | None] = []
        self._maker = LineMaker()

    @property
    def lines(self) -> list[Line]:
        """The lines made so far."""
        return self._maker.lines

    def walk(self, root: HtmlElement) -> None:
        """Walk a tree from its root to its last line."""
        maker = self._maker
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
            if text:
                maker.add(text)
        maker.end_line()

    def _enter(self, element: HtmlElement) -> bool:
        """Begin an element; tell whether to go on inside it."""
        role = self._role(element)
        if role & _UNSHOWN:
            self._open.append(None)
            return False
        maker = self._maker
        if role & _BREAKING:
            maker.end_line()
        elif role & _LINE_BREAK:
            maker.break_line()
        self._open.append(_Open(len(maker.lines), maker.kind, role))
        if role & _LINK:
            maker.begin_link()
        elif role & _MEANS:
            maker.begin(element.tag)
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

    def _leave(self, element: HtmlElement, opened: _Open) -> None:
        """End an element."""
        start, kind, role = opened
        maker = self._maker
        if role & _BREAKING:
            maker.end_line()
        maker.kind = kind
        if role & _LINK:
            maker.end_link(start)
        elif role & _MEANS and maker.end(element.tag, start):
            while self.spans and self.spans[-1].start >= start:
                self.spans.pop()  # inside a table of rows they hold no longer
        covered = maker.place - start
        if covered > 1 or (covered and role & _BREAKING):
            self._note_span(element, start, chosen=bool(role & _CHOSEN))

    def _note_span(self, element: HtmlElement, start: int, *, chosen: bool) -> None:
        """Keep the lines an element covers, if that tells anything."""
        end = self._maker.place
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
        self._maker.set_aside(lines)
