"""Documents by year as bars that narrow a search when they are clicked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.results import FacetCount
from web.links import Address

HEIGHT: Final = 48
"""Height of the highest bar, in units of the drawing."""
STEP: Final = 10
"""Width of a bar with the space beside it."""
_MOST_BARS: Final = 40
_STEPS: Final = (1, 2, 5)
_AFTER: Final = 10_000
_PARAMETERS: Final = ("year", "year_from", "year_to", "not_year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A year, or some years where there are many.

    Attributes:
        first: Its first year.
        last: Its last year.
        count: Documents about them.
        height: Height of the bar; 1 at least where there are any documents.
        href: The search narrowed to them.
        current: Whether the search is narrowed to some of them.
    """

    first: int
    last: int
    count: int
    height: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Documents by year.

    Attributes:
        bars: The bars, the earliest first, none left out between.
        anywhen: The search without a choice of years.
    """

    bars: tuple[Bar, ...]
    anywhen: str


def histogram(years: Sequence[FacetCount], here: Address) -> Histogram | None:
    """Draw the years of a facet; ``None`` where there are not two of them.

    Years without documents between them are drawn, and no more than forty bars: a
    bar stands for 1, 2, 5, 10, 20 ... years, whole decades and the like.
    """
    counts = {int(each.value): each.count for each in years}
    if len(counts) < 2:  # noqa: PLR2004 (as said above)
        return None
    first, last = min(counts), max(counts)
    size = _size(first, last)
    starts = range(first - first % size, last + 1, size)
    sums = [sum(counts.get(start + n, 0) for n in range(size)) for start in starts]
    anywhen = here.drop(*_PARAMETERS)
    chosen = _chosen(here)
    return Histogram(
        bars=tuple(
            Bar(
                first=max(start, first),
                last=min(start + size - 1, last),
                count=total,
                height=-(-HEIGHT * total // max(sums)),
                href=_narrowed(anywhen, max(start, first), min(start + size - 1, last)),
                current=any(year in chosen for year in range(start, start + size)),
            )
            for start, total in zip(starts, sums, strict=True)
        ),
        anywhen=str(anywhen),
    )


def _size(first: int, last: int) -> int:
    """Choose how many years a bar stands for: 1, 2, 5, 10, 20 and so on."""
    power = 1
    while True:
        for size in (step * power for step in _STEPS):
            if last // size - first // size < _MOST_BARS:
                return size
        power *= 10


def _narrowed(anywhen: Address, first: int, last: int) -> str:
    """Address a search narrowed to some years."""
    if first == last:
        return str(anywhen.add("year", str(first)))
    return str(anywhen.add("year_from", str(first)).add("year_to", str(last)))


def _chosen(here: Address) -> frozenset[int] | range:
    """List the years a search is narrowed to, as far as its address has them."""
    if years := _years(here, "year"):
        return frozenset(years)
    first, last = _years(here, "year_from"), _years(here, "year_to")
    if not first and not last:
        return range(0)
    return range(first[0] if first else 0, last[0] + 1 if last else _AFTER)


def _years(here: Address, name: str) -> list[int]:
    """Read the years of a parameter that are written as such."""
    return [int(year) for year in here.values(name) if year.isdecimal()]
