"""The page of a comparison as the template needs it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from markupsafe import Markup

from search.archive import Comparison
from search.differences import Change, Paragraph, Piece
from web.reading import LANGUAGE_OF

MOST_SHOWN: Final = 500
"""Changed paragraphs on a page; more of them are in the JSON."""
_BESIDE: Final = 1
# Readable without colours and aloud, and still there in what is copied; the signs
# are those of GNU wdiff.
_HTML: Final = {
    Change.SAME: Markup("{}"),
    Change.REMOVED: Markup(
        '<del><span class="sign">[-</span>{}<span class="sign">-]</span></del>'
    ),
    Change.ADDED: Markup(
        '<ins><span class="sign">{{+</span>{}<span class="sign">+}}</span></ins>'
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownParagraph:
    """A paragraph with its changes marked, or a gap.

    Attributes:
        change: What became of it.
        html: Its characters; empty for a gap.
        left_out: How many paragraphs that are the same stand here; 0 where it is none.
    """

    change: Change
    html: Markup
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """A comparison to read.

    Attributes:
        comparison: What is compared.
        title: The title, changes marked.
        title_changed: Whether it changed.
        counts: What happened to how many paragraphs.
        paragraphs: What is shown of them.
        beyond: Changed paragraphs that are not shown.
        language: BCP 47 tag of the text.
    """

    comparison: Comparison
    title: Markup
    title_changed: bool
    counts: tuple[tuple[Change, int], ...]
    paragraphs: tuple[ShownParagraph, ...]
    beyond: int
    language: str


def comparing(comparison: Comparison) -> Comparing:
    """Make the page of a comparison."""
    difference = comparison.difference
    counts = tuple(
        (change, difference.count(change))
        for change in Change
        if change is not Change.SAME
    )
    changed = sum(count for _, count in counts)
    return Comparing(
        comparison=comparison,
        title=html_of(difference.title),
        title_changed=any(p.change is not Change.SAME for p in difference.title),
        counts=tuple(each for each in counts if each[1]),
        paragraphs=tuple(_shown(difference.paragraphs)),
        beyond=max(0, changed - MOST_SHOWN),
        language=LANGUAGE_OF[comparison.document.script],
    )


def _shown(paragraphs: Sequence[Paragraph]) -> Iterator[ShownParagraph]:
    """Show what changed, with a paragraph on either side of it."""
    shown = 0
    last = len(paragraphs)
    groups = groupby(enumerate(paragraphs), lambda each: each[1].change is Change.SAME)
    for same, numbered in groups:
        members = list(numbered)
        if not same:
            some = members[: MOST_SHOWN - shown]
            shown += len(some)
            yield from (_paragraph(paragraph) for _, paragraph in some)
        elif shown < MOST_SHOWN:
            before = 0 if members[0][0] == 0 else _BESIDE
            after = 0 if members[-1][0] == last - 1 else _BESIDE
            yield from _gap([paragraph for _, paragraph in members], before, after)


def _gap(
    same: Sequence[Paragraph], before: int, after: int
) -> Iterator[ShownParagraph]:
    """Show the ends of a stretch that is the same, and how much is between them."""
    left_out = len(same) - before - after
    if left_out <= 1:
        yield from map(_paragraph, same)
        return
    yield from map(_paragraph, same[:before])
    yield ShownParagraph(change=Change.SAME, html=Markup(), left_out=left_out)
    yield from map(_paragraph, same[len(same) - after :])


def _paragraph(paragraph: Paragraph) -> ShownParagraph:
    """Show a paragraph."""
    return ShownParagraph(change=paragraph.change, html=html_of(paragraph.pieces))


def html_of(pieces: Iterable[Piece]) -> Markup:
    """Mark what was added and removed."""
    return Markup().join(_HTML[piece.change].format(piece.text) for piece in pieces)
