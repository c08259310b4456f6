"""The hits beside a document that was opened from a page of results."""

from dataclasses import dataclass

from flask import url_for

from index.errors import IndexNotUsable
from search.errors import SearchError
from search.results import Hit, Results
from web.document_params import DocumentParameters
from web.links import Address
from web.params import MAX_DEPTH
from web.ports import Searcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The hit before or behind.

    Attributes:
        title: Its title.
        href: Its page, with the same search.
    """

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Where a document is among the hits of the search that led to it.

    Attributes:
        results: The page of results it is on, at the place it has there.
        rank: Which hit it is; 0 where it is none of those any more.
        total: How many hits there are.
        previous: The hit before it.
        following: The hit behind it.
    """

    results: str
    rank: int = 0
    total: int = 0
    previous: Neighbour | None = None
    following: Neighbour | None = None


def beside(
    searcher: Searcher, asked: DocumentParameters, here: Address, document_id: str
) -> Beside | None:
    """Find the hits beside a document; ``None`` where no search led to it.

    The rank is where it was. A document that is a little off, because the index was
    made anew, is found on the same page of results; one that is not there any more
    still leads back to them.
    """
    if asked.rank is None:
        return None
    page = (asked.rank - 1) // asked.per_page + 1
    nothing = Beside(results=_results(here, page, asked.rank))
    try:
        results = searcher.search(asked.request(page))
        ranks = [hit.rank for hit in results.hits if hit.id == document_id]
        return _among(searcher, asked, here, results, ranks[0]) if ranks else nothing
    except (SearchError, IndexNotUsable):
        return nothing


def _among(
    searcher: Searcher,
    asked: DocumentParameters,
    here: Address,
    results: Results,
    rank: int,
) -> Beside:
    """Find the hits beside one of a page of results."""
    return Beside(
        results=_results(here, results.page, rank),
        rank=rank,
        total=results.listed,
        previous=_neighbour(searcher, asked, here, results, rank - 1),
        following=_neighbour(searcher, asked, here, results, rank + 1),
    )


def _results(here: Address, page: int, rank: int) -> str:
    """Address the page of results, at one of its hits."""
    search = here.drop("rank", "find", "show", "quote", "quoting").at(
        url_for("pages.search")
    )
    return f"{search.turn(page)}#hit{rank}"


def _neighbour(
    searcher: Searcher,
    asked: DocumentParameters,
    here: Address,
    results: Results,
    rank: int,
) -> Neighbour | None:
    """Give the hit of a rank, from the page of results at hand or from the next."""
    if not 1 <= rank <= min(results.listed, MAX_DEPTH):
        return None
    page = (rank - 1) // asked.per_page + 1
    if page * asked.per_page > MAX_DEPTH:
        return None
    if page != results.page:
        results = searcher.search(asked.request(page))
    found = [hit for hit in results.hits if hit.rank == rank]
    return _shown(found[0], here) if found else None


def _shown(hit: Hit, here: Address) -> Neighbour:
    """Address a hit with the same search."""
    path = url_for("pages.document", document_id=hit.id)
    address = here.drop("find", "quote", "quoting").put("rank", str(hit.rank))
    return Neighbour(title=hit.title, href=str(address.at(path)))
