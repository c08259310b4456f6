"""The links from one page of results to the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from search.results import Results
from web.links import Address
from web.params import MAX_DEPTH

_PAGES_BESIDE: Final = 2
_PER_PAGE: Final = (10, 20, 50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet, a sort order or a page: a link that may be current.

    Attributes:
        label: What it is called.
        href: Where it leads.
        current: Whether it is chosen.
        count: Documents that have it.
        share: Those in a hundred of the most frequent value's.
        without: Where everything but it is listed; empty where that is not offered.
        excluded: Whether it is left out; ``href`` takes it in again then.
    """

    label: str
    href: str
    current: bool = False
    count: int = 0
    share: int = 0
    without: str = ""
    excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The pages around this one; ``None`` in ``pages`` is a gap."""

    previous: str | None
    following: str | None
    pages: tuple[Choice | None, ...]


def make_pager(results: Results, here: Address) -> Pager | None:
    """Make the links to other pages of results."""
    return make_pager_of(results.listed, results.page, results.per_page, here)


def make_pager_of(total: int, page: int, per_page: int, here: Address) -> Pager | None:
    """Make the links to other pages, none further than may be asked for."""
    pages = -(-min(total, MAX_DEPTH) // per_page)
    last = min(pages, MAX_DEPTH // per_page)
    if last <= 1:
        return None
    return Pager(
        previous=str(here.turn(page - 1)) if 1 < page <= last else None,
        following=str(here.turn(page + 1)) if page < last else None,
        pages=tuple(_pages(page, last, here)),
    )


def _pages(page: int, last: int, here: Address) -> Iterator[Choice | None]:
    """List the first page, the last and those around this one, with the gaps."""
    near = range(page - _PAGES_BESIDE, page + _PAGES_BESIDE + 1)
    shown = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    before = 0
    for number in shown:
        if number > before + 1:
            yield None
        href = str(here.turn(number))
        yield Choice(label=str(number), href=href, current=number == page)
        before = number


def per_pages(results: Results, here: Address) -> tuple[Choice, ...]:
    """List how many hits a page may hold; none where the smallest page is enough."""
    if results.listed <= min(_PER_PAGE):
        return ()
    return tuple(
        Choice(
            label=str(number),
            href=str(here.put("per_page", str(number))),
            current=number == results.per_page,
        )
        for number in _PER_PAGE
    )
