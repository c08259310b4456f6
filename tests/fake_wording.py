"""Phrases over the years in memory: every count is a search."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.document import Document
from index.whoosh_schema import published_year
from search.results import Axis, Hit, Results, SearchRequest
from search.wording import Count, Track, Use, WordingRequest
from web.ports import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeWording(Wording):
    """Counts by searching, year by year.

    Attributes:
        search: Answers a search.
        documents: What is searched.
    """

    search: Callable[[SearchRequest], Results]
    documents: tuple[Document, ...]

    def track(self, request: WordingRequest) -> Track:
        """Search for each phrase in each year."""
        of = published_year if request.axis is Axis.PUBLISHED else _year
        known = sorted({year for each in self.documents if (year := of(each))})
        years = range(known[0], known[-1] + 1) if known else range(0)
        everything = self.search(replace(request.within, per_page=100))
        held = {year: self._total(request, "", year) for year in years}
        return Track(
            axis=request.axis,
            collapse=request.within.collapse,
            held=everything.total,
            held_undated=sum(of(each) is None for each in self.documents),
            uses=tuple(self._use(request, held, each) for each in request.phrases),
            index_version="fake-1",
        )

    def _use(self, request: WordingRequest, held: dict[int, int], phrase: str) -> Use:
        """Search for one phrase."""
        query = f'"{phrase}"'
        within = replace(request.within, text=query, per_page=100, collapse=False)
        found = self.search(within)
        dated = sorted(found.hits, key=lambda hit: hit.year or 0)
        ends: tuple[Hit | None, ...] = (dated[0], dated[-1]) if dated else (None, None)
        return Use(
            phrase=phrase,
            query=query,
            total=self.search(replace(request.within, text=query)).total,
            total_documents=found.total,
            undated=sum(hit.year is None for hit in found.hits),
            years=tuple(
                Count(
                    period=year, documents=self._total(request, query, year), held=some
                )
                for year, some in held.items()
            ),
            months=(),
            first=ends[0],
            last=ends[1],
        )

    def _total(self, request: WordingRequest, query: str, year: int) -> int:
        """Count the hits of a query in a year."""
        within = replace(request.within, text=query)
        if request.axis is Axis.PUBLISHED:
            return self.search(replace(within, published=(year,))).total
        return self.search(replace(within, year=(year,))).total


def _year(document: Document) -> int | None:
    """Tell what year a document is about."""
    return document.year
