"""Noise: lines that a site's profile, or common experience, knows not to be text."""

from collections.abc import Sequence

from crawler.site import Noise, Profile
from crawler.worksheet import Line

_MAX_COMMON = 60


def remove_noise(
    lines: Sequence[Line], profile: Profile, common: Profile
) -> list[Line]:
    """Take out the lines that match a pattern; the rule says which.

    A site's own patterns hold for any line, those for every site only for short
    ones.
    """
    return [
        line.removed(f"noise: {rule}")
        if (rule := _rule(line, profile, common))
        else line
        for line in lines
    ]


def _rule(line: Line, profile: Profile, common: Profile) -> str:
    """Name the first pattern a kept line matches; empty for none."""
    if not line.kept:
        return ""
    patterns: tuple[Noise, ...] = profile.noise
    if len(line.text) <= _MAX_COMMON:
        patterns += common.noise
    return next((noise.rule for noise in patterns if noise.regex.search(line.text)), "")
