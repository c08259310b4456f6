"""Small charts of documents by year, as numbers that a template draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HEIGHT: Final = 28
"""Height of the highest bar."""
_MOST_YEARS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A year with its documents.

    Attributes:
        year: The year.
        count: Its documents.
        height: Height of its bar, 0 to ``HEIGHT``; 1 at least where there are any.
    """

    year: int
    count: int
    height: int


def bars(years: Mapping[int, int]) -> tuple[Bar, ...]:
    """Draw the years from the first to the last one that is known, gaps included.

    Where they are too many for a chart, the latest are drawn.
    """
    known = {year: count for year, count in years.items() if year and count}
    if not known:
        return ()
    last, most = max(known), max(known.values())
    first = max(min(known), last - _MOST_YEARS + 1)
    return tuple(
        Bar(year=year, count=count, height=-(-HEIGHT * count // most))
        for year in range(first, last + 1)
        for count in (known.get(year, 0),)
    )
