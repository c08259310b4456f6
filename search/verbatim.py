"""Marks where the script of some strings counts.

Strings that keep their script are sought in text that is folded by width and case
alone. So that one search finds all marks, the other strings are sought there, too: in
every form in which they stand in this document.
"""

from collections.abc import Iterable, Iterator

from index.fold import fold, fold_width
from search.highlight import Folding, find_marks
from search.sought import PositiveStrings
from search.texts import FoldedText


def to_mark(
    text: FoldedText, sought: PositiveStrings
) -> tuple[FoldedText, PositiveStrings, Folding]:
    """Give what is to be marked in a document.

    Returns:
        The text that marks are found in, what is sought there, and how it is folded.
    """
    if not sought.verbatim:
        return text, sought, fold
    kept = text.as_written
    everywhere = (*_forms(text, kept, sought.everywhere), *_of(sought, ""))
    title = (*_forms(text, kept, sought.title), *_of(sought, "title"))
    return kept, PositiveStrings(everywhere=everywhere, title=title), fold_width


def _of(sought: PositiveStrings, field: str) -> Iterator[str]:
    """List the strings of a field that keep their script."""
    return (text for text, where in sought.verbatim if where == field)


def _forms(
    text: FoldedText, kept: FoldedText, needles: Iterable[str]
) -> dict[str, None]:
    """List the forms in which strings stand in a document."""
    parts = zip((text.title, *text.folded), (kept.title, *kept.folded), strict=True)
    sought = tuple(needles)
    return {
        written[start:end]: None
        for folded, written in parts
        for needle in sought
        for start, end in find_marks(folded, (needle,))
    }
