"""Captions: the short lines beside a picture's placeholder."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.headings import find_heading
from crawler.worksheet import Line
from index.document import BlockKind

IMAGE_RULE = "noise: image-placeholder"
"""The rule that takes out the name some renderings keep where a picture was."""

_MAX_CAPTION = 90


def mark_captions(lines: Sequence[Line]) -> list[Line]:
    """Mark what stands between a picture and the next empty paragraph.

    A short line behind a picture's placeholder is its caption; where none
    follows, the one between an empty paragraph and the placeholder is (tables
    kept as pictures have theirs above).

    Args:
        lines: The lines, noise already taken out.
    """
    result = list(lines)
    for i, line in enumerate(lines):
        if line.rule == IMAGE_RULE:
            places = _behind(lines, i) or _above(lines, i)
            for j in places:
                result[j] = replace(
                    result[j], kind=BlockKind.CAPTION, tight=j > places[0]
                )
    return result


def _behind(lines: Sequence[Line], image: int) -> list[int]:
    """List the caption lines behind a picture; none if they are running text."""
    found: list[int] = []
    for i in range(image + 1, len(lines)):
        if not _may_be_caption(lines[i]):
            closed = not lines[i].kept or find_heading(lines[i].text) is not None
            return found if closed else []
        found.append(i)
    return found


def _above(lines: Sequence[Line], image: int) -> list[int]:
    """Give the one line between an empty paragraph and the picture."""
    above, before = image - 1, image - 2
    if before < 0 or lines[before].text or not _may_be_caption(lines[above]):
        return []
    return [above]


def _may_be_caption(line: Line) -> bool:
    """Tell whether a line is short, kept and no heading."""
    return (
        line.kept
        and len(line.text) <= _MAX_CAPTION
        and not line.text.endswith(("。", "；"))
        and find_heading(line.text) is None
    )
