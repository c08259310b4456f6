"""Text with its matches marked, as HTML: escaped piece by piece, then joined.

Marks count code points of the text as it is, so the text is cut first and each
piece is escaped by itself; nothing is ever looked for in escaped text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

from search.results import Span

_NOWHERE: Final = Span(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Consecutive characters that look the same.

    Attributes:
        text: The characters.
        mark: Which of the spans they belong to, from 0; ``None`` for none.
        begins: Whether they begin that span.
        ends: Whether they end it.
        heading: Whether they belong to the heading run into the block.
        quoted: Whether they belong to the quote that is shown.
    """

    text: str
    mark: int | None
    begins: bool
    ends: bool
    heading: bool
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How the characters of a title or a block are to look.

    Attributes:
        spans: Its marks, as ``tidy`` gives them.
        kinds: Which word each mark is, to tell the words apart.
        first: Number of its first mark on the page, from 1.
        heading_length: Leading characters to set in bold.
        quoted: The part of it that is quoted.
    """

    spans: tuple[Span, ...] = ()
    kinds: tuple[int, ...] = ()
    first: int = 1
    heading_length: int = 0
    quoted: Span = _NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Links from each mark of a page to the ones beside it.

    Attributes:
        total: Marks on the page.
        previous: Name of the link back.
        following: Name of the link on.
    """

    total: int
    previous: str
    following: str

    def around(self, number: int) -> Markup:
        """Write the links of one mark; after the last comes the first."""
        before = number - 1 or self.total
        after = number % self.total + 1
        return Markup(
            '<span class="steps"><a href="#m{}" rel="prev" title="{}" aria-label="{}">'
            "↑</a><span>{} / {}</span>"
            '<a href="#m{}" rel="next" title="{}" aria-label="{}">↓</a></span>'
        ).format(
            before,
            self.previous,
            self.previous,
            number,
            self.total,
            after,
            self.following,
            self.following,
        )


def tidy(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    """Sort spans, join those that overlap and keep them inside the text."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        first, last = max(start, 0), min(end, length)
        if first >= last:
            continue
        if joined and first < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, last))
        else:
            joined.append(Span(first, last))
    return tuple(joined)


def cut(text: str, looks: Looks) -> Iterator[Piece]:
    """Cut a text where its looks change; the pieces joined are the text."""
    spans, quoted = looks.spans, looks.quoted
    edges = {0, len(text)}
    edges.update(
        min(edge, len(text))
        for edge in (looks.heading_length, *quoted, *(e for s in spans for e in s))
    )
    number = 0
    for start, end in pairwise(sorted(edges)):
        while number < len(spans) and spans[number].end <= start:
            number += 1
        inside = number < len(spans) and spans[number].start <= start
        yield Piece(
            text=text[start:end],
            mark=number if inside else None,
            begins=inside and spans[number].start == start,
            ends=inside and spans[number].end == end,
            heading=end <= looks.heading_length,
            quoted=quoted.start <= start and end <= quoted.end,
        )


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """Mark the matches of a title or a snippet."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece.text)
        if piece.mark is not None
        else piece.text
        for piece in cut(text, Looks(spans=tidy(spans, len(text))))
    )


def stepped(text: str, looks: Looks, steps: Steps) -> Markup:
    """Mark the matches of a block so that a reader can step from one to the next."""
    return Markup("").join(_piece(piece, looks, steps) for piece in cut(text, looks))


def _piece(piece: Piece, looks: Looks, steps: Steps) -> Markup:
    """Write one piece; a mark cut by the end of a heading keeps one id."""
    html = escape(piece.text)
    if piece.quoted:
        html = Markup('<span class="quoted">{}</span>').format(html)
    if piece.heading:
        html = Markup("<strong>{}</strong>").format(html)
    if piece.mark is None:
        return html
    number = looks.first + piece.mark
    kind = looks.kinds[piece.mark] if looks.kinds else 0
    look = Markup(' class="word{}"').format(kind) if kind else ""
    name = Markup(' id="m{}"').format(number) if piece.begins else ""
    links = steps.around(number) if piece.ends else ""
    return Markup("<mark{}{}>{}</mark>{}").format(name, look, html, links)
