"""The pages beside a page of a list, as the API names them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response

from web.links import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """A page of a list among the others.

    Attributes:
        here: Its address.
        page: Its number, from 1.
        last: Number of the last page that may be asked for; 1 for an empty list.
    """

    here: Address
    page: int
    last: int

    @property
    def following(self) -> str | None:
        """Address of the next page, if there is one."""
        return str(self.here.turn(self.page + 1)) if self.page < self.last else None

    @property
    def previous(self) -> str | None:
        """Address of the page before, if there is one."""
        return str(self.here.turn(self.page - 1)) if self.page > 1 else None

    def link(self, response: Response) -> None:
        """Name the pages in a Link header (RFC 8288), each with its relation."""
        for link in self.links():
            response.headers.add("Link", link)

    def links(self) -> tuple[str, ...]:
        """Write the values of Link headers."""
        return tuple(
            f'<{address}>; rel="{relation}"' for relation, address in self._related()
        )

    def _related(self) -> Iterator[tuple[str, str]]:
        """List relations and addresses."""
        yield "self", str(self.here)
        yield "first", str(self.here.turn(1))
        if self.previous:
            yield "prev", self.previous
        if self.following:
            yield "next", self.following
        yield "last", str(self.here.turn(self.last))


def turning(here: Address, total: int, page: int, per_page: int, most: int) -> Turning:
    """Find the pages beside one.

    Args:
        here: Address of the page.
        total: Items of the whole list.
        page: Number of the page.
        per_page: Items on a page.
        most: Items that may be reached by paging.
    """
    last = min(-(-total // per_page), most // per_page)
    return Turning(here=here, page=page, last=max(1, last))
