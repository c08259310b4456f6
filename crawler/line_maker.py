"""The lines that a walk over a page makes: where one ends and what it is.

Lines end at block-level tags, at ``<br>``, at line feeds inside ``<pre>`` and at the
full-width indent of a new paragraph. ``LineMaker`` is told what the walk meets, in
page order; it knows tags by their names and nothing of lxml's elements.
"""

from crawler.lines import Line, is_indented, split_paragraphs
from crawler.markup import MAX_PARAGRAPHS
from crawler.tables import Table, folded
from index.document import BlockKind

MAX_LINKED_LINES = 4
"""Most lines of one link; a link of more lines was never closed."""

_LAYOUT = " \t\r\n\f"

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CAPTIONS = frozenset(("caption", "figcaption"))

MEANINGS = _HEADINGS | _CAPTIONS | {"li", "pre", "table", "tr", "td", "th"}
"""Tags that mean something for the lines inside them."""


class LineMaker:
    """Lines in page order, and the one being made.

    Attributes:
        lines: Those made so far.
        kind: What the tags around the next line say that it is.
    """

    def __init__(self) -> None:
        """Begin with no lines."""
        self.lines: list[Line] = []
        self.kind = BlockKind.PARAGRAPH
        self._tables: list[Table] = []
        self._buffer: list[str] = []
        self._asides: list[Line] = []
        self._linked = 0
        self._links = 0
        self._preformatted = 0
        self._item_begins = False
        self._broken = False

    @property
    def place(self) -> int:
        """Number of the line that comes next, behind the one being made."""
        return len(self.lines) + bool(self._buffer)

    def begin(self, tag: str) -> None:
        """Note what an element means for the lines inside it."""
        if tag in _HEADINGS:
            self.kind = BlockKind.HEADING
        elif tag == "li":
            self._item_begins = True
        elif tag in _CAPTIONS:
            self.kind = BlockKind.CAPTION
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

    def end(self, tag: str, start: int) -> bool:
        """Leave behind what an element meant for the lines inside it.

        Returns:
            Whether its lines, those from ``start`` on, became rows.
        """
        if tag == "pre":
            self._preformatted -= 1
        elif tag == "li":
            self._item_begins = False
        elif tag == "table":
            rows = folded(self._tables.pop(), self.lines)
            if rows is not None:
                self.lines[start:] = rows
                return True
        return False

    def begin_link(self) -> None:
        """Begin a link; links may be nested."""
        self._links += 1

    def end_link(self, start: int) -> None:
        """End a link; one that was never closed links nothing."""
        self._links -= 1
        if len(self.lines) - start > MAX_LINKED_LINES:
            for line in self.lines[start:]:
                line.linked = 0

    def set_aside(self, lines: list[Line]) -> None:
        """Take lines that stand beside the page: behind the line being made."""
        self._asides += lines
        if not self._buffer:
            self._flush()

    def add(self, text: str) -> None:
        """Add characters to the line being made; layout between lines is none."""
        if not (self._buffer or self._preformatted or text.strip(_LAYOUT)):
            return
        if self._preformatted and "\n" in text and len(self.lines) < MAX_PARAGRAPHS:
            first, *rest = text.split("\n", MAX_PARAGRAPHS)
            self._append(first)
            for piece in rest:
                self.break_line()
                self._append(piece)
        else:
            self._append(text)

    def _append(self, text: str) -> None:
        self._buffer.append(text)
        if self._links:
            self._linked += len("".join(text.split()))

    def end_line(self) -> None:
        """End the line being made; what follows is a new paragraph."""
        if self._buffer or self._asides:
            self._flush()
        self._broken = False

    def break_line(self) -> None:
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
        kind = self.kind
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
