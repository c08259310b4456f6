"""Noise: lines that a site's profile, or common experience, knows not to be text."""

from collections.abc import Sequence

from crawler.site import Noise, Profile
from crawler.weights import is_barrier
from crawler.worksheet import Line, body_range

_MAX_COMMON = 60
_NAVIGATION = "noise: navigation"
_RELATED = "noise: related"


def remove_noise(
    lines: Sequence[Line], profile: Profile, common: Profile
) -> list[Line]:
    """Take out the lines that match a pattern, and what follows a page's text.

    A site's own patterns hold for any line, those for every site only for short
    ones. Below the text, everything behind 相关阅读 and the like is no text.
    """
    result = [
        line.removed(f"noise: {rule}")
        if (rule := _rule(line, profile, common))
        else line
        for line in lines
    ]
    below = range(body_range(result).stop, len(result)) if body_range(result) else ()
    barrier = next((i for i in below if _ends_page(result[i])), len(result))
    return [
        line.removed(_RELATED) if i >= barrier and line.kept else line
        for i, line in enumerate(result)
    ]


def _ends_page(line: Line) -> bool:
    """Tell whether a line announces other pages."""
    return line.rule == _NAVIGATION or (line.kept and is_barrier(line.text))


def _rule(line: Line, profile: Profile, common: Profile) -> str:
    """Name the first pattern a kept line matches; empty for none."""
    if not line.kept:
        return ""
    patterns: tuple[Noise, ...] = profile.noise
    if len(line.text) <= _MAX_COMMON:
        patterns += common.noise
    return next((noise.rule for noise in patterns if noise.regex.search(line.text)), "")
