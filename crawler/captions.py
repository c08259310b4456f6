"""Captions: the short lines beside a picture's placeholder."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.headings import find_heading
from crawler.site import Profile
from crawler.worksheet import Line
from index.document import BlockKind

_MAX_CAPTION = 90
_IMAGE_RULE = "image-placeholder"


def mark_captions(lines: Sequence[Line], common: Profile) -> list[Line]:
    """Mark what stands between a picture and the next empty paragraph.

    Some renderings keep ``image.png`` where a picture was. A short line behind it
    is its caption; where none follows, the one between an empty paragraph and the
    placeholder is (tables kept as pictures have theirs above).
    """
    images = [
        noise.regex for noise in common.noise if noise.rule.startswith(_IMAGE_RULE)
    ]
    result = list(lines)
    for i, line in enumerate(lines):
        if line.kept and any(image.match(line.text) for image in images):
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
            closed = not lines[i].text
            return found if closed or find_heading(lines[i].text) else []
        found.append(i)
    return found


def _above(lines: Sequence[Line], image: int) -> list[int]:
    """Give the one line between an empty paragraph and the picture."""
    if (
        image < len("ab")
        or lines[image - 2].text
        or not _may_be_caption(lines[image - 1])
    ):
        return []
    return [image - 1]


def _may_be_caption(line: Line) -> bool:
    """Tell whether a line is short, kept and no heading."""
    return (
        line.kept
        and len(line.text) <= _MAX_CAPTION
        and not line.text.endswith(("。", "；"))
        and find_heading(line.text) is None
    )
