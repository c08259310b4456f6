"""The cleaner's working copy of a page: one frozen line a block.

A line is never dropped. The rule that takes it out of the text is written on it,
and what is cut from inside a line becomes a line of its own behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.blocks import Page
from index.document import BlockKind
from index.fold import fold

LONG = 40
"""Characters from which a line is running text rather than a label or heading."""
_WRAPPED = 20
"""Characters from which a line may be one of a text broken by hand."""
_WRAPPED_LINES = 3
_CACHED = 200
_NOT_ALNUM = re.compile(r"[\W_]+")
_MARKS = re.compile(r"[，,。；;、！？!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the page.

    Attributes:
        text: Its characters; ``""`` is a spacer.
        kind: What it is.
        rule: The rule that removed it; empty while it belongs to the text.
        tight: Whether only a line break stands between it and the one before.
        heading_length: Leading characters that are a heading.
        section: Headings above it, its own included.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    rule: str = ""
    tight: bool = False
    heading_length: int = 0
    section: tuple[str, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the line belongs to the text and is not a spacer."""
        return bool(self.text) and not self.rule

    @property
    def is_running_text(self) -> bool:
        """Whether the line is kept and reads as sentences."""
        return self.kept and len(self.text) >= LONG and has_marks(self.text)

    def removed(self, rule: str) -> "Line":
        """Return the line as taken out by a rule; the first rule stays."""
        return self if self.rule else replace(self, rule=rule)


def from_page(page: Page) -> list[Line]:
    """Take over a page's blocks, with the reader's judgement as rule."""
    return [
        Line(
            text=block.text,
            kind=block.kind,
            rule=block.boilerplate if block.text else "",
            tight=block.tight,
        )
        for block in page.blocks
    ]


def key(text: str) -> str:
    """Reduce a line to what makes two lines the same: folded letters and digits."""
    return _short_key(text) if len(text) <= _CACHED else _key(text)


def _key(text: str) -> str:
    return _NOT_ALNUM.sub("", fold(text))


# The steps ask for the keys of the same lines over and over. Long lines are few, and
# would fill the memory.
_short_key = lru_cache(maxsize=2048)(_key)


def has_marks(text: str) -> bool:
    """Tell whether a text has punctuation inside, as sentences do."""
    return bool(_MARKS.search(text))


def body_range(lines: Sequence[Line]) -> range:
    """Tell from the first to the last line of running text; empty without any."""
    running = running_text(lines)
    return range(running[0], running[-1] + 1) if running else range(0)


def running_text(lines: Sequence[Line]) -> list[int]:
    """List the lines of running text, those of sentences broken by hand too.

    Three lines or more that are long enough for a column of print, have punctuation
    and stand one below the other are such a text.
    """
    found: list[int] = []
    column: list[int] = []
    for i, line in enumerate(lines):
        if not line.rule and len(line.text) >= _WRAPPED and has_marks(line.text):
            column.append(i)
        elif column:
            found += _running(column, lines)
            column = []
    return found + _running(column, lines)


def _running(column: list[int], lines: Sequence[Line]) -> list[int]:
    """List the running text among lines that stand one below the other."""
    if len(column) >= _WRAPPED_LINES:
        return column
    return [i for i in column if len(lines[i].text) >= LONG]
